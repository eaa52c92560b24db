import { describe, expect, it } from 'vitest';
import { runTables } from '../support/run-tables.ts';

const ISSUANCE = `coupon_number,medium,prefecture,face_yen,issued_at,expires_on
501,paper,46,2000,2023-02-23T10:00:00+09:00,2023-02-24
`;
const LOG = 'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id\n';
const SALES = 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen\n';
const at = (shop: string, day: number, id: string): string => `${id},${shop},2023-02-${day} 12:00,100,0,100\n`;
/** Two shops on two days. */
const WHOLE = [at('M1', 23, 'S1'), at('M1', 24, 'S2'), at('M2', 23, 'S3'), at('M2', 24, 'S4')].join('');
const ALL = ['M1 23', 'M1 24', 'M2 23', 'M2 24'];

/** The covered days, by shop. */
async function covered(...files: readonly string[]): Promise<readonly string[]> {
  const sales = files.map((rows) => SALES + rows);
  const { rows } = await runTables(
    { issuance: ISSUANCE, transactions: LOG, sales },
    { asOf: '2023-05-10T00:00:00+09:00' },
  );
  return rows('merchant_days.csv').map(({ merchant_id, date }) => `${merchant_id} ${date?.slice(-2)}`);
}
const without = (...days: readonly string[]): readonly string[] => ALL.filter((day) => !days.includes(day));

describe('a sale that cannot be read uncovers', () => {
  it.each([
    ['its shop on its day', 'S9,M1,2023-02-24 13:00,100,0,1O0\n', without('M1 24')],
    ['no other shop where its own has no other row', 'S9,M7,2023-02-24 13:00,100,0,1O0\n', ALL],
    ['the shop that it most likely means', 'S9,M\u200b1,2023-02-24 13:00,100,0,100\n', without('M1 24')],
    ['the shop behind half a formula', 'S9,"=M2",2023-02-24 13:00,100,0,100\n', without('M2 24')],
    [
      'every shop of the day, where nobody can tell whose it is',
      'S9,M①,2023-02-24 13:00,100,0,100\n',
      without('M1 24', 'M2 24'),
    ],
    ['every shop of the day, where it has no shop', 'S9,,2023-02-23 13:00,100,0,100\n', without('M1 23', 'M2 23')],
    ['every day of its shop, where its own cannot be read', 'S9,M2,some day,100,0,100\n', without('M2 23', 'M2 24')],
    ['nothing where it has neither shop nor day, and is a total', 'total,,,400,0,400\n', ALL],
    ['nothing where it is a total in Japanese', '合計,,,400,0,400\n', ALL],
    ['everything in its file where it has neither shop nor day', 'S9,,,400,0,400\n', []],
    ['its day, where it is cut otherwise than the header', 'S9,M2,2023-02-24 13:00,100,0\n', without('M2 24')],
    ['everything in its file where it is cut so that neither is left', 'S9,shop,M2,2023-02-24 13:00,100,0,100\n', []],
  ])('%s', async (_, row, expected) => expect(await covered(WHOLE + row)).toEqual(expected));

  it('no day of a shop in another file, where nobody can tell whose it is', async () =>
    expect(await covered(WHOLE, `${at('M3', 24, 'S8')}S9,M①,2023-02-24 13:00,100,0,100\n`)).toEqual(ALL));

  it('the day that another file has of a shop of its own', async () =>
    expect(await covered(WHOLE, `${at('M1', 24, 'S8')}S9,M①,2023-02-24 13:00,100,0,100\n`)).toEqual(without('M1 24')));
});
