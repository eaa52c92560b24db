import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { readDate, readInstant } from '../../src/intake/values/dates.ts';
import type { Carried } from '../../src/publish/previous.ts';
import { mentionedPayouts, payoutsGone, toSendOf } from '../../src/publish/to-send.ts';
import type { UnsentPayout } from '../../src/publish/unsent-payouts.ts';
import type { Payout } from '../../src/settlement/payouts.ts';
import type { PaidRow } from '../../src/tables/tables.ts';
import { inFolder, NIGHT, put, regionpay, toldAsJson } from '../cli/command.ts';
import { redoAll } from '../support/forged-run.ts';
import { readRows } from '../support/program.ts';
import { turnsOf } from '../support/turns.ts';

const known = <T>(read: { readonly value: T } | { readonly problem: string }): T => {
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
};
const AS_OF = known(readInstant('2023-05-09T02:00:00+09:00'));
const FIRST_NIGHT = '2023-05-08T02:00:00+09:00';

const payout = (payoutId: string, more: Partial<Payout> = {}): Payout => ({
  payoutId,
  route: 'app_url',
  recipient: `account:${payoutId}`,
  deliverTo: '09000000000',
  amountYen: 1000,
  coupons: ['7'],
  notBefore: known(readDate('2023-04-01')),
  receiveBy: known(readDate('2023-05-31')),
  ...more,
});
const unsent = (payoutId: string, more: Partial<UnsentPayout> = {}): UnsentPayout => ({
  ...payout(payoutId),
  coupons: ['1'],
  notBefore: '2023-04-01',
  receiveBy: '2023-05-31',
  madeAt: FIRST_NIGHT,
  ...more,
});
const carried = (payoutId: string, couponNumber: string, amountYen: number, route = 'app_url'): Carried => ({
  payoutId,
  couponNumber,
  amountYen,
  madeAt: FIRST_NIGHT,
  route,
});
const paid = (payoutId: string, more: Partial<PaidRow> = {}): PaidRow => ({
  file: 0,
  line: 2,
  disposition: 'accepted',
  payoutId,
  couponNumber: '1',
  amountYen: 1000,
  sentAt: AS_OF - 1,
  status: 'sent',
  ...more,
});

const toSend = (facts: Partial<Parameters<typeof toSendOf>[0]>) =>
  drained(toSendOf({ payouts: [], carried: undefined, unsent: [], paid: [], asOf: AS_OF, ...facts }));

describe('what is still to be sent', () => {
  it('is gathered in steps where there are many', () => {
    const names = Array.from({ length: 3000 }, (_, place) => `P${String(place).padStart(4, '0')}`);
    const facts = {
      carried: names.map((id) => carried(id, '1', 500)),
      unsent: names.map((id) => unsent(id)),
      paid: [],
    };
    const payouts = names.map((id) => payout(`${id}b`)).toReversed();
    const { whole, turns } = turnsOf(toSendOf({ ...facts, payouts, asOf: AS_OF }));
    expect([whole.length, whole[0]?.payoutId, whole.at(-1)?.payoutId]).toEqual([6000, 'P0000', 'P2999b']);
    expect(turns).toBeGreaterThan(30);
  });

  it('are the payouts of this night, due by the day of as-of in Japan', () => {
    // 2023-05-09T02:00 in Japan is the 8th in UTC: the 9th counts.
    const days = ['2023-05-08', '2023-05-09', '2023-05-10'].map((day) => known(readDate(day)));
    const payouts = days.map((notBefore, place) => payout(`P${place}`, { notBefore }));
    expect(toSend({ payouts }).map(({ notBefore, due, madeAt }) => [notBefore, due, madeAt])).toEqual([
      ['2023-05-08', 'now', '2023-05-09T02:00:00+09:00'],
      ['2023-05-09', 'now', '2023-05-09T02:00:00+09:00'],
      ['2023-05-10', 'later', '2023-05-09T02:00:00+09:00'],
    ]);
  });

  it('are those of earlier nights too, with what was carried of them: the run before says whom they go to', () => {
    const rows = toSend({
      payouts: [payout('P9')],
      carried: [carried('P1', '2', 600, 'bank_transfer'), carried('P1', '3', 1500, 'bank_transfer')],
      unsent: [unsent('P1', { amountYen: 9000, coupons: ['2'], notBefore: '2023-05-15', receiveBy: '' })],
    });
    expect(rows.map(({ payoutId }) => payoutId)).toEqual(['P9', 'P1']);
    expect(rows[1]).toMatchObject({
      route: 'bank_transfer',
      recipient: 'account:P1',
      amountYen: 2100,
      coupons: ['2', '3'],
      notBefore: '2023-05-15',
      receiveBy: '',
      madeAt: FIRST_NIGHT,
      due: 'later',
    });
  });

  it('is none that nobody carried, whatever the file says', () => {
    expect(toSend({ carried: [carried('P1', '1', 1000)], unsent: [unsent('P2')] })).toEqual([]);
  });

  it('is none of which a paid row speaks, of this night or an earlier one', () => {
    const rows = toSend({
      payouts: [payout('P8'), payout('P9')],
      carried: [carried('P1', '1', 1000), carried('P2', '1', 1000)],
      unsent: [unsent('P1'), unsent('P2')],
      paid: [paid('P1', { status: 'failed' }), paid('P8')],
    });
    expect(rows.map(({ payoutId }) => payoutId)).toEqual(['P2', 'P9']);
  });

  it('stands in the order of days, routes and payouts', () => {
    const late = known(readDate('2023-05-15'));
    const payouts = [
      payout('P1', { route: 'bank_transfer', notBefore: late }),
      payout('P4', { route: 'app_url' }),
      payout('P3', { route: 'application_url' }),
      payout('P2', { route: 'app_url' }),
    ];
    expect(toSend({ payouts }).map(({ payoutId }) => payoutId)).toEqual(['P2', 'P4', 'P3', 'P1']);
  });
});

describe('a payout is mentioned', () => {
  it.each<[PaidRow['disposition'], boolean]>([
    ['accepted', true],
    ['duplicate', true],
    ['conflicting', true],
    ['rejected', false],
    ['after_as_of', false],
  ])('by a row that is %s: %s', (disposition, isMentioned) => {
    expect(mentionedPayouts([paid('P1', { disposition })]).has('P1')).toBe(isMentioned);
  });

  it('by no row of the chain itself', () => {
    expect(mentionedPayouts([paid('P1', { file: -1 })]).size).toBe(0);
  });
});

describe('a payout is gone', () => {
  const gone = (facts: Partial<Parameters<typeof payoutsGone>[0]>) =>
    payoutsGone({ carried: [carried('P1', '1', 600), carried('P1', '2', 600)], unsent: [], paid: [], ...facts });

  it('that is carried, and nobody knows more of: once, whatever coupons it has', () => {
    expect(gone({})).toEqual(['P1']);
  });

  it('not where a paid row speaks of it, or it was still to be sent, or an older version carried it', () => {
    expect(gone({ paid: [paid('P1')] })).toEqual([]);
    expect(gone({ unsent: [unsent('P1')] })).toEqual([]);
    expect(gone({ carried: [carried('P1', '1', 600, '')] })).toEqual([]);
    expect(gone({ carried: undefined })).toEqual([]);
  });
});

describe('night after night', () => {
  const INPUTS = ['issuance', 'transactions', 'merchant-reports', 'claims', 'applications'].flatMap((name) => [
    `--${name}`,
    join(NIGHT, `${name.replaceAll('-', '_')}.csv`),
  ]);
  const run = (out: string, asOf: string, ...more: readonly string[]) =>
    regionpay(['run', ...INPUTS, '--as-of', asOf, '--out', out, '--quiet', ...more]);
  const well = async (out: string, asOf: string, ...more: readonly string[]) =>
    expect(await run(out, asOf, ...more)).toEqual({ status: 0, stdout: '', stderr: '' });
  const HEADER = 'payout_id,coupon_number,amount_yen,sent_at,status';
  const idsOf = (folder: string, name: string) => readRows(join(folder, name)).map((row) => row.payout_id);

  it.concurrent('a bank transfer waits for its day, and goes once a paid row speaks of it', () =>
    inFolder(async (folder) => {
      const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, name)) as [string, string, string];
      await well(first, '2023-05-08T02:00');
      await well(second, '2023-05-14T23:59', '--previous', first);
      expect(idsOf(second, 'payouts.csv')).toEqual([]);
      expect(idsOf(second, 'to_send.csv').toSorted()).toEqual(idsOf(first, 'payouts.csv'));
      const bank = readRows(join(second, 'to_send.csv')).find(({ route }) => route === 'bank_transfer');
      // bankTransfersFrom of the notice is May 15.
      expect(bank).toMatchObject({ not_before: '2023-05-15', due: 'later', made_at: '2023-05-08T02:00:00+09:00' });
      const answer = put(
        folder,
        'paid.csv',
        `${HEADER}\n${bank?.payout_id},,${bank?.amount_yen},2023-05-15 10:00,sent\n`,
      );
      await well(third, '2023-05-15T00:00', '--previous', second, '--paid', answer);
      // What is told of the morning is after as-of yet: it is due, and still to be sent.
      expect(readRows(join(third, 'to_send.csv')).find(({ route }) => route === 'bank_transfer')?.due).toBe('now');
      const fourth = join(folder, '4');
      await well(fourth, '2023-05-16T00:00', '--previous', third, '--paid', answer);
      expect(idsOf(fourth, 'to_send.csv')).toEqual(idsOf(third, 'to_send.csv').filter((id) => id !== bank?.payout_id));
    }));

  it.concurrent('PAID_ROWS_GONE: a paid row that was read last night has gone', () =>
    inFolder(async (folder) => {
      const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, name)) as [string, string, string];
      await well(first, '2023-05-08T02:00');
      const [one, two] = readRows(join(first, 'payouts.csv'));
      const line = (row: typeof one) => `${row?.payout_id},,${row?.amount_yen},2023-05-08 10:00,sent\n`;
      const both = put(folder, 'both.csv', `${HEADER}\n${line(one)}${line(two)}`);
      const half = put(folder, 'half.csv', `${HEADER}\n${line(one)}`);
      await well(second, '2023-05-09T02:00', '--previous', first, '--paid', both);
      const refused = await run(third, '2023-05-10T02:00', '--previous', second, '--paid', half, '--json');
      expect([refused.status, refused.stdout]).toEqual([3, '']);
      const [problem, ...more] = toldAsJson(refused);
      expect([problem?.code, problem?.where, more]).toEqual(['PAID_ROWS_GONE', '--paid', []]);
      for (const language of ['ja', 'en'] as const) {
        expect(problem?.what[language]).toContain(two?.payout_id ?? '?');
        expect(problem?.what[language]).not.toContain(one?.payout_id ?? '?');
        expect(problem?.advice[language]).toContain('--allow-paid-rows-gone');
      }
      await well(third, '2023-05-10T02:00', '--previous', second, '--paid', half, '--allow-paid-rows-gone');
      // It counts as sent, and is not sent again.
      expect(idsOf(third, 'payouts.csv')).toEqual([]);
      expect(idsOf(third, 'to_send.csv')).not.toContain(two?.payout_id);
    }));

  it.concurrent('a run of an older version is followed by its payouts.csv', () =>
    inFolder(async (folder) => {
      const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, name)) as [string, string, string];
      await well(first, '2023-05-08T02:00');
      // As a version without to_send.csv, and without a route in carried.csv, would have left it.
      rmSync(join(first, 'to_send.csv'));
      redoAll(first);
      await well(second, '2023-05-09T02:00', '--previous', first);
      expect(idsOf(second, 'to_send.csv').toSorted()).toEqual(idsOf(first, 'payouts.csv'));
      await well(third, '2023-05-10T02:00', '--previous', second);
      expect(idsOf(third, 'to_send.csv')).toEqual(idsOf(second, 'to_send.csv'));
    }));

  it.concurrent('a run whose to_send.csv or carried.csv is gone is not followed', () =>
    inFolder(async (folder) => {
      const [first, second] = ['1', '2'].map((name) => join(folder, name)) as [string, string];
      await well(first, '2023-05-08T02:00');
      await well(second, '2023-05-09T02:00', '--previous', first);
      for (const name of ['to_send.csv', 'carried.csv']) {
        const kept = readFileSync(join(second, name));
        rmSync(join(second, name));
        const refused = await run(join(folder, '3'), '2023-05-10T02:00', '--previous', second, '--json');
        expect([refused.status, toldAsJson(refused)[0]?.code]).toEqual([2, 'BAD_PREVIOUS']);
        writeFileSync(join(second, name), kept);
      }
    }));
});
