import type { CalendarDate, Instant } from '../base/instants.ts';
import { compareText } from '../base/text.ts';
import type { Medium } from '../policy/terms.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
import {
  ABSENT,
  ACCEPTED,
  type ApplicationRow,
  CANCEL,
  type ClaimRow,
  COMPLETED,
  CONFLICTING,
  MEDIA,
  PAYMENT,
  type PaidRow,
  PENDING,
  REINSTATEMENT,
  type Tables,
} from '../tables/tables.ts';
import { type Account, type Case, type Evidence, type Movement, NONE, type Payment } from './case.ts';
import { applicationEvidence, claimEvidence, paidEvidence, type RowEvidence } from './evidence.ts';

export const isAccepted = (row: { readonly disposition: string }): boolean => row.disposition === 'accepted';

/** Where a case looks up what is known of it. */
export interface Records {
  readonly tables: Tables;
  readonly evidence: RowEvidence;
  readonly undone: ReadonlySet<number>;
  readonly few: FewRows;
  /** Cases that a claim, an application or a paid row names, whatever became of that row. */
  readonly named: ReadonlySet<CouponIndex | Absent>;
  /** Rejected transaction rows, by coupon number. */
  readonly rejected: ReadonlyMap<string, readonly Evidence[]>;
  /** The account of an issuance row. */
  readonly accounts: (row: number, evidence: RowEvidence) => Account | undefined;
}

/** Rows that are few, by coupon number. */
export interface FewRows {
  readonly claims: ReadonlyMap<string, readonly ClaimRow[]>;
  readonly applications: ReadonlyMap<string, readonly ApplicationRow[]>;
  readonly paid: ReadonlyMap<string, readonly PaidRow[]>;
}

/** A case of the book. Beside its movements all of it is looked up where somebody asks: most is never asked for. */
export class LoggedCase implements Case {
  readonly faceYen: number;
  readonly issuedAt: Instant;
  readonly expiresOn: CalendarDate;
  readonly movements: readonly Movement[];
  readonly payments: readonly Payment[];
  private readonly records: Records;
  private readonly coupon: CouponIndex;
  private readonly issuanceRow: number;
  private readonly rows: Int32Array;
  /** A few row names it: most cases need not even be looked up. */
  private readonly isNamed: boolean;
  /** One of its rows is pending or set aside: most have none, and are not walked again. */
  private readonly hasOpenRows: boolean;
  private name: string | undefined;
  private paidRows: PaidOf | undefined;

  constructor(records: Records, coupon: CouponIndex, issuanceRow: number, rows: Int32Array) {
    const { tables, evidence, undone, named } = records;
    this.records = records;
    this.coupon = coupon;
    this.issuanceRow = issuanceRow;
    this.rows = rows;
    this.isNamed = named.has(coupon);
    this.hasOpenRows = hasOpenRows(tables, rows);
    this.faceYen = tables.issuance.faceYen[issuanceRow] ?? 0;
    this.issuedAt = tables.issuance.issuedAt[issuanceRow] ?? 0;
    this.expiresOn = tables.issuance.expiresOn[issuanceRow] ?? 0;
    const movements = movementsOf(tables, evidence, rows, undone);
    this.movements = movements;
    this.payments = paymentsAmong(movements);
  }

  get couponNumber(): string {
    this.name ??= this.records.tables.coupons.textOf(this.coupon);
    return this.name;
  }

  get medium(): Medium {
    return MEDIA[this.records.tables.issuance.medium[this.issuanceRow] as number] as Medium;
  }

  get prefecture(): string {
    return String(this.records.tables.issuance.prefecture[this.issuanceRow]).padStart(2, '0');
  }

  get issuance(): Evidence {
    return this.records.evidence.issuance(this.issuanceRow);
  }

  get account(): Account | undefined {
    return this.records.accounts(this.issuanceRow, this.records.evidence);
  }

  get pending(): readonly Evidence[] {
    if (!this.hasOpenRows) return NONE;
    return pendingOf(this.records.tables, this.records.evidence, this.rows);
  }

  get conflicting(): readonly Evidence[] {
    if (!this.hasOpenRows && !this.isNamed) return NONE;
    const { tables, evidence, few } = this.records;
    return conflictingOn(tables, evidence, this.rows, this.couponNumber, few);
  }

  get rejected(): readonly Evidence[] {
    const { rejected } = this.records;
    return rejected.size === 0 ? NONE : (rejected.get(this.couponNumber) ?? NONE);
  }

  get claims(): readonly ClaimRow[] {
    if (!this.isNamed) return NONE;
    return acceptedAmong(this.records.few.claims.get(this.couponNumber) ?? NONE, knownClaims);
  }

  get applications(): readonly ApplicationRow[] {
    if (!this.isNamed) return NONE;
    return acceptedAmong(this.records.few.applications.get(this.couponNumber) ?? NONE, knownApplications);
  }

  get paid(): readonly PaidRow[] {
    return this.paidOf().paid;
  }

  get alreadyPaidYen(): number {
    return this.paidOf().alreadyPaidYen;
  }

  get payoutsNamed(): readonly string[] {
    return this.paidOf().payoutsNamed;
  }

  private paidOf(): PaidOf {
    if (!this.isNamed) return NOTHING_PAID;
    this.paidRows ??= paidOf(this.records.few.paid.get(this.couponNumber) ?? NONE);
    return this.paidRows;
  }
}

/** Of one list the same list: with very many rows each of a coupon's questions asks for it. */
function acceptedAmong<Row extends { readonly disposition: string }>(
  rows: readonly Row[],
  known: WeakMap<readonly Row[], readonly Row[]>,
): readonly Row[] {
  const accepted = known.get(rows) ?? rows.filter(isAccepted);
  known.set(rows, accepted);
  return accepted;
}

const knownClaims = new WeakMap<readonly ClaimRow[], readonly ClaimRow[]>();
const knownApplications = new WeakMap<readonly ApplicationRow[], readonly ApplicationRow[]>();

type PaidOf = Pick<Case, 'paid' | 'alreadyPaidYen' | 'payoutsNamed'>;

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
  private shown: Evidence | undefined;

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
    this.shown ??= this.rows.transaction(this.row);
    return this.shown;
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
  return isByTime(movements) ? movements : movements.sort(byTime);
}

/** Rows mostly come by time, and need no sorting then. */
function isByTime(movements: readonly LoggedMovement[]): boolean {
  for (let at = 1; at < movements.length; at++) {
    if ((movements[at] as LoggedMovement).occurredAt <= (movements[at - 1] as LoggedMovement).occurredAt) return false;
  }
  return true;
}

const byTime = (a: LoggedMovement, b: LoggedMovement): number =>
  a.occurredAt - b.occurredAt || debit(a) - debit(b) || compareText(a.transactionId, b.transactionId);

const debit = (movement: LoggedMovement): number => (movement.kind === 'payment' ? 1 : 0);

/** The same list where all of them are payments, as they mostly are. */
function paymentsAmong(movements: readonly LoggedMovement[]): readonly (LoggedMovement & Payment)[] {
  for (const movement of movements) if (!isPayment(movement)) return movements.filter(isPayment);
  return movements as readonly (LoggedMovement & Payment)[];
}

const isPayment = (movement: LoggedMovement): movement is LoggedMovement & Payment => movement.kind === 'payment';

function hasOpenRows({ transactions: { status, disposition } }: Tables, rows: Int32Array): boolean {
  for (const row of rows) if (status[row] === PENDING || disposition[row] === CONFLICTING) return true;
  return false;
}

function pendingOf({ transactions }: Tables, evidence: RowEvidence, rows: Int32Array): readonly Evidence[] {
  const isPending = (row: number): boolean =>
    transactions.kind[row] === PAYMENT &&
    transactions.status[row] === PENDING &&
    transactions.disposition[row] === ACCEPTED;
  return rows.some(isPending) ? Array.from(rows.filter(isPending), (row) => evidence.transaction(row)) : NONE;
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

const NOTHING_PAID = { paid: NONE, alreadyPaidYen: 0, payoutsNamed: [] } as const;

/** Rows that conflict count as paid, once a payout and by the larger amount; `failed` does not count (2-data.md). */
function paidOf(rows: readonly PaidRow[]): PaidOf {
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
