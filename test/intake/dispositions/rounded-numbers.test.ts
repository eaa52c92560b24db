import { describe, expect, it } from 'vitest';
import type { InputKind } from '../../../src/tables/tables.ts';
import { csv, readTables } from '../read-files.ts';

const issued = (coupon: string, account = ''): string =>
  `${coupon},paper,46,2000,2023-02-20T10:00:00+09:00,2023-02-24,${account},${account === '' ? '' : 'active'},,`;
const paid = (at: number, coupon: string, id = `T${at}`): string =>
  `${id},${coupon},2023-02-24T12:00:00+09:00,payment,completed,100,M1,,,`;
const sold = (at: number, coupon: string): string => `S${at},M1,2023-02-24T12:00:00+09:00,100,100,0,0,${coupon}`;
const claimed = (at: number, coupon: string): string =>
  `C${at},2023-02-25T12:00:00+09:00,double_charge,${coupon},2023-02-24,46,M1`;

const number = (ending: string): string => `4601234567890${ending}`;
const UNROUNDED = [issued(number('123')), issued(number('456')), issued(number('789'))];
const times = (count: number, row: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => row(at));

/** Findings of numbers that a spreadsheet rounded: file, column and rows. */
async function rounded(given: Partial<Record<InputKind, readonly string[]>>): Promise<readonly string[]> {
  const files = Object.entries(given).map(([kind, rows]) => [kind, csv(kind as InputKind, ...rows)]);
  const { findings, files: read } = await readTables(Object.fromEntries(files));
  return findings
    .filter(({ code }) => code === 'ROUNDED_NUMBERS')
    .map(({ file, column, rows }) => `${read[file]?.kind} ${column} ${rows}`);
}

describe('long numbers that all end in zeros', () => {
  it.each([
    // 16 digits: one zero each. A factor of ten a number, so six of them are no chance.
    ['six of sixteen digits', times(6, (at) => `46012345678901${at}0`), ['issuance coupon_number 6']],
    ['five of sixteen digits', times(5, (at) => `46012345678901${at}0`), []],
    ['two of eighteen digits', ['460123456789011000', '460123456789012000'], ['issuance coupon_number 2']],
    ['one among them that does not', [...times(6, (at) => `46012345678901${at}0`), number('123')], []],
    ['six of fifteen digits', times(6, (at) => `4601234567890${at}0`), []],
    ['six that were counted in hundreds', times(6, (at) => `4601234567890${at}00`), []],
  ])('are found, of coupons: %s', async (_, numbers, expected) =>
    expect(await rounded({ issuance: numbers.map((each) => issued(each)) })).toEqual(expected));

  it.each([
    ['three, with eleven rows each', 3, 11, ['issuance account_id 33']],
    ['three, with ten rows each', 3, 10, []],
    ['two, with eleven rows each', 2, 11, []],
    ['six, with a row each', 6, 1, ['issuance account_id 6']],
  ])('are found, of accounts: %s', async (_, accounts, rows, expected) => {
    const all = times(accounts * rows, (at) => issued(`C${at}`, `98765432109876${(at % accounts) + 1}0`));
    expect(await rounded({ issuance: all })).toEqual(expected);
  });
});

describe('coupon numbers that all end in zeros, where the issued ones do not', () => {
  const three = ['120', '450', '780'].map(number);
  it.each([
    ['of a log: three', { transactions: three.map((each, at) => paid(at, each)) }, ['transactions coupon_number 3']],
    ['of a log: two', { transactions: three.slice(1).map((each, at) => paid(at, each)) }, []],
    [
      'of a log: two with four rows each',
      { transactions: times(8, (at) => paid(at, three[at % 2] ?? '')) },
      ['transactions coupon_number 8'],
    ],
    ['of a log: two with three rows each', { transactions: times(6, (at) => paid(at, three[at % 2] ?? '')) }, []],
    ['of a report', { sales: three.map((each, at) => sold(at, each)) }, ['sales coupon_number 3']],
    ['of claims', { claims: three.map((each, at) => claimed(at, each)) }, ['claims coupon_number 3']],
    [
      'of a log with one that does not',
      { transactions: [...three, number('123')].map((each, at) => paid(at, each)) },
      [],
    ],
  ])('are found %s', async (_, files, expected) =>
    expect(await rounded({ issuance: UNROUNDED, ...files })).toEqual(expected));

  it('are no more than that where those of the issuance do so too', async () => {
    const issuance = three.map((each) => issued(each));
    expect(await rounded({ issuance, transactions: three.map((each, at) => paid(at, each)) })).toEqual([]);
  });
});
