import { describe, expect, test } from 'vitest';
import { policyOf } from '../../src/policy/policy.ts';
import { otherTerms, randomAsOf, randomDecisions, randomNight } from '../oracle/random-night.ts';
import { compareWithOracle } from '../support/compare-with-oracle.ts';

const SEEDS = Array.from({ length: 150 }, (_, index) => index);

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

  test('and a single yen that differs would be seen', async () => {
    const night = randomNight(3);
    const compared = await compareWithOracle(night, {
      asOf: '2023-05-10T02:00:00+09:00',
      terms: { ...otherTerms, minimumResidualYen: 999_999 },
    });
    expect(compared.differences.length).toBeGreaterThan(0);
  });
});
