import type { Instant } from '../../base/instants.ts';
import type { Terms } from '../../policy/terms.ts';
import {
  contentColumns,
  contentOf,
  type FewKindDeclaration,
  type FieldsOf,
  fewRowContent,
} from '../../tables/kinds/column.ts';
import { BULK_DECLARATIONS, FEW_DECLARATIONS, FEW_ROWS, type FewKind } from '../../tables/kinds/index.ts';
import type { ByCoupon, CouponIndex } from '../../tables/pool-index.ts';
import { placeInProgramme, programmeOf } from '../../tables/programme.ts';
import {
  ABSENT,
  ACCEPTED,
  AFTER_AS_OF,
  CONFLICTING,
  type Disposition,
  DUPLICATE,
  FEW_KINDS,
  OUT_OF_SCOPE,
  OWN,
  type PaidRow,
  type SpelledTwice,
} from '../../tables/tables.ts';
import { IdDictionary, isAscending } from '../columns/id-dictionary.ts';
import type { PackedIds } from '../columns/packed-ids.ts';
import type { Builder } from '../schema/decoders.ts';
import { disposeDecisions } from './decisions.ts';
import { groupBy } from './group-by.ts';
import { netRefunds } from './refunded-sales.ts';

const { issuance: ISSUANCE, transactions: TRANSACTIONS, sales: SALES } = BULK_DECLARATIONS;

/**
 * Gives every row that could be read its disposition: the first that fits of conflicting, duplicate, out_of_scope,
 * after_as_of, accepted (2-data.md). Conflicts are found whatever as_of is, but for the history of a paid row. In steps,
 * between which somebody else may have a turn.
 */
export function* dispose(
  tables: Builder,
  terms: Terms,
  asOf: Instant,
  twice: SpelledTwice,
): Generator<undefined, void> {
  disposeCoupons(tables, terms, asOf, twice);
  yield* disposeOthers(tables, asOf, twice);
}

/** The rows of coupons and of their transactions. */
export function disposeCoupons(tables: Builder, terms: Terms, asOf: Instant, twice: SpelledTwice): void {
  disposeIssuance(tables, terms, asOf, twice);
  disposeTransactions(tables, asOf, twice);
}

export function* disposeOthers(tables: Builder, asOf: Instant, twice: SpelledTwice): Generator<undefined, void> {
  yield undefined;
  disposeSales(tables, asOf, twice);
  for (const kind of FEW_KINDS) {
    if (kind === 'paid' || kind === 'decisions') continue;
    yield undefined;
    disposeKind(kind, tables.few[kind] as Disposed[], asOf, twice.few[kind]);
  }
  yield undefined;
  replace(tables.few.decisions, disposeDecisions(tables.few.decisions, asOf));
  yield undefined;
  replace(tables.few.paid, disposePaid(tables.few.paid, asOf));
}

/** Disposes of rows that are few as their kind declares what is the same row, and when it happened. */
function disposeKind<Row extends Disposed>(
  kind: FewKind,
  rows: Row[],
  asOf: Instant,
  spelledTwice?: ReadonlySet<string>,
): void {
  const { idOf, happenedAtOf } = FEW_ROWS[kind];
  const contentOfFields = fewRowContent<FewKindDeclaration>(FEW_DECLARATIONS[kind]);
  const disposed = disposeFew(
    rows,
    idOf,
    (row) => contentOfFields(row as unknown as FieldsOf<FewKindDeclaration>),
    (row) => happenedAtOf(row) < asOf,
    spelledTwice,
  );
  replace(rows, disposed);
}

function replace<T>(rows: T[], by: readonly T[]): void {
  for (let at = 0; at < by.length; at++) rows[at] = by[at] as T;
}

type Column = Uint8Array | Int32Array | Float64Array;

/**
 * Marks the rows of one id that repeat the first of them, and all rows of an id whose content differs.
 *
 * @param numbers of the rows' ids, below `size`
 */
function markRepeats(numbers: Int32Array, size: number, content: readonly Column[], disposition: Uint8Array): void {
  const firsts = new Int32Array(size).fill(ABSENT);
  const differs = new Uint8Array(size);
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] as number;
    const first = firsts[number] as number;
    if (first === ABSENT) firsts[number] = row;
    else if (content.some((column) => column[row] !== column[first])) differs[number] = 1;
  }
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] as number;
    if (differs[number] === 1) disposition[row] = CONFLICTING;
    else if (firsts[number] !== row) disposition[row] = DUPLICATE;
  }
}

/** The same by keys. Exports mostly come in the order of their ids: then there is nothing to look up. */
function markRepeatedKeys(
  ids: Float64Array,
  texts: PackedIds,
  content: readonly Column[],
  disposition: Uint8Array,
): void {
  if (isAscending(ids)) return;
  const numbering = new IdDictionary(texts);
  const numbers = numbering.numberAll(ids, ids.length);
  if (numbering.size < ids.length) markRepeats(numbers, numbering.size, content, disposition);
}

/** One number in two spellings is one id with rows that differ. */
function markSpelledTwice(ids: Float64Array | Int32Array, twice: ReadonlySet<number>, disposition: Uint8Array): void {
  if (twice.size === 0) return;
  for (let row = 0; row < ids.length; row++) if (twice.has(ids[row] as number)) disposition[row] = CONFLICTING;
}

/** Whether some number comes twice. */
function isRepeatedIn(numbers: Int32Array, size: number): boolean {
  const seen = new Uint8Array(size);
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] as number;
    if (seen[number] === 1) return true;
    seen[number] = 1;
  }
  return false;
}

function disposeIssuance({ issuance, coupons }: Builder, terms: Terms, asOf: Instant, twice: SpelledTwice): void {
  const { rows, ...columns } = issuance.finish();
  const { coupon, disposition, medium, prefecture, issuedAt } = columns;
  const content = contentColumns(ISSUANCE).map((name) => columns[name]);
  if (isRepeatedIn(coupon, coupons.size)) markRepeats(coupon, coupons.size, content, disposition);
  markSpelledTwice(coupon, twice.coupons, disposition);
  const ours = programmeOf(terms);
  for (let row = 0; row < rows; row++) {
    if (disposition[row] !== ACCEPTED) continue;
    if (ours[placeInProgramme(medium[row] as number, prefecture[row] as number)] === 0) disposition[row] = OUT_OF_SCOPE;
    else if ((issuedAt[row] as number) >= asOf) disposition[row] = AFTER_AS_OF;
  }
}

function disposeTransactions(tables: Builder, asOf: Instant, twice: SpelledTwice): void {
  const { rows, ...columns } = tables.transactions.finish();
  const { transaction, coupon, occurredAt, funding, disposition } = columns;
  const content = contentColumns(TRANSACTIONS).map((name) => columns[name]);
  markRepeatedKeys(transaction, tables.texts.transactionIds, content, disposition);
  markSpelledTwice(transaction, twice.transactions, disposition);
  const outOfScope: ByCoupon = new Uint8Array(tables.coupons.size);
  const issuance = tables.issuance.columns;
  for (let row = 0; row < tables.issuance.rows; row++) {
    if (issuance.disposition[row] === OUT_OF_SCOPE) outOfScope[issuance.coupon[row] as CouponIndex] = 1;
  }
  for (let row = 0; row < rows; row++) {
    if (disposition[row] !== ACCEPTED) continue;
    if (funding[row] === OWN || outOfScope[coupon[row] as CouponIndex] === 1) disposition[row] = OUT_OF_SCOPE;
    else if ((occurredAt[row] as number) >= asOf) disposition[row] = AFTER_AS_OF;
  }
}

function disposeSales(tables: Builder, asOf: Instant, twice: SpelledTwice): void {
  const {
    sales,
    texts: { reports },
  } = tables;
  const { rows, ...columns } = sales.finish();
  const { report, disposition, soldAt, merchant } = columns;
  const content = contentColumns(SALES).map((name) => columns[name]);
  markRepeatedKeys(report, reports, content, disposition);
  markSpelledTwice(report, twice.reports, disposition);
  // Whose journal it is nobody can tell: neither shop\u2019s is whole.
  markSpelledTwice(merchant, twice.merchants, disposition);
  for (let row = 0; row < rows; row++) {
    if (disposition[row] === ACCEPTED && (soldAt[row] ?? 0) >= asOf) disposition[row] = AFTER_AS_OF;
  }
  netRefunds(tables, asOf);
}

interface Disposed {
  readonly disposition: Disposition;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Dispositions of the rows that are few, by id and content. */
export function disposeFew<Row extends Disposed>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  contentOf: (row: Row) => string,
  hasHappened: (row: Row) => boolean,
  spelledTwice: ReadonlySet<string> = NOBODY,
): Row[] {
  const result = [...rows];
  for (const [id, group] of groupBy(rows, idOf)) {
    const differs = group.length > 1 && new Set(group.map((index) => contentOf(rows[index] as Row))).size > 1;
    const conflict = differs || spelledTwice.has(id);
    group.forEach((index, position) => {
      const row = rows[index] as Row;
      const single: Disposition = position > 0 ? 'duplicate' : hasHappened(row) ? 'accepted' : 'after_as_of';
      result[index] = { ...row, disposition: conflict ? 'conflicting' : single };
    });
  }
  return result;
}

const paidContent = fewRowContent(FEW_DECLARATIONS.paid);

/** One payment's rows are its history: the latest before as_of stands, and the earlier ones are duplicates. */
export function disposePaid(rows: readonly PaidRow[], asOf: Instant): PaidRow[] {
  const result = [...rows];
  for (const group of groupBy(rows, (row) => contentOf(row.payoutId, [row.couponNumber])).values()) {
    const happened = group.filter((index) => (rows[index]?.sentAt ?? 0) < asOf);
    const history = happened.map((index) => rows[index] as PaidRow);
    const standing = standingIndex(history);
    const conflict = isContradictory(history);
    const seen = new Set<string>();
    const ofHappened = (place: number): Disposition => {
      if (conflict) return 'conflicting';
      return place === standing ? 'accepted' : 'duplicate';
    };
    const placeOf = new Map(happened.map((index, place) => [index, place]));
    for (const index of group) {
      const row = rows[index] as PaidRow;
      const place = placeOf.get(index) ?? -1;
      const later: Disposition = seen.has(paidContent(row)) ? 'duplicate' : 'after_as_of';
      seen.add(paidContent(row));
      result[index] = { ...row, disposition: place < 0 ? later : ofHappened(place) };
    }
  }
  return result;
}

const isFinal = (row: PaidRow): boolean => row.status !== 'sent';

/** The latest; at one instant a final status before `sent`; of equals the first. */
function standingIndex(history: readonly PaidRow[]): number {
  let standing = 0;
  history.forEach((row, index) => {
    const best = history[standing] as PaidRow;
    if (row.sentAt > best.sentAt || (row.sentAt === best.sentAt && isFinal(row) && !isFinal(best))) standing = index;
  });
  return standing;
}

/** Another amount, or two different final statuses at one instant. */
function isContradictory(history: readonly PaidRow[]): boolean {
  if (new Set(history.map((row) => row.amountYen)).size > 1) return true;
  const finals = new Map<Instant, string>();
  for (const row of history.filter(isFinal)) {
    const other = finals.get(row.sentAt);
    if (other !== undefined && other !== row.status) return true;
    finals.set(row.sentAt, row.status);
  }
  return false;
}
