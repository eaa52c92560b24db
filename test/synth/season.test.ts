import { describe, expect, test } from 'vitest';
import { formatDate } from '../../src/base/instants.ts';
import { asVersion2 } from '../../src/policy/as-version-2.ts';
import { policyOf } from '../../src/policy/policy.ts';
import type { PolicyFile2 } from '../../src/policy/policy-file.ts';
import { DAY, hasSeason, instantText, seasonOf, settledBy } from '../../src/synth/season.ts';
import { type ChangedTerms, FILE, policyWith } from '../policy/made-up.ts';

const season = (changed: ChangedTerms = {}) => seasonOf(policyWith(changed).terms);
const dates = (days: readonly number[]): readonly string[] => days.map(formatDate);

describe('when people call', () => {
  test.each<readonly [string, ChangedTerms, readonly string[]]>([
    ['in the last days of calls', {}, ['2031-07-17', '2031-08-10']],
    [
      'in the last days of the extension, where no last day is stated',
      { claimsClose: undefined },
      ['2031-07-27', '2031-08-20'],
    ],
    ['not before the outage is over', { claimsClose: '2031-07-30' }, ['2031-07-16', '2031-07-30']],
    ['on the one day that is left', { claimsClose: '2031-07-15' }, ['2031-07-15', '2031-07-15']],
  ])('%s', (_, changed, days) => expect(dates(season(changed).claims)).toEqual(days));
});

describe('when people apply', () => {
  const daysOf = (changed: ChangedTerms) => {
    const { applicationsOpen, applicationsClose, bankApplicationsClose } = season(changed);
    return dates([applicationsOpen, applicationsClose, bankApplicationsClose]);
  };

  test('is as the notice says, for a transfer no longer than for points', () => {
    expect(daysOf({})).toEqual(['2031-07-25', '2031-08-31', '2031-08-31']);
    expect(daysOf({ bankApplicationsClose: '2031-08-25' })).toEqual(['2031-07-25', '2031-08-31', '2031-08-25']);
  });

  test('is once the amount is known where nothing is stated, and while points can be received', () => {
    const none = { applicationsOpen: undefined, applicationsClose: undefined, bankApplicationsClose: undefined };
    expect(daysOf({ ...none, receiveBy: undefined })).toEqual(['2031-08-21', '2031-09-29', '2031-09-29']);
    expect(daysOf({ ...none, receiveBy: '2031-09-05' })).toEqual(['2031-08-21', '2031-09-05', '2031-09-05']);
  });

  test('begins by the last day, where that is before the amount is known', () => {
    const early = { applicationsOpen: undefined, applicationsClose: '2031-08-01', bankApplicationsClose: undefined };
    expect(daysOf(early)).toEqual(['2031-08-01', '2031-08-01', '2031-08-01']);
  });
});

test('nothing is put back before it was deducted, and all is over when the answers hold', () => {
  expect(dates(season().reinstatements)).toEqual(['2031-07-28', '2031-08-09']);
  const tight = season({ firstExtension: undefined, secondExtension: '2031-07-15', applicationsClose: undefined });
  expect(dates(tight.reinstatements)).toEqual(['2031-07-16', '2031-07-16']);
  expect(settledBy(tight)).toBeGreaterThanOrEqual((tight.reinstatements[1] + 1) * DAY);
  expect(instantText(settledBy(season()))).toBe('2031-09-01T00:00:00+09:00');
});

test('limits are in seconds, and an account without one holds any number', () => {
  const { repeatPressGap, matchTolerance, mostCouponsPerAccount, outageDay, outageLastDay } = season();
  expect([repeatPressGap, matchTolerance, mostCouponsPerAccount]).toEqual([60, 300, 20]);
  expect(dates([outageDay, outageLastDay])).toEqual(['2031-07-14', '2031-07-15']);
  expect(season({ mostCouponsPerAccount: undefined }).mostCouponsPerAccount).toBe(Number.POSITIVE_INFINITY);
});

describe('answers are known', () => {
  const { terms: TERMS, ...file } = asVersion2(FILE);
  const under = (terms: PolicyFile2['terms']): boolean => hasSeason(policyOf({ ...file, terms }).terms);
  const { points, bank, ...withoutRoutes } = TERMS;
  const { originalExpiry: _, firstExtension: __, ...WITHOUT_EXPIRY } = TERMS;
  const COHORT = { originalExpiry: '2031-07-15', secondExtension: '2031-08-20' };

  test('of every policy of version 1, and of the same in version 2', () => {
    expect(hasSeason(policyWith({}).terms)).toBe(true);
    expect(under(TERMS)).toBe(true);
    expect(under({ ...TERMS, compensation: { kind: 'balance' } })).toBe(true);
    expect(under({ ...WITHOUT_EXPIRY, cohorts: [COHORT] })).toBe(true);
  });

  test.each<readonly [string, PolicyFile2['terms']]>([
    ['two evenings', { ...TERMS, outages: [...TERMS.outages, { from: '2031-07-16T20:00', to: '2031-07-16T21:00' }] }],
    ['two prefectures', { ...TERMS, prefectures: ['13', '14'] }],
    ['two expiries', { ...WITHOUT_EXPIRY, cohorts: [COHORT, { ...COHORT, originalExpiry: '2031-07-16' }] }],
    ['other days of (B)', { ...WITHOUT_EXPIRY, cohorts: [{ ...COHORT, secondExtension: '2031-08-25' }] }],
    ['both media', { ...TERMS, media: ['paper', 'app'] }],
    ['a part of the balance', { ...TERMS, compensation: { kind: 'percentage', percent: 50, rounding: 'down' } }],
    ['a cap', { ...TERMS, compensation: { kind: 'balance', capPerCouponYen: 1000 } }],
    ['no points', { ...withoutRoutes, bank }],
    ['no transfer', { ...withoutRoutes, points }],
    [
      'a day of its own for transfers',
      { ...TERMS, bank: { ...bank, from: '2031-09-10', applicationsOpen: '2031-07-26' } },
    ],
  ])('of none with %s', (_, terms) => {
    expect(under(terms)).toBe(false);
  });
});
