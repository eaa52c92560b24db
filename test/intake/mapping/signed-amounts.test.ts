import { expect, it } from 'vitest';
import { amountUnsigned } from '../../../src/intake/mapping/signed-amounts.ts';

it.each([
  ['-1500', '1500'],
  ['-1,500', '1,500'],
  ['-¥1,500', '¥1,500'],
  ['¥-1,500', '¥1,500'],
  ['\\-1500', '\\1500'],
  ['−1500', '1500'],
  ['－１５００', '１５００'],
  ['▲1500', '1500'],
  ['△ 1,500円', '1,500円'],
  ['(1,500)', '1,500'],
  ['（1,500）', '1,500'],
  [' -300 ', '300'],
])('%s is an amount that is taken back, of %s', (written, unsigned) => {
  expect(amountUnsigned(written)).toEqual({ isNegative: true, unsigned });
});

it.each(['1500', '¥1,500', '0', '', '-', '()', '1500-', 'A-1', '2023-02-24'])('%s has no sign', (written) => {
  expect(amountUnsigned(written)).toEqual({ isNegative: false, unsigned: written });
});
