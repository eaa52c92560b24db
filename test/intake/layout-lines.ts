import { ABSENT, DISPOSITIONS, type InputKind, type Tables } from '../../src/tables/tables.ts';

/** What becomes of a line of a fixture. */
export interface ExpectedLine {
  readonly line: number;
  readonly becomes: string;
  readonly id?: string;
  /** Of a sale total, coupon, cash and other. */
  readonly yen?: number | readonly number[] | null;
  readonly why: string;
}

export type ReadLine = Pick<ExpectedLine, 'line' | 'becomes' | 'id' | 'yen'>;

/** What became of the lines that are rows, as the fixtures say it. */
export function linesRead(tables: Tables, kind: InputKind): readonly ReadLine[] {
  const rejected = tables.rejects.map(({ line, code, rowId, refund }) => ({
    line,
    becomes: refund === undefined ? code : 'refund',
    ...(rowId === undefined ? {} : { id: rowId }),
    ...(refund === undefined ? {} : { yen: refund.yen }),
  }));
  return [...rejected, ...rowsRead(tables, kind)].sort((a, b) => a.line - b.line);
}

function rowsRead(tables: Tables, kind: InputKind): readonly ReadLine[] {
  if (kind === 'sales' || kind === 'transactions') {
    const { line, disposition, rows } = tables[kind];
    return Array.from({ length: rows }, (_, row) => ({
      line: line[row] ?? 0,
      becomes: DISPOSITIONS[disposition[row] ?? -1] ?? '?',
      ...bulkRow(tables, kind, row),
    }));
  }
  if (kind === 'paid')
    return tables.paid.map(({ line, disposition, payoutId, amountYen }) => ({
      line,
      becomes: disposition,
      id: payoutId,
      yen: amountYen,
    }));
  if (kind === 'claims')
    return tables.claims.map(({ line, disposition, claimId }) => ({ line, becomes: disposition, id: claimId }));
  return tables.applications.map(({ line, disposition, applicationId }) => ({
    line,
    becomes: disposition,
    id: applicationId,
  }));
}

function bulkRow(tables: Tables, kind: 'sales' | 'transactions', row: number): Pick<ReadLine, 'id' | 'yen'> {
  if (kind === 'transactions') {
    const { transaction, amountYen } = tables.transactions;
    return { id: tables.transactionIds.textOf(transaction[row] ?? ABSENT), yen: amountYen[row] ?? ABSENT };
  }
  const { report, totalYen, couponYen, cashYen, otherYen } = tables.sales;
  const yen = [totalYen, couponYen, cashYen, otherYen].map((column) => column[row] ?? ABSENT);
  return { id: tables.reports.textOf(report[row] ?? ABSENT), yen };
}

/** Lines that count for none are counted by what they are. */
const PASSED_OVER = ['left_out', 'total', 'header', 'empty'];
const ABOVE_OR_BLANK = ['headers', 'title', 'blank'];

export const isRow = ({ becomes }: ExpectedLine): boolean => ![...PASSED_OVER, ...ABOVE_OR_BLANK].includes(becomes);

/** A refund that was set aside tells its yen in one sum. */
export function asRead({ line, becomes, id, yen }: ExpectedLine, read: ReadLine | undefined): ReadLine {
  const told = becomes === 'refund' && Array.isArray(yen) && typeof read?.yen === 'number' ? yen[0] : yen;
  return {
    line,
    becomes,
    ...(id === undefined ? {} : { id }),
    ...(told === undefined || told === null ? {} : { yen: told }),
  };
}

/** Lines that count for none, by what they are. */
export function countedOf(rows: readonly ExpectedLine[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { becomes } of rows) if (PASSED_OVER.includes(becomes)) counts[becomes] = (counts[becomes] ?? 0) + 1;
  return counts;
}
