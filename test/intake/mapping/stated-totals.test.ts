import { describe, expect, it } from 'vitest';
import { TotalsCheck } from '../../../src/intake/mapping/stated-totals.ts';

const AMOUNTS = [
  { column: 'total_yen', position: 1 },
  { column: 'cash_yen', position: 2 },
];

/** Rows, `-` for those that are left out, and totals. */
function check(...lines: readonly string[]) {
  const totals = new TotalsCheck(AMOUNTS);
  lines.forEach((line, index) => {
    const fields = line.split(' ');
    if (fields[0] === '合計') totals.hold(fields, index + 1);
    else totals.add(fields, fields[0] !== '-');
  });
  return totals.finish();
}

describe('a total fits', () => {
  it.each([
    ['the rows above it', ['S1 500 0', 'S2 700 700', '合計 1,200 700']],
    ['the rows since the last one', ['S1 500 0', '合計 500 0', 'S2 700 700', '合計 700 700']],
    ['all rows, where it is a grand total', ['S1 500 0', '合計 500 0', 'S2 700 700', '合計 700 700', '合計 1200 700']],
    ['the rows with those that are left out', ['S1 500 0', '- 300 300', '合計 800 300']],
    ['the rows without those', ['S1 500 0', '- 300 300', '合計 500 0']],
    ['rows of which one is taken back', ['S1 500 0', 'S2 -200 -200', '合計 300 -200']],
  ])('%s', (_, lines) => {
    expect(check(...lines)?.differing).toEqual([]);
  });
});

it('a total that fits no sum is told with both figures, by line and column', () => {
  expect(check('S1 500 0', 'S2 700 700', '合計 1500 700')).toEqual({
    compared: 2,
    differing: [{ line: 3, column: 'total_yen', statedYen: 1500, summedYen: 1200 }],
  });
});

it('what a total does not state is not compared', () => {
  expect(check('S1 500 0', '合計  2件')).toBeUndefined();
});
