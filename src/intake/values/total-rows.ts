import { normalised } from './identifiers.ts';

/** What people, and spreadsheets, begin a line with that adds up the others. */
const TOTALS: ReadonlySet<string> = new Set(
  '合計 総合計 小計 総計 計 合計金額 合計額 total subtotal sub-total grandtotal sum'.split(' '),
);

/** Nothing, or blanks of any width. */
export const isBlank = (field: string): boolean => field.trim() === '';

/** Whether the first cell that holds anything says that the record is a total. */
export function isTotal(fields: readonly string[]): boolean {
  const first = fields.find((field) => !isBlank(field)) ?? '';
  return TOTALS.has(
    normalised(first)
      .replace(/[\s:：【】[\]<>()]/g, '')
      .toLowerCase(),
  );
}
