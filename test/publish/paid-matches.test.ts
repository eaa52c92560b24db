import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PayoutPart } from '../../src/publish/known-payout.ts';
import { matchPaid } from '../../src/publish/paid-matches.ts';
import { partsByPayout } from '../../src/publish/paid-payouts.ts';
import { inFolder, NIGHT, put, regionpay, toldAsJson } from '../cli/command.ts';
import { instant, readTables, windows31j } from '../intake/read-files.ts';
import { readRows } from '../support/program.ts';

const AS_OF = '2023-05-11T02:00:00+09:00';
const HEADER = 'payout_id,coupon_number,amount_yen,sent_at,status';
const ISSUANCE = [
  'coupon_number,medium,prefecture,face_yen,issued_at,expires_on',
  ...['000000000104', '000000000101', '000000000111'].map(
    (number) => `${number},paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24`,
  ),
  '',
].join('\n');

// P1 was 1,000 of one coupon, P2 2,000 and 1,000 of two.
const PARTS: readonly PayoutPart[] = [
  { payoutId: 'P1', couponNumber: '000000000104', amountYen: 1000 },
  { payoutId: 'P2', couponNumber: '000000000101', amountYen: 2000 },
  { payoutId: 'P2', couponNumber: '000000000111', amountYen: 1000 },
];

async function matched(rows: readonly string[], chain?: readonly string[]) {
  const tables = await readTables({ issuance: ISSUANCE, paid: `${[HEADER, ...rows].join('\n')}\n` }, { asOf: AS_OF });
  const known = chain === undefined ? undefined : new Set(chain);
  const { paid, apply, payouts, unmatched } = matchPaid(tables, partsByPayout(PARTS), known, instant(AS_OF));
  const after = apply(tables);
  return {
    paid: paid.map(({ payoutId, couponNumber, disposition }) => `${payoutId} ${couponNumber || '-'} ${disposition}`),
    payouts: [...payouts],
    unmatched: unmatched.map(({ line, payoutId, why }) => `${line} ${payoutId} ${why}`),
    listed: [...after.unmatched].map(({ line }) => line),
    holds: [...after.nearlyNamed].map(({ couponNumber }) => couponNumber),
    coupons: after.files.find(({ kind }) => kind === 'paid')?.coupons,
    warnings: after.files.find(({ kind }) => kind === 'paid')?.warnings,
  };
}
const row = (payoutId: string, coupon: string, yen: number, status = 'sent', day = '2023-05-10') =>
  `${payoutId},${coupon},${yen},${day} 10:00,${status}`;
const NONE = { rows: 0, yen: 0 };

describe('the coupon that a paid row means', () => {
  it('is found by the payout where a spreadsheet has taken its zeros: nothing is left of the question', async () => {
    expect(await matched([row('P1', '104', 1000), row('P2', '111', 1000)])).toEqual({
      paid: ['P1 000000000104 accepted', 'P2 000000000111 accepted'],
      payouts: ['P1', 'P2'],
      unmatched: [],
      listed: [],
      holds: [],
      coupons: { named: { rows: 2, yen: 2000 }, unknown: NONE, unknownOther: NONE, respelled: 0 },
      warnings: ['COUPON_BY_PAYOUT'],
    });
  });

  it('are all of the payout, where all of them stand in one cell', async () => {
    const { paid, unmatched, listed } = await matched([row('P2', '000000000101 000000000111', 3000)]);
    expect([paid, unmatched, listed]).toEqual([['P2 - accepted'], [], []]);
  });

  it('is one history with the rows that name it whole', async () => {
    const rows = [
      row('P1', '104', 1000, 'failed', '2023-05-09'),
      row('P1', '000000000104', 1000, 'sent', '2023-05-08'),
    ];
    expect((await matched(rows)).paid).toEqual(['P1 000000000104 accepted', 'P1 000000000104 duplicate']);
  });

  it('is not found by a payout that did not hold it, or that nobody knows: the row holds what it may mean', async () => {
    const other = await matched([row('P2', '104', 1000), row('P9', '104', 1000)]);
    expect(other.paid).toEqual(['P2 104 accepted', 'P9 104 accepted']);
    expect(other.unmatched).toEqual(['2 P2 no such coupon', '3 P9 no such coupon']);
    expect(other.listed).toEqual([2, 3]);
    expect(other.holds).toEqual(['000000000104', '000000000104']);
    expect(other.warnings).toEqual([]);
  });

  it('is not found by some of the numbers, or by all of them in another order', async () => {
    const rows = [row('P2', '000000000111 000000000101', 3000), row('P2', '101 111', 3000)];
    expect((await matched(rows)).paid).toEqual(['P2 000000000111000000000101 accepted', 'P2 101111 accepted']);
  });
});

describe('a paid row matches nothing', () => {
  it('where no run of the chain made its payout', async () => {
    const rows = [row('P1', '', 1000), row('P8', '000000000104', 1000), row('P9', '', 5)];
    expect((await matched(rows, ['P1'])).unmatched).toEqual(['3 P8 no such payout', '4 P9 no such payout']);
    // Without a chain the payout may be of any run.
    expect((await matched(rows)).unmatched).toEqual([]);
  });

  it('not where another known run made it, and not after as-of', async () => {
    const rows = [row('P1', '', 1000), row('P8', '', 1000, 'sent', '2023-05-12')];
    expect((await matched(rows, [])).unmatched).toEqual([]);
  });
});

describe('night after night', () => {
  const INPUTS = ['issuance', 'transactions', 'merchant-reports', 'claims', 'applications'].flatMap((name) => [
    `--${name}`,
    join(NIGHT, `${name.replaceAll('-', '_')}.csv`),
  ]);
  const run = (out: string, asOf: string, ...more: readonly string[]) =>
    regionpay(['run', ...INPUTS, '--archive', '--as-of', asOf, '--out', out, '--quiet', ...more]);
  const well = async (out: string, asOf: string, ...more: readonly string[]) =>
    expect(await run(out, asOf, ...more)).toEqual({ status: 0, stdout: '', stderr: '' });
  const verified = async (out: string) => {
    const { status, stdout } = await regionpay(['verify', out, '--chain', '--lang', 'en']);
    expect([status, stdout]).toEqual([0, expect.stringContaining('ok: re-execution')]);
  };
  const sending = (out: string) =>
    (
      JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
        sending: Record<string, { count: number; yen: number }>;
      }
    ).sending;
  /** A published table filled in: what stands in each row behind its own cells. */
  const filledIn = (path: string, header: string, cells: (place: number) => string): string => {
    const [head = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
    const all = [`${head}${header}`, ...rows.map((each, place) => `${each}${cells(place)}`)];
    return `${all.join('\r\n')}\r\n${',,,,\r\n'.repeat(2)}合計,,26401\r\n`;
  };

  it.concurrent('payouts.csv filled in is what was paid, as spreadsheets save it', () =>
    inFolder(async (folder) => {
      const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, name)) as [string, string, string];
      await well(first, '2023-05-08T02:00');
      const payouts = readRows(join(first, 'payouts.csv'));
      // The first failed, the second was received, of the third nobody knows yet; all the others were sent.
      const words = [',組戻,2023/5/8', ',受取済,2023/5/8', ',,'];
      const cells = (place: number) => words[place] ?? ',支払済み,2023/5/8';
      const file = put(folder, 'paid.csv', windows31j(filledIn(join(first, 'payouts.csv'), ',状態,送付日', cells)));
      await well(second, '2023-05-09T02:00', '--previous', first, '--paid', file);
      const yen = (place: number) => Number(payouts[place]?.amount_yen);
      const [again, ...none] = readRows(join(second, 'payouts.csv'));
      expect([again?.coupons, Number(again?.amount_yen), none]).toEqual([payouts[0]?.coupons, yen(0), []]);
      expect(
        readRows(join(second, 'to_send.csv'))
          .map(({ payout_id }) => payout_id)
          .toSorted(),
      ).toEqual([again?.payout_id, payouts[2]?.payout_id].toSorted());
      const all = payouts.reduce((sum, _, place) => sum + yen(place), 0);
      expect(sending(second)).toMatchObject({
        failed: { count: 1, yen: yen(0) },
        resent: { count: 1, yen: yen(0) },
        received: { count: 1, yen: yen(1) },
        sent: { count: payouts.length - 3, yen: all - yen(0) - yen(1) - yen(2) },
      });
      await verified(second);
      // The template of the second night, filled in, beside what was told before: nothing is left to send.
      const template = readFileSync(join(second, 'paid_template.csv'), 'utf8');
      expect(template).toMatch(/^P[^\n]*,,$/m);
      const filled = put(folder, 'template.csv', template.replace(/^(P.*),,$/gm, '$1,送付済,2023/5/9'));
      await well(third, '2023-05-10T02:00', '--previous', second, '--paid', file, '--paid', filled);
      expect(readRows(join(third, 'payouts.csv'))).toEqual([]);
      expect(readRows(join(third, 'to_send.csv'))).toEqual([]);
      await verified(third);
    }));

  it.concurrent('coupons without their zeros are found by their payouts, and refused without the chain', () =>
    inFolder(async (folder) => {
      const [first, second] = ['1', '2'].map((name) => join(folder, name)) as [string, string];
      await well(first, '2023-05-08T02:00');
      const single = readRows(join(first, 'payouts.csv')).filter(({ coupon_count }) => coupon_count === '1');
      const lines = single.map(
        (each) => `${each.payout_id},${Number(each.coupons)},${each.amount_yen},2023/5/8 10:00,failed`,
      );
      const file = put(folder, 'paid.csv', `${[HEADER, ...lines].join('\n')}\n`);
      const refused = await run(join(folder, 'alone'), '2023-05-09T02:00', '--paid', file, '--json');
      expect([refused.status, toldAsJson(refused)[0]?.code]).toEqual([3, 'TOO_MANY_UNMATCHED']);
      await well(second, '2023-05-09T02:00', '--previous', first, '--paid', file);
      // All of them failed, and are paid again.
      expect(
        readRows(join(second, 'payouts.csv'))
          .map(({ coupons }) => coupons)
          .toSorted(),
      ).toEqual(single.map(({ coupons }) => coupons).toSorted());
      await verified(second);
    }));

  it.concurrent('a payout that no run of the chain made is named, and refused above --max-unmatched', () =>
    inFolder(async (folder) => {
      const [first, second] = ['1', '2'].map((name) => join(folder, name)) as [string, string];
      await well(first, '2023-05-08T02:00');
      const file = put(folder, 'paid.csv', `${HEADER}\nP0123456789abcdef,000000000104,1,2023/5/8 10:00,sent\n`);
      const refused = await run(second, '2023-05-09T02:00', '--previous', first, '--paid', file, '--json');
      expect(refused.status).toBe(3);
      expect(toldAsJson(refused).map(({ code, where }) => `${code} ${where}`)).toEqual([
        'TOO_MANY_UNMATCHED paid.csv',
        'UNKNOWN_PAYOUT paid.csv:2:payout_id',
      ]);
      const told = await regionpay([
        ...['run', ...INPUTS, '--archive', '--as-of', '2023-05-09T02:00', '--out', second, '--lang', 'ja'],
        ...['--previous', first, '--paid', file, '--max-unmatched', '1'],
      ]);
      expect(told.status).toBe(0);
      expect(told.stdout).toContain('■ どの支払いにも合わない支払済みの行  1 件\n  paid.csv:2  P0123456789abcdef');
      await verified(second);
    }));
});
