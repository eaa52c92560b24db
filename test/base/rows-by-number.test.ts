import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsByNumber, rowsOfNumber } from '../../src/base/rows-by-number.ts';

it('gives every number its rows, in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 30 }), (numbers) => {
      const rows = numbers.map((_, place) => 100 - place);
      const sorted = rowsByNumber(rows, numbers, 6);
      for (let number = 0; number < 6; number++)
        expect([...rowsOfNumber(sorted, number)]).toEqual(rows.filter((_, place) => numbers[place] === number));
    }),
  );
});
