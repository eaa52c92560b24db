import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { type BillRange, claimantPairings } from '../../src/pairing/claimants.ts';

const BILLS = 6;
/** Bills as ranges that ascend and do not touch. */
const sides = fc.array(
  fc.uniqueArray(fc.nat(BILLS), { maxLength: 4 }).map((cuts): readonly BillRange[] => {
    const sorted = cuts.sort((a, b) => a - b);
    return sorted.flatMap((from, at) =>
      at % 2 === 0 && sorted[at + 1] !== undefined ? [{ from, end: sorted[at + 1] as number }] : [],
    );
  }),
  { maxLength: 6 },
);

/** The most claimants that can be paired, by trying every choice. */
function most(all: readonly (readonly BillRange[])[], used: readonly number[] = []): number {
  const [first, ...rest] = all;
  if (first === undefined) return 0;
  const bills = first.flatMap(({ from, end }) => Array.from({ length: end - from }, (_, at) => from + at));
  const free = bills.filter((bill) => !used.includes(bill));
  return Math.max(most(rest, used), ...free.map((bill) => 1 + most(rest, [...used, bill])));
}

describe('claimants with ranges of bills', () => {
  it('are paired in every, some or no maximum pairing as deleting each one shows', () => {
    fc.assert(
      fc.property(sides, (all) => {
        const expected = all.map((own, at) =>
          own.length === 0 ? 'none' : most(all.toSpliced(at, 1)) === most(all) ? 'some' : 'every',
        );
        expect(drained(claimantPairings(all, BILLS))).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('are paired without listing the bills of each: of many thousands with all bills each', () => {
    const many = 20_000;
    const all = Array.from({ length: many }, () => [{ from: 0, end: many }]);
    expect(new Set(drained(claimantPairings(all, many)))).toEqual(new Set(['every']));
    expect(new Set(drained(claimantPairings([...all, ...all.slice(0, 1)], many)))).toEqual(new Set(['some']));
  });
});
