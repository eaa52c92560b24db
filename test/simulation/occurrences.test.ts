import { expect, it } from 'vitest';
import { MUST_OCCUR, neverOccurred } from './occurrences.ts';

const everything = new Map(MUST_OCCUR.map((what) => [what, 1]));

it('is content where everything occurred', () => {
  expect(neverOccurred(everything)).toEqual([]);
});

it.each(MUST_OCCUR)('names "%s" where it never occurred', (what) => {
  const met = new Map(everything);
  met.delete(what);
  expect(neverOccurred(met)).toEqual([what]);
});

it('does not ask for what the policy leaves no room for', () => {
  expect(MUST_OCCUR).not.toContain('status lapsed');
  expect(MUST_OCCUR).toContain('status payable');
});
