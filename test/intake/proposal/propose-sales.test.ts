import { describe, expect, test } from 'vitest';
import { placeInFile } from '../../../src/intake/proposal/propose-sales.ts';
import { salesOf, tableOf } from './tables.ts';

describe('the number of a sale', () => {
  test.each([
    ['its own', ['取引番号,店舗ID,取引日時,合計', '1,M01,2023-02-24 18:00,5', '2,M01,2023-02-24 18:00,5'], '取引番号'],
    [
      'its receipt',
      ['伝票種別,店舗ID,取引日時,合計,レシート番号', '1,M01,2023-02-24 18:00,5,7', '1,M01,2023-02-24 18:00,5,8'],
      'レシート番号',
    ],
    [
      'its place, where two are alike',
      ['取引番号,店舗ID,取引日時,合計', '1,M01,2023-02-24 18:00,5', '1,M01,2023-02-24 18:00,5'],
      { join: ['取引日時', { line: true }], with: '-' },
    ],
  ])('%s', (_, lines, source) => {
    expect(salesOf(lines).input?.columns).toMatchObject({ report_id: source });
  });

  test('is its place alone where there is no date', () => {
    expect(placeInFile(undefined)).toEqual({ join: [{ line: true }], with: '-' });
    expect(placeInFile(tableOf('日付,合計', '2023-02-24,5').columns[0])).toEqual({
      join: ['日付', { line: true }],
      with: '-',
    });
  });
});

test('voided sales stay set aside until somebody says that the rest is all of the day', () => {
  const lines = ['取引ID,店舗ID,取引日時,合計,取消区分', '1,M01,2023-02-24 18:00,5,0', '2,M01,2023-02-24 18:00,5,1'];
  const { input, proposal } = salesOf(lines);
  expect(input?.columns).toMatchObject({ voided: '取消区分' });
  expect(input?.rows).toBeUndefined();
  expect(proposal.questions.map(({ id }) => id)).toContain('sales.voided');
  expect(salesOf(lines, { 'sales.voided': 'leave out' }).input?.rows).toEqual({ leaveOut: { 取消区分: ['1'] } });
});
