import { expect, it } from 'vitest';
import { passedOverWords } from '../../../src/cli/render/passed-over.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';

it('names what counts for none, and is silent where there is nothing', () => {
  const passedOver = { empty: 1200, total: 1, unsent: 3 };
  expect(passedOverWords(passedOver, translateTo('ja'))).toEqual([
    'ほかに空行 1,200',
    'ほかに合計の行 1',
    'ほかにまだ送っていない支払い 3',
  ]);
  expect(passedOverWords(passedOver, translateTo('en'))).toEqual([
    'besides empty rows 1,200',
    'besides rows of totals 1',
    'besides payouts not sent yet 3',
  ]);
  expect(passedOverWords({}, translateTo('ja'))).toEqual([]);
});
