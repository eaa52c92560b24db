import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import { text } from '../../src/base/text.ts';
import { withCarried } from '../../src/publish/previous.ts';
import type { WholeOutcome } from '../../src/settlement/settle.ts';
import { dateText, dayOf } from './calendar.ts';
import { type Sabotage, SimulationFailure, simulate } from './simulate.ts';

/** Whole seasons, and more of them, are lived by `npm run simulate`. */
const SEEDS = [7];
/** The guards look at some weeks around the cut-off. */
const WEEKS = { from: '2023-03-25', to: '2023-05-05' };

async function failureOf(sabotage: Sabotage, seed = 1): Promise<SimulationFailure | undefined> {
  try {
    await simulate(seed, { ...WEEKS, sabotage });
    return undefined;
  } catch (error) {
    if (error instanceof SimulationFailure) return error;
    throw error;
  }
}

/** What is said of the first of some seeds in which it shows. */
async function firstThatShows(sabotage: Sabotage, seeds: readonly number[], meant: RegExp): Promise<string> {
  const said: string[] = [];
  for (const seed of seeds) {
    const message = (await failureOf(sabotage, seed))?.message ?? '';
    if (meant.test(message)) return message;
    said.push(message);
  }
  return said.join('\n');
}

/** Leaves the last payout out, as if it had never been. */
const withoutLastPayout = (outcome: WholeOutcome): WholeOutcome => ({
  ...outcome,
  payouts: outcome.payouts.slice(0, -1),
});

/** Pays so many yen more, and says so in every place. */
function withMoreYen(outcome: WholeOutcome, yen: number): WholeOutcome {
  const [first, ...others] = outcome.payouts;
  if (first === undefined) return outcome;
  return {
    ...outcome,
    payouts: [{ ...first, amountYen: first.amountYen + yen }, ...others],
    settlements: outcome.settlements.map((each) =>
      each.couponNumber === first.coupons[0] && each.amounts !== undefined
        ? { ...each, amounts: { ...each.amounts, payableYen: each.amounts.payableYen + yen } }
        : each,
    ),
  };
}

/** What is owed to one coupon is called settled, and not paid. */
function withSomebodyForgotten(outcome: WholeOutcome): WholeOutcome {
  const gone = outcome.settlements.find((each) => each.status === 'payable')?.couponNumber;
  return {
    ...outcome,
    payouts: outcome.payouts.flatMap((payout) => {
      const coupons = payout.coupons.filter((coupon) => coupon !== gone);
      if (coupons.length === payout.coupons.length) return [payout];
      const due = outcome.settlements.find((each) => each.couponNumber === gone)?.amounts?.payableYen ?? 0;
      return coupons.length === 0 ? [] : [{ ...payout, coupons, amountYen: payout.amountYen - due }];
    }),
    settlements: outcome.settlements.map((each) =>
      each.couponNumber === gone && each.amounts !== undefined
        ? { ...each, status: 'settled' as const, amounts: { ...each.amounts, payableYen: 0 } }
        : each,
    ),
  };
}

function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.length - 2;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe('weeks of nights', () => {
  it('is lived through without anybody being paid twice or forgotten', { timeout: 300_000 }, async () => {
    for (const seed of SEEDS) {
      const report = await simulate(seed, WEEKS);
      // From 25 March to 5 May.
      expect(report.nights).toBe(42);
      expect(report.runs).toBeGreaterThanOrEqual(report.nights - report.missed);
      expect(report.payouts).toBeGreaterThan(0);
    }
  });

  it('is the same for the same seed', async () => {
    const weeks = { from: '2023-03-25', to: '2023-04-08' };
    expect(await simulate(3, weeks)).toEqual(await simulate(3, weeks));
  });

  it('executes every night again from its archive', { timeout: 300_000 }, async () => {
    const report = await simulate(2, { from: '2023-03-25', to: '2023-04-08', archiveEvery: 1 });
    expect(report.executedAgain).toBe(report.nights - report.missed);
  });
});

describe('the checks of the simulation', () => {
  it('stay silent where nothing is broken', async () => {
    expect(await failureOf({})).toBeUndefined();
  });

  it('see a run that forgets what the chain paid', async () => {
    const failure = await failureOf({ carry: (paid) => paid });
    expect(failure?.message).toMatch(/^seed 1, night 2023-04-0\d: (PAID_TWICE|ALREADY_PAID)/);
  });

  it('see a run that pays again what was received', async () => {
    const carry: typeof withCarried = (paid, carried, asOf) =>
      withCarried(paid, carried, asOf).map((row) => (row.status === 'received' ? { ...row, status: 'failed' } : row));
    expect(await firstThatShows({ carry }, [1, 2, 3, 4, 5, 6], /ALREADY_PAID/)).toMatch(/ALREADY_PAID/);
  });

  it('see that a payout that failed is not made again', async () => {
    const carry: typeof withCarried = (paid, carried, asOf) =>
      withCarried(paid, carried, asOf).map((row) => (row.status === 'failed' ? { ...row, status: 'sent' } : row));
    expect(await firstThatShows({ carry }, [1, 2, 3, 4, 5, 6], /ALREADY_PAID/)).toMatch(/ALREADY_PAID/);
  });

  it('see a payout that is dropped', async () => {
    expect((await failureOf({ settled: withoutLastPayout }))?.message).toMatch(/totals failed|SUM/);
  });

  it('see a yen too much, though every sum fits', async () => {
    expect((await failureOf({ settled: (outcome) => withMoreYen(outcome, 1) }))?.message).toMatch(
      /: (PAID_TWICE|VERIFY: .*re-execution)/,
    );
  });

  it('see somebody forgotten, though every sum fits', async () => {
    expect((await failureOf({ settled: withSomebodyForgotten }))?.message).toMatch(
      /: (FORGOTTEN|VERIFY: .*re-execution)/,
    );
  });

  it('see a night that cannot be repeated', async () => {
    let runs = 0;
    const settled = (outcome: WholeOutcome): WholeOutcome => ({
      ...outcome,
      casesJudged: outcome.casesJudged + runs++,
    });
    expect((await failureOf({ settled }))?.message).toMatch(/REPEAT|CRASH|VERIFY|another run/);
  });

  it.each([
    'eligibility.csv',
    'payouts.csv',
    'manifest.json',
    'SHA256SUMS',
    'carried.csv',
    'summary.json',
  ])('see one byte of %s changed', async (name) => {
    const night = dayOf('2023-04-03');
    const folder = (path: string, at: number) => {
      if (at === night) flipByte(join(path, name));
    };
    const failure = await failureOf({ folder });
    expect(failure?.message).toMatch(/^seed 1, night 2023-04-03: VERIFY: /);
  });

  it('see one byte of an archived input changed', async () => {
    const folder = (path: string) => {
      const inputs = join(path, 'inputs');
      if (existsSync(inputs)) flipByte(join(inputs, readdirSync(inputs).sort()[0] ?? ''));
    };
    expect((await failureOf({ folder }))?.message).toMatch(/VERIFY: .* (checksums|inputs) failed/);
  });

  it('see a night of the chain that is gone, or altered after it was verified', async () => {
    const later = (change: (earlier: string) => void) => (path: string, night: number) => {
      if (night === dayOf('2023-04-20')) change(join(path, '..', dateText(dayOf('2023-04-03'))));
    };
    const gone = await failureOf({ folder: later((earlier) => rmSync(earlier, { recursive: true })) });
    expect(gone?.message).toMatch(/VERIFY: 2023-05-05 chain/);
    const altered = await failureOf({ folder: later((earlier) => flipByte(join(earlier, 'payouts.csv'))) });
    expect(altered?.message).toMatch(/VERIFY: 2023-05-05 chain/);
  });

  it('see that a crash leaves half a run', async () => {
    const crashed = (path: string) => {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'SHA256SUMS'), 'half');
    };
    expect(await firstThatShows({ crashed }, [1, 2, 3], /: CRASH: after a crash at "staged"/)).toMatch(
      /: CRASH: after a crash at "staged"/,
    );
  });

  it('see what a run leaves behind', async () => {
    const folder = (path: string) => mkdirSync(join(path, '..', `.${basename(path)}.partial-1-0123abcd`));
    expect((await failureOf({ folder }))?.message).toMatch(/: LEFT_BEHIND: /);
  });

  it('see a run that finds itself broken', async () => {
    const problem: Problem = { code: 'BROKEN', where: 'payouts', what: text('', 'odd'), advice: text('', '') };
    const settled = (outcome: WholeOutcome): WholeOutcome => ({ ...outcome, problems: [problem] });
    expect((await failureOf({ settled }))?.message).toMatch(/: INVARIANT: payouts: odd$/);
  });

  it('name seed and night', async () => {
    const failure = await failureOf({ carry: (paid) => paid }, 4);
    expect(failure).toMatchObject({ seed: 4, night: expect.stringMatching(/^2023-0[45]-\d\d$/) });
  });
});
