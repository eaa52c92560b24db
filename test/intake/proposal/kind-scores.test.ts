import { expect, test } from 'vitest';
import { couponTest } from '../../../src/intake/proposal/column-matches.ts';
import { kindScores, LEAST_SCORE } from '../../../src/intake/proposal/kind-scores.ts';
import { tableOf } from './tables.ts';

const known = { isCoupon: couponTest(['460000000201', '460000000202']), merchants: new Set<string>() };

test.each([
  [
    'issuance',
    ['クーポン番号,媒体,都道府県,額面,発行日時,有効期限', '460000000201,紙,46,3000,2023-02-23 15:00,2023-02-25'],
  ],
  ['transactions', ['取引番号,店舗ID,取引日時,取引金額,支払い方法', '3,M01,2023/02/24 18:00:00,1000,460000000201']],
  ['sales', ['取引番号,店舗ID,取引日時,取引金額,支払い方法', '3,M01,2023/02/24 18:00:00,1000,VISA']],
  ['sales', ['Date,Time,Total Collected,Cash,Transaction ID,Location', '2023-02-24,18:00:20,¥1000,¥0,SQ1,M01']],
  ['claims', ['受付番号,受付日時,問合せ内容,お問い合わせ番号', 'C1,2023-03-08 11:00,二重に引かれた,460000000201']],
  [
    'applications',
    [
      'タイムスタンプ,お問い合わせ番号,都道府県,お名前,受取方法',
      '2023/03/25 10:00:00,460000000201,鹿児島県,見本太郎,銀行振込',
    ],
  ],
  ['paid', ['支払ID,金額,振込日,結果', 'P1,1000,2023/05/20,振込済']],
  ['decisions', ['review_id,evidence_hash,decision,decided_by,decided_at', 'R1,a1,approve,Sato,2023-05-09 10:00']],
] as const)('is most likely %s: %o', (kind, lines) => {
  const [best] = kindScores(tableOf(...lines), known);
  expect(best?.kind).toBe(kind);
  expect(best?.score).toBeGreaterThanOrEqual(LEAST_SCORE);
});

test.each([
  ['商品番号,品名,単価', '1,茶,150'],
  ['氏名,住所,電話番号', '見本太郎,見本市,09000000001'],
])('is of no kind: %s', (...lines) => {
  expect(kindScores(tableOf(...lines), known)[0]?.score).toBeLessThan(LEAST_SCORE);
});
