import { expect, test } from 'vitest';
import { numberIs, soughtForm, typedNumber } from '../../../src/report/table/sought-number.ts';

test.each([
  ['２０５', '205'],
  [' 0000-0000 0205 ', '000000000205'],
  ['ab-7', 'AB7'],
])('%s is typed for %s', (typed, sought) => {
  expect(typedNumber(typed)).toBe(sought);
});

test.each([
  ['000000000205', '000000000205'],
  ['AB-7', 'AB7'],
  ['ab7', 'AB7'],
])('%s is sought as %s', (own, sought) => {
  expect(soughtForm(own)).toBe(sought);
});

test.each([
  ['205', '000000000205', true],
  ['020', '000000000205', true],
  // More zeros before it than it has.
  ['00000000000205', '000000000205', true],
  ['0000000000000005', '000000000205', false],
  ['206', '000000000205', false],
  ['000', '0', true],
  ['', '000000000205', true],
])('%s finds %s: %s', (typed, own, found) => {
  expect(numberIs(typed)(own)).toBe(found);
});
