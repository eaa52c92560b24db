import { describe, expect, it } from 'vitest';
import { refundNight as night } from '../support/refund-night.ts';

const statuses = async (...rows: readonly string[]): Promise<string> =>
  (await night(...rows))
    .rows('eligibility.csv')
    .map(({ grounds, reasons }) => grounds || reasons)
    .join(' ');

describe('a refund that names no sale', () => {
  it.each([
    ['is of nobody\u2019s concern where it can only be of an earlier sale', 'R1,M1,13:00,-300,0,-300,', 'B2 B2'],
    ['leaves a sale alone that was not paid in that way', 'R1,M1,21:00,-1000,0,-1000,', 'B2 B2'],
    ['may be of either coupon\u2019s sale', 'R1,M1,21:00,-1000,-1000,0,', 'REPEAT_UNVERIFIED REPEAT_UNVERIFIED'],
    ['may be of part of one', 'R1,M1,21:00,-100,-100,0,', 'REPEAT_UNVERIFIED REPEAT_UNVERIFIED'],
    [
      'of a bill in cash leaves the coupons\u2019 sales an hour away alone',
      'R1,M1,21:30,-500,0,-500,',
      'B2 B2',
      'S4,M1,19:01,500,0,500,',
    ],
    ['is of no later sale', 'R1,M1,19:00,-1000,-1000,0,', 'REPEAT_UNVERIFIED B2'],
    ['is of no sale that came to less', 'R1,M1,21:00,-1001,-1001,0,', 'B2 B2'],
    ['is of no other shop\u2019s', 'R1,M2,21:00,-1000,-1000,0,', 'B2 B2'],
  ])('%s', async (_, row, expected, more?: string) => {
    expect(await statuses(row, ...(more === undefined ? [] : [more]))).toBe(expected);
  });

  it('leaves the day in the comparison of log and journal', async () => {
    const { rows } = await night('R1,M1,21:00,-1000,-1000,0,');
    expect(rows('merchant_days.csv')).toMatchObject([{ merchant_id: 'M1', log_count: '4', report_count: '2' }]);
  });

  it('is listed, and is no faulty row', async () => {
    const { rows, tables } = await night('R1,M1,13:00,-300,0,-300,');
    expect(rows('rejects.csv')).toMatchObject([{ file: 'sales-0.csv', line: '5', code: 'REFUND' }]);
    const [file] = tables.files.filter(({ kind }) => kind === 'sales');
    expect(file?.dispositions).toMatchObject({ rejected: { rows: 0 }, refund: { rows: 1, yen: 300 } });
  });
});
