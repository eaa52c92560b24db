import { describe, expect, test } from 'vitest';
import { dayNumber, startOfDay } from '../../../src/base/instants.ts';
import { Collected } from '../../../src/cli/options/given.ts';
import { addIfFarFrom, readTransferDate } from '../../../src/cli/options/transfer-date.ts';

const read = (value: string | undefined) => {
  const found = new Collected();
  const date = readTransferDate(value, found);
  return date ?? found.problems.map(({ code, what, advice }) => `${code}: ${what.ja}。${advice.ja}`).join();
};

describe('--transfer-date', () => {
  test.each(['2023-05-17', '2023/5/17', 'R5.5.17'])('%s is a banking day', (written) => {
    expect(read(written)).toBe(dayNumber(2023, 5, 17));
  });

  test.each([
    [undefined, 'MISSING_OPTION: 振込指定日の指定がありません。--transfer-date 2031-01-31 のように足してください'],
    ['2023-02-30', 'BAD_TRANSFER_DATE: 日付として読めません。2031-01-31 のように書いてください'],
    ['2023-05-03', 'NOT_A_BANKING_DAY: 銀行の営業日ではありません(憲法記念日)。次の営業日は 2023-05-08 です'],
    ['2050-12-31', 'NOT_A_BANKING_DAY: 銀行の営業日ではありません(年末年始(12/31~1/3))。営業日を指定してください'],
    [
      '2051-01-04',
      'UNKNOWN_CALENDAR: 祝日の表は 2020 年から 2050 年まで。この年の営業日は分かりません。年を確かめてください',
    ],
  ])('%s is none', (written, told) => {
    expect(read(written)).toBe(told);
  });

  test.each([
    [0, 0],
    [300, 0],
    [301, 1],
    [-1, 1],
  ])('%i days from the run: %i problems', (days, problems) => {
    const found = new Collected();
    const day = dayNumber(2023, 5, 15);
    addIfFarFrom(startOfDay(day), day + days, found);
    expect(found.problems).toHaveLength(problems);
  });
});
