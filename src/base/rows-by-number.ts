/** Rows by the number of what each belongs to; of one number in the order in which they came. */
export interface RowsByNumber {
  /** Where each number's rows begin; after the last number, where they end. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/**
 * Puts rows in the order of numbers, by counting.
 *
 * @param numbers by place in `rows`, each below `count`
 */
export function rowsByNumber(rows: ArrayLike<number>, numbers: ArrayLike<number>, count: number): RowsByNumber {
  const starts = new Int32Array(count + 1);
  for (let place = 0; place < rows.length; place++) {
    const next = (numbers[place] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let number = 1; number <= count; number++)
    starts[number] = (starts[number] as number) + (starts[number - 1] as number);
  const sorted = new Int32Array(rows.length);
  const next = starts.slice();
  for (let place = 0; place < rows.length; place++) {
    const number = numbers[place] as number;
    const to = next[number] as number;
    sorted[to] = rows[place] as number;
    next[number] = to + 1;
  }
  return { starts, rows: sorted };
}

export const rowsOfNumber = ({ starts, rows }: RowsByNumber, number: number): Int32Array =>
  rows.subarray(starts[number], starts[number + 1]);
