import {
  ABSENT,
  ACCEPTED,
  type ApplicationRow,
  CANCEL,
  type ClaimRow,
  COMPLETED,
  CONFLICTING,
  PAYMENT,
  type PaidRow,
  PENDING,
  REINSTATEMENT,
  type Tables,
  type TransactionTable,
} from '../intake/tables.ts';
import type { Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import { compareText } from '../policy/text.ts';
import type { Account, Case, Evidence, Movement, Payment } from './case.ts';
import {
  applicationEvidence,
  claimEvidence,
  evidenceOf,
  paidEvidence,
  type RowEvidence,
  rowEvidence,
} from './evidence.ts';
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
  /** Gathers what is known of some cases, by their pool numbers, in one walk over the log. */
  look(cases: readonly number[]): Histories;
  /** One case by itself. */
  caseOf(coupon: number): Case;
  /** Claims and applications of a coupon that is no case, standing ones only. */
  claimsOn(couponNumber: string): readonly ClaimRow[];
  applicationsOn(couponNumber: string): readonly ApplicationRow[];
}

/** Histories of the cases that were asked for. */
export interface Histories {
  caseOf(coupon: number): Case;
  /** Its transaction rows, accepted or conflicting, as they stand in the log. */
  rowsOf(coupon: number): Int32Array;
  accountOf(coupon: number): Account | undefined;
}

export function openBook(tables: Tables, policy: Policy, asOf: Instant): Book {
  const scope = scopeOf(tables, policy, asOf);
  const evidence = rowEvidence(tables);
  const undone = undonePayments(tables, asOf);
  const few = fewRows(tables);
  const rejected = rejectedTransactions(tables);
  const look = (cases: readonly number[]): Histories => {
    const rowsOf = historyIndex(tables, cases);
    const accounts = accountIndex(tables, scope, cases);
    const issuanceOf = (coupon: number): number => {
      const row = scope.issuanceRow[coupon] ?? ABSENT;
      if (row === ABSENT) throw new Error('a case without an accepted issuance row');
      return row;
    };
    const caseOf = (coupon: number): Case => {
      const row = issuanceOf(coupon);
      const couponNumber = tables.coupons.textOf(coupon);
      const rows = rowsOf(coupon);
      const movements = movementsOf(tables, evidence, rows, undone);
      return {
        couponNumber,
        prefecture: String(tables.issuance.prefecture[row]).padStart(2, '0'),
        faceYen: tables.issuance.faceYen[row] ?? 0,
        issuedAt: tables.issuance.issuedAt[row] ?? 0,
        expiresOn: tables.issuance.expiresOn[row] ?? 0,
        issuance: evidence.issuance(row),
        account: accounts(row, evidence),
        movements,
        payments: movements.filter(isPayment),
        pending: pendingOf(tables, evidence, rows),
        conflicting: conflictingOn(tables, evidence, rows, couponNumber, few),
        rejected: rejected.get(couponNumber) ?? NONE,
        claims: few.claims.get(couponNumber)?.filter(isAccepted) ?? NONE,
        applications: few.applications.get(couponNumber)?.filter(isAccepted) ?? NONE,
        ...paidOf(few.paid.get(couponNumber) ?? NONE),
      };
    };
    return { caseOf, rowsOf, accountOf: (coupon) => accounts(issuanceOf(coupon), evidence) };
  };
  return {
    tables,
    policy,
    asOf,
    scope,
    evidence,
    undone,
    look,
    caseOf: (coupon) => look([coupon]).caseOf(coupon),
    claimsOn: (couponNumber) => few.claims.get(couponNumber)?.filter(isAccepted) ?? [],
    applicationsOn: (couponNumber) => few.applications.get(couponNumber)?.filter(isAccepted) ?? [],
  };
}

/** Nearly every case has none of most things: one list for all of them. */
const NONE: readonly never[] = [];

const isAccepted = (row: { readonly disposition: string }): boolean => row.disposition === 'accepted';

/** Rows of each of the cases' transactions, accepted or conflicting, by counting sort. */
function historyIndex({ transactions, coupons }: Tables, cases: readonly number[]): (coupon: number) => Int32Array {
  const placeOf = new Int32Array(coupons.size).fill(ABSENT);
  cases.forEach((coupon, place) => {
    placeOf[coupon] = place;
  });
  const starts = countRows(transactions, placeOf, cases.length);
  const order = new Int32Array(starts[cases.length] as number);
  fillRows(transactions, placeOf, starts.slice(), order);
  return (coupon) => {
    const place = placeOf[coupon] ?? ABSENT;
    if (place === ABSENT) throw new Error('a history that was not asked for');
    return order.subarray(starts[place], starts[place + 1]);
  };
}

/** Where each case's rows begin, and after the last case where they end. */
function countRows(table: TransactionTable, placeOf: Int32Array, cases: number): Int32Array {
  const { rows, coupon, disposition } = table;
  const starts = new Int32Array(cases + 1);
  for (let row = 0; row < rows; row++) {
    const place = placeOf[coupon[row] as number] as number;
    if (place >= 0 && isOfHistory(disposition[row] as number)) starts[place + 1] = (starts[place + 1] as number) + 1;
  }
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  return starts;
}

function fillRows(table: TransactionTable, placeOf: Int32Array, next: Int32Array, order: Int32Array): void {
  const { rows, coupon, disposition } = table;
  for (let row = 0; row < rows; row++) {
    const place = placeOf[coupon[row] as number] as number;
    if (place < 0 || !isOfHistory(disposition[row] as number)) continue;
    const at = next[place] as number;
    order[at] = row;
    next[place] = at + 1;
  }
}

const isOfHistory = (disposition: number): boolean => disposition === ACCEPTED || disposition === CONFLICTING;

const MOVEMENT_KINDS: ReadonlyMap<number, Movement['kind']> = new Map([
  [PAYMENT, 'payment'],
  [CANCEL, 'cancel'],
  [REINSTATEMENT, 'reinstatement'],
]);

/** A row of the log. Its texts are made where somebody asks for them: most are never shown. */
class LoggedMovement implements Movement {
  readonly row: number;
  readonly occurredAt: Instant;
  readonly kind: Movement['kind'];
  readonly amountYen: number;
  readonly undone: boolean;
  private readonly tables: Tables;
  private readonly rows: RowEvidence;

  constructor(tables: Tables, rows: RowEvidence, row: number, kind: Movement['kind'], undone: boolean) {
    this.tables = tables;
    this.rows = rows;
    this.row = row;
    this.kind = kind;
    this.undone = undone;
    this.occurredAt = tables.transactions.occurredAt[row] ?? 0;
    this.amountYen = tables.transactions.amountYen[row] ?? 0;
  }

  get transactionId(): string {
    return this.tables.transactionIds.textOf(this.tables.transactions.transaction[this.row] ?? 0);
  }

  get merchantId(): string {
    const merchant = this.tables.transactions.merchant[this.row] ?? ABSENT;
    return merchant === ABSENT ? '' : this.tables.merchants.textOf(merchant);
  }

  get relatedId(): string {
    const related = this.tables.transactions.related[this.row] ?? ABSENT;
    return related === ABSENT ? '' : this.tables.transactionIds.textOf(related);
  }

  get evidence(): Evidence {
    return this.rows.transaction(this.row);
  }
}

function movementsOf(
  tables: Tables,
  evidence: RowEvidence,
  rows: Int32Array,
  undone: ReadonlySet<number>,
): readonly LoggedMovement[] {
  const { transactions } = tables;
  const movements: LoggedMovement[] = [];
  for (const row of rows) {
    const kind = MOVEMENT_KINDS.get(transactions.kind[row] ?? -1);
    if (kind === undefined || transactions.status[row] !== COMPLETED || transactions.disposition[row] !== ACCEPTED)
      continue;
    movements.push(new LoggedMovement(tables, evidence, row, kind, kind === 'payment' && undone.has(row)));
  }
  if (movements.length < 2) return movements;
  const debit = (movement: Movement): number => (movement.kind === 'payment' ? 1 : 0);
  return movements.sort(
    (a, b) => a.occurredAt - b.occurredAt || debit(a) - debit(b) || compareText(a.transactionId, b.transactionId),
  );
}

const isPayment = (movement: LoggedMovement): movement is LoggedMovement & Payment => movement.kind === 'payment';

function pendingOf({ transactions }: Tables, evidence: RowEvidence, rows: Int32Array): readonly Evidence[] {
  const isPending = (row: number): boolean =>
    transactions.kind[row] === PAYMENT &&
    transactions.status[row] === PENDING &&
    transactions.disposition[row] === ACCEPTED;
  return rows.some(isPending) ? Array.from(rows.filter(isPending), (row) => evidence.transaction(row)) : NONE;
}

interface FewRows {
  readonly claims: ReadonlyMap<string, readonly ClaimRow[]>;
  readonly applications: ReadonlyMap<string, readonly ApplicationRow[]>;
  readonly paid: ReadonlyMap<string, readonly PaidRow[]>;
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

function conflictingOn(
  tables: Tables,
  evidence: RowEvidence,
  rows: Int32Array,
  couponNumber: string,
  few: FewRows,
): readonly Evidence[] {
  const set = <Row extends { readonly disposition: string }>(
    list: readonly Row[] | undefined,
    of: (row: Row) => Evidence,
  ) => (list ?? []).filter((row) => row.disposition === 'conflicting').map(of);
  const isSetAside = (row: number): boolean => tables.transactions.disposition[row] === CONFLICTING;
  const isNamed = few.claims.has(couponNumber) || few.applications.has(couponNumber) || few.paid.has(couponNumber);
  if (!isNamed && !rows.some(isSetAside)) return NONE;
  return [
    ...Array.from(rows.filter(isSetAside), (row) => evidence.transaction(row)),
    ...set(few.claims.get(couponNumber), claimEvidence),
    ...set(few.applications.get(couponNumber), applicationEvidence),
    ...set(few.paid.get(couponNumber), paidEvidence),
  ];
}

function rejectedTransactions(tables: Tables): ReadonlyMap<string, readonly Evidence[]> {
  const index = new Map<string, Evidence[]>();
  for (const reject of tables.rejects) {
    if (reject.kind !== 'transactions' || reject.couponNumber === undefined || reject.couponNumber === '') continue;
    const list = index.get(reject.couponNumber) ?? [];
    list.push(evidenceOf('tx', reject.rowId ?? '?', reject.content));
    index.set(reject.couponNumber, list);
  }
  return index;
}

const NOTHING_PAID = { paid: NONE, alreadyPaidYen: 0, payoutsNamed: [] } as const;

/** Rows that conflict count as paid, once a payout and by the larger amount; `failed` does not count (2-data.md). */
function paidOf(rows: readonly PaidRow[]): Pick<Case, 'paid' | 'alreadyPaidYen' | 'payoutsNamed'> {
  if (rows.length === 0) return NOTHING_PAID;
  const standing = rows.filter((row) => row.disposition === 'accepted' && row.status !== 'failed');
  const contradictory = new Map<string, PaidRow>();
  for (const row of rows) {
    if (row.disposition !== 'conflicting') continue;
    const other = contradictory.get(row.payoutId);
    if (other === undefined || comparePaid(row, other) > 0) contradictory.set(row.payoutId, row);
  }
  const paid = [...standing, ...contradictory.values()];
  const visible = rows.filter((row) => row.disposition === 'accepted' || row.disposition === 'conflicting');
  return {
    paid,
    alreadyPaidYen: paid.reduce((sum, row) => sum + row.amountYen, 0),
    payoutsNamed: [...new Set(visible.map((row) => row.payoutId))],
  };
}

/** By amount; of equal amounts by content, so that the order of rows decides nothing. */
const comparePaid = (a: PaidRow, b: PaidRow): number =>
  a.amountYen - b.amountYen || compareText(paidEvidence(a).content, paidEvidence(b).content);

/** The same phone, however it was punctuated (3-rules.md §8). */
export const comparablePhone = (phone: string): string =>
  /^\d*$/.test(phone) ? phone : phone.replace(/[-\u2010-\u2015\u2212\s]/g, '');

/** Contacts of each account, from its coupons in scope. */
function accountIndex(
  { issuance, texts }: Tables,
  scope: Scope,
  cases: readonly number[],
): (row: number, evidence: RowEvidence) => Account | undefined {
  const wanted = new Map<number, number[]>();
  for (const coupon of cases) {
    const account = issuance.account[scope.issuanceRow[coupon] ?? -1] ?? ABSENT;
    if (account !== ABSENT) wanted.set(account, []);
  }
  for (let row = 0; row < issuance.rows && wanted.size > 0; row++) {
    if (issuance.account[row] !== ABSENT && issuance.disposition[row] === ACCEPTED)
      wanted.get(issuance.account[row] ?? ABSENT)?.push(row);
  }
  const textOf = (index: number | undefined): string =>
    index === undefined || index === ABSENT ? '' : texts.textOf(index);
  const distinct = (values: readonly string[]): readonly string[] =>
    [...new Set(values)].filter((value) => value !== '').sort(compareText);
  return (row, evidence) => {
    const account = issuance.account[row] ?? ABSENT;
    if (account === ABSENT) return undefined;
    const rows = wanted.get(account) ?? [row];
    return {
      accountId: texts.textOf(account),
      active: issuance.accountStatus[row] === 0,
      phones: distinct(rows.map((other) => comparablePhone(textOf(issuance.phone[other])))),
      emails: distinct(rows.map((other) => textOf(issuance.email[other]))),
      coupons: rows.map((other) => evidence.issuance(other)),
    };
  };
}
