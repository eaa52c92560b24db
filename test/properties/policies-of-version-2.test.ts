import { expect, test } from 'vitest';
import { impossibilitiesOf } from '../../src/policy/impossibilities.ts';
import { policyOf } from '../../src/policy/policy.ts';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import { randomAsOf, randomDecisions, randomNight } from '../oracle/random-night.ts';
import { asPolicyFile2, randomTerms2 } from '../oracle/random-policy.ts';
import { judgeNight, type Night, type Terms2 } from '../oracle/reference.ts';
import { compareWithOracle } from '../support/compare-with-oracle.ts';
import { createRandom } from '../support/random.ts';

/** A handful in every run of the tests; `REGIONPAY_POLICIES=300` for more. */
const NIGHTS = Number(process.env.REGIONPAY_POLICIES ?? 24);
const SEEDS = Array.from({ length: NIGHTS }, (_, index) => index + 50_000);

/** When a coupon may still be used, or not any more, by one extension and not by another. */
const BETWEEN = ['2023-02-25', '2023-02-26', '2023-03-07', '2023-03-18', '2023-03-25', '2023-04-02'];

/**
 * Two coupons more of each expiry that the policy extends, both of one account, of which nothing is known but one payment
 * each; of some accounts the first was paid before, as much as it can be worth.
 */
function withPairs(night: Night, { cohorts, originalExpiry }: Terms2, seed: number): Night {
  const random = createRandom(seed);
  const dayOf = (): string => BETWEEN[Math.floor(random() * BETWEEN.length)] ?? '';
  const expiries = cohorts?.map((cohort) => cohort.originalExpiry) ?? [originalExpiry ?? ''];
  const pairs = expiries.flatMap((expiry, place) => [`E${place}1`, `E${place}2`].map((id) => ({ id, expiry, place })));
  return {
    ...night,
    issuance: [
      ...night.issuance,
      ...pairs.map(({ id, expiry, place }) => ({
        ...({ coupon_number: id, medium: 'paper', prefecture: '46', face_yen: 2000, expires_on: expiry } as const),
        ...{ issued_at: '2023-02-20T10:00:00+09:00', account_id: `AE${place}`, phone: `0905555000${place}` },
      })),
    ],
    transactions: [
      ...night.transactions,
      ...pairs.map(({ id }) => ({
        ...{ transaction_id: `T${id}`, coupon_number: id, merchant_id: 'ME', amount_yen: 700 },
        ...({ occurred_at: `${dayOf()}T12:00:00+09:00`, kind: 'payment', status: 'completed' } as const),
      })),
    ],
    paid: [
      ...night.paid,
      ...pairs
        .filter(({ id }) => id.endsWith('1') && random() < 0.5)
        .map(({ id }) => ({
          ...{ payout_id: `P${id}`, coupon_number: id, amount_yen: 1300 },
          ...({ sent_at: '2023-04-04T10:00:00+09:00', status: 'sent' } as const),
        })),
    ],
  };
}

test('under random policies of version 2 nights agree cell by cell with the reference', async () => {
  const differing: string[] = [];
  const statuses = new Set<string>();
  const capped = new Set<string>();
  for (const seed of SEEDS) {
    const terms = randomTerms2(seed);
    const policy = policyOf(policyFileSchema.parse(asPolicyFile2(terms)));
    expect({ seed, refused: impossibilitiesOf(policy) }).toEqual({ seed, refused: [] });
    const [night, asOf] = [withPairs(randomNight(seed), terms, seed), randomAsOf(seed)];
    const compared = await compareWithOracle(night, {
      asOf,
      policy,
      terms,
      countUnclaimed: seed % 3 === 0,
      decide: (review) => randomDecisions(seed, review),
    });
    if (compared.broken) differing.push(`seed ${seed}: broke an invariant`);
    differing.push(...compared.differences.map((difference) => `seed ${seed}: ${difference}`));
    for (const { status, reasons } of judgeNight(night, { asOf, terms, countUnclaimed: seed % 3 === 0 }).eligibility) {
      statuses.add(status);
      if (reasons.includes('CAPPED_PER_PERSON')) capped.add(status);
    }
  }
  expect(differing).toEqual([]);
  // What it is about did occur.
  for (const status of ['payable', 'extended', 'awaiting_application', 'in_review'])
    expect([...statuses]).toContain(status);
  // Something is left of some, and nothing of others.
  expect([...capped].sort()).toEqual(expect.arrayContaining(['payable', 'used_up']));
});
