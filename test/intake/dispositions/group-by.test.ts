import { expect, test } from 'vitest';
import { groupBy } from '../../../src/intake/dispositions/group-by.ts';

test('places of rows with one id are together, in their order', () => {
  expect([...groupBy(['b1', 'a1', 'b2'], (row) => row.slice(0, 1))]).toEqual([
    ['b', [0, 2]],
    ['a', [1]],
  ]);
});
