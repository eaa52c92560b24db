import { describe, expect, it } from 'vitest';
import { impossibilitiesOf } from '../../src/policy/impossibilities.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { odditiesOf } from '../../src/policy/oddities.ts';
import { type ChangedTerms, policyWith } from './made-up.ts';

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

  it('is said in both languages, without a blank left', () => {
    for (const [, changed] of EDGES)
      for (const { says } of odditiesOf(policyWith(changed)))
        for (const words of [says.ja, says.en]) expect(words).toMatch(/^(?!.*undefined).{8,}$/);
  });
});
