import { describe, expect, test } from 'vitest';
import type { Attribution } from '../../../src/audit/diff/difference.ts';
import { text } from '../../../src/base/text.ts';
import { causesPart, hasCauses } from '../../../src/cli/render/comparison-causes.ts';
import { comparison, net, seen } from '../../support/comparison.ts';

const step = (
  cause: Attribution['steps'][number]['cause'],
  what: string,
  coupons: number,
  netYen: number,
  put = 0,
) => ({
  cause,
  what: [what],
  coupons,
  ...net(netYen, put),
});
const executed = comparison({
  ...net(-2000, 100),
  attribution: {
    how: 'executed',
    why: null,
    steps: [
      step('as-of', 'x → y', 0, 0),
      step('option', 'countUnclaimed: false → true', 1, 3000, 100),
      step('previous', 'run: – → z', 4, -5000),
    ],
  },
});

describe('causes', () => {
  test('are a table: what differs, how many coupons, and the yen of each column that moves', () => {
    const told = seen(causesPart(executed).html, 'en');
    expect(told).toContain('because of before → after coupons to pay to put back');
    expect(told).toContain('option countUnclaimed: false → true 1 +3,000 yen +100 yen');
    expect(told).toContain('earlier payouts run: – → z 4 -5,000 yen 0 yen');
  });

  test('are drawn where several move money, each from where the one before it ended', () => {
    // From -2,000 to 3,000 the scale is 5,000 yen on 420: nothing lies at 338; up by 252 to 590, down by 420 to 170.
    const bars = [...causesPart(executed).html.matchAll(/<rect [^>]*x="([\d.]+)" [^>]*width="([\d.]+)"/g)];
    expect(bars.map(([, x, width]) => [Number(x), Number(width)])).toEqual([
      [338, 252],
      [170, 420],
      [170, 168],
    ]);
  });

  test('are not drawn where one has all the yen', () => {
    const [, option] = executed.attribution.steps;
    const one = comparison({
      ...net(3000),
      attribution: { how: 'one cause', why: null, steps: option ? [option] : [] },
    });
    expect(causesPart(one).html).not.toContain('<svg');
  });

  test('that could not be told apart are said with why, and what differs between the runs', () => {
    const untold = comparison({
      runs: [{ cause: 'input', what: '<log>.csv: 1 → 2' }],
      attribution: { how: 'not told apart', why: text('入力がない', 'inputs are gone'), steps: [] },
    });
    expect(seen(causesPart(untold).html, 'en')).toBe(
      'The causes could not be told apart: inputs are gone input rows : <log>.csv: 1 → 2',
    );
    expect(causesPart(untold).html).toContain('&lt;log&gt;');
    expect([hasCauses(untold), hasCauses(comparison())]).toEqual([true, false]);
  });
});
