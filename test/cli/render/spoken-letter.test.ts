import { expect, test } from 'vitest';
import type { Explanation, Otherwise } from '../../../src/audit/explain/explanation.ts';
import { originalsNote, spokenOn, togetherWords } from '../../../src/cli/render/spoken-letter.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';

const AS_OF = '2023-05-10T02:00:00+09:00';
const [ja, en] = [translateTo('ja'), translateTo('en')];
const explanation = (more: object = {}): Explanation =>
  ({
    couponNumber: '000000000201',
    answer: [
      { ja: 'お支払い額は3,000円です。', en: 'You will be paid 3,000 yen.' },
      { ja: 'お受け取りの期限は5月31日です。', en: 'It has to be received by 31 May.' },
    ],
    status: 'payable',
    amounts: { payableYen: 3000 },
    payments: [],
    publishedOtherwise: [],
    ...more,
  }) as unknown as Explanation;

test('what is read out stands below the coupon and its night, a sentence a line, and nothing else', () => {
  expect(spokenOn(explanation(), AS_OF, ja)).toBe(
    'クーポン 000000000201  (2023年5月10日 02:00:00より前の記録による)\nお支払い額は3,000円です。\nお受け取りの期限は5月31日です。\n',
  );
  expect(spokenOn(explanation(), AS_OF, en)).toContain('\nYou will be paid 3,000 yen.\n');
});

test('where the run has published something else, nothing is read out', () => {
  const cell = { file: 'eligibility.csv', column: 'payable_yen', published: '2000', workedOut: '3000' };
  const otherwise: Otherwise = { because: 'unknown', altered: [], madeBy: { name: '', version: '', revision: '' } };
  const said = spokenOn(explanation({ publishedOtherwise: [cell] }), AS_OF, ja, otherwise);
  expect(said).toContain('注意');
  expect(said).not.toContain('お支払い額は');
});

test('coupons of one person are counted, with what is still to be sent of this night and earlier ones', () => {
  const made = explanation({
    status: 'settled',
    amounts: { payableYen: 0 },
    payments: [
      { standing: 'made', amountYen: 1000 },
      { standing: 'sent', amountYen: 500 },
    ],
  });
  expect(togetherWords([explanation(), made], ja)).toBe(
    'お客様のクーポンは2枚です。これからお送りする額は、合わせて4,000円です。\n',
  );
  expect(togetherWords([explanation({ status: 'used_up' })], en)).toBe('There is 1 coupon of this person.\n');
});

test('that a run was worked out from originals says how many, without their paths', () => {
  expect(originalsNote(['/home/a/log.csv'], en)).toContain('from 1 original file,');
  expect(originalsNote(['/home/a/log.csv', '/home/a/issuance.csv'], ja)).not.toContain('/home');
});
