import { describe, expect, it } from 'vitest';
import { TotalsCheck } from '../../../src/intake/mapping/stated-totals.ts';

const check = (): TotalsCheck => new TotalsCheck([{ column: 'total_yen', position: 0 }]);

describe('a total is held against the rows above it:', () => {
  it('since the last total, and since the first row', () => {
    const totals = check();
    totals.add(['100'], true);
    totals.hold(['100'], 3);
    totals.add(['50'], true);
    totals.hold(['50'], 5);
    totals.hold(['150'], 6);
    expect(totals.finish()).toEqual({ compared: 3, differing: [] });
  });

  it('since the headers, below fees that are no part of it', () => {
    const totals = check();
    totals.add(['100'], true);
    totals.hold(['100'], 3);
    totals.add(['8'], false);
    totals.beginAgain();
    totals.add(['50'], false);
    totals.hold(['50'], 6);
    expect(totals.finish()).toEqual({ compared: 2, differing: [] });
  });

  it('and is told with both figures where it fits none of them', () => {
    const totals = check();
    totals.add(['100'], true);
    totals.add(['-30'], true);
    totals.hold(['100'], 4);
    expect(totals.finish()).toEqual({
      compared: 1,
      differing: [{ line: 4, column: 'total_yen', statedYen: 100, summedYen: 70 }],
    });
  });
});
