import { describe, expect, test } from 'vitest';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import { FILE } from './made-up.ts';
import { COHORTS, FILE_2 } from './version-2.ts';

/** Paths of what is refused in a file of version 2 with other terms. */
const refusedIn = (terms: object): readonly string[] =>
  (policyFileSchema.safeParse({ ...FILE_2, terms: { ...FILE_2.terms, ...terms } }).error?.issues ?? []).map(
    ({ path }) => path.join('.'),
  );

const NO_EXPIRY = { originalExpiry: undefined, firstExtension: undefined };
const window = { from: '2031-07-14T18:00', to: '2031-07-14T18:59' };

describe('a policy file of version 2', () => {
  test.each([
    ['as it is', {}, []],
    ['one prefecture', { prefectures: ['13'] }, []],
    ['no prefecture', { prefectures: [] }, ['terms.prefectures']],
    ['one prefecture twice', { prefectures: ['13', '13'] }, ['terms.prefectures']],
    ['no medium', { media: [] }, ['terms.media']],
    ['one medium twice', { media: ['app', 'app'] }, ['terms.media']],
    ['another medium', { media: ['card'] }, ['terms.media.0']],
    ['no window', { outages: [] }, ['terms.outages']],
    ['a window without an end', { outages: [{ from: window.from }] }, ['terms.outages.0.to']],
    ['a window at no time', { outages: [window, { ...window, to: '2031-07-14T24:00' }] }, ['terms.outages.1.to']],
    ['half', { compensation: { kind: 'percentage', percent: 50, rounding: 'down' } }, []],
    [
      'no percent',
      { compensation: { kind: 'percentage', percent: 0, rounding: 'up' } },
      ['terms.compensation.percent'],
    ],
    [
      '101 percent',
      { compensation: { kind: 'percentage', percent: 101, rounding: 'up' } },
      ['terms.compensation.percent'],
    ],
    [
      'a fraction',
      { compensation: { kind: 'percentage', percent: 0.5, rounding: 'up' } },
      ['terms.compensation.percent'],
    ],
    ['no rounding', { compensation: { kind: 'percentage', percent: 50 } }, ['terms.compensation.rounding']],
    ['no yen', { compensation: { kind: 'fixed', yen: 0 } }, ['terms.compensation.yen']],
    [
      'no yen for a person',
      { compensation: { kind: 'balance', capPerPersonYen: 0 } },
      ['terms.compensation.capPerPersonYen'],
    ],
    ['another kind', { compensation: { kind: 'double' } }, ['terms.compensation.kind']],
    ['cohorts beside an expiry', { cohorts: COHORTS }, ['terms.originalExpiry', 'terms.firstExtension']],
    ['cohorts in its place', { ...NO_EXPIRY, cohorts: COHORTS }, []],
    ['neither', NO_EXPIRY, ['terms.originalExpiry']],
    ['no cohort', { ...NO_EXPIRY, cohorts: [] }, ['terms.cohorts']],
    [
      'a cohort without its extension',
      { ...NO_EXPIRY, cohorts: [{ originalExpiry: '2031-07-15' }] },
      ['terms.cohorts.0.secondExtension'],
    ],
    [
      'cohorts alone',
      { ...NO_EXPIRY, cohorts: COHORTS, secondExtension: undefined },
      // Of coupons of no cohort, for which a (B) counts, it has to be stated, too.
      ['terms.secondExtension'],
    ],
    ['a term of version 1', { prefecture: '13' }, ['terms']],
  ])('%s', (_, terms, refused) => {
    expect(refusedIn(terms)).toEqual(refused);
  });

  test('is told from one of version 1 by its version alone', () => {
    expect(policyFileSchema.parse(FILE)).toEqual(FILE);
    expect(policyFileSchema.parse(FILE_2)).toEqual(FILE_2);
    expect(policyFileSchema.safeParse({ ...FILE, schemaVersion: 2 }).success).toBe(false);
    expect(policyFileSchema.safeParse({ ...FILE_2, schemaVersion: 1 }).success).toBe(false);
    expect(policyFileSchema.safeParse({ ...FILE_2, schemaVersion: 3 }).error?.issues[0]?.path).toEqual([
      'schemaVersion',
    ]);
  });
});
