import { type CalendarDate, DAY, dateOf, type Instant, startOfDay } from '../../base/instants.ts';
import { duringOutage } from '../../policy/policy.ts';
import type { Terms } from '../../policy/terms.ts';
import { BULK_DECLARATIONS, type BulkKind } from '../../tables/kinds/index.ts';
import {
  ACCEPTED,
  type InputDay,
  type IssuanceTable,
  OUT_OF_SCOPE,
  type RowsByDay,
  type SaleTable,
  type TransactionTable,
} from '../../tables/tables.ts';

interface DatedRows {
  readonly rows: number;
  readonly file: Int32Array;
  readonly disposition: Uint8Array;
}

/** The columns of a table that are counted. */
interface CountedRows extends DatedRows {
  readonly kind: BulkKind;
  readonly instants: Float64Array;
  readonly yen: Float64Array;
  /** Whether a row is: all are, without it. */
  readonly isCounted: IsCounted | undefined;
}

/** Rows that are looked at twice before the next: so many lie in the cache. */
const AT_A_TIME = 1 << 12;

/** Instants of the first and of the last row of a file; undefined where it has none that could be read. */
export interface Span {
  readonly firstAt: Instant | undefined;
  readonly lastAt: Instant | undefined;
}

/** A year more than 20 away from the policy's is rejected (2-data.md): a day is found by its distance from the first. */
const DAYS = 366 * 50;
const BULK_KINDS = Object.keys(BULK_DECLARATIONS) as readonly BulkKind[];

/** Counts what the bulk inputs hold, day by day in Japan: in one pass over their columns, wherever the rows lie. */
export class DayCounts {
  private readonly terms: Terms;
  private readonly asOf: Instant;
  private readonly firstDate: CalendarDate;
  private readonly firstAt: Float64Array;
  private readonly lastAt: Float64Array;
  private readonly sums: Readonly<Record<BulkKind, { readonly rows: Float64Array; readonly yen: Float64Array }>>;
  private readonly inOutage: Record<BulkKind, number> = { issuance: 0, transactions: 0, sales: 0 };

  constructor(files: number, terms: Terms, asOf: Instant) {
    this.terms = terms;
    this.asOf = asOf;
    this.firstDate = dateOf(terms.outageFrom) - DAYS / 2;
    this.firstAt = new Float64Array(files).fill(Number.POSITIVE_INFINITY);
    this.lastAt = new Float64Array(files).fill(Number.NEGATIVE_INFINITY);
    const empty = () => ({ rows: new Float64Array(DAYS), yen: new Float64Array(DAYS) });
    this.sums = { issuance: empty(), transactions: empty(), sales: empty() };
  }

  /** Of rows that have their dispositions. */
  addIssuance(table: IssuanceTable): void {
    this.add('issuance', table, table.issuedAt, table.faceYen);
  }

  /** @param isCounted whether a row is: all are, without it */
  addTransactions(table: TransactionTable, isCounted?: IsCounted): void {
    this.add('transactions', table, table.occurredAt, table.amountYen, isCounted);
  }

  addSales(table: SaleTable): void {
    this.add('sales', table, table.soldAt, table.totalYen);
  }

  private add(
    kind: BulkKind,
    table: DatedRows,
    instants: Float64Array,
    yen: Float64Array,
    isCounted?: IsCounted,
  ): void {
    const rows = { ...table, kind, instants, yen, isCounted };
    for (let from = 0; from < table.rows; from += AT_A_TIME) {
      const to = Math.min(table.rows, from + AT_A_TIME);
      this.addSpans(rows, from, to);
      this.addDays(rows, from, to);
    }
  }

  /** Rows come file by file: what they come to is kept where a file ends. */
  private addSpans({ file, instants, isCounted }: CountedRows, begin: number, to: number): void {
    let [current, first, last] = [-1, 0, 0];
    for (let row = begin; row < to; row++) {
      if (isCounted !== undefined && !isCounted(row)) continue;
      const at = instants[row] as number;
      if (file[row] !== current) {
        this.addSpan(current, first, last);
        current = file[row] as number;
        first = at;
        last = at;
      } else if (at < first) first = at;
      else if (at > last) last = at;
    }
    this.addSpan(current, first, last);
  }

  /** They mostly come in the order of their time: a day is found, and kept, where it ends. */
  private addDays({ kind, disposition, instants, yen, isCounted }: CountedRows, begin: number, to: number): void {
    const until = this.asOf;
    const terms = this.terms;
    let [from, end, count, sum, inOutage] = [0, 0, 0, 0, 0];
    for (let row = begin; row < to; row++) {
      const became = disposition[row];
      const at = instants[row] as number;
      if ((became !== ACCEPTED && became !== OUT_OF_SCOPE) || at >= until) continue;
      if (isCounted !== undefined && !isCounted(row)) continue;
      if (at < from || at >= end) {
        this.addDay(kind, from, count, sum);
        from = startOfDay(dateOf(at));
        end = from + DAY;
        count = 0;
        sum = 0;
      }
      count++;
      sum += yen[row] as number;
      if (duringOutage(terms, at)) inOutage++;
    }
    this.addDay(kind, from, count, sum);
    this.inOutage[kind] += inOutage;
  }

  private addSpan(file: number, first: Instant, last: Instant): void {
    if (file < 0) return;
    this.firstAt[file] = Math.min(this.firstAt[file] as number, first);
    this.lastAt[file] = Math.max(this.lastAt[file] as number, last);
  }

  private addDay(kind: BulkKind, from: Instant, count: number, sum: number): void {
    if (count === 0) return;
    const { rows, yen } = this.sums[kind];
    const day = dateOf(from) - this.firstDate;
    rows[day] = (rows[day] as number) + count;
    yen[day] = (yen[day] as number) + sum;
  }

  /** A row that is one of few: only its file's span is asked for. */
  addInstant(file: number, at: Instant): void {
    this.firstAt[file] = Math.min(this.firstAt[file] as number, at);
    this.lastAt[file] = Math.max(this.lastAt[file] as number, at);
  }

  finish(): RowsByDay {
    return { days: BULK_KINDS.flatMap((kind) => this.daysOf(kind)), inOutage: { ...this.inOutage } };
  }

  spanOf(file: number): Span {
    const [first, last] = [this.firstAt[file] as number, this.lastAt[file] as number];
    return first > last ? { firstAt: undefined, lastAt: undefined } : { firstAt: first, lastAt: last };
  }

  private daysOf(kind: BulkKind): readonly InputDay[] {
    const { rows, yen } = this.sums[kind];
    const days: InputDay[] = [];
    for (let day = 0; day < DAYS; day++) {
      if ((rows[day] as number) === 0) continue;
      days.push({ kind, date: this.firstDate + day, rows: rows[day] as number, yen: yen[day] as number });
    }
    return days;
  }
}

type IsCounted = (row: number) => boolean;
