import { expect, it } from 'vitest';
import { isBlank, isTotal } from '../../../src/intake/values/total-rows.ts';

it.each([
  [['合計', '1件']],
  [['', '合 計', '5,301']],
  [['【合計】', '']],
  [['小計：', '1']],
  [['総計']],
  [['Ｔｏｔａｌ', '3']],
  [['Grand total', '3']],
])('takes %j for a total', (fields) => expect(isTotal(fields)).toBe(true));

it.each([
  [['P32926c178d369526', '合計']],
  [['合計欄を参照']],
  [['計画', '1']],
  [['', '']],
  [[]],
])('takes %j for none', (fields) => expect(isTotal(fields)).toBe(false));

it('takes blanks of any width for nothing', () => {
  expect(['', ' ', '　', '\t'].map(isBlank)).toEqual([true, true, true, true]);
  expect(['-', '0', '。'].map(isBlank)).toEqual([false, false, false]);
});
