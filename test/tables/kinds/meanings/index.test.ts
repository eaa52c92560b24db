import { expect, test } from 'vitest';
import { MEANINGS } from '../../../../src/tables/kinds/meanings/index.ts';
import { INPUT_KINDS } from '../../../../src/tables/tables.ts';

test('every kind of input is there, in the order in which they are read', () => {
  expect(Object.keys(MEANINGS)).toEqual(INPUT_KINDS);
});
