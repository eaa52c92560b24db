import { describe, expect, test } from 'vitest';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { explanationOf, halves } from '../../../src/report/table/explanation.ts';
import type { ShownCoupon } from '../../../src/report/table/unpacked-coupons.ts';
import { tableWords } from '../../../src/report/table/words.ts';

const words = tableWords(KAGOSHIMA);
const COUPON: ShownCoupon = {
  number: '000000000201',
  status: 'payable',
  grounds: ['B2'],
  validUntil: '2023-03-31',
  residualYen: 2000,
  reinstateYen: 1000,
  alreadyPaidYen: 0,
  payableYen: 3000,
  route: 'app_url',
  payoutId: 'P072e856c71df3037',
  reasons: [],
  evidence: [],
  questions: [],
  payments: [],
};
const said = (coupon: Partial<ShownCoupon>) => explanationOf({ ...COUPON, ...coupon }, words).says;

describe('a row that opens says', () => {
  test('what is paid, why, of what, and how', () => {
    expect(said({}).map(({ ja }) => ja)).toEqual([
      '3,000円を支払えます。',
      'B2(二重決済): 障害中に同じ決済が二度以上成立しました。',
      '残高 2,000円(期限 2023-03-31) + 誤って引かれた額 1,000円 = 3,000円。',
      '送り方: アプリ登録先に URL を送付(4月1日から)。支払番号 P072e856c71df3037。',
    ]);
    expect(said({})[2]?.en).toBe(
      'Balance 2,000 yen (valid until 2023-03-31) + wrongly deducted 1,000 yen = 3,000 yen.',
    );
  });

  test('what earlier nights ordered', () => {
    expect(said({ alreadyPaidYen: 1000, payableYen: 2000 })[2]?.ja).toContain('− 前回まで 1,000円 = 2,000円');
  });

  test('no sum that does not come to what is paid: a limit has kept some of it back', () => {
    expect(said({ payableYen: 2500 })[2]?.ja).not.toContain('= ');
  });

  test('nothing of amounts that the run does not know', () => {
    const unknown = { status: 'in_review', grounds: [], residualYen: null, payableYen: null, route: '' };
    expect(said(unknown)).toHaveLength(1);
  });

  test('a question with what it asks, and not twice', () => {
    const question = { reason: 'INDETERMINATE', answer: '', holds: true, stakeYen: 2000, detail: '甲 / one' };
    const { says, questions } = explanationOf(
      { ...COUPON, status: 'in_review', reasons: ['INDETERMINATE', 'CLAIM_AWAITED'], questions: [question] },
      words,
    );
    expect(questions).toMatchObject([
      { detail: { ja: '甲', en: 'one' }, state: { en: 'not answered (holds the payment, 2,000 yen)' } },
    ]);
    expect(says.at(-1)?.en).toBe('No call to the call centre yet.');
  });

  test('the clauses that it rests on', () => {
    const printed = explanationOf(COUPON, words).rests.flatMap(({ clauses }) =>
      clauses.map(({ printedAs }) => printedAs),
    );
    expect(printed).toContain('1(B)②');
  });
});

test.each([
  ['甲 / one', { ja: '甲', en: 'one' }],
  // A shop's name may hold the sign between the languages.
  ['甲 / 乙 / one', { ja: '甲 / 乙 / one', en: '甲 / 乙 / one' }],
])('%s is in two languages', (cell, both) => {
  expect(halves(cell)).toEqual(both);
});
