import { describe, expect, it, test } from 'vitest';
import { formatInstant, MINUTE, SECOND } from '../../src/base/instants.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../src/policy/policy.ts';
import type { PolicyFile1 } from '../../src/policy/policy-file.ts';
import type { Terms } from '../../src/policy/terms.ts';
import { binOf, endOf, gapBinOf, gapBins, timeBins } from '../../src/settlement/bins.ts';

const termsWith = (terms: Partial<PolicyFile1['terms']>): Terms =>
  policyOf({ ...KAGOSHIMA.file, terms: { ...KAGOSHIMA.file.terms, ...terms } }).terms;

describe('the time that is drawn', () => {
  test.each([
    ['17:45 to 22:15', '2023-02-24T17:45', '2023-02-24T22:15', '17:00', '23:00', 1, 360],
    // A full hour is part of the outage that begins with it: the one before it is not.
    ['a full hour to a full hour', '2023-02-24T17:00', '2023-02-24T19:00', '16:00', '20:00', 1, 240],
    // 21:59 is in the outage to its end, so that 22:00 is the first instant after it: the hour after that is drawn to.
    ['the minute before a full hour', '2023-02-24T17:45', '2023-02-24T21:59', '17:00', '23:00', 1, 360],
    // From 23:00 to 01:00 two days on are 26 hours, 1,560 minutes.
    ['more than a day', '2023-02-24T00:00', '2023-02-25T00:10', '23:00', '01:00', 2, 780],
  ])('of an outage from %s', (_, outageFrom, outageTo, from, to, binMinutes, count) => {
    const bins = timeBins(termsWith({ outageFrom, outageTo }));
    expect(formatInstant(bins.from)).toContain(`T${from}:00+09:00`);
    expect(formatInstant(endOf(bins))).toContain(`T${to}:00+09:00`);
    expect(bins).toMatchObject({ binMinutes, count });
  });

  it('holds an instant in the bin that begins with it, or before it', () => {
    const bins = timeBins(KAGOSHIMA.terms);
    expect(
      [bins.from, bins.from + MINUTE - 1, bins.from + MINUTE, endOf(bins) - 1].map((at) => binOf(bins, at)),
    ).toEqual([0, 0, 1, 359]);
  });
});

describe('times between equal payments', () => {
  it('stand in bins of a tenth of the limit, a time at the limit in the tenth', () => {
    const bins = gapBins(KAGOSHIMA.terms);
    expect(bins).toEqual({ limitSeconds: 600, binSeconds: 60, count: 40 });
    const seconds = [0, 1, 60, 61, 600, 601, 2400, 2401];
    expect(seconds.map((gap) => gapBinOf(bins, gap * SECOND))).toEqual([0, 0, 0, 1, 9, 10, 39, 40]);
  });

  it('are told to the microsecond where the limit has no tenth of whole seconds', () => {
    const bins = gapBins(termsWith({ repeatPressGapSeconds: 61 }));
    expect(bins.binSeconds).toBe(6.1);
    expect([6.1 * SECOND, 6.1 * SECOND + 1, 61 * SECOND, 61 * SECOND + 1].map((gap) => gapBinOf(bins, gap))).toEqual([
      0, 1, 9, 10,
    ]);
  });

  it('stand in bins of a second where only what is at one instant is within the limit', () => {
    const bins = gapBins(termsWith({ repeatPressGapSeconds: 0 }));
    expect(bins).toMatchObject({ limitSeconds: 0, binSeconds: 1 });
    expect(gapBinOf(bins, 0)).toBe(0);
  });
});
