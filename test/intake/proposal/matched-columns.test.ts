import { describe, expect, test } from 'vitest';
import { columnMatches } from '../../../src/intake/proposal/column-matches.ts';
import { daysOf, whyOf } from '../../../src/intake/proposal/matched-columns.ts';
import { salesOf, tableOf } from './tables.ts';

const HEAD = '取引ID,店舗ID,合計';

describe('dates', () => {
  test.each([
    [
      'a date and a time',
      [`${HEAD},決済日,決済時間`, '1,M01,5,2023/02/24,18:00'],
      { join: ['決済日', '決済時間'], with: ' ' },
    ],
    [
      'digits and a time',
      [`${HEAD},決済日,決済時間`, '1,M01,5,20230224,18:00:20'],
      { join: ['決済日', '決済時間'], with: ' ', dateFormat: 'yyyyMMdd H:mm:ss' },
    ],
    [
      'a form of its own',
      [`${HEAD},決済日時`, '1,M01,5,20230224180020'],
      { from: '決済日時', dateFormat: 'yyyyMMddHHmmss' },
    ],
  ])('%s', (_, lines, source) => {
    expect(salesOf(lines).input?.columns).toMatchObject({ sold_at: source });
  });

  test('a date alone is asked about, and is noon until somebody says', () => {
    const lines = [`${HEAD},決済日`, '1,M01,5,2023/02/24'];
    expect(salesOf(lines).input).toMatchObject({ timeOfDatesAlone: '12:00' });
    expect(salesOf(lines, { 'sales.time': '18:30' }).input).toMatchObject({ timeOfDatesAlone: '18:30' });
    expect(salesOf(lines, { 'sales.time': 'evening' }).input).toMatchObject({ timeOfDatesAlone: '12:00' });
  });

  test('a day that may be a month is asked about', () => {
    const lines = [`${HEAD},決済日時`, '1,M01,5,03/04/2023 18:00'];
    const [question] = salesOf(lines).proposal.questions;
    expect([question?.id, question?.choices?.map(({ value }) => value)]).toEqual([
      'sales.dates.sold_at',
      ['d/M/yyyy HH:mm', 'M/d/yyyy HH:mm'],
    ]);
    expect(salesOf(lines, { 'sales.dates.sold_at': 'M/d/yyyy HH:mm' }).input?.columns).toMatchObject({
      sold_at: { from: '決済日時', dateFormat: 'M/d/yyyy HH:mm' },
    });
  });
});

test('says the days of a column, and why it was taken', () => {
  const table = tableOf(`${HEAD},取引日時`, '1,M01,5,2023-02-24 23:00', '2,M01,5,2023-02-25 01:00');
  const match = columnMatches('sales', table, { isCoupon: undefined, merchants: new Set() }).get('sold_at');
  if (match === undefined) throw new Error('no match');
  expect(daysOf(match.column)).toEqual(['2023-02-24', '2023-02-25']);
  expect(whyOf(match).en).toBe('a usual header');
});
