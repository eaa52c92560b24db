import { describe, expect, test } from 'vitest';
import {
  type Comparison,
  couponsIn,
  type Explained,
  exitCodeOf,
  firstRuleThatDiffers,
  type Impact,
  isJudgedOtherwise,
  isOtherwise,
  MARKER,
  report,
  unraised,
} from '../../tools/impact.ts';

const table = (name: string, more: Partial<Comparison['tables'][number]> = {}): Comparison['tables'][number] => ({
  name,
  writtenBy: 'both',
  added: 0,
  removed: 0,
  changed: 0,
  yen: {},
  rows: [],
  ...more,
});
const changedRow = (columns: readonly string[], key: Readonly<Record<string, string>> = { coupon_number: '1' }) => ({
  change: 'changed',
  key,
  changes: Object.fromEntries(columns.map((column) => [column, { before: '1', after: '2' }])),
  hidden: [],
});
const comparison = (more: Partial<Comparison> = {}): Comparison => ({
  couponsDiffering: 0,
  netYen: 0,
  netReinstateYen: 0,
  netKeptYen: 0,
  coupons: [],
  tables: [],
  ...more,
});
/** A stake that changed, in review.csv alone. */
const STAKE = comparison({
  tables: [table('review.csv', { changed: 1, rows: [changedRow(['amount_at_stake_yen'])] })],
});

const judge = (rules: Readonly<Record<string, number>>, terms: unknown = { minimumResidualYen: 1 }) => ({
  ruleSet: { rules: Object.entries(rules).map(([id, version]) => ({ id, version })) },
  policy: { terms },
});
const impact = (more: Partial<Impact> = {}): Impact => ({
  night: 'one',
  comparison: STAKE,
  before: judge({ a: 1, b: 2 }),
  after: judge({ a: 1, b: 2 }),
  firstRules: ['b'],
  text: '### as diff says\n',
  ...more,
});
const nights = (...impacts: readonly Impact[]) => ({ count: 5, impacts, crashes: [] });

describe('a night', () => {
  test.each([
    ['the same', comparison({ tables: [table('review.csv')] }), false, false],
    ['of which a stake alone changed', STAKE, true, true],
    ['of which a coupon comes out otherwise', comparison({ couponsDiffering: 1 }), true, true],
    [
      'told in other words',
      comparison({ tables: [table('review.csv', { changed: 1, rows: [changedRow(['detail', 'evidence_hash'])] })] }),
      true,
      false,
    ],
    [
      'told in other words in more rows than are known',
      comparison({ tables: [table('review.csv', { changed: 2, rows: [changedRow(['detail'])] })] }),
      true,
      true,
    ],
    [
      'with a recipient who is another',
      comparison({
        tables: [table('payouts.csv', { changed: 1, rows: [{ ...changedRow([]), hidden: ['recipient'] }] })],
      }),
      true,
      true,
    ],
    [
      'whose rows were read otherwise',
      comparison({ couponsDiffering: 1, tables: [table('rejects.csv', { added: 1, rows: [] })] }),
      true,
      false,
    ],
    [
      'with a file of one version alone',
      comparison({ tables: [table('to_send.csv', { writtenBy: 'after' })] }),
      true,
      false,
    ],
  ])('%s: differs %#', (_, night, otherwise, judged) => {
    expect([isOtherwise(night), isJudgedOtherwise(night)]).toEqual([otherwise, judged]);
  });

  test('names its coupons, from whichever file', () => {
    const payouts = table('payouts.csv', { rows: [changedRow(['route'], { coupons: '7 8' })] });
    const all = comparison({ coupons: [{ couponNumber: '9' }], tables: [...STAKE.tables, payouts] });
    expect(couponsIn(all, 40)).toEqual(['9', '1', '7', '8']);
    expect(couponsIn(all, 2)).toEqual(['9', '1']);
  });
});

describe('the rule that a coupon is due to', () => {
  const finding = (more: object = {}) => ({
    outcome: 'met',
    about: null,
    seen: {},
    question: { reason: 'CLAIM_OTHER', reviewId: 'R1' },
    settledBy: null,
    putBack: [],
    ...more,
  });
  const explained = (stakeYen: number, second: object = {}, third: object = {}): Explained => ({
    couponNumber: '1',
    rules: [
      { id: 'first', findings: [] },
      { id: 'second', findings: [finding(second)] },
      { id: 'third', findings: [finding(third)] },
    ],
    decisions: [{ reviewId: 'R1', stakeYen, holds: false }],
  });

  test('is the first that finds otherwise, for others follow from it', () => {
    const after = explained(5, { outcome: 'not met' }, { outcome: 'not met' });
    expect(firstRuleThatDiffers(explained(5), after)).toBe('second');
  });

  test('is that which asks at another stake', () => {
    expect(firstRuleThatDiffers(explained(5), explained(12))).toBe('second');
  });

  test('is that which judges otherwise, before one that only says more of what it saw', () => {
    const after = explained(5, { seen: { more: 1 } }, { outcome: 'not met' });
    expect(firstRuleThatDiffers(explained(5), after)).toBe('third');
    expect(firstRuleThatDiffers(explained(5), explained(5, { seen: { more: 1 } }))).toBe('second');
  });

  test('may be new, or gone', () => {
    const more = { ...explained(5), rules: [...explained(5).rules, { id: 'new', findings: [finding()] }] };
    expect(firstRuleThatDiffers(explained(5), more)).toBe('new');
    expect(firstRuleThatDiffers(more, explained(5))).toBe('new');
  });

  test('is none where all find the same', () => {
    expect(firstRuleThatDiffers(explained(5), explained(5))).toBeUndefined();
  });
});

describe('a rule that judges otherwise', () => {
  test('under the version that it had fails, with that sentence', () => {
    const found = nights(impact());
    expect(unraised(found)).toEqual({ rules: [{ id: 'b', version: 2, nights: ['one'] }], unnamed: [] });
    expect(exitCodeOf(found)).toBe(3);
    expect(report('abc1234', [], found)).toContain(
      'The rule `b` judges otherwise, and its `version` is still 2: raise it.',
    );
  });

  test.each([
    ['under a higher version', { after: judge({ a: 1, b: 3 }) }],
    ['and is new', { before: judge({ a: 1 }) }],
    ['by another term of the policy', { after: judge({ a: 1, b: 2 }, { minimumResidualYen: 2 }) }],
    [
      'in words alone',
      { comparison: comparison({ tables: [table('review.csv', { changed: 1, rows: [changedRow(['detail'])] })] }) },
    ],
  ])('%s is to be read, and no failure', (_, more) => {
    const found = nights(impact(more));
    expect(exitCodeOf(found)).toBe(1);
    expect(report('abc1234', [], found)).not.toContain('raise');
  });

  test('under a lower version fails, and so does another than the one that was raised', () => {
    expect(exitCodeOf(nights(impact({ after: judge({ a: 1, b: 1 }) })))).toBe(3);
    expect(exitCodeOf(nights(impact({ after: judge({ a: 2, b: 2 }) })))).toBe(3);
  });

  test('that nobody could name fails where no version was raised at all', () => {
    const found = nights(impact({ firstRules: [] }));
    expect(exitCodeOf(found)).toBe(3);
    expect(report('abc1234', [], found)).toContain('no rule\u2019s `version` was raised.** (one)');
    expect(exitCodeOf(nights(impact({ firstRules: [undefined], after: judge({ a: 2, b: 2 }) })))).toBe(1);
  });
});

describe('a night that a program fails on', () => {
  const crashed = (side: 'before' | 'after', ...impacts: readonly Impact[]) => ({
    ...nights(...impacts),
    crashes: [{ night: 'two', side, message: 'a\nstack' } as const],
  });

  test('is told beside what came of the others', () => {
    const told = report('abc1234', [], crashed('after', impact()));
    expect(told).toContain('**two: the program as it is failed.** a stack');
    expect(told).toContain('| one | 0 |');
  });

  test('fails, but for one that only the program as it was failed on', () => {
    expect(exitCodeOf(crashed('after'))).toBe(2);
    expect(exitCodeOf(crashed('before'))).toBe(1);
  });
});

describe('the report', () => {
  test('of nothing says so, behind the mark by which the comment is found', () => {
    expect(report('abc1234', ['src/rules/a.ts'], nights())).toBe(
      `${MARKER}\n## Rule impact since abc1234\n\nNothing of 5 nights comes out otherwise.\n\nChanged of what judges a coupon: \`src/rules/a.ts\`\n`,
    );
    expect(exitCodeOf(nights())).toBe(0);
  });

  test('names the files that differ, by night', () => {
    expect(report('abc1234', [], nights(impact()))).toContain(
      '| one | 0 | 0 yen | 0 yen | 0 yen | review.csv +0 -0 ~1 |',
    );
  });

  test('leaves out the details that a comment cannot hold, and says how many', () => {
    const long = Array.from({ length: 4 }, (_, at) => impact({ night: `n${at}`, text: 'x'.repeat(25_000) }));
    const told = report('abc1234', [], nights(...long));
    expect(told.length).toBeLessThan(65_536);
    expect(told).toContain('The details of 2 more nights are left out');
  });
});
