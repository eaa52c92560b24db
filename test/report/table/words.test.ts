import { expect, test } from 'vitest';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../../src/policy/policy.ts';
import { GROUNDS, REASONS, REVIEW_REASONS, STATUSES } from '../../../src/policy/vocabulary.ts';
import { tableWords } from '../../../src/report/table/words.ts';
import { CHANNELS } from '../../../src/rules/channels/index.ts';

const words = tableWords(KAGOSHIMA);

test('there is a word for everything that a table can hold', () => {
  expect(Object.keys(words.says).sort()).toEqual(Object.keys(STATUSES).sort());
  expect(Object.keys(words.because).sort()).toEqual(Object.keys(GROUNDS).sort());
  expect(Object.keys(words.reasons).sort()).toEqual([...Object.keys(REASONS), ...Object.keys(REVIEW_REASONS)].sort());
  expect(Object.keys(words.routes)).toEqual(CHANNELS.map(({ id }) => id));
});

test('what a word rests on is a rule, and its clauses are there', () => {
  for (const id of Object.values(words.rulesOf).flat())
    for (const clause of words.rules[id]?.clauses ?? ['no such rule']) expect(words.clauses).toHaveProperty(clause);
});

test('days are those of the policy in force', () => {
  expect(words.says.lapsed?.en).toContain('points closed: 30 April; for bank transfers: (none stated)');
  const { firstExtension: _, ...terms } = KAGOSHIMA.file.terms;
  const other = tableWords(
    policyOf({
      ...KAGOSHIMA.file,
      terms: { ...terms, originalExpiry: '2023-02-25', bankApplicationsClose: '2023-06-30' },
    }),
  );
  // Without a first extension the printed expiry is the end of it.
  expect(other.says.pending?.ja).toContain('2月25日');
  expect(other.says.lapsed?.en).toContain('for bank transfers: 30 June');
});
