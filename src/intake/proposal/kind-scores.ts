import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import { type ColumnMatches, columnMatches, type KnownNumbers } from './column-matches.ts';
import type { FoundTable } from './found-table.ts';

/** What makes a file one of its kind: whatever else a column of ours is made of can be stated, or asked for. */
const CORE: Readonly<Record<InputKind, readonly string[]>> = {
  issuance: ['coupon_number', 'face_yen', 'issued_at', 'expires_on'],
  transactions: ['transaction_id', 'coupon_number', 'occurred_at', 'amount_yen'],
  sales: ['sold_at', 'total_yen'],
  claims: ['received_at', 'kind', 'coupon_number'],
  applications: ['applied_at', 'coupon_number', 'name', 'method'],
  decisions: ['review_id', 'evidence_hash', 'decision', 'decided_by', 'decided_at'],
  paid: ['payout_id', 'amount_yen', 'sent_at'],
};

export interface KindScore {
  readonly kind: InputKind;
  /** From 0 to 1: a file is taken for the kind of the highest, if that is enough. */
  readonly score: number;
  readonly matches: ColumnMatches;
}

/** A file below it is taken for nothing. */
export const LEAST_SCORE = 0.5;
/** Two kinds that are nearer to each other are asked about. */
export const LEAST_LEAD = 0.08;

/** How likely a table is of each kind, the likeliest first. */
export const kindScores = (table: FoundTable, known: KnownNumbers): readonly KindScore[] =>
  INPUT_KINDS.map((kind) => {
    const matches = columnMatches(kind, table, known);
    return { kind, matches, score: scoreOf(kind, matches) };
  }).sort((a, b) => b.score - a.score);

/** What makes up its kind counts most; what else it must have, and may have, a little. */
function scoreOf(kind: InputKind, matches: ColumnMatches): number {
  const { columns } = LAYOUTS[kind];
  const core = CORE[kind];
  const mean = (names: readonly string[]): number =>
    names.length === 0
      ? 1
      : names.reduce((sum, name) => sum + Math.min(1, matches.get(name)?.weight ?? 0), 0) / names.length;
  const required = columns.filter((column) => column.required).map(({ name }) => name);
  const optional = columns.filter((column) => !column.required).map(({ name }) => name);
  const score = 0.6 * mean(core) + 0.25 * mean(required) + 0.15 * mean(optional);
  const isWhole = core.every((name) => matches.has(name));
  return Math.round(100 * (isWhole ? score : Math.min(score, INCOMPLETE))) / 100;
}
const INCOMPLETE = 0.4;
