import { describe, expect, test } from 'vitest';
import { formatDate } from '../../src/base/instants.ts';
import { asVersion2 } from '../../src/policy/as-version-2.ts';
import { policyOf } from '../../src/policy/policy.ts';
import type { PolicyFile2 } from '../../src/policy/policy-file.ts';
import {
  DAY,
  instantText,
  isOfVersion1,
  reinstatementDays,
  seasonOf,
  settledBy,
  unreadableDays,
} from '../../src/synth/season.ts';
import { type ChangedTerms, FILE, policyWith } from '../policy/made-up.ts';
import { FILE_2, policy2With, policyOfCohorts } from '../policy/version-2.ts';

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
    const { points, bank_transfer } = season(changed).applications;
    expect(bank_transfer[0]).toBe(points[0]);
    return dates([...points, bank_transfer[1]]);
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
  const daysOf = (made: ReturnType<typeof season>) => reinstatementDays(made, made.lastExpiry);
  expect(dates(daysOf(season()))).toEqual(['2031-07-28', '2031-08-09']);
  const tight = season({ firstExtension: undefined, secondExtension: '2031-07-15', applicationsClose: undefined });
  expect(dates(daysOf(tight))).toEqual(['2031-07-16', '2031-07-16']);
  expect(settledBy(tight)).toBeGreaterThanOrEqual((daysOf(tight)[1] + 1) * DAY);
  expect(instantText(settledBy(season()))).toBe('2031-09-01T00:00:00+09:00');
});

test('limits are in seconds, and an account without one holds any number', () => {
  const { repeatPressGap, matchTolerance, mostCouponsPerAccount, outageDays } = season();
  expect([repeatPressGap, matchTolerance, mostCouponsPerAccount]).toEqual([60, 300, 20]);
  expect(dates(outageDays)).toEqual(['2031-07-14', '2031-07-15']);
  expect(season({ mostCouponsPerAccount: undefined }).mostCouponsPerAccount).toBe(Number.POSITIVE_INFINITY);
});

describe('what version 1 of a policy file can say', () => {
  const { terms: TERMS, ...file } = asVersion2(FILE);
  const under = (terms: PolicyFile2['terms']): boolean => isOfVersion1(policyOf({ ...file, terms }).terms);
  const { points, bank, ...withoutRoutes } = TERMS;
  const { originalExpiry: _, firstExtension: __, ...WITHOUT_EXPIRY } = TERMS;
  const COHORT = { originalExpiry: '2031-07-15', secondExtension: '2031-08-20' };

  test('is every policy of version 1, and the same in version 2', () => {
    expect(isOfVersion1(policyWith({}).terms)).toBe(true);
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
  ])('is none with %s', (_, terms) => {
    expect(under(terms)).toBe(false);
  });
});

describe('under a policy of version 2', () => {
  const season2 = (changed: Parameters<typeof policy2With>[0] = {}) => seasonOf(policy2With(changed).terms);

  test('the days of the outage are those of its windows, and none between', () => {
    const outages = [
      { from: '2031-07-14T23:30', to: '2031-07-15T00:10' },
      { from: '2031-07-18T08:00', to: '2031-07-18T08:59' },
    ];
    expect(dates(season2({ outages }).outageDays)).toEqual(['2031-07-14', '2031-07-15', '2031-07-18']);
  });

  test('each cohort is read at the end of its own extensions, one without a first by its expiry', () => {
    const { cohorts, lastExpiry } = seasonOf(policyOfCohorts().terms);
    expect(
      cohorts.map(({ firstEnd, secondEnd }) =>
        [instantText(firstEnd), instantText(secondEnd)].map((at) => at.slice(0, 16)),
      ),
    ).toEqual([
      ['2031-07-19T00:00', '2031-08-21T00:00'],
      ['2031-07-17T00:00', '2031-08-28T00:00'],
    ]);
    expect(formatDate(lastExpiry)).toBe('2031-08-27');
  });

  test('people apply for each kind in its own days, for what is not offered in those of the other', () => {
    const { points, bank } = FILE_2.terms;
    expect(dates(season2().applications.points)).toEqual(['2031-07-25', '2031-08-31']);
    expect(dates(season2().applications.bank_transfer)).toEqual(['2031-07-26', '2031-09-02']);
    expect(dates(season2({ bank: undefined }).applications.bank_transfer)).toEqual(['2031-07-25', '2031-08-31']);
    expect(dates(season2({ points: undefined }).applications.points)).toEqual(['2031-07-26', '2031-09-02']);
    const unstated = { bank: { from: '2031-09-10' }, points: { from: '2031-08-21' } };
    expect(dates(season2(unstated).applications.bank_transfer)).toEqual(['2031-08-21', '2031-09-29']);
    expect([points, bank]).not.toContain(undefined);
  });

  test('all of it is over while points can be received, unless transfers are applied for later', () => {
    const { points, bank } = FILE_2.terms;
    if (points === undefined || bank === undefined) throw new Error('both are offered');
    const early = { ...points, receiveBy: '2031-08-30' };
    expect(formatDate(season2({ points: early }).lastDay)).toBe('2031-08-30');
    expect(dates(season2({ points: early }).applications.bank_transfer)).toEqual(['2031-07-26', '2031-08-30']);
    const later = { ...bank, applicationsOpen: '2031-08-31' };
    expect(formatDate(season2({ points: early, bank: later }).lastDay)).toBe('2051-12-31');
  });
});

describe('a season has no days that nobody can write into an input', () => {
  const unreadable = (changed: ChangedTerms) => unreadableDays(policyWith(changed).terms)?.map(formatDate);

  test('of twenty years before and after that of the outage', () => {
    expect(unreadable({})).toBeUndefined();
    const until = (secondExtension: string) => ({ secondExtension, pointsFrom: secondExtension, receiveBy: undefined });
    expect(
      unreadable({ ...until('2051-12-30'), applicationsClose: undefined, applicationsOpen: undefined }),
    ).toBeUndefined();
    expect(unreadable({ ...until('2052-01-01'), applicationsClose: undefined, applicationsOpen: undefined })?.[0]).toBe(
      '2031-05-26',
    );
  });

  test('but a last day that is later only ends the season earlier', () => {
    expect(unreadable({ applicationsClose: '2060-01-01', receiveBy: undefined })).toBeUndefined();
    expect(formatDate(season({ applicationsClose: '2060-01-01', receiveBy: undefined }).applications.points[1])).toBe(
      '2051-12-31',
    );
  });
});
