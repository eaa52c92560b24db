import type { Instant } from '../../base/instants.ts';
import { FEW_ROWS } from '../../tables/kinds/index.ts';
import type { CouponIndex } from '../../tables/pool-index.ts';
import {
  ABSENT,
  CHARGE,
  FAILED,
  FEW_KINDS,
  type InputKind,
  KINDS,
  type NearlyNamedRow,
  OWN,
  TRANSACTION_STATUSES,
} from '../../tables/tables.ts';
import type { Builder } from '../schema/decoders.ts';
import type { BulkTables } from './bulk-tables.ts';

/** Where rows are looked for, and how the coupon that one means is found. */
export interface NearlyNamedRequest {
  readonly into: Builder;
  readonly bulk: BulkTables;
  /** Lines of rows with an unknown number that is nearly a known one, by file. */
  readonly lines: ReadonlyMap<number, ReadonlySet<number>>;
  /** Of an unknown number the known ones that it may mean. */
  readonly meant: (couponNumber: string) => readonly string[];
  readonly isIssued: (couponNumber: string) => boolean;
  readonly asOf: Instant;
}

/**
 * Rows that move money or tell of it, on a number that is nearly an issued one: so few that the files are not refused, and
 * still somebody\u2019s. Only what happened before as-of; one for each coupon that may be meant.
 */
export function nearlyNamedRows(request: NearlyNamedRequest): readonly NearlyNamedRow[] {
  const { meant, lines } = request;
  // Mostly no file has any.
  const ofTables = lines.size === 0 ? [] : [...ofLog(request), ...ofSales(request), ...ofFew(request)];
  return [...ofRejects(request), ...ofTables].flatMap(({ kind, rowId, written, fields }) =>
    meant(written).map((couponNumber) => ({ kind, rowId, couponNumber, content: [written, ...fields].join('\x1f') })),
  );
}

interface Found {
  readonly kind: InputKind;
  readonly rowId: string;
  readonly written: string;
  readonly fields: readonly (string | number | undefined)[];
}

const isAmong = ({ lines }: NearlyNamedRequest, file: number | undefined, line: number | undefined): boolean =>
  lines.get(file as number)?.has(line as number) === true;

/** Rows that cannot be read, of which it can be told whose they are. */
function* ofRejects({ into, isIssued }: NearlyNamedRequest): Iterable<Found> {
  for (const { kind, rowId, couponNumber, content } of into.rejects) {
    if (couponNumber === undefined || couponNumber === '' || kind === 'issuance' || isIssued(couponNumber)) continue;
    yield { kind, rowId: rowId ?? '?', written: couponNumber, fields: [content] };
  }
}

const LOGGED = [
  'transaction',
  'coupon',
  'occurredAt',
  'kind',
  'status',
  'funding',
  'amountYen',
  'file',
  'line',
] as const;

function* ofLog(request: NearlyNamedRequest): Iterable<Found> {
  const { into, bulk, asOf } = request;
  for (const { rows, columns } of bulk.transactions(...LOGGED)) {
    const { transaction, coupon, occurredAt, kind, status, funding, amountYen, file, line } = columns;
    for (let at = 0; at < rows; at++) {
      if (!isAmong(request, file[at], line[at])) continue;
      const isHeld = kind[at] !== CHARGE && status[at] !== FAILED && funding[at] !== OWN;
      if (!isHeld || (occurredAt[at] as number) >= asOf) continue;
      const words = [KINDS[kind[at] as number], TRANSACTION_STATUSES[status[at] as number]];
      yield {
        kind: 'transactions',
        rowId: into.texts.transactionIds.textOf(transaction[at] as number),
        written: into.coupons.textOf(coupon[at] as CouponIndex),
        fields: [occurredAt[at], ...words, amountYen[at]],
      };
    }
  }
}

function* ofSales(request: NearlyNamedRequest): Iterable<Found> {
  const { into, asOf } = request;
  const { report, coupon, soldAt, totalYen, couponYen, file, line } = into.sales.columns;
  for (let at = 0; at < into.sales.rows; at++) {
    if (coupon[at] === ABSENT || !isAmong(request, file[at], line[at]) || (soldAt[at] as number) >= asOf) continue;
    yield {
      kind: 'sales',
      rowId: into.texts.reports.textOf(report[at] as number),
      written: into.coupons.textOf(coupon[at] as CouponIndex),
      fields: [soldAt[at], totalYen[at], couponYen[at]],
    };
  }
}

/** Whoever applied for the coupon may have said where its money is to go, or that two want it. */
function* ofFew(request: NearlyNamedRequest): Iterable<Found> {
  for (const kind of FEW_KINDS) {
    const { couponColumn, couponOf, idOf, happenedAtOf, boundFieldsOf } = FEW_ROWS[kind];
    if (couponColumn === undefined) continue;
    for (const row of request.into.few[kind])
      if (happenedAtOf(row) < request.asOf && isAmong(request, row.file, row.line))
        yield { kind, rowId: idOf(row), written: couponOf(row), fields: boundFieldsOf(row) };
  }
}
