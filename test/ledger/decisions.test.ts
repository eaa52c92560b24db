import { describe, expect, test } from 'vitest';
import { openReviewLookup } from '../../src/ledger/decisions.ts';
import { isUnanswered, type Verdict } from '../../src/policy/vocabulary.ts';
import type { DecisionRow } from '../../src/tables/tables.ts';
import { digest } from '../support/run-tables.ts';

const EVIDENCE = [{ id: 'tx:T1', content: 'T1 as it is' }];
const { reviewId, evidenceHash } = openReviewLookup('policy', [], digest)('C1', 'OVERDRAWN', EVIDENCE);

const row = (given: Partial<DecisionRow>): DecisionRow => ({
  reviewId,
  evidenceHash,
  decision: 'approve',
  decidedBy: '佐藤',
  decidedAt: 0,
  note: '',
  disposition: 'accepted',
  file: 0,
  line: 2,
  ...given,
});

const verdictOn = (rows: readonly DecisionRow[], requireSecond: boolean): Verdict =>
  openReviewLookup('policy', rows, digest, requireSecond)('C1', 'OVERDRAWN', EVIDENCE).verdict;

/** Rows, and what they come to where one person is enough, and where an approval needs two (3-rules.md §7). */
const CASES: readonly (readonly [string, readonly DecisionRow[], alone: Verdict, second: Verdict])[] = [
  ['nobody has answered', [], 'open', 'open'],
  ['one has approved', [row({})], 'approve', 'needs_second'],
  ['one has rejected', [row({ decision: 'reject' })], 'reject', 'reject'],
  ['two have approved', [row({}), row({ decidedBy: '森' })], 'approve', 'approve'],
  ['one has approved in two spellings of the name', [row({}), row({ decidedBy: ' 佐 藤' })], 'approve', 'needs_second'],
  [
    'one has approved in capitals and in full width',
    [row({ decidedBy: 'Sato' }), row({ decidedBy: 'ＳＡＴＯ' })],
    'approve',
    'needs_second',
  ],
  ['the answer is on other evidence', [row({ evidenceHash: 'other' })], 'stale', 'stale'],
  ['an old answer was given anew', [row({ evidenceHash: 'other' }), row({})], 'approve', 'needs_second'],
  [
    'the second approval is on other evidence',
    [row({}), row({ decidedBy: '森', evidenceHash: 'other' })],
    'approve',
    'needs_second',
  ],
  [
    'the second approval is after as-of',
    [row({}), row({ decidedBy: '森', disposition: 'after_as_of' })],
    'approve',
    'needs_second',
  ],
  [
    'the answers conflict',
    [row({ disposition: 'conflicting' }), row({ decision: 'reject', disposition: 'conflicting' })],
    'open',
    'open',
  ],
];

describe('where', () => {
  test.each(CASES)('%s', (_, rows, alone, second) => {
    expect(verdictOn(rows, false)).toBe(alone);
    expect(verdictOn(rows, true)).toBe(second);
  });
});

test('whoever has answered need not be asked again', () => {
  const verdicts: readonly Verdict[] = ['open', 'stale', 'needs_second', 'approve', 'reject'];
  expect(verdicts.filter(isUnanswered)).toEqual(['open', 'stale', 'needs_second']);
});
