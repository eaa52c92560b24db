import { describe, expect, test } from 'vitest';
import { lookedAt, proposed } from './tables.ts';

const log = (...lines: readonly string[]) => proposed([lookedAt('log.csv', ...lines)]).profile?.inputs.transactions;
const HEAD = '取引ID,クーポン番号,取引日時,取引金額,店舗ID';
const row = (id: string, yen: string, ...more: string[]): string =>
  [id, '460000000201', '2023-02-24 18:00', yen, 'M01', ...more].join(',');

describe('a log', () => {
  test('of payments alone, with refunds below nothing', () => {
    expect(log(HEAD, row('T1', '5'), row('T1', '-5'))).toMatchObject({
      columns: {
        kind: { constant: 'payment' },
        status: { constant: 'completed' },
        transaction_id: '取引ID',
        coupon_number: 'クーポン番号',
      },
      refunds: { negative: true, of: '取引ID' },
    });
  });

  test('with words of its own', () => {
    expect(
      log(
        `${HEAD},取引種別,ステータス`,
        row('T1', '5', 'クーポン利用', '取引完了'),
        row('T2', '5', 'チャージ', '取引失敗'),
      ),
    ).toMatchObject({
      columns: { kind: '取引種別', status: 'ステータス' },
      values: { kind: { クーポン利用: 'payment' }, status: { 取引完了: 'completed', 取引失敗: 'failed' } },
    });
  });

  test('says what cancels need', () => {
    const { assumed } = proposed([
      lookedAt('log.csv', `${HEAD},取引種別`, row('T1', '5', '決済'), row('T2', '5', '取消')),
    ]);
    expect(assumed.map(({ words }) => words.en).join()).toContain('related_transaction_id');
  });
});

describe('amounts that may not be yen', () => {
  const coins = (header: string, cell: string, answers: Readonly<Record<string, string>>) =>
    proposed([lookedAt('log.csv', HEAD.replace('取引金額', header), row('T1', cell))], answers);

  test.each([
    ['コイン額', '300コイン', { from: 'コイン額', pattern: '([\\d,]+)コイン' }],
    ['取引金額', '300pt', { from: '取引金額', pattern: '([\\d,]+)pt' }],
    ['ポイント数', '300', 'ポイント数'],
  ])('%s of %s are read where somebody says that one is a yen', (header, cell, source) => {
    const { profile } = coins(header, cell, { 'transactions.unit': 'yen' });
    expect(profile?.inputs.transactions).toMatchObject({ columns: { amount_yen: source } });
  });

  test.each([
    ['コイン額', '300コイン'],
    ['ポイント数', '300'],
  ])('%s of %s are not read before', (header, cell) => {
    const { profile, questions } = coins(header, cell, {});
    expect(questions.map(({ id }) => id)).toEqual(['transactions.unit']);
    expect(profile?.inputs.transactions).not.toHaveProperty('columns.amount_yen');
  });
});
