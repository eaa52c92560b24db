import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { mapped } from '../base/steps.ts';
import { deciderOf } from '../tables/kinds/decisions.ts';
import { syncFolderOf, writeSynced } from './on-disk.ts';
import { publishedRecords } from './published-rows.ts';

/** A row of a file of decisions as it is written here. */
export interface SignedDecision {
  readonly reviewId: string;
  readonly evidenceHash: string;
  readonly decision: 'approve' | 'reject';
  readonly decidedBy: string;
  /** `2023-05-09T10:00:00+09:00` */
  readonly decidedAt: string;
  readonly note: string;
}

const HEADER = ['review_id', 'evidence_hash', 'decision', 'decided_by', 'decided_at', 'note'] as const;
const BYTE_ORDER_MARK = '\uFEFF';

/** The file is of another form: whoever writes it anew would lose what somebody else has put there. */
export class NotSignedHere extends Error {}

/** The rows of the file, in steps; none where there is no file. @throws NotSignedHere, or what the system says */
export function* readSigned(path: string): Generator<undefined, readonly SignedDecision[]> {
  if (!existsSync(path)) return [];
  const [header = [], ...rows] = yield* records(readFileSync(path));
  if (header.join() !== HEADER.join()) throw new NotSignedHere();
  return yield* mapped(rows, (row) => {
    const [reviewId = '', evidenceHash = '', decision = '', decidedBy = '', decidedAt = '', note = ''] = row;
    if (row.length !== HEADER.length || (decision !== 'approve' && decision !== 'reject')) throw new NotSignedHere();
    return { reviewId, evidenceHash, decision, decidedBy, decidedAt, note };
  });
}

function* records(bytes: Uint8Array): Generator<undefined, readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  try {
    for (const record of publishedRecords([bytes])) {
      if (record === undefined) yield undefined;
      else found.push(record);
    }
  } catch {
    throw new NotSignedHere();
  }
  return found;
}

/** Whether two rows are one person's answer to one question on the same evidence. */
export const isSameAnswer = (one: SignedDecision, other: SignedDecision): boolean =>
  one.reviewId === other.reviewId &&
  one.evidenceHash === other.evidenceHash &&
  deciderOf(one.decidedBy) === deciderOf(other.decidedBy);

/** With an answer in the place of what the same person answered before. */
export const withAnswer = (rows: readonly SignedDecision[], answer: SignedDecision): readonly SignedDecision[] =>
  rows.some((row) => isSameAnswer(row, answer))
    ? rows.map((row) => (isSameAnswer(row, answer) ? answer : row))
    : [...rows, answer];

/** Puts the file in place whole or not at all, so that an answer is never half there. @throws NotConfirmed where it is there; what the system says */
export function writeSigned(path: string, rows: readonly SignedDecision[]): void {
  const cells = rows.map((row) => [
    row.reviewId,
    row.evidenceHash,
    row.decision,
    row.decidedBy,
    row.decidedAt,
    row.note,
  ]);
  // A spreadsheet takes it for what it is.
  const content = BYTE_ORDER_MARK + stringify([[...HEADER], ...cells], { record_delimiter: '\n' });
  const aside = join(dirname(path), `.${basename(path)}.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    writeSynced(aside, content);
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
  syncFolderOf(path);
}
