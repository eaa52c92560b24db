import type { OpenQuestion } from '../../audit/record/questions.ts';
import { type SignedDecision, withAnswer } from '../../publish/signed-decisions.ts';
import { deciderOf } from '../../tables/kinds/decisions.ts';

/** What may be done at a question, by its key. */
export const KEYS = { a: 'approve', r: 'reject', s: 'skip', n: 'note', b: 'back', q: 'quit' } as const;
export type Key = keyof typeof KEYS;

/** Where a person is at a question. */
export interface At {
  readonly question: OpenQuestion;
  /** From 1. */
  readonly place: number;
  readonly of: number;
  readonly answers: readonly SignedDecision[];
  readonly decidedBy: string;
  readonly note: string;
}

/** Whoever is asked. Undefined: they have ended it (Ctrl-C). */
export interface Asked {
  readonly key: (at: At) => Promise<Key | undefined>;
  readonly note: (before: string) => Promise<string | undefined>;
}

/** What the walk rests on, and what it does at once with each answer. */
export interface Walk {
  readonly questions: readonly OpenQuestion[];
  readonly decidedBy: string;
  /** What the file holds. */
  readonly before: readonly SignedDecision[];
  /** The instant of an answer, as the file has it. */
  readonly now: () => string;
  /** Puts all answers in place. An answer that is not written is none: what it throws ends the walk. */
  readonly write: (answers: readonly SignedDecision[]) => void;
}

export interface Walked {
  /** Answered on this walk, each question once. */
  readonly answered: number;
  readonly left: number;
  readonly ending: 'quit' | 'interrupted' | 'done';
}

/** Walks through questions with one person, from the first that waits for them. Every answer is written before the next. */
export async function answerQuestions(walk: Walk, asked: Asked): Promise<Walked> {
  const walking = new Walking(walk);
  let ending: Walked['ending'] | undefined;
  while (ending === undefined) {
    const at = walking.at();
    ending = at === undefined ? 'done' : await walking.take(at, asked);
  }
  return walking.walked(ending);
}

/** How far somebody is. */
class Walking {
  private readonly walk: Walk;
  private answers: readonly SignedDecision[];
  private index: number;
  private readonly answeredNow = new Set<string>();
  private readonly notes = new Map<string, string>();

  constructor(walk: Walk) {
    this.walk = walk;
    this.answers = walk.before;
    const first = walk.questions.findIndex((question) => this.waits(question));
    this.index = Math.max(0, first);
  }

  /** Undefined behind the last question. */
  at(): At | undefined {
    const { questions, decidedBy } = this.walk;
    const question = questions[this.index];
    if (question === undefined) return undefined;
    const note = this.notes.get(question.reviewId) ?? '';
    const answers = answersTo(question, this.answers);
    return { question, place: this.index + 1, of: questions.length, answers, decidedBy, note };
  }

  /** Does what the person says; returns how the walk ends, if it does. */
  async take(at: At, asked: Asked): Promise<Walked['ending'] | undefined> {
    const key = await asked.key(at);
    if (key === undefined) return 'interrupted';
    const act = KEYS[key];
    if (act === 'quit') return 'quit';
    if (act === 'note') return this.takeNote(at, await asked.note(at.note));
    if (act === 'approve' || act === 'reject') this.answer(at, act);
    this.index = Math.max(0, this.index + (act === 'back' ? -1 : 1));
    return undefined;
  }

  walked(ending: Walked['ending']): Walked {
    const left = this.walk.questions.filter((question) => this.waits(question)).length;
    return { answered: this.answeredNow.size, left, ending };
  }

  private takeNote({ question }: At, note: string | undefined): 'interrupted' | undefined {
    if (note === undefined) return 'interrupted';
    this.notes.set(question.reviewId, note);
    return undefined;
  }

  private answer({ question: { reviewId, evidenceHash }, decidedBy, note }: At, decision: 'approve' | 'reject'): void {
    const decidedAt = this.walk.now();
    const answers = withAnswer(this.answers, { reviewId, evidenceHash, decision, decidedBy, decidedAt, note });
    this.walk.write(answers);
    this.answers = answers;
    this.answeredNow.add(reviewId);
  }

  private waits(question: OpenQuestion): boolean {
    return isWaiting(question, this.answers, this.walk.decidedBy);
  }
}

/** On the evidence as it is. */
const answersTo = (
  { reviewId, evidenceHash }: OpenQuestion,
  answers: readonly SignedDecision[],
): readonly SignedDecision[] =>
  answers.filter((answer) => answer.reviewId === reviewId && answer.evidenceHash === evidenceHash);

/** Whether a person is still to be asked: of what waits for a second person, whoever has not said it yet. */
function isWaiting(question: OpenQuestion, answers: readonly SignedDecision[], decidedBy: string): boolean {
  const given = answersTo(question, answers);
  if (question.state !== 'needs_second') return given.length === 0;
  return !given.some((answer) => deciderOf(answer.decidedBy) === deciderOf(decidedBy));
}
