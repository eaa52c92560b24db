import { expect, test } from 'vitest';
import { exampleOf } from '../../../../src/tables/kinds/meanings/meaning.ts';

const rows = [
  { id: '1', note: '' },
  { id: '2', note: 'read', other: undefined },
];

test.each([
  ['the first row', 'id', '1'],
  ['the first row that has one', 'note', 'read'],
  ['none', 'other', ''],
])('an example is the cell of %s', (_, column, cell) => {
  expect(exampleOf({ rows }, column)).toBe(cell);
});
