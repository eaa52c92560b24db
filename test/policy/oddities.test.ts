import { describe, expect, it } from 'vitest';
import { impossibilitiesOf } from '../../src/policy/impossibilities.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { odditiesOf } from '../../src/policy/oddities.ts';
import { type ChangedTerms, policyWith } from './made-up.ts';
import { COHORTS, FILE_2, policy2With, policyOfCohorts } from './version-2.ts';

const NEVER_CLOSED = { applicationsClose: undefined, bankApplicationsClose: undefined };
const POINTS = { from: '2031-08-21', applicationsClose: '2031-09-01' };
const BANK = { from: '2031-09-10', applicationsClose: '2031-09-02' };
const [FIRST, SECOND] = COHORTS;
const LESS_LONG = [FIRST, { ...SECOND, secondExtension: '2031-08-19' }];
const AS_LONG = [FIRST, { ...SECOND, secondExtension: '2031-08-20' }];
const FAR = [FIRST, { ...SECOND, originalExpiry: '2031-07-23' }];

/** Terms that may be meant, and those of them that are told. */
const EDGES: readonly (readonly [title: string, changed: ChangedTerms, told: readonly string[]])[] = [
  ['nothing', {}, []],
  // The end of the minute 23:29 is 48 hours after 23:30 two days before.
  ['an outage of two days', { outageTo: '2031-07-16T23:29' }, []],
  ['a minute more', { outageTo: '2031-07-16T23:30' }, ['outageTo']],
  ['an expiry on the day of the outage', { originalExpiry: '2031-07-14' }, []],
  ['an expiry the day before', { originalExpiry: '2031-07-13' }, ['originalExpiry']],
  ['an expiry seven days after', { originalExpiry: '2031-07-22', firstExtension: '2031-07-22' }, []],
  ['an expiry eight days after', { originalExpiry: '2031-07-23', firstExtension: '2031-07-23' }, ['originalExpiry']],
  ['a minimum of 100,000 yen', { minimumResidualYen: 100_000 }, []],
  ['a yen more', { minimumResidualYen: 100_001 }, ['minimumResidualYen']],
  ['applications open on the day', { applicationsOpen: '2031-07-14' }, []],
  ['applications open before it', { applicationsOpen: '2031-07-13' }, ['applicationsOpen']],
  ['applications close after the cut-off', { applicationsClose: '2031-08-21' }, []],
  ['applications close with it', { applicationsClose: '2031-08-20' }, ['applicationsClose']],
  ['those for the bank after it', { bankApplicationsClose: '2031-08-21' }, []],
  ['those for the bank with it', { bankApplicationsClose: '2031-08-20' }, ['bankApplicationsClose']],
  ['claims close on the day the outage ends', { claimsClose: '2031-07-15' }, []],
  ['claims close the day before', { claimsClose: '2031-07-14' }, ['claimsClose']],
  ['claims never close', { claimsClose: undefined }, ['claimsClose']],
  ['points are sent on the last day', { pointsFrom: '2031-08-20' }, ['pointsFrom']],
  ['transfers begin on it', { bankTransfersFrom: '2031-08-20' }, ['bankTransfersFrom']],
  ['transfers begin after it', { bankTransfersFrom: '2031-08-21' }, []],
  ['received on the last day of applications', { receiveBy: '2031-08-31' }, []],
  ['received before it', { receiveBy: '2031-08-30' }, ['receiveBy']],
  // The outage is of an hour: 23:30 to the end of 00:29.
  ['a gap of an hour', { repeatPressGapSeconds: 3600 }, []],
  ['a second more', { repeatPressGapSeconds: 3601 }, ['repeatPressGapSeconds']],
  ['a tolerance of an hour', { matchToleranceMinutes: 60 }, []],
  ['a minute more', { matchToleranceMinutes: 61 }, ['matchToleranceMinutes']],
  ['a gap of a second', { repeatPressGapSeconds: 1 }, []],
  ['no gap', { repeatPressGapSeconds: 0 }, ['repeatPressGapSeconds']],
  ['a tolerance of a minute', { matchToleranceMinutes: 1 }, []],
  ['no tolerance', { matchToleranceMinutes: 0 }, ['matchToleranceMinutes']],
  ['transfers on the day applications open', { ...NEVER_CLOSED, applicationsOpen: '2031-09-10' }, []],
  ['transfers before it', { ...NEVER_CLOSED, applicationsOpen: '2031-09-11' }, ['bankTransfersFrom']],
  // 365 days after 2031-07-15, of which 2032-02-29 is one.
  ['claims close a year after', { claimsClose: '2032-07-14' }, []],
  ['claims close a day later', { claimsClose: '2032-07-15' }, ['claimsClose']],
  ['points are received a year later', { receiveBy: '2032-10-01' }, ['receiveBy']],
  ['transfers begin a year later', { bankTransfersFrom: '2032-09-10' }, ['bankTransfersFrom']],
  ['those for the bank close a year later', { bankApplicationsClose: '2032-09-02' }, ['bankApplicationsClose']],
  // Told once, of points and of transfers.
  [
    'applications open a year later',
    { ...NEVER_CLOSED, receiveBy: undefined, applicationsOpen: '2032-07-25' },
    ['bankTransfersFrom', 'applicationsOpen'],
  ],
  ['an account of 1,000 coupons', { mostCouponsPerAccount: 1000 }, []],
  ['one more', { mostCouponsPerAccount: 1001 }, ['mostCouponsPerAccount']],
];

describe('what is odd', () => {
  it.each(EDGES)('%s', (_, changed, told) => {
    const policy = policyWith(changed);
    expect(odditiesOf(policy).map(({ term }) => term)).toEqual(told);
    // It may be meant.
    expect(impossibilitiesOf(policy)).toEqual([]);
  });

  it('is that the built-in policy takes calls for ever, as its notice does', () => {
    expect(odditiesOf(KAGOSHIMA).map(({ term }) => term)).toEqual(['claimsClose']);
  });

  // Balances are read on 20 and 27 August: something can be paid from the first on, and all is known after the last.
  it.each([
    ['nothing', {}, []],
    ['points after the first', { points: { ...POINTS, from: '2031-08-21' } }, []],
    ['points with the first', { points: { ...POINTS, from: '2031-08-20' } }, ['points.from']],
    ['applications to the last', { bank: { ...BANK, applicationsClose: '2031-08-27' } }, ['bank.applicationsClose']],
    ['applications beyond it', { bank: { ...BANK, applicationsClose: '2031-08-28' } }, []],
    ['a later expiry for less long', { cohorts: LESS_LONG }, ['cohorts.1.secondExtension']],
    ['as long', { cohorts: AS_LONG }, []],
    ['an expiry long after the outage', { cohorts: FAR }, ['cohorts.1.originalExpiry']],
  ])('of cohorts is %s', (_, changed, told) => {
    expect(odditiesOf(policyOfCohorts(COHORTS, changed)).map(({ term }) => term)).toEqual(told);
  });

  it('is said in both languages, without a blank left', () => {
    for (const [, changed] of EDGES)
      for (const { says } of odditiesOf(policyWith(changed)))
        for (const words of [says.ja, says.en]) expect(words).toMatch(/^(?!.*undefined).{8,}$/);
  });
});

describe('terms of version 2', () => {
  const told = (changed: Parameters<typeof policy2With>[0]) => {
    const policy = policy2With(changed);
    expect(impossibilitiesOf(policy)).toEqual([]);
    return odditiesOf(policy).map(({ term }) => term);
  };

  it.each([
    [{ kind: 'fixed', yen: 100_000 }, []],
    [{ kind: 'fixed', yen: 100_001 }, ['compensation.yen']],
    [{ kind: 'fixed', yen: 1000, capPerCouponYen: 1000 }, []],
    [{ kind: 'fixed', yen: 1000, capPerCouponYen: 999 }, ['compensation.yen']],
    [{ kind: 'balance', capPerCouponYen: 100_000 }, []],
    [{ kind: 'balance', capPerCouponYen: 100_001 }, ['compensation.capPerCouponYen']],
    [{ kind: 'balance', minimumYen: 100_000 }, []],
    [{ kind: 'balance', minimumYen: 100_001 }, ['compensation.minimumYen']],
    // A percent of 100,000 yen are 1,000.
    [{ kind: 'percentage', percent: 1, rounding: 'up', minimumYen: 1000 }, []],
    [{ kind: 'percentage', percent: 1, rounding: 'up', minimumYen: 1001 }, ['compensation.minimumYen']],
  ] as const)('pay %o', (compensation, terms) => {
    expect(told({ compensation })).toEqual(terms);
  });

  it.each([
    // From 18:00 on 14 July, 31 days are over with the minute 17:59 on 14 August.
    ['2031-08-14T17:59', []],
    ['2031-08-14T18:00', ['outages']],
  ])('have windows of one outage, the last until %s', (to, terms) => {
    const first = { from: '2031-07-14T18:00', to: '2031-07-14T18:59' };
    const outages = [first, { from: '2031-08-14T17:00', to }];
    expect(told({ outages, claimsClose: '2031-08-14' })).toEqual(terms);
  });

  it('open applications for a transfer on a day of their own', () => {
    const { bank = { from: '' } } = FILE_2.terms;
    expect(told({ bank: { from: bank.from, applicationsOpen: '2031-09-11' } })).toEqual(['bank.from']);
    expect(told({ bank: { from: '2032-09-10', applicationsOpen: '2032-08-01' } })).toEqual([
      'bank.applicationsOpen',
      'bank.from',
    ]);
  });
});
