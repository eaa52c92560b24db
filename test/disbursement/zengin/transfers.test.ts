import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../src/base/instants.ts';
import { drained } from '../../../src/base/steps.ts';
import type { Order } from '../../../src/disbursement/orders.ts';
import type { ToSend } from '../../../src/disbursement/to-send.ts';
import type { BankDirectory } from '../../../src/disbursement/zengin/bank-directory.ts';
import { prepareTransfers } from '../../../src/disbursement/zengin/transfers.ts';

const DAY = dayNumber(2023, 5, 17);
const row = (more: Partial<ToSend> = {}): ToSend => ({
  payoutId: 'P0123456789abcdef',
  route: 'bank_transfer',
  recipient: 'bank:0001-002-1-0123456',
  deliverTo: 'ヤマダ ハナコ',
  amountYen: 3500,
  couponCount: 1,
  coupons: ['000000000102'],
  notBefore: dayNumber(2023, 5, 15),
  receiveBy: undefined,
  madeAt: '2023-05-10T02:00:00+09:00',
  ...more,
});
const branch = (name: string, kana: string) => ({ name, kana });
const DIRECTORY: BankDirectory = {
  '0001': { ...branch('大', 'ダイイチノナガイナマエノギンコウ'), branches: { '002': branch('本', 'セ－タ') } },
};
const prepared = (rows: readonly ToSend[], ordered: readonly Order[] = []) =>
  drained(prepareTransfers(rows, DAY, new Map(ordered.map((order) => [order.payoutId, order])), DIRECTORY));

describe('a payout by bank', () => {
  test('is a transfer, with the names of its bank and branch as far as they go', () => {
    expect(prepared([row()]).transfers).toEqual([
      {
        payoutId: 'P0123456789abcdef',
        bankCode: '0001',
        // Fifteen signs of it: the mark of ギ would be the sixteenth.
        bankName: 'ﾀﾞｲｲﾁﾉﾅｶﾞｲﾅﾏｴﾉｷ',
        branchCode: '002',
        // U+FF0D, which zengin-code has for the long mark, is one byte.
        branchName: 'ｾ-ﾀ',
        accountType: '1',
        accountNumber: '0123456',
        holder: 'ﾔﾏﾀﾞ ﾊﾅｺ',
        amountYen: 3500,
      },
    ]);
  });

  test.each([
    ['on its first day', { notBefore: DAY }, 'transfers'],
    ['a day before', { notBefore: DAY + 1 }, 'notYetDue'],
    ['on the last day on which it may be received', { receiveBy: DAY }, 'transfers'],
    ['a day after', { receiveBy: DAY - 1 }, 'lapsed'],
  ] as const)('%s is among %3$s', (_, more, list) => {
    const all = prepared([row(more)]);
    for (const name of ['transfers', 'notYetDue', 'lapsed'] as const)
      expect(all[name]).toHaveLength(name === list ? 1 : 0);
  });

  test('is left out where it was ordered before', () => {
    const order = {
      payoutId: row().payoutId,
      route: 'bank_transfer',
      amountYen: 3500,
      orderedAt: '2023-05-16',
      file: 'a',
      fileSha256: '',
    };
    expect(prepared([row()], [order])).toMatchObject({ transfers: [], alreadyOrdered: [order] });
  });

  test('of another route is not touched', () => {
    const all = prepared([row({ route: 'app_url', recipient: 'account:A1', deliverTo: '08000000001' })]);
    expect(Object.values(all).flat()).toEqual([]);
  });
});

describe('what cannot be written is told by its field, without what stands in it', () => {
  test.each([
    ['an amount too long', { amountYen: 10_000_000_000 }, ['振込金額: 10 桁を超える']],
    ['no amount', { amountYen: 0 }, ['振込金額: 0 円']],
    ['kanji', { deliverTo: '山ダ' }, ['受取人名: 1 文字目が漢字']],
    ['no name', { deliverTo: ' ' }, ['受取人名: 空']],
    ['another recipient', { recipient: 'bank:0001-02-1-0123456' }, ['口座番号: 銀行・支店・種目・番号の形でない']],
    ['another id', { payoutId: 'P1' }, ['EDI情報: この版の支払番号ではない']],
    ['two things', { amountYen: 0, deliverTo: '' }, ['受取人名: 空', '振込金額: 0 円']],
  ])('%s', (_, more, told) => {
    const { transfers, unusable } = prepared([row(more)]);
    expect(transfers).toEqual([]);
    expect(unusable.flatMap(({ reasons }) => reasons.map(({ field, what }) => `${field.ja}: ${what.ja}`))).toEqual(
      told,
    );
  });

  test('the largest amount is written', () => {
    expect(prepared([row({ amountYen: 9_999_999_999 })]).transfers).toHaveLength(1);
  });
});

describe('what should be looked at keeps nothing back', () => {
  test('a holder of more than thirty signs, of whom the first thirty are written', () => {
    // Sixteen times two signs.
    const { transfers, notices } = prepared([row({ deliverTo: 'ガ'.repeat(16) })]);
    expect(transfers[0]?.holder).toBe('ｶﾞ'.repeat(15));
    expect(notices.map(({ what }) => what.en)).toEqual([
      'the account holder has 32 half-width signs; the first 30 are written',
    ]);
    expect(prepared([row({ deliverTo: 'ガ'.repeat(15) })]).notices).toEqual([]);
  });

  test('a code that the directory does not know, with no name then', () => {
    const { transfers, notices } = prepared([row({ recipient: 'bank:0537-001-1-0123456' })]);
    expect(transfers).toMatchObject([{ bankCode: '0537', bankName: '', branchName: '' }]);
    expect(notices).toEqual([
      { payoutId: row().payoutId, what: expect.objectContaining({ ja: '銀行コード 0537 が一覧にない' }) },
    ]);
  });
});
