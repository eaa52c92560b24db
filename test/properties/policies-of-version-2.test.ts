import { expect, test } from 'vitest';
import { impossibilitiesOf } from '../../src/policy/impossibilities.ts';
import { policyOf } from '../../src/policy/policy.ts';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import { randomAsOf, randomDecisions, randomNight } from '../oracle/random-night.ts';
import { asPolicyFile2, randomTerms2 } from '../oracle/random-policy.ts';
import { judgeNight } from '../oracle/reference.ts';
import { compareWithOracle } from '../support/compare-with-oracle.ts';

/** A handful in every run of the tests; `REGIONPAY_POLICIES=300` for more. */
const NIGHTS = Number(process.env.REGIONPAY_POLICIES ?? 24);
const SEEDS = Array.from({ length: NIGHTS }, (_, index) => index + 50_000);

test('under random policies of version 2 nights agree cell by cell with the reference', async () => {
  const differing: string[] = [];
  const statuses = new Set<string>();
  for (const seed of SEEDS) {
    const terms = randomTerms2(seed);
    const policy = policyOf(policyFileSchema.parse(asPolicyFile2(terms)));
    expect({ seed, refused: impossibilitiesOf(policy) }).toEqual({ seed, refused: [] });
    const [night, asOf] = [randomNight(seed), randomAsOf(seed)];
    const compared = await compareWithOracle(night, {
      asOf,
      policy,
      terms,
      countUnclaimed: seed % 3 === 0,
      decide: (review) => randomDecisions(seed, review),
    });
    if (compared.broken) differing.push(`seed ${seed}: broke an invariant`);
    differing.push(...compared.differences.map((difference) => `seed ${seed}: ${difference}`));
    for (const { status } of judgeNight(night, { asOf, terms, countUnclaimed: seed % 3 === 0 }).eligibility)
      statuses.add(status);
  }
  expect(differing).toEqual([]);
  // What it is about did occur.
  for (const status of ['payable', 'extended', 'awaiting_application', 'in_review'])
    expect([...statuses]).toContain(status);
});
