import type { TransactionTable } from '../tables/tables.ts';

type Columns = Pick<TransactionTable, 'merchant' | 'amountYen' | 'occurredAt'>;

/**
 * Walks over the payments of one coupon that follow an equal one: of the same yen at the same shop.
 *
 * @param rows of completed payments of one coupon; they are put in order
 * @param tell is told of each, with the one before it and the time between them
 * @param byId which of two at one instant is the first, where that is asked
 */
export function eachRepeat(
  rows: Int32Array,
  { merchant, amountYen, occurredAt }: Columns,
  tell: (before: number, row: number, gap: number) => void,
  byId: (a: number, b: number) => number = () => 0,
): void {
  if (rows.length < 2) return;
  const of = (column: Columns[keyof Columns], row: number): number => column[row] as number;
  rows.sort(
    (a, b) =>
      of(merchant, a) - of(merchant, b) ||
      of(amountYen, a) - of(amountYen, b) ||
      of(occurredAt, a) - of(occurredAt, b) ||
      byId(a, b),
  );
  for (let place = 1; place < rows.length; place++) {
    const [before, row] = [rows[place - 1] as number, rows[place] as number];
    const isEqual = of(merchant, before) === of(merchant, row) && of(amountYen, before) === of(amountYen, row);
    if (isEqual) tell(before, row, of(occurredAt, row) - of(occurredAt, before));
  }
}
