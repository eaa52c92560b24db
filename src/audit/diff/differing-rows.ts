import { type CalendarDate, dateOf, type Instant } from '../../base/instants.ts';
import { sorted } from '../../base/steps.ts';
import { compareText } from '../../base/text.ts';
import type { Evidence } from '../../ledger/case.ts';
import { applicationEvidence, claimEvidence, paidEvidence, rowEvidence } from '../../ledger/evidence.ts';
import { duringOutage } from '../../policy/policy.ts';
import { DECLARATIONS } from '../../tables/kinds/index.ts';
import type { Absent, CouponIndex } from '../../tables/pool-index.ts';
import {
  ABSENT,
  AFTER_AS_OF,
  DISPOSITIONS,
  DUPLICATE,
  PAYMENT,
  type Reject,
  type Tables,
} from '../../tables/tables.ts';
import type { Gathered } from '../record/re-execute.ts';
import type { DifferingRow } from './difference.ts';

/** What one run's inputs say under one row id, never shown, and where. */
interface RowSeen {
  readonly id: string;
  readonly says: readonly string[];
  readonly places: readonly string[];
}
type RowsById = Map<string, RowSeen>;

/** Where a coupon's fate can depend on the rows of others: the shop's day, claims there, the account. */
interface Neighbourhood {
  readonly relation: Exclude<DifferingRow['relation'], 'own'>;
  readonly key: string;
}

/** What one run's inputs say of some coupons and around them. */
export interface RowsAround {
  readonly own: ReadonlyMap<string, RowsById>;
  readonly near: ReadonlyMap<string, readonly Neighbourhood[]>;
  readonly rowsNear: ReadonlyMap<string, RowsById>;
}

/** Takes from a run's inputs what concerns the coupons, in steps, so that the inputs need not be kept. */
export function* rowsAround(gathered: Gathered, coupons: ReadonlySet<string>): Generator<undefined, RowsAround> {
  const own = new Map<string, RowsById>([...coupons].map((coupon) => [coupon, new Map()]));
  const places = yield* neighbourhoodsOf(gathered, coupons);
  const rowsNear = new Map<string, RowsById>([...places.near.values()].flat().map(({ key }) => [key, new Map()]));
  for (const row of rowsThatCount(gathered.tables, places)) {
    if (row === undefined) {
      yield undefined;
      continue;
    }
    if (row.coupon !== undefined) see(own.get(row.coupon), row);
    if (row.near !== undefined) see(rowsNear.get(row.near), row);
  }
  return { own, near: places.near, rowsNear };
}

/** Of each of the coupons its own rows that differ; else, those around it. In steps. */
export function* differingRows(
  before: RowsAround,
  after: RowsAround,
  coupons: Iterable<string>,
): Generator<undefined, ReadonlyMap<string, readonly DifferingRow[]>> {
  const found = new Map<string, readonly DifferingRow[]>();
  // Many coupons may have one neighbourhood.
  const around = new Map<string, readonly DifferingRow[]>();
  for (const coupon of coupons) {
    const own = yield* compare(before.own.get(coupon), after.own.get(coupon), 'own');
    const near = own.length > 0 ? [] : (after.near.get(coupon) ?? []);
    for (const { relation, key } of near)
      if (!around.has(key))
        around.set(key, yield* compare(before.rowsNear.get(key), after.rowsNear.get(key), relation));
    found.set(coupon, own.length > 0 ? own : near.flatMap(({ key }) => around.get(key) ?? []));
  }
  return found;
}

/** So many rows are looked at in a step. */
const ROWS_A_STEP = 1 << 10;

function* compare(
  before: RowsById | undefined,
  after: RowsById | undefined,
  relation: DifferingRow['relation'],
): Generator<undefined, readonly DifferingRow[]> {
  const found: DifferingRow[] = [];
  const said = (row: RowSeen | undefined): string => JSON.stringify([...(row?.says ?? [])].sort());
  let looked = 0;
  for (const key of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
    if (++looked % ROWS_A_STEP === 0) yield undefined;
    const [was, is] = [before?.get(key), after?.get(key)];
    if (said(was) !== said(is)) found.push(differing(was, is, relation));
  }
  return yield* sorted(found, (a, b) => compareText(a.id, b.id));
}

function differing(
  was: RowSeen | undefined,
  is: RowSeen | undefined,
  relation: DifferingRow['relation'],
): DifferingRow {
  const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
  return { id: (is ?? was)?.id ?? '', change, relation, before: was?.places ?? [], after: is?.places ?? [] };
}

/** A row of the inputs that concerns one of the coupons, or a neighbourhood of one. */
interface CountingRow {
  readonly coupon: string | undefined;
  readonly near: string | undefined;
  readonly id: string;
  /** What tells it from other rows: its id, or its content where it has none. */
  readonly key: string;
  readonly says: string;
  readonly place: string;
}

function see(rows: RowsById | undefined, { key, id, says, place }: CountingRow): void {
  const seen = rows?.get(key);
  rows?.set(key, { id, says: [...(seen?.says ?? []), says], places: [...(seen?.places ?? []), place] });
}

/** The coupons and their neighbourhoods by the numbers that the tables know them by: most rows concern none. */
interface Places {
  readonly near: ReadonlyMap<string, readonly Neighbourhood[]>;
  readonly coupons: ReadonlyMap<CouponIndex | Absent, string>;
  readonly days: ReadonlyMap<number, string>;
  readonly accounts: ReadonlyMap<number, string>;
  /** Claims at a shop compete for its sales. */
  readonly claims: ReadonlyMap<string, string>;
}

const DATES = 1_000_000;
const dayNumber = (merchant: number, date: CalendarDate): number => merchant * DATES + date;
const dayKey = (merchant: string, date: CalendarDate): string => `day ${date} ${merchant}`;
const claimsKey = (merchant: string): string => `claims ${merchant}`;

function* neighbourhoodsOf({ tables, policy }: Gathered, wanted: ReadonlySet<string>): Generator<undefined, Places> {
  const { transactions, issuance, merchants, texts } = tables;
  const coupons = new Map([...wanted].map((coupon) => [tables.coupons.find(coupon), coupon]));
  const [days, accounts, claims] = [new Map<number, string>(), new Map<number, string>(), new Map<string, string>()];
  const near = new Map([...wanted].map((coupon) => [coupon, new Map<string, Neighbourhood>()]));
  const add = (coupon: string, relation: Neighbourhood['relation'], key: string): void => {
    const ofCoupon = near.get(coupon);
    if (ofCoupon?.has(key) === false) ofCoupon.set(key, { relation, key });
  };
  const seePayment = (row: number): void => {
    const coupon = coupons.get(transactions.coupon[row] ?? ABSENT);
    const [merchant, occurredAt] = [transactions.merchant[row] ?? ABSENT, transactions.occurredAt[row] ?? 0];
    if (coupon === undefined || merchant === ABSENT || transactions.kind[row] !== PAYMENT) return;
    if (!duringOutage(policy.terms, occurredAt)) return;
    const [name, date] = [merchants.textOf(merchant), dateOf(occurredAt)];
    days.set(dayNumber(merchant, date), dayKey(name, date));
    claims.set(name, claimsKey(name));
    add(coupon, 'same shop and day', dayKey(name, date));
    add(coupon, 'claim at the same shop', claimsKey(name));
  };
  const seeIssued = (row: number): void => {
    const coupon = coupons.get(issuance.coupon[row] ?? ABSENT);
    const account = issuance.account[row] ?? ABSENT;
    if (coupon === undefined || account === ABSENT) return;
    const key = `account ${texts.textOf(account)}`;
    accounts.set(account, key);
    add(coupon, 'same account', key);
  };
  yield* lookThrough(transactions.rows, seePayment);
  yield* lookThrough(issuance.rows, seeIssued);
  const lists = new Map([...near].map(([coupon, ofCoupon]) => [coupon, [...ofCoupon.values()]]));
  return { near: lists, coupons, days, accounts, claims };
}

function* lookThrough(rows: number, see: (row: number) => void): Generator<undefined, void> {
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_A_STEP === 0) yield undefined;
    see(row);
  }
}

/** And undefined where somebody else may have a turn. */
function* rowsThatCount(tables: Tables, places: Places): Generator<CountingRow | undefined> {
  yield* bulkRows(tables, places);
  yield* fewRows(tables, places);
  for (const reject of tables.rejects) yield* rejectedRow(reject, tables, places);
}

function placeOf({ files }: Tables, file: number, line: number): string {
  const name = files[file]?.name;
  return name === undefined ? '(previous run)' : `${name}:${line}`;
}

/** A bulk table as its rows are compared. */
interface BulkRows {
  readonly table: Tables['issuance'] | Tables['transactions'] | Tables['sales'];
  readonly rowOf: (row: number) => Evidence;
  /** What brings a row near to a coupon that it does not name. */
  readonly nearOf: (row: number) => string | undefined;
}

function bulkTables(tables: Tables, places: Places): readonly BulkRows[] {
  const { issuance, transactions, sales } = tables;
  const evidence = rowEvidence(tables);
  const dayOf = (merchant: number | undefined, instant: Instant | undefined): string | undefined =>
    places.days.get(dayNumber(merchant ?? ABSENT, dateOf(instant ?? 0)));
  return [
    {
      table: issuance,
      rowOf: evidence.issuance,
      nearOf: (row) => places.accounts.get(issuance.account[row] ?? ABSENT),
    },
    {
      table: transactions,
      rowOf: evidence.transaction,
      nearOf: (row) => dayOf(transactions.merchant[row], transactions.occurredAt[row]),
    },
    { table: sales, rowOf: evidence.sale, nearOf: (row) => dayOf(sales.merchant[row], sales.soldAt[row]) },
  ];
}

function* bulkRows(tables: Tables, places: Places): Generator<CountingRow | undefined> {
  for (const bulk of bulkTables(tables, places))
    for (let row = 0; row < bulk.table.rows; row++) {
      if (row % ROWS_A_STEP === 0) yield undefined;
      const counting = countingRow(bulk, row, tables, places);
      if (counting !== undefined) yield counting;
    }
}

/** Undefined where nothing comes of the row for a coupon that is looked at. */
function countingRow(
  { table, rowOf, nearOf }: BulkRows,
  row: number,
  tables: Tables,
  places: Places,
): CountingRow | undefined {
  const disposition = table.disposition[row] ?? 0;
  if (disposition === DUPLICATE || disposition === AFTER_AS_OF) return undefined;
  const coupon = places.coupons.get(table.coupon[row] ?? ABSENT);
  const near = nearOf(row);
  if (coupon === undefined && near === undefined) return undefined;
  const place = placeOf(tables, table.file[row] ?? 0, table.line[row] ?? 0);
  return { coupon, near, ...contentOf(rowOf(row), DISPOSITIONS[disposition] ?? ''), place };
}

function* fewRows(tables: Tables, { near: wanted, claims }: Places): Generator<CountingRow> {
  const rows = [
    ...tables.claims.map((row) => ({ row, evidence: claimEvidence, near: claims.get(row.merchantId) })),
    ...tables.applications.map((row) => ({ row, evidence: applicationEvidence, near: undefined })),
    ...tables.paid.map((row) => ({ row, evidence: paidEvidence, near: undefined })),
  ];
  for (const { row, evidence, near } of rows) {
    if (row.disposition === 'duplicate' || row.disposition === 'after_as_of') continue;
    const coupon = wanted.has(row.couponNumber) ? row.couponNumber : undefined;
    if (coupon === undefined && near === undefined) continue;
    const place = placeOf(tables, row.file, row.line);
    yield { coupon, near, ...contentOf((evidence as (row: unknown) => Evidence)(row), row.disposition), place };
  }
}

const contentOf = (evidence: Evidence, disposition: string): Pick<CountingRow, 'id' | 'key' | 'says'> => ({
  id: evidence.id,
  key: evidence.id,
  says: `${disposition} ${evidence.content}`,
});

/** A row that cannot be read counts too: it holds its coupon, or uncovers its shop's day. */
function* rejectedRow(reject: Reject, tables: Tables, places: Places): Generator<CountingRow> {
  const { kind, rowId, merchantId, soldOn, content } = reject;
  if (kind === 'decisions') return;
  const coupon = places.near.has(reject.couponNumber ?? '') ? reject.couponNumber : undefined;
  const near =
    merchantId === undefined || soldOn === undefined
      ? undefined
      : places.days.get(dayNumber(tables.merchants.find(merchantId), soldOn));
  if (coupon === undefined && near === undefined) return;
  const id = `${DECLARATIONS[kind].evidencePrefix}:${(rowId ?? '?').replace(/\s/g, '%20')}`;
  const key = rowId === undefined ? `${id} ${content}` : id;
  yield { coupon, near, id, key, says: `rejected ${content}`, place: placeOf(tables, reject.file, reject.line) };
}
