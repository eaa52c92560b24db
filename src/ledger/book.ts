import type { Instant } from '../base/instants.ts';
import { rowsByNumber, rowsOfNumber } from '../base/rows-by-number.ts';
import { compareText } from '../base/text.ts';
import type { Policy } from '../policy/policy.ts';
import { declarationOf } from '../tables/kinds/index.ts';
import type { Absent, ByCoupon, CouponIndex } from '../tables/pool-index.ts';
import { ABSENT, type ApplicationRow, type ClaimRow, type InputKind, type Tables } from '../tables/tables.ts';
import type { Account, Case, Evidence } from './case.ts';
import { evidenceOf, type RowEvidence, rowEvidence, typedEvidence } from './evidence.ts';
import { AccountContacts, IssuedAccount, rowsOfAccounts } from './issued-account.ts';
import { type FewRows, isAccepted, LoggedCase, type Records } from './logged-case.ts';
import { undonePayments } from './reversals.ts';
import { type Scope, scopeOf } from './scope.ts';

/** The ledger of a run: who is judged, and each coupon's history when it is asked for. */
export interface Book {
  readonly tables: Tables;
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly scope: Scope;
  readonly evidence: RowEvidence;
  readonly undone: ReadonlySet<number>;
  /** Whether a coupon is judged here, known or not; rows of others are there for what they tell of it. */
  readonly isOwn: (coupon: CouponIndex | Absent) => boolean;
  /** Gathers what is known of some cases, by their pool numbers, in one walk over the log. */
  look(cases: readonly CouponIndex[]): Histories;
  /** One case by itself. */
  caseOf(coupon: CouponIndex): Case;
  /** Claims and applications of a coupon that is no case, standing ones only. */
  claimsOn(couponNumber: string): readonly ClaimRow[];
  applicationsOn(couponNumber: string): readonly ApplicationRow[];
}

/** Histories of the cases that were asked for. */
export interface Histories {
  caseOf(coupon: CouponIndex): Case;
  /** Its transaction rows, accepted or conflicting, as they stand in the log. */
  rowsOf(coupon: CouponIndex): Int32Array;
  accountOf(coupon: CouponIndex): Account | undefined;
}

/** In steps, each a walk over the tables. */
export function* openBook(
  tables: Tables,
  policy: Policy,
  asOf: Instant,
  isOwn = everyCoupon,
): Generator<undefined, Book> {
  const scope = yield* scopeOf(tables, policy, asOf, isOwn);
  const evidence = rowEvidence(tables);
  yield undefined;
  const undone = undonePayments(tables, asOf);
  yield undefined;
  const few = fewRows(tables);
  yield undefined;
  const named = namedCoupons(tables);
  const rejected = unusedRows(tables);
  const look = (cases: readonly CouponIndex[]): Histories => {
    const rowsOf = historyIndex(tables, scope, cases);
    const accounts = accountIndex(tables, scope, cases);
    const records: Records = { tables, evidence, undone, few, named, rejected, accounts };
    const issuanceOf = (coupon: CouponIndex): number => {
      const row = scope.issuanceRow[coupon] ?? ABSENT;
      if (row === ABSENT) throw new Error('a case without an accepted issuance row');
      return row;
    };
    const caseOf = (coupon: CouponIndex): Case => new LoggedCase(records, coupon, issuanceOf(coupon), rowsOf(coupon));
    return { caseOf, rowsOf, accountOf: (coupon) => accounts(issuanceOf(coupon), evidence) };
  };
  return {
    tables,
    policy,
    asOf,
    scope,
    evidence,
    undone,
    isOwn,
    look,
    caseOf: (coupon) => look([coupon]).caseOf(coupon),
    claimsOn: (couponNumber) => few.claims.get(couponNumber)?.filter(isAccepted) ?? [],
    applicationsOn: (couponNumber) => few.applications.get(couponNumber)?.filter(isAccepted) ?? [],
  };
}

const everyCoupon = (_coupon: CouponIndex | Absent): boolean => true;

/** Rows of each of the cases' transactions, accepted or conflicting, by counting sort. */
function historyIndex(
  { transactions: { coupon }, coupons }: Tables,
  { rowsOfCases }: Scope,
  cases: readonly CouponIndex[],
): (coupon: CouponIndex) => Int32Array {
  const placeOf: ByCoupon = new Int32Array(coupons.size).fill(ABSENT);
  cases.forEach((each, place) => {
    placeOf[each] = place;
  });
  const rows = rowsOfCases.filter((row) => placeOf[coupon[row] as CouponIndex] !== ABSENT);
  const sorted = rowsByNumber(
    rows,
    rows.map((row) => placeOf[coupon[row] as CouponIndex] as number),
    cases.length,
  );
  return (each) => {
    const place = placeOf[each] ?? ABSENT;
    if (place === ABSENT) throw new Error('a history that was not asked for');
    return rowsOfNumber(sorted, place);
  };
}

/** By coupon, by id: the order of the files must not matter. */
function fewRows(tables: Tables): FewRows {
  return {
    claims: byCoupon(tables.claims, (row) => row.claimId),
    applications: byCoupon(tables.applications, (row) => row.applicationId),
    paid: byCoupon(tables.paid, (row) => row.payoutId),
  };
}

function byCoupon<Row extends { readonly couponNumber: string }>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const index = new Map<string, Row[]>();
  for (const row of rows) {
    const list = index.get(row.couponNumber);
    if (list === undefined) index.set(row.couponNumber, [row]);
    else list.push(row);
  }
  for (const list of index.values()) list.sort((a, b) => compareText(idOf(a), idOf(b)));
  return index;
}

/** By their pool numbers; those that no bulk row names have none. */
function namedCoupons({ coupons, claims, applications, paid }: Tables): ReadonlySet<CouponIndex | Absent> {
  const named = new Set<CouponIndex | Absent>();
  for (const rows of [claims, applications, paid])
    for (const { couponNumber } of rows) named.add(coupons.find(couponNumber));
  return named;
}

/** Rows that could not be used, by the coupons that they name or most likely mean. */
function unusedRows({ rejects, nearlyNamed }: Tables): ReadonlyMap<string, readonly Evidence[]> {
  const index = new Map<string, Evidence[]>();
  const add = (kind: InputKind, couponNumber: string | undefined, rowId: string, content: string): void => {
    if (couponNumber === undefined || couponNumber === '') return;
    const { evidencePrefix, isTyped } = declarationOf(kind);
    const list = index.get(couponNumber) ?? [];
    list.push((isTyped === true ? typedEvidence : evidenceOf)(evidencePrefix, rowId, content));
    index.set(couponNumber, list);
  };
  // Of others that cannot be read nobody can say what they would change (3-rules.md §2).
  for (const { kind, couponNumber, rowId, content } of rejects)
    if (kind === 'transactions') add(kind, couponNumber, rowId ?? '?', content);
  for (const { kind, couponNumber, rowId, content } of nearlyNamed) add(kind, couponNumber, rowId, content);
  return index;
}

/** Contacts of each account, from its coupons in scope. Only looked for once a way to send something is sought. */
function accountIndex(
  tables: Tables,
  scope: Scope,
  cases: readonly CouponIndex[],
): (row: number, evidence: RowEvidence) => Account | undefined {
  const { issuance } = tables;
  let found: ((account: number) => Int32Array | undefined) | undefined;
  const known = new Map<number, AccountContacts>();
  return (row, evidence) => {
    const account = issuance.account[row] ?? ABSENT;
    if (account === ABSENT) return undefined;
    found ??= rowsOfAccounts(issuance, scope, cases);
    const contacts = known.get(account) ?? new AccountContacts(tables, found(account) ?? Int32Array.of(row), evidence);
    if (contacts.rows.length > 1) known.set(account, contacts);
    return new IssuedAccount(tables, row, contacts);
  };
}
