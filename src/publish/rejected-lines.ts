import { compareText, inBoth } from '../base/text.ts';
import { REJECT_CODES, type RejectWords } from '../intake/values/reject-codes.ts';
import { FEW_ROWS } from '../tables/kinds/index.ts';
import type { CouponIndex } from '../tables/pool-index.ts';
import { CONFLICTING, FEW_KINDS, type FewTables, type Tables } from '../tables/tables.ts';

/** A row of rejects.csv. */
export interface RejectedLine {
  /** The input’s name. */
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

/** A rejected line of the input of this number. */
interface Found extends Omit<RejectedLine, 'file'> {
  readonly file: number;
}

/** Rejected rows, and the rows that were set aside because they conflict, in the order of files and lines. */
export function rejectedLines(tables: Tables): readonly RejectedLine[] {
  const nameOf = (file: number): string => tables.files[file]?.name ?? '';
  return [...rejected(tables), ...conflictingBulk(tables), ...conflictingFew(tables)]
    .sort((a, b) => compareText(nameOf(a.file), nameOf(b.file)) || a.file - b.file || a.line - b.line)
    .map((found) => ({ ...found, file: nameOf(found.file) }));
}

const messageOf = ({ what, advice }: RejectWords): string =>
  inBoth({ ja: `${what.ja}。${advice.ja}`, en: `${what.en}; ${advice.en}` });

const rejected = ({ rejects }: Tables): readonly Found[] =>
  rejects
    .filter(({ refund }) => refund?.isNetted !== true)
    .map((reject) => ({
      file: reject.file,
      line: reject.line,
      column: reject.column,
      code: reject.code,
      message: messageOf(reject),
    }));

type SetAsideCode = 'CONFLICTING' | 'TWO_SPELLINGS' | 'OTHER_AMOUNT';

const setAside = (file: number, line: number, code: SetAsideCode): Found => ({
  file,
  line,
  column: '',
  code,
  message: messageOf(REJECT_CODES[code]),
});

function* conflictingBulk({ issuance, transactions, sales, spelledTwice: twice }: Tables): Iterable<Found> {
  const bulk = [
    { table: issuance, isTwice: (row: number) => twice.coupons.has(issuance.coupon[row] as CouponIndex) },
    { table: transactions, isTwice: (row: number) => twice.transactions.has(transactions.transaction[row] as number) },
    {
      table: sales,
      isTwice: (row: number) =>
        twice.reports.has(sales.report[row] as number) || twice.merchants.has(sales.merchant[row] as number),
    },
  ];
  for (const { table, isTwice } of bulk) {
    const { disposition, file, line } = table;
    for (let row = disposition.indexOf(CONFLICTING); row >= 0; row = disposition.indexOf(CONFLICTING, row + 1))
      yield setAside(file[row] ?? 0, line[row] ?? 0, isTwice(row) ? 'TWO_SPELLINGS' : 'CONFLICTING');
  }
}

function* conflictingFew({ spelledTwice: { few: twice }, ...tables }: Tables): Iterable<Found> {
  // A row of a whole payout stands for each of its coupons.
  const paid = [...new Map(tables.paid.map((row) => [`${row.file} ${row.line} ${row.disposition}`, row])).values()];
  const rowsByKind: FewTables = { ...tables, paid };
  for (const kind of FEW_KINDS) {
    for (const row of rowsByKind[kind]) {
      // A row that the chain of earlier runs brought has no file.
      if (row.disposition !== 'conflicting' || row.file < 0) continue;
      const isSpelledTwice = twice[kind]?.has(FEW_ROWS[kind].idOf(row)) === true;
      const contradictsRun = 'contradictsRun' in row && row.contradictsRun === true;
      yield setAside(
        row.file,
        row.line,
        contradictsRun ? 'OTHER_AMOUNT' : isSpelledTwice ? 'TWO_SPELLINGS' : 'CONFLICTING',
      );
    }
  }
}
