import type { Instant } from '../base/instants.ts';
import { mapped } from '../base/steps.ts';
import type { Verdict } from '../policy/vocabulary.ts';
import type { DecisionRow, Tables } from '../tables/tables.ts';

/** Questions, and what is at stake in them. */
export interface QuestionCount {
  readonly questions: number;
  readonly stakeYen: number;
}

/** What became of the decisions that were handed in: each question that they speak of, once. */
export interface DecisionCounts {
  /** All of them: the sum of those below, up to `unknown`. */
  readonly decided: number;
  readonly approved: QuestionCount;
  readonly rejected: QuestionCount;
  /** Decided on other evidence. */
  readonly stale: QuestionCount;
  /** Approved by one person of two. */
  readonly needsSecond: QuestionCount;
  /** Answered in two ways. */
  readonly contradicting: QuestionCount;
  /** Asked by an earlier run of the chain, and by this one no longer. */
  readonly noLongerAsked: number;
  /** Asked by no run that is known. */
  readonly unknown: number;
  /** Rows of questions that nobody has answered. */
  readonly undecided: number;
  /** Rows that only show an answer, and those of them whose decision no file holds. */
  readonly answered: number;
  readonly answeredElsewhere: number;
}

const WORDS = {
  approve: 'approved',
  reject: 'rejected',
  stale: 'stale',
  needs_second: 'needsSecond',
  open: 'contradicting',
} as const satisfies Record<Verdict, keyof DecisionCounts>;

type Counted = (typeof WORDS)[Verdict];

/** Whether a row speaks of a question as of then: what contradicts another row does, too. */
const speaks = (row: DecisionRow, asOf: Instant): boolean =>
  row.disposition === 'accepted' || (row.disposition === 'conflicting' && row.decidedAt < asOf);

/** Which of the questions that decisions speak of a run asks, and what became of them. Takes its questions as they come. */
export class AskedQuestions {
  private readonly decided: ReadonlySet<string>;
  private readonly asked = new Set<string>();
  private readonly counts = Object.fromEntries(
    Object.values(WORDS).map((word) => [word, { questions: 0, stakeYen: 0 }]),
  ) as Record<Counted, { questions: number; stakeYen: number }>;

  constructor(decisions: readonly DecisionRow[], asOf: Instant) {
    this.decided = new Set(decisions.filter((row) => speaks(row, asOf)).map(({ reviewId }) => reviewId));
  }

  add(reviewId: string, verdict: Verdict, stakeYen: number): void {
    if (!this.decided.has(reviewId)) return;
    this.asked.add(reviewId);
    const count = this.counts[WORDS[verdict]];
    count.questions++;
    count.stakeYen += stakeYen;
  }

  /** In steps, rows on questions that neither this run asks nor one before it has asked. */
  *unknownAmong(
    decisions: readonly DecisionRow[],
    askedBefore: ReadonlySet<string>,
    asOf: Instant,
  ): Generator<undefined, readonly DecisionRow[]> {
    const unknown: DecisionRow[] = [];
    yield* mapped(decisions, (row) => {
      if (speaks(row, asOf) && !this.asked.has(row.reviewId) && !askedBefore.has(row.reviewId)) unknown.push(row);
    });
    return unknown;
  }

  /** @param askedBefore review ids of earlier runs of the chain */
  countsOf(
    { decisions, answered, files }: Pick<Tables, 'decisions' | 'answered' | 'files'>,
    askedBefore: ReadonlySet<string>,
  ): DecisionCounts {
    const notAsked = [...this.decided].filter((id) => !this.asked.has(id));
    const noLongerAsked = notAsked.filter((id) => askedBefore.has(id)).length;
    const standing = new Set(
      decisions.filter(({ disposition }) => disposition === 'accepted').map((row) => row.reviewId),
    );
    return {
      decided: this.decided.size,
      ...this.counts,
      noLongerAsked,
      unknown: notAsked.length - noLongerAsked,
      undecided: files.reduce((sum, { passedOver }) => sum + (passedOver.undecided ?? 0), 0),
      answered: answered.length,
      answeredElsewhere: answered.filter((id) => !standing.has(id)).length,
    };
  }
}
