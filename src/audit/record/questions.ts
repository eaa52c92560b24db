import { join } from 'node:path';
import { REVIEW_REASONS, type ReviewReason } from '../../policy/vocabulary.ts';
import { REVIEW_FILE } from '../../publish/asked.ts';
import { keptPieces } from '../../publish/folder-entries.ts';
import { sha256Of } from '../../publish/hash.ts';
import { type Cells, madeOf, publishedRows } from '../../publish/published-rows.ts';
import { piecesOf } from './files.ts';
import type { RecordedRun } from './re-execute.ts';
import { DamagedRun, NO_FILE } from './records.ts';

/** A question of a run that waits for an answer, as review.csv tells it. */
export interface OpenQuestion {
  readonly reviewId: string;
  readonly evidenceHash: string;
  readonly couponNumber: string;
  readonly reason: ReviewReason;
  readonly holds: boolean;
  /** Undefined where nothing can be said of the coupon's yen. */
  readonly stakeYen: number | undefined;
  /** In both languages, ` / ` between them. */
  readonly detail: string;
  readonly evidence: readonly string[];
  readonly state: 'open' | 'stale' | 'needs_second';
}

/** What review.csv shows of questions that nobody has to answer. */
const ANSWERED: ReadonlySet<string | undefined> = new Set(['approved', 'rejected', 'approve', 'reject']);

/** The questions of a run that wait for an answer, in their order; in steps. @throws DamagedRun, or what the system says */
export function* openQuestionsOf({
  folder,
  manifest,
}: Pick<RecordedRun, 'folder' | 'manifest'>): Generator<undefined, readonly OpenQuestion[]> {
  const path = join(folder, REVIEW_FILE);
  const recorded = manifest.outputs.find(({ name }) => name === REVIEW_FILE)?.sha256;
  const bytes = yield* bytesOf(path);
  if (recorded !== (yield* sha256Of(bytes))) throw new DamagedRun(path);
  const questions = yield* madeOf(publishedRows(bytes), (row) =>
    ANSWERED.has(row.decision) ? [] : [questionOf(row, path)],
  );
  return questions.flat();
}

function* bytesOf(path: string): Generator<undefined, readonly Uint8Array[]> {
  try {
    return yield* keptPieces(piecesOf(path));
  } catch (error) {
    throw NO_FILE.has((error as NodeJS.ErrnoException).code) ? new DamagedRun(path) : error;
  }
}

function questionOf(row: Cells, path: string): OpenQuestion {
  const { reason = '', decision = '', amount_at_stake_yen: stake = '' } = row;
  if (!Object.hasOwn(REVIEW_REASONS, reason)) throw new DamagedRun(path);
  return {
    reviewId: row.review_id ?? '',
    evidenceHash: row.evidence_hash ?? '',
    couponNumber: row.coupon_number ?? '',
    reason: reason as ReviewReason,
    holds: row.holds === 'yes',
    stakeYen: stake === '' ? undefined : Number(stake),
    detail: row.detail ?? '',
    evidence: (row.evidence ?? '').split(' ').filter((id) => id !== ''),
    state: decision === 'stale' || decision === 'needs_second' ? decision : 'open',
  };
}
