import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import type { PayoutPart } from '../../src/publish/known-payout.ts';
import { parsePaidPayouts, spreadPaid } from '../../src/publish/paid-payouts.ts';
import type { PaidRow } from '../../src/tables/tables.ts';
import { inFolder, NIGHT, put, regionpay } from '../cli/command.ts';
import { readRows } from '../support/program.ts';

const at = (written: string): number => {
  const read = readInstant(written);
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
};
const AS_OF = at('2023-05-11 02:00');

let line = 1;
const paid = (payoutId: string, couponNumber: string, amountYen: number, more: Partial<PaidRow> = {}): PaidRow => ({
  file: 0,
  line: ++line,
  disposition: 'accepted',
  payoutId,
  couponNumber,
  amountYen,
  sentAt: at('2023-05-10 10:00'),
  status: 'sent',
  ...more,
});

// P1 was 600 of coupon 2 and 1,500 of coupon 3; P2 was 1,000 of coupon 1 alone.
const MADE: readonly PayoutPart[] = [
  { payoutId: 'P1', couponNumber: '2', amountYen: 600 },
  { payoutId: 'P1', couponNumber: '3', amountYen: 1500 },
  { payoutId: 'P2', couponNumber: '1', amountYen: 1000 },
];

const spread = (rows: readonly PaidRow[], made = MADE): string[] =>
  spreadPaid(rows, made, AS_OF).paid.map(
    ({ payoutId, couponNumber, amountYen, disposition }) =>
      `${payoutId} ${couponNumber || '-'} ${amountYen} ${disposition}`,
  );

describe('a paid row', () => {
  it.each([
    ['on its coupon alone stays as it is', paid('P1', '2', 600), ['P1 2 600 accepted']],
    ['on the one coupon of its payout stays as it is, whatever its yen', paid('P2', '1', 999), ['P2 1 999 accepted']],
    ['of a payout that nobody knows stays as it is', paid('P9', '2', 600), ['P9 2 600 accepted']],
    [
      'on a coupon that its payout did not hold contradicts it: all of them wait',
      paid('P1', '7', 2100),
      ['P1 2 600 conflicting', 'P1 3 1500 conflicting', 'P1 7 2100 conflicting'],
    ],
    ['on a coupon, of a payout that nobody knows, stays as it is', paid('P9', '7', 2100), ['P9 7 2100 accepted']],
    [
      'without a coupon is spread as its payout was made',
      paid('P1', '', 2100),
      ['P1 2 600 accepted', 'P1 3 1500 accepted'],
    ],
    ['without a coupon, of a payout of one, names it', paid('P2', '', 1000), ['P2 1 1000 accepted']],
    ['on one coupon with the yen of all is spread', paid('P1', '3', 2100), ['P1 2 600 accepted', 'P1 3 1500 accepted']],
    [
      'without a coupon and one yen short contradicts the payout: all of its coupons are for a person',
      paid('P1', '', 2099),
      ['P1 2 600 conflicting', 'P1 3 1500 conflicting'],
    ],
    [
      'on one coupon with a yen more than its own contradicts that coupon, and counts',
      paid('P1', '3', 1501),
      ['P1 3 1501 conflicting'],
    ],
    [
      'on one coupon with a yen less than its own contradicts that coupon, and what was made counts',
      paid('P1', '3', 1499),
      ['P1 3 1500 conflicting'],
    ],
    [
      'that contradicts its payout after as-of is not seen',
      paid('P1', '3', 1499, { sentAt: AS_OF }),
      ['P1 3 1500 after_as_of'],
    ],
  ])('%s', (_, row, expected) => expect(spread([row])).toEqual(expected));

  it('keeps its file, line, instant and status when it is spread', () => {
    const row = paid('P1', '', 2100, { status: 'failed' });
    const { file, line: its, sentAt, status } = row;
    for (const each of spreadPaid([row], MADE, AS_OF).paid)
      expect(each).toMatchObject({ file, line: its, sentAt, status });
  });
});

describe('paid rows', () => {
  it('of one payout, once as a whole and once by its coupons, are duplicates', () => {
    const rows = [paid('P1', '', 2100), paid('P1', '2', 600), paid('P1', '3', 1500)];
    expect(spread(rows)).toEqual([
      'P1 2 600 accepted',
      'P1 3 1500 accepted',
      'P1 2 600 duplicate',
      'P1 3 1500 duplicate',
    ]);
  });

  it('of one payout are one history with those of its coupons: at one moment a final status stands before `sent`', () => {
    const rows = [paid('P1', '', 2100), paid('P1', '2', 600, { status: 'failed' })];
    expect(spread(rows)).toEqual(['P1 2 600 duplicate', 'P1 3 1500 accepted', 'P1 2 600 accepted']);
  });

  it('of one payout that was received as a whole, and of which a coupon failed the same moment, contradict each other', () => {
    const rows = [paid('P1', '', 2100, { status: 'received' }), paid('P1', '2', 600, { status: 'failed' })];
    expect(spread(rows)).toEqual(['P1 2 600 conflicting', 'P1 3 1500 accepted', 'P1 2 600 conflicting']);
  });

  it('of a payout that two runs of a chain know are spread once', () => {
    expect(spread([paid('P1', '', 2100)], [...MADE, ...MADE])).toEqual(['P1 2 600 accepted', 'P1 3 1500 accepted']);
  });

  it('that spread nothing come back as they are', () => {
    const rows = [paid('P1', '2', 600), paid('P2', '1', 1000)];
    const result = spreadPaid(rows, MADE, AS_OF);
    expect(result).toEqual({ paid: rows, parts: [], unknown: [] });
    expect(result.paid).toBe(rows);
  });

  it('tell of payouts that are not known only where they name no coupon, and only before as-of', () => {
    const early = paid('P8', '', 500, { sentAt: AS_OF - 1 });
    const late = paid('P9', '', 500, { sentAt: AS_OF });
    expect(spreadPaid([early, late, paid('P7', '2', 600)], MADE, AS_OF).unknown).toEqual([early]);
  });

  it('keep the parts of the payouts that were spread, in order, and those spread them again alike', () => {
    const rows = [paid('P2', '', 1000), paid('P1', '3', 2100)];
    const shuffled = [...MADE].reverse();
    const { parts, paid: first } = spreadPaid(
      rows,
      [...shuffled, { payoutId: 'P3', couponNumber: '9', amountYen: 5 }],
      AS_OF,
    );
    expect(parts).toEqual(MADE);
    expect(spreadPaid(rows, parts, AS_OF)).toEqual({ paid: first, parts, unknown: [] });
  });
});

it('paid_payouts.csv is read back as it was written', () => {
  const csv = 'payout_id,coupon_number,amount_yen\nP1,2,600\nP1,3,1500\nP2,1,1000\n';
  expect(drained(parsePaidPayouts([Buffer.from(csv)]))).toEqual(MADE);
});

describe('runs that are told of whole payouts', () => {
  const night = (name: string): string => join(NIGHT, name);
  const INPUTS = [
    ...['--issuance', night('issuance.csv'), '--transactions', night('transactions.csv')],
    ...['--merchant-reports', night('merchant_reports.csv'), '--claims', night('claims.csv')],
    ...['--applications', night('applications.csv')],
  ];
  const run = async (out: string, asOf: string, ...more: readonly string[]): Promise<void> => {
    const ended = await regionpay(['run', ...INPUTS, '--as-of', asOf, '--out', out, '--archive', '--quiet', ...more]);
    expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
  };
  const all = (folder: string) => {
    const payouts = readRows(join(folder, 'payouts.csv'));
    const rows = payouts.map((row) => `${row.payout_id},,${row.amount_yen},2023-05-10 10:00,sent`);
    return { payouts, csv: `payout_id,coupon_number,amount_yen,sent_at,status\n${rows.join('\n')}\n` };
  };

  it.concurrent('settle every coupon of them, by --previous or by --paid-run alike, and are executed again', () =>
    inFolder(async (folder) => {
      const first = join(folder, 'first');
      await run(first, '2023-05-10');
      const { payouts, csv } = all(first);
      const answer = put(folder, 'paid.csv', csv);
      expect(payouts.length).toBeGreaterThan(5);
      for (const option of ['--previous', '--paid-run']) {
        const out = join(folder, option);
        await run(out, '2023-05-11', '--paid', answer, option, first);
        expect(readRows(join(out, 'payouts.csv'))).toEqual([]);
        expect(readRows(join(out, 'review.csv')).filter(({ reason }) => reason === 'OVERPAID')).toEqual([]);
        const paidYen = readRows(join(out, 'eligibility.csv')).reduce(
          (sum, row) => sum + Number(row.already_paid_yen),
          0,
        );
        expect(paidYen).toBe(payouts.reduce((sum, row) => sum + Number(row.amount_yen), 0));
        // Without the run that made them, for all that is needed of it is kept.
        const verified = await regionpay(['verify', out, '--lang', 'en']);
        expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('ok: re-execution')]);
      }
    }));

  it.concurrent('set a line aside as OTHER_AMOUNT where it contradicts the run, count it so, and hold its coupons', () =>
    inFolder(async (folder) => {
      const first = join(folder, 'first');
      await run(first, '2023-05-10');
      const [payout] = readRows(join(first, 'payouts.csv'));
      const line = `${payout?.payout_id},,${Number(payout?.amount_yen) - 1},2023-05-10 10:00,sent`;
      const answer = put(folder, 'paid.csv', `payout_id,coupon_number,amount_yen,sent_at,status\n${line}\n`);
      const out = join(folder, 'second');
      await run(out, '2023-05-11', '--paid', answer, '--paid-run', first);
      expect(readRows(join(out, 'rejects.csv')).map((row) => `${row.file}:${row.line} ${row.code}`)).toEqual([
        'paid.csv:2 OTHER_AMOUNT',
      ]);
      const { files } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
        files: { name: string; dispositions: Record<string, { rows: number; yen: number }> }[];
      };
      expect(files.find(({ name }) => name === 'paid.csv')?.dispositions).toMatchObject({
        accepted: { rows: 0, yen: 0 },
        conflicting: { rows: 1, yen: Number(payout?.amount_yen) - 1 },
      });
      const held = readRows(join(out, 'review.csv')).filter(({ reason }) => reason === 'CONFLICTING_ROWS');
      expect(held.map((row) => row.coupon_number).join(' ')).toBe(payout?.coupons);
      const verified = await regionpay(['verify', out, '--lang', 'en']);
      expect(verified.status).toBe(0);
    }));

  it.concurrent('are told by verify where what they were spread by was altered', () =>
    inFolder(async (folder) => {
      const first = join(folder, 'first');
      await run(first, '2023-05-10');
      const out = join(folder, 'second');
      await run(out, '2023-05-11', '--paid', put(folder, 'paid.csv', all(first).csv), '--paid-run', first);
      const harmed = join(folder, 'harmed');
      cpSync(out, harmed, { recursive: true });
      const file = join(harmed, 'paid_payouts.csv');
      expect(existsSync(file)).toBe(true);
      writeFileSync(file, readFileSync(file, 'utf8').replace(',2000\n', ',1999\n'));
      const verified = await regionpay(['verify', harmed, '--lang', 'en']);
      expect(verified.status).toBe(1);
      expect(verified.stdout).toContain('paid_payouts.csv differs from SHA256SUMS');
    }));

  it.concurrent('know a payout whatever a bank made of the case of its id', () =>
    inFolder(async (folder) => {
      const first = join(folder, 'first');
      await run(first, '2023-05-10');
      const { csv } = all(first);
      for (const [name, written] of [
        ['lower', csv.toLowerCase()],
        ['upper', csv.replace(/^P[0-9a-f]+/gm, (id) => id.toUpperCase())],
      ] as const) {
        const out = join(folder, name);
        await run(out, '2023-05-11', '--paid', put(folder, `${name}.csv`, written), '--paid-run', first);
        expect(readRows(join(out, 'payouts.csv'))).toEqual([]);
      }
    }));

  it.concurrent('hold a payout, and the coupon that a row of it names and it did not hold', () =>
    inFolder(async (folder) => {
      const first = join(folder, 'first');
      await run(first, '2023-05-10');
      const [payout, other] = readRows(join(first, 'payouts.csv'));
      const [stranger] = (other?.coupons ?? '').split(' ');
      const line = `${payout?.payout_id},${stranger},${payout?.amount_yen},2023-05-10 10:00,sent`;
      const answer = put(folder, 'paid.csv', `payout_id,coupon_number,amount_yen,sent_at,status\n${line}\n`);
      const out = join(folder, 'second');
      await run(out, '2023-05-11', '--paid', answer, '--paid-run', first);
      const held = readRows(join(out, 'review.csv')).filter(({ reason }) => reason === 'CONFLICTING_ROWS');
      expect(held.map((row) => row.coupon_number).sort()).toEqual(
        [...(payout?.coupons ?? '').split(' '), stranger].sort(),
      );
    }));

  it.concurrent('pay a failed payout again, without a false OVERPAID', () =>
    inFolder(async (folder) => {
      const first = join(folder, 'first');
      await run(first, '2023-05-10');
      const { payouts, csv } = all(first);
      const answer = put(folder, 'paid.csv', csv.replaceAll(',sent\n', ',failed\n'));
      const out = join(folder, 'second');
      await run(out, '2023-05-11', '--paid', answer, '--previous', first);
      const yen = (rows: readonly Readonly<Record<string, string>>[]) =>
        rows.map((row) => `${row.recipient} ${row.coupons} ${row.amount_yen}`);
      expect(yen(readRows(join(out, 'payouts.csv'))).sort()).toEqual(yen(payouts).sort());
      expect(readRows(join(out, 'review.csv')).filter(({ reason }) => reason === 'OVERPAID')).toEqual([]);
    }));
});

it('as many rows as their payout has coupons are spread without looking through all coupons for each', () => {
  const many = 20_000;
  const made = Array.from({ length: many }, (_, at) => ({ payoutId: 'P1', couponNumber: String(at), amountYen: 500 }));
  const rows = made.map(({ couponNumber, amountYen }) => paid('P1', couponNumber, amountYen));
  let looks = 0;
  const counted = made.map((part) => ({
    ...part,
    get couponNumber() {
      looks++;
      return part.couponNumber;
    },
  }));
  expect(spreadPaid(rows, counted, AS_OF).paid.length).toBe(many);
  // For putting them in order, and once more.
  expect(looks).toBeLessThan(many * 60);
});
