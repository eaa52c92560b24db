import { describe, expect, test } from 'vitest';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../src/policy/policy.ts';
import { otherTerms, randomAsOf, randomDeadlines, randomDecisions, randomNight } from '../oracle/random-night.ts';
import { judgeNight, kagoshimaTerms, type Night, type TransactionRow } from '../oracle/reference.ts';
import { compareWithOracle } from '../support/compare-with-oracle.ts';
import { createRandom } from '../support/random.ts';

const SEEDS = Array.from({ length: 150 }, (_, index) => index);

/**
 * Another coupon of 2000 yen: spent and put back without a name before the outage, 500 yen of cash deducted all the same,
 * and the first payment put back once more by name; around the face value by a yen, with and without more spent and paid.
 */
function withPutBackTwice(night: Night, seed: number): Night {
  const random = createRandom(seed);
  const pick = (values: readonly number[]): number => values[Math.floor(random() * values.length)] ?? 0;
  const [shop, coupon] = ['MD', 'D1'];
  const move = (
    id: string,
    when: string,
    kind: TransactionRow['kind'],
    yen: number,
    related?: string,
  ): TransactionRow[] =>
    yen === 0
      ? []
      : [
          {
            transaction_id: id,
            coupon_number: coupon,
            occurred_at: `${when}+09:00`,
            kind,
            status: 'completed',
            amount_yen: yen,
            merchant_id: shop,
            related_transaction_id: related,
          },
        ];
  const paidYen = pick([0, 0, 1499, 1999, 2000, 2001, 2500]);
  return {
    ...night,
    issuance: [
      ...night.issuance,
      {
        coupon_number: coupon,
        medium: 'paper',
        prefecture: '46',
        face_yen: 2000,
        issued_at: '2023-02-20T10:00:00+09:00',
        expires_on: '2023-02-24',
        account_id: 'AD',
        account_status: 'active',
        phone: '09099990000',
      },
    ],
    transactions: [
      ...night.transactions,
      ...move('TD1', '2023-02-21T10:00:00', 'payment', 2000),
      ...move('TD2', '2023-02-22T10:00:00', 'reinstatement', pick([2000, 2000, 1999, 1500])),
      ...move('TD3', '2023-02-24T18:00:00', 'payment', 500),
      ...move('TD4', '2023-03-01T10:00:00', 'reinstatement', pick([0, 1, 2, 499, 500]), 'TD1'),
      ...move('TD5', '2023-03-10T10:00:00', 'payment', pick([0, 0, 1, 2])),
    ],
    sales: [
      ...night.sales,
      {
        report_id: 'SD1',
        merchant_id: shop,
        sold_at: '2023-02-24T18:00:30+09:00',
        total_yen: 500,
        coupon_yen: 0,
        cash_yen: 500,
        coupon_number: coupon,
      },
    ],
    paid:
      paidYen === 0
        ? night.paid
        : [
            ...night.paid,
            {
              payout_id: 'PD1',
              coupon_number: coupon,
              amount_yen: paidYen,
              sent_at: '2023-04-03T10:00:00+09:00',
              status: 'sent',
            },
          ],
  };
}

const differ = async (seed: number, options: Partial<Parameters<typeof compareWithOracle>[1]>) => {
  const compared = await compareWithOracle(randomNight(seed), { asOf: randomAsOf(seed), ...options });
  return compared.differences.map((difference) => `seed ${seed}: ${difference}`);
};
const differOverall = async (options: (seed: number) => Parameters<typeof differ>[1], from: number) => {
  const all: string[] = [];
  for (const seed of SEEDS) all.push(...(await differ(seed + from, options(seed + from))));
  return all;
};

describe('random nights agree cell by cell with a reference written from the rule text alone', () => {
  test('as they come', async () => {
    expect(await differOverall(() => ({}), 0)).toEqual([]);
  });

  test('with --count-unclaimed', async () => {
    expect(await differOverall(() => ({ countUnclaimed: true }), 10_000)).toEqual([]);
  });

  test('with people who approve and reject', async () => {
    expect(await differOverall((seed) => ({ decide: (review) => randomDecisions(seed, review) }), 20_000)).toEqual([]);
  });

  test('under the terms of another outage', async () => {
    const terms = {
      ...otherTerms,
      outageFrom: otherTerms.outageFrom.slice(0, 16),
      outageTo: otherTerms.outageTo.slice(0, 16),
    };
    const { firstExtension: _, bankApplicationsClose, ...rest } = terms;
    const policy = policyOf({
      schemaVersion: 1,
      id: 'another-outage',
      title: { ja: '別の障害', en: 'another outage' },
      terms: { ...rest, ...(bankApplicationsClose === undefined ? {} : { bankApplicationsClose }) },
    });
    expect(
      await differOverall(
        (seed) => ({ policy, terms: otherTerms, decide: (review) => randomDecisions(seed, review) }),
        30_000,
      ),
    ).toEqual([]);
  });

  test('under last days for calls and applications', async () => {
    const [lapsed, late, closed] = [new Set<number>(), new Set<number>(), new Set<number>()];
    const all: string[] = [];
    for (const seed of SEEDS.map((each) => each + 40_000)) {
      const deadlines = randomDeadlines(seed);
      const stated = Object.fromEntries(Object.entries(deadlines).filter(([, day]) => day !== undefined));
      const policy = policyOf({
        ...KAGOSHIMA.file,
        id: 'with-last-days',
        terms: { ...KAGOSHIMA.file.terms, ...stated },
      });
      const decide = (review: Parameters<typeof randomDecisions>[1]) => randomDecisions(seed, review);
      const terms = { ...kagoshimaTerms, ...deadlines };
      all.push(...(await differ(seed, { policy, terms, decide })));
      for (const { status, reasons } of judgeNight(randomNight(seed), { asOf: randomAsOf(seed), terms }).eligibility) {
        if (status === 'lapsed' && reasons.includes('CLAIMS_CLOSED')) lapsed.add(seed);
        if (status === 'lapsed' && !reasons.includes('CLAIMS_CLOSED')) closed.add(seed);
        if (reasons.includes('CLAIM_OUT_OF_TIME')) late.add(seed);
      }
    }
    expect(all).toEqual([]);
    // What it is about did occur.
    for (const seeds of [lapsed, late, closed]) expect(seeds.size).toBeGreaterThan(3);
  });

  test('with a coupon whose payment was put back twice', async () => {
    const held = new Set<number>();
    const seeds = SEEDS.slice(0, 60);
    for (const seed of seeds) {
      const compared = await compareWithOracle(withPutBackTwice(randomNight(seed), seed), {
        asOf: '2023-05-10T02:00:00+09:00',
        countUnclaimed: true,
        decide: (review) => {
          if (review.some(({ coupon_number, reason }) => coupon_number === 'D1' && reason === 'EXCEEDS_FACE'))
            held.add(seed);
          return randomDecisions(seed, review);
        },
      });
      expect({ seed, ...compared }).toEqual({ seed, differences: [], broken: false });
    }
    // Not all of them come to more than the face value.
    expect(held.size).toBeGreaterThan(seeds.length / 4);
    expect(held.size).toBeLessThan(seeds.length);
  });

  test('and a single yen that differs would be seen', async () => {
    const night = randomNight(3);
    const compared = await compareWithOracle(night, {
      asOf: '2023-05-10T02:00:00+09:00',
      terms: { ...otherTerms, minimumResidualYen: 999_999 },
    });
    expect(compared.differences.length).toBeGreaterThan(0);
  });
});
