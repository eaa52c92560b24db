import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { addedFigures, type LogFigures, type RunFigures } from '../../src/settlement/figures.ts';
import { synthesise } from '../../src/synth/synthesise.ts';
import { type Row, runTables } from '../support/run-tables.ts';
import { apply, cancel, claim, issue, issueToApp, pay, reinstate, report, runNight, sale } from './tables.ts';

const AS_OF = '2023-05-10T02:00:00+09:00';
/** Minutes from 17:00, at which counting begins. */
const at = (time: string): number => (Number(time.slice(0, 2)) - 17) * 60 + Number(time.slice(3, 5));
const counted = (counts: readonly number[]): Readonly<Record<number, number>> =>
  Object.fromEntries(counts.flatMap((count, place) => (count === 0 ? [] : [[place, count]])));

describe('what is counted of the log', () => {
  it('are accepted payments by the minute, whoever they are of, until the first full hour after the outage', async () => {
    const transactions = [
      pay('T1', 'C1', '16:59:59'),
      pay('T2', 'C1', '17:00:00'),
      pay('T3', 'C1', '18:30:59', 400),
      pay('T4', 'C2', '18:30:00', 400, { status: 'failed' }),
      pay('T5', 'C2', '18:30:01', 400, { status: 'pending' }),
      pay('T6', 'C2', '22:59:59', 400),
      pay('T7', 'C2', '23:00:00', 400),
      // Not of the coupon's money, of another programme's coupon, of one that contradicts itself, and a repeated row.
      pay('T8', 'C1', '18:40:00', 500, { funding: 'own' }),
      pay('T9', 'C3', '18:41:00'),
      pay('T10', 'C1', '18:42:00'),
      pay('T10', 'C1', '18:42:00', 501),
      pay('T3', 'C1', '18:30:59', 400),
    ];
    const issuance = [issue('C1'), issue('C2', { expires_on: '2023-04-30' }), issue('C3', { medium: 'app' })];
    const { figures } = (await runNight({ issuance, transactions }, { asOf: AS_OF })).outcome;
    expect(counted(figures.completed)).toEqual({ 0: 1, [at('18:30')]: 1, 359: 1 });
    expect(counted(figures.failed)).toEqual({ [at('18:30')]: 1 });
    expect(counted(figures.pending)).toEqual({ [at('18:30')]: 1 });
    expect(figures.completed).toHaveLength(360);
  });

  it('are repeats of equal payments, and the time between those in the outage', async () => {
    const transactions = [
      // Before the counting begins, five minutes earlier: a repeat, and no time between two in the outage.
      pay('T1', 'C1', '16:58:00'),
      pay('T2', 'C1', '17:03:00'),
      pay('T3', 'C1', '18:00:00', 400),
      pay('T4', 'C1', '18:00:00', 400),
      pay('T5', 'C1', '18:10:00', 400),
      pay('T6', 'C1', '18:20:01', 400),
      pay('T7', 'C1', '19:20:00', 400),
      pay('T8', 'C2', '18:00:01', 400),
      pay('T9', 'C1', '18:00:02', 400, { merchant_id: 'M2' }),
    ];
    const issuance = [issue('C1', { face_yen: 9000 }), issue('C2')];
    const { figures } = (await runNight({ issuance, transactions }, { asOf: AS_OF })).outcome;
    expect(counted(figures.repeated)).toEqual({ [at('17:03')]: 1, [at('18:00')]: 1, [at('18:10')]: 1 });
    // 0 s, 600 s, 601 s, and an hour, which is longer than the 40 minutes that are drawn.
    expect(counted(figures.gaps)).toEqual({ 0: 1, 9: 1, 10: 1 });
    expect(figures.longerGaps).toBe(1);
  });

  it('are payments that nothing supports, of listed coupons', async () => {
    const transactions = [
      pay('T1', 'C1', '18:00:00'),
      pay('T2', 'C1', '18:05:00'),
      pay('T3', 'C2', '19:00:00', 300, { merchant_id: 'M2' }),
    ];
    const sales = [sale('S1', '18:00:00', 500), report('M2')];
    const night = { issuance: [issue('C1'), issue('C2')], transactions, sales };
    const { figures } = (await runNight(night, { asOf: AS_OF })).outcome;
    expect(counted(figures.unsupported)).toEqual({ [at('18:05')]: 1, [at('19:00')]: 1 });
  });

  it('is what was spent of the face value, at as-of', async () => {
    const issuance = [
      issue('C1'),
      issueToApp('C2', { face_yen: 3000 }),
      issue('C3', { expires_on: '2023-04-30', face_yen: 5000 }),
      issue('C4', { medium: 'app' }),
    ];
    const transactions = [
      pay('T1', 'C1', '2023-02-20 12:00', 700),
      pay('T2', 'C2', '18:00:00', 1000),
      cancel('T3', 'C2', '18:10:00', 1000, 'T2'),
      pay('T4', 'C3', '2023-03-01 12:00', 2000),
      reinstate('T5', 'C3', '2023-03-05 12:00', 300),
      pay('T6', 'C3', '2023-03-02 12:00', 900, { status: 'failed' }),
      // After as-of.
      pay('T7', 'C1', '2023-05-10 03:00', 100),
      pay('T8', 'C4', '2023-03-01 12:00', 400),
    ];
    const night = { issuance, transactions, applications: [apply('P1', 'C1')] };
    const { figures } = (await runNight(night, { asOf: AS_OF })).outcome;
    expect(figures.issued).toEqual({ coupons: 3, faceYen: 10_000, spentYen: 700 + 0 + 1700 });
    expect(figures.cohort).toEqual({ coupons: 2, faceYen: 5000, spentYen: 700 });
    expect(figures.listed).toEqual({ coupons: 2, faceYen: 5000, spentYen: 700 });
  });

  it('counts no face value of a listed coupon that was never issued', async () => {
    const night = { issuance: [issue('C1')], claims: [claim('K1', 'C7', 'other')] };
    const { outcome } = await runNight(night, { asOf: '2023-02-25T12:00:00+09:00' });
    expect(outcome.settlements.filter(({ listed }) => listed).map(({ couponNumber }) => couponNumber)).toContain('C7');
    expect(outcome.figures.listed.coupons).toBe(outcome.settlements.filter(({ amounts }) => amounts).length);
  });
});

describe('partitions', () => {
  const one: LogFigures = {
    ...{ completed: [1, 2], failed: [0, 1], pending: [0, 0], repeated: [1, 0], gaps: [3], longerGaps: 1 },
    issued: { coupons: 1, faceYen: 1000, spentYen: 400 },
    cohort: { coupons: 0, faceYen: 0, spentYen: 0 },
  };

  it('add up, and none comes to nothing', () => {
    const listed = { listed: one.issued, unsupportedAt: [] };
    const twice = addedFigures([one, one], listed, KAGOSHIMA.terms);
    expect([twice.completed.slice(0, 3), twice.failed[1], twice.gaps[0], twice.longerGaps]).toEqual([
      [2, 4, 0],
      2,
      6,
      2,
    ]);
    expect(twice.issued).toEqual({ coupons: 2, faceYen: 2000, spentYen: 800 });
    expect(counted(addedFigures([], listed, KAGOSHIMA.terms).completed)).toEqual({});
  });
});

const rowsOf = (csv: string): readonly Row[] => {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']));
  });
};
const instantOf = (written: string | undefined): number => Date.parse(written ?? '') * 1000;

/** The same from the text of the files, without a thought of how fast. */
function naiveFigures(
  issuance: readonly Row[],
  log: readonly Row[],
  marks: readonly Row[],
  listed: ReadonlySet<string>,
) {
  const asOf = instantOf(AS_OF);
  const known = issuance.filter((row) => row.medium === 'paper' && row.prefecture === '46');
  const inScope = new Set(known.map((row) => row.coupon_number));
  const seen = log.filter(
    (row) => inScope.has(row.coupon_number ?? '') && row.funding !== 'own' && instantOf(row.occurred_at) < asOf,
  );
  const minuteOf = (row: Row): number =>
    Math.floor((instantOf(row.occurred_at) - instantOf('2023-02-24T17:00+09:00')) / 6e7);
  const byMinute = (rows: readonly Row[]) => {
    const counts: number[] = new Array(360).fill(0);
    for (const row of rows)
      if (minuteOf(row) >= 0 && minuteOf(row) < 360) counts[minuteOf(row)] = (counts[minuteOf(row)] ?? 0) + 1;
    return counts;
  };
  const payments = seen.filter((row) => row.kind === 'payment');
  const completed = payments.filter((row) => row.status === 'completed');
  const before = (row: Row): number => {
    const equal = completed.filter(
      (other) =>
        other !== row &&
        ['coupon_number', 'merchant_id', 'amount_yen'].every((name) => other[name] === row[name]) &&
        `${other.occurred_at} ${other.transaction_id}` < `${row.occurred_at} ${row.transaction_id}`,
    );
    return Math.min(...equal.map((other) => instantOf(row.occurred_at) - instantOf(other.occurred_at)));
  };
  const spent = (numbers: (row: Row) => boolean) => {
    const coupons = known.filter(numbers);
    const own = new Set(coupons.map((row) => row.coupon_number));
    const moved = seen.filter((row) => own.has(row.coupon_number ?? '') && row.status === 'completed');
    const yenOf = (kinds: readonly string[]): number =>
      moved.filter((row) => kinds.includes(row.kind ?? '')).reduce((sum, row) => sum + Number(row.amount_yen), 0);
    return {
      coupons: coupons.length,
      faceYen: coupons.reduce((sum, row) => sum + Number(row.face_yen), 0),
      spentYen: yenOf(['payment']) - yenOf(['cancel', 'reinstatement']),
    };
  };
  const near = completed.filter((row) => minuteOf(row) >= 0 && minuteOf(row) < 360);
  return {
    completed: byMinute(completed),
    failed: byMinute(payments.filter((row) => row.status === 'failed')),
    pending: byMinute(payments.filter((row) => row.status === 'pending')),
    repeated: byMinute(near.filter((row) => before(row) <= 6e8)),
    unsupported: byMinute(marks.filter((row) => row.support === 'unsupported')),
    issued: spent(() => true),
    cohort: spent((row) => row.expires_on === '2023-02-24'),
    listed: spent((row) => listed.has(row.coupon_number ?? '')),
  } satisfies Partial<RunFigures>;
}

test.each([1, 2, 3])('made of a synthetic night of seed %i it is what its files say', async (seed) => {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    const place = { folder, answers: join(folder, 'answers.json') };
    const options = {
      transactions: 6000,
      seed,
      affected: 0.3,
      errorRate: 0,
      encoding: 'utf-8',
      quoting: 'minimal',
      lineEnd: 'lf',
      gzip: false,
    };
    await synthesise(place, options as never, KAGOSHIMA.terms);
    const text = (name: string): string => readFileSync(join(folder, `${name}.csv`), 'utf8');
    const result = await runTables(
      {
        issuance: text('issuance'),
        transactions: text('transactions'),
        sales: text('merchant_reports'),
        claims: text('claims'),
        applications: text('applications'),
      },
      { asOf: AS_OF },
    );
    const listed = new Set(result.rows('eligibility.csv').map((row) => row.coupon_number ?? ''));
    const marks = result.rows('outage_payments.csv');
    const expected = naiveFigures(rowsOf(text('issuance')), rowsOf(text('transactions')), marks, listed);
    expect(result.outcome.figures).toMatchObject(expected);
    expect(expected.completed.some((count) => count > 0)).toBe(true);
    expect(expected.repeated.some((count) => count > 0)).toBe(true);
    expect(expected.unsupported.some((count) => count > 0)).toBe(true);
    const paid = rowsOf(text('transactions')).filter(
      (row) =>
        row.kind === 'payment' &&
        row.funding !== 'own' &&
        listed.has(row.coupon_number ?? '') &&
        (row.occurred_at ?? '') >= '2023-02-24T17:45' &&
        (row.occurred_at ?? '') < '2023-02-24T22:16',
    );
    expect(marks.map((row) => row.transaction_id).sort()).toEqual(paid.map((row) => row.transaction_id).sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
