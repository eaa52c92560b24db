import { describe, expect, test } from 'vitest';
import { grantedWords, openWords, rejectedWords } from '../../../src/audit/explain/review-words.ts';
import type { ReviewReason } from '../../../src/policy/vocabulary.ts';
import { CLAIM, type Drawn, toldOf } from './told.ts';

const asked = (reason: ReviewReason, more: Partial<Drawn> = {}): Drawn => ({
  status: 'in_review',
  asked: reason,
  ...more,
});
const open = (drawn: Drawn): readonly string[] => openWords(toldOf(drawn)).map(({ ja }) => ja);

describe('an open question', () => {
  test('names whom it has to be asked of', () => {
    expect(open(asked('AMBIGUOUS_SUPPORT'))[0]).toBe(
      '2月24日20時6分からの1,317円のお支払い2件については、お店の記録だけでは判断できないため、お店に確認する必要があります。',
    );
    expect(open(asked('REVERSAL_MISMATCH'))[0]).toContain('regionPAYに確認する');
    expect(open(asked('BANK_DETAILS'))[0]).toContain('お客様に確認する');
    expect(open(asked('OUTLIVES_EXTENSION'))[0]).toContain('事務局で決める');
  });

  test('says its yen, and of several holds the same yen once', () => {
    expect(open(asked('UNSUPPORTED_PAYMENT'))[1]).toBe('確認中の金額は1,317円です。');
    const told = toldOf(asked('OVERDRAWN'));
    const [item] = told.settlement.items;
    if (item === undefined) throw new Error('nothing is asked');
    const twice = {
      ...told,
      settlement: { ...told.settlement, items: [item, { ...item, reason: 'INDETERMINATE' as const }] },
    };
    expect(openWords(twice).filter(({ ja }) => ja.startsWith('確認中の金額'))).toHaveLength(1);
  });

  test('about a claim says all that does not fit, with both values of the expiry', () => {
    const elsewhere = { ...CLAIM, merchantId: 'M1' };
    expect(open(asked('CLAIM_MISMATCH', { claims: [elsewhere] }))).toEqual([
      '都道府県が、お申し出とクーポンの記録で異なります。有効期限が、お申し出(2月23日)と記録(2月24日)で異なります。お申し出のお店では、障害中のお支払いの記録がありません。お客様に確認する必要があります。',
      '確認中の金額は1,317円です。',
    ]);
  });
});

describe('an answered question', () => {
  test('is told with its day, of whatever it was', () => {
    const says = (reason: ReviewReason) => rejectedWords(toldOf(asked(reason, { verdict: 'reject' })))[0]?.ja;
    expect(says('CLAIM_UNVERIFIED')).toBe('お店への確認の結果、二重のお支払いとは認められませんでした(5月8日決定)。');
    expect(says('INDETERMINATE')).toBe(
      '結果が不明な決済について確認した結果、お支払いできないことになりました(5月8日決定)。',
    );
    expect(rejectedWords(toldOf(asked('INDETERMINATE')))).toEqual([]);
  });

  test('names who decided, and why, only where that may be shown', () => {
    const rejected = asked('INDETERMINATE', { verdict: 'reject' });
    expect(rejectedWords(toldOf(rejected))[1]?.ja).toBe('決定の理由につきましては、事務局がお答えします。');
    expect(rejectedWords(toldOf({ ...rejected, namesDecider: true }))[1]?.en).toBe(
      'It was decided by 佐藤, because: “店に確認”.',
    );
  });

  test('in favour of the holder says what was accepted', () =>
    expect(grantedWords(toldOf(asked('REPEAT_UNVERIFIED', { verdict: 'approve' }))).map(({ ja }) => ja)).toEqual([
      'お店への確認の結果、二重のお支払いと認められました(5月8日決定)。',
    ]));
});
