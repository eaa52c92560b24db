import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { impossibilitiesOf } from '../../src/policy/impossibilities.ts';
import { type Policy, policyOf } from '../../src/policy/policy.ts';
import { type PolicyFile2, policyFile2Schema, policyFileSchema } from '../../src/policy/policy-file.ts';
import { asPolicyFile2, randomTerms2 } from '../oracle/random-policy.ts';
import { FILE_2, policyOfCohorts } from '../policy/version-2.ts';
import { ROOT } from '../support/program.ts';
import { type MadeNight, withNight } from './made-night.ts';

/** A handful in every run of the tests; `REGIONPAY_POLICIES=300` for more. */
const NIGHTS = Number(process.env.REGIONPAY_POLICIES ?? 12);
const SEEDS = Array.from({ length: NIGHTS }, (_, index) => index + 90_000);

const TWO_EVENINGS = join(ROOT, 'fixtures/two-evenings/policy.json');

/** A notice that says all that a policy file of version 2 can, so that each part of it can be taken away or changed. */
const RICH: PolicyFile2 = policyFile2Schema.parse({
  ...FILE_2,
  id: 'rich-2031',
  terms: {
    prefectures: ['13', '14'],
    media: ['paper', 'app'],
    outages: [
      { from: '2031-07-14T18:00', to: '2031-07-14T18:59' },
      { from: '2031-07-14T19:00:30', to: '2031-07-14T19:30' },
      { from: '2031-07-16T23:50', to: '2031-07-17T00:10' },
    ],
    cohorts: [
      { originalExpiry: '2031-07-14', firstExtension: '2031-07-18', secondExtension: '2031-08-20' },
      { originalExpiry: '2031-07-16', secondExtension: '2031-08-25' },
      { originalExpiry: '2031-07-19', firstExtension: '2031-07-19', secondExtension: '2031-08-30' },
    ],
    secondExtension: '2031-08-22',
    minimumResidualYen: 100,
    compensation: {
      kind: 'percentage',
      percent: 50,
      rounding: 'half-up',
      minimumYen: 100,
      capPerCouponYen: 700,
      capPerPersonYen: 1600,
    },
    points: {
      applicationsOpen: '2031-07-25',
      applicationsClose: '2031-08-31',
      from: '2031-09-01',
      receiveBy: '2031-10-01',
    },
    bank: { applicationsOpen: '2031-07-28', applicationsClose: '2031-09-02', from: '2031-09-10' },
    claimsClose: '2031-08-10',
    repeatPressGapSeconds: 60,
    matchToleranceMinutes: 5,
    mostCouponsPerAccount: 4,
  },
});
const with2 = (terms: object): Policy =>
  policyOf(policyFile2Schema.parse(JSON.parse(JSON.stringify({ ...RICH, terms: { ...RICH.terms, ...terms } }))));

const fileAt = (path: string): Policy => policyOf(policyFileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))));

const heldUnder = (policy: Policy, options = {}): Promise<readonly string[]> =>
  withNight(policy, options, async (night) => night.differences(await night.runUnder(policy)));

describe('the answers hold under', () => {
  test.each<readonly [string, Policy]>([
    ['the worked example of two evenings', fileAt(TWO_EVENINGS)],
    ['the made-up outage of two nights', policyOf(FILE_2)],
    ['the same with several expiries', policyOfCohorts()],
    ['a notice that says everything', with2({})],
    ['one that pays a fixed sum', with2({ compensation: { kind: 'fixed', yen: 800, capPerPersonYen: 1600 } })],
    ['one that rounds down', with2({ compensation: { kind: 'percentage', percent: 33, rounding: 'down' } })],
    [
      'one that rounds up',
      with2({ compensation: { kind: 'percentage', percent: 33, rounding: 'up', minimumYen: 34 } }),
    ],
    ['one that pays points alone', with2({ bank: undefined })],
    ['one that transfers alone', with2({ points: undefined })],
    [
      'one of every prefecture',
      with2({ prefectures: Array.from({ length: 47 }, (_, at) => String(at + 1).padStart(2, '0')) }),
    ],
    [
      'one whose transfers are applied for after points are received',
      with2({ bank: { from: '2031-10-20', applicationsOpen: '2031-10-05' } }),
    ],
    ['one of an outage of a second', with2({ outages: [{ from: '2031-07-14T18:00:00', to: '2031-07-14T18:00:00' }] })],
  ])('%s', async (_, policy) => {
    expect(impossibilitiesOf(policy)).toEqual([]);
    expect(await heldUnder(policy)).toEqual([]);
  });

  test('random policies, with rows gone wrong and without', async () => {
    const differing: string[] = [];
    const shown = new Set<string>();
    for (const seed of SEEDS) {
      const policy = policyOf(policyFileSchema.parse(asPolicyFile2(randomTerms2(seed))));
      await withNight(policy, { seed, errorRate: seed % 2 === 0 ? 0 : 0.05 }, async (night) => {
        const found = night.differences(await night.runUnder(policy));
        differing.push(...found.map((difference) => `seed ${seed}: ${difference}`));
        for (const { shows } of night.answers.knownCoupons ?? []) shown.add(shows);
      });
    }
    expect(differing).toEqual([]);
    // What it is about did occur.
    for (const shows of [
      'just enough for (A)',
      'just the cap a person',
      'half a yen over',
      'a fixed sum above the face value',
    ])
      expect([...shown]).toContain(shows);
  });
});

describe('each term is seen to matter', () => {
  const bank = RICH.terms.bank as object;
  const points = RICH.terms.points as object;
  const [first, second, third] = RICH.terms.outages as [object, object, object];
  const cohorts = RICH.terms.cohorts as readonly { readonly secondExtension: string }[];
  const compensation = RICH.terms.compensation as object;

  /** The night is made under the rich notice; what is run under another is told apart. */
  const OTHERS: readonly (readonly [string, object])[] = [
    ['without the first window', { outages: [second, third] }],
    ['without a window in between', { outages: [first, third] }],
    ['without the last window', { outages: [first, second] }],
    ['with a window a minute longer', { outages: [{ ...first, to: '2031-07-14T19:00' }, second, third] }],
    ['with a window that begins a minute later', { outages: [first, second, { ...third, from: '2031-07-16T23:51' }] }],
    ['with what lies between the windows', { outages: [{ from: '2031-07-14T18:00', to: '2031-07-14T19:30' }, third] }],
    ['without the first expiry', { cohorts: cohorts.slice(1) }],
    ['without the expiry that was extended once alone', { cohorts: [cohorts[0], cohorts[2]] }],
    [
      'with a first extension where there was none',
      { cohorts: [cohorts[0], { ...cohorts[1], firstExtension: '2031-07-17' }, cohorts[2]] },
    ],
    ['without a first extension', { cohorts: [{ ...cohorts[0], firstExtension: undefined }, cohorts[1], cohorts[2]] }],
    ['with another expiry', { cohorts: [...cohorts, { originalExpiry: '2031-07-15', secondExtension: '2031-08-20' }] }],
    ...cohorts.map((_, place): readonly [string, object] => [
      `with the second extension of the ${place + 1}. expiry a day longer`,
      { cohorts: cohorts.map((cohort, at) => (at === place ? { ...cohort, secondExtension: '2031-08-31' } : cohort)) },
    ]),
    ['with the extension of coupons of no cohort a day longer', { secondExtension: '2031-08-23' }],
    ['of one prefecture', { prefectures: ['13'] }],
    ['of a prefecture more', { prefectures: ['13', '14', '01'] }],
    ['on paper alone', { media: ['paper'] }],
    ['in the app alone', { media: ['app'] }],
    ['where a yen more has to be left', { minimumResidualYen: 101 }],
    ['where a yen less has to be left', { minimumResidualYen: 99 }],
    ['without points', { points: undefined }],
    ['without transfers', { bank: undefined }],
    ['where points are applied for a day earlier', { points: { ...points, applicationsOpen: '2031-07-24' } }],
    ['where points are applied for a day longer', { points: { ...points, applicationsClose: '2031-09-01' } }],
    ['where points are applied for a day less', { points: { ...points, applicationsClose: '2031-08-30' } }],
    ['where points are sent a day later', { points: { ...points, from: '2031-09-02' } }],
    ['where points are received a day longer', { points: { ...points, receiveBy: '2031-10-02' } }],
    ['where transfers are applied for a day later', { bank: { ...bank, applicationsOpen: '2031-07-29' } }],
    ['where transfers are applied for a day longer', { bank: { ...bank, applicationsClose: '2031-09-03' } }],
    ['where transfers are made a day later', { bank: { ...bank, from: '2031-09-11' } }],
    ['where people call a day longer', { claimsClose: '2031-08-11' }],
    [
      'that pays the balance',
      { compensation: { ...compensation, kind: 'balance', percent: undefined, rounding: undefined } },
    ],
    [
      'that pays a fixed sum',
      { compensation: { ...compensation, kind: 'fixed', yen: 500, percent: undefined, rounding: undefined } },
    ],
    ['that pays a percent less', { compensation: { ...compensation, percent: 49 } }],
    ['that rounds down', { compensation: { ...compensation, rounding: 'down' } }],
    ['that pays a yen more at least', { compensation: { ...compensation, minimumYen: 101 } }],
    ['that pays a yen less at least', { compensation: { ...compensation, minimumYen: 99 } }],
    ['that pays a yen more for a coupon', { compensation: { ...compensation, capPerCouponYen: 701 } }],
    ['that pays a yen less for a coupon', { compensation: { ...compensation, capPerCouponYen: 699 } }],
    ['that pays a yen more to a person', { compensation: { ...compensation, capPerPersonYen: 1601 } }],
    ['that pays a yen less to a person', { compensation: { ...compensation, capPerPersonYen: 1599 } }],
    ['that pays a person without end', { compensation: { ...compensation, capPerPersonYen: undefined } }],
    ['where an account holds a coupon more', { mostCouponsPerAccount: 5 }],
    ['where an account holds a coupon less', { mostCouponsPerAccount: 3 }],
    ['where presses are a second less apart', { repeatPressGapSeconds: 59 }],
  ];

  test('a night of one notice does not hold under another', async () => {
    await withNight(with2({}), {}, async (night: MadeNight) => {
      expect(night.differences(await night.runUnder(with2({})))).toEqual([]);
      const unseen: string[] = [];
      for (const [name, terms] of OTHERS) {
        const differences = night.differences(await night.runUnder(with2(terms)));
        if (differences.length === 0) unseen.push(name);
      }
      expect(unseen).toEqual([]);
    });
  });

  test('rounding up and down differ by what is a fraction of a yen', async () => {
    const rounded = (rounding: string) => with2({ compensation: { kind: 'percentage', percent: 33, rounding } });
    await withNight(rounded('half-up'), {}, async (night) => {
      for (const rounding of ['down', 'up'])
        expect(night.differences(await night.runUnder(rounded(rounding)))).not.toEqual([]);
    });
  });

  test('an answer that is changed is noticed', async () => {
    await withNight(with2({}), {}, async (night) => {
      const run = await night.runUnder(with2({}));
      const { knownCoupons = [], knownPayouts = [] } = night.answers;
      const paid = knownCoupons.findIndex(({ status }) => status === 'payable');
      for (const change of [
        { payableYen: 1 },
        { status: 'used_up' },
        { route: '' },
        { listed: false },
        { reasons: 'X' },
        { grounds: 'B1' },
      ])
        expect(
          night.differences(run, {
            knownCoupons: knownCoupons.map((coupon, at) => (at === paid ? { ...coupon, ...change } : coupon)),
          }),
        ).toHaveLength(1);
      expect(night.differences(run, { knownPayouts: knownPayouts.slice(1) })).toHaveLength(1);
    });
  });
});
