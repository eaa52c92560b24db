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
  openReviewLookup('policy', rows, digest, { requireSecond })('C1', 'OVERDRAWN', EVIDENCE).verdict;

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

describe('of evidence that holds something personal', () => {
  const of = (phone: string) => [{ id: 'application:AP1', content: `AP1 ${phone}`, openContent: 'AP1 *' }];
  const keyed = (content: string): string => digest(`the secret of the series ${content}`);
  const ask = (phone: string, rows: readonly DecisionRow[] = [], keyedDigest?: (content: string) => string) =>
    openReviewLookup('policy', rows, digest, { keyedDigest })('C1', 'NO_CONTACT', of(phone));
  /** As hashes were made before: of all of the content, by no key. */
  const hashBefore = (phone: string) =>
    digest(['evidence', `application:AP1\x1eAP1 ${phone}`].join('\x1d')).slice(0, 32);
  const { reviewId: question } = ask('1');
  const answered = (hash: string) => [row({ reviewId: question, evidenceHash: hash })];

  test('the hash without a key is the same whatever that is', () => {
    expect(ask('1').evidenceHash).toBe(ask('2').evidenceHash);
    expect(ask('1').evidenceHash).not.toBe(hashBefore('1'));
  });

  test('the hash by a key is another for other evidence, and for another key', () => {
    const other = (content: string): string => digest(`another secret ${content}`);
    const hashes = [ask('1', [], keyed), ask('2', [], keyed), ask('1', [], other), ask('1')];
    expect(new Set(hashes.map(({ evidenceHash }) => evidenceHash)).size).toBe(4);
  });

  test('an answer by a key is stale once what is personal changes', () => {
    const rows = answered(ask('1', [], keyed).evidenceHash);
    expect([ask('1', rows, keyed).verdict, ask('2', rows, keyed).verdict]).toEqual(['approve', 'stale']);
  });

  test.each([
    ['with a key', keyed],
    ['without one', undefined],
  ])('an answer that was given on a hash of the time before stands on the same evidence alone, %s', (_, by) => {
    const rows = answered(hashBefore('1'));
    expect([ask('1', rows, by).verdict, ask('2', rows, by).verdict]).toEqual(['approve', 'stale']);
  });

  // Found by a shop with hundreds of payments on one coupon: what stands for rows has no content of its own.
  test('what stands for many rows is bound by what those say, by the key where one of them is personal', () => {
    const standing = (rows: ReturnType<typeof of>) => {
      const more = {
        id: `more:${rows.length}`,
        standsFor: rows,
        get content(): string {
          throw new Error('says nothing by itself');
        },
      };
      const hash = (by?: (content: string) => string) =>
        openReviewLookup('policy', [], digest, { keyedDigest: by })('C1', 'NO_CONTACT', [more]).evidenceHash;
      return [hash(), hash(keyed)];
    };
    const [open1, keyed1] = standing(of('1'));
    const [open2, keyed2] = standing(of('2'));
    expect(open1).toBe(open2);
    expect(new Set([open1, keyed1, keyed2]).size).toBe(3);
    const [plain, plainKeyed] = standing([{ ...of('1')[0], openContent: 'AP1 1' } as ReturnType<typeof of>[number]]);
    expect(plainKeyed).toBe(plain);
  });

  test('other evidence is hashed as ever, key or no key', () => {
    const by = openReviewLookup('policy', [], digest, { keyedDigest: keyed })('C1', 'OVERDRAWN', EVIDENCE);
    expect(by.evidenceHash).toBe(evidenceHash);
  });
});

test('whoever has answered need not be asked again', () => {
  const verdicts: readonly Verdict[] = ['open', 'stale', 'needs_second', 'approve', 'reject'];
  expect(verdicts.filter(isUnanswered)).toEqual(['open', 'stale', 'needs_second']);
});
