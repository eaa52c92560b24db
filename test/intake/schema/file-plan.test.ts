import { describe, expect, it } from 'vitest';
import { dateOf, formatDate } from '../../../src/base/instants.ts';
import type { Profile } from '../../../src/intake/schema/profile.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import type { CouponIndex } from '../../../src/tables/pool-index.ts';
import { ABSENT } from '../../../src/tables/tables.ts';
import { csv, HEADERS, ROW, read as readAll, readTables } from '../read-files.ts';

const tx = (at: number, words: Partial<Record<string, string>> = {}): string =>
  HEADERS.transactions
    .split(',')
    .map((name, column) => words[name] ?? (column === 0 ? `T${at}` : (ROW.transactions.split(',')[column] as string)))
    .join(',');
const many = (count: number, of: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => of(at));
const read = (...rows: readonly string[]) => readTables({ transactions: csv('transactions', ...rows) });
const rejected = async (...rows: readonly string[]): Promise<string[]> =>
  (await read(...rows)).rejects.map(({ line, column, code }) => `${line} ${column} ${code}`);

describe('a guard', () => {
  const guarded = (at: number): string => tx(at, { coupon_number: `'000${at}` });

  it('of the whole column is taken off, and told', async () => {
    const tables = await read(...many(3, guarded));
    expect(many(3, (at) => tables.coupons.textOf(tables.transactions.coupon[at] as CouponIndex))).toEqual([
      '0000',
      '0001',
      '0002',
    ]);
    expect(tables.files[0]?.forms).toContainEqual({ column: 'coupon_number', guard: 'apostrophe' });
  });

  it.each([
    ['is on the last row only', [tx(0), tx(1), guarded(2)], ['4 coupon_number SPREADSHEET_GUARD']],
    ['is on the first row only', [guarded(0), tx(1)], ['2 coupon_number SPREADSHEET_GUARD']],
    [
      'is on all rows that the file begins with, and not on a later one',
      [...many(1100, guarded), tx(2000)],
      ['1102 coupon_number SPREADSHEET_GUARD'],
    ],
    [
      'is on none of the rows that the file begins with, and on a later one',
      [...many(1100, (at) => tx(at)), guarded(2000)],
      ['1102 coupon_number SPREADSHEET_GUARD'],
    ],
    [
      'is one of two',
      [guarded(0), tx(1, { coupon_number: '"=""0001"""' })],
      ['2 coupon_number SPREADSHEET_GUARD', '3 coupon_number SPREADSHEET_GUARD'],
    ],
  ])('that %s costs the rows that are unlike the others', async (_, rows, expected) =>
    expect(await rejected(...rows)).toEqual(expected));

  it('of a column that is mostly empty is found behind its blanks', async () => {
    const rows = [...many(50, (at) => tx(at)), tx(50, { related_transaction_id: "'T1" })];
    const tables = await read(...rows);
    expect(tables.rejects).toEqual([]);
    expect(tables.transactionIds.textOf(tables.transactions.related[50] as number)).toBe('T1');
  });
});

describe('dates of a column', () => {
  it('that is empty at first are read all the same', async () => {
    const header = 'coupon_number,medium,prefecture,face_yen,issued_at,expires_on,travel_date';
    const row = (at: number, travelled: string): string =>
      `${at},paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,${travelled}`;
    const rows = [...many(1200, (at) => row(at, '')), row(2000, '2023/2/23'), row(2001, '23/2/23')];
    const tables = await readTables({ issuance: `${header}\n${rows.join('\n')}\n` });
    expect(tables.rejects.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '1203 travel_date BAD_DATE',
    ]);
  });

  it('too far from the policy\u2019s year are rejected, the nearest ones are not', async () => {
    expect(formatDate(dateOf(KAGOSHIMA.terms.outageFrom))).toBe('2023-02-24');
    const expiring = (at: number, date: string): string =>
      ROW.issuance.replace('0001', `000${at}`).replace('2023-02-24', date);
    const dates = ['2003-01-01', '2002-12-31', '2043-12-31', '2044-01-01'];
    const tables = await readTables({ issuance: csv('issuance', ...dates.map((date, at) => expiring(at, date))) });
    expect(tables.rejects.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '3 IMPLAUSIBLE_DATE',
      '5 IMPLAUSIBLE_DATE',
    ]);
  });
});

describe('two patterns of a profile', () => {
  const profile: Profile = {
    schemaVersion: 1,
    id: 'two',
    inputs: { transactions: { dateFormats: ['MM/dd/yyyy HH:mm', 'dd/MM/yyyy HH:mm'] } },
  };
  const readDates = (...dates: readonly string[]) =>
    readAll(
      { transactions: csv('transactions', ...dates.map((occurred_at, at) => tx(at, { occurred_at }))) },
      { profile },
    );
  const dated = async (...dates: readonly string[]) => {
    const { tables, problems } = await readDates(...dates);
    return tables === undefined ? problems.map(({ code, where }) => `${code} ${where}`) : tables.files[0]?.forms;
  };

  it.each([
    [
      'are no decision where both read all values, to other dates',
      ['02/03/2023 10:00', '03/04/2023 10:00'],
      ['AMBIGUOUS_DATES transactions.csv:1:occurred_at'],
    ],
    [
      'are decided by one day beyond the twelfth',
      ['02/03/2023 10:00', '24/02/2023 10:00'],
      [{ column: 'occurred_at', dates: 'dd/MM/yyyy HH:mm' }],
    ],
    [
      'are decided by one day beyond the twelfth, the other way round',
      ['02/03/2023 10:00', '02/24/2023 10:00'],
      [{ column: 'occurred_at', dates: 'MM/dd/yyyy HH:mm' }],
    ],
    [
      'are the same where day and month are one number',
      ['02/02/2023 10:00', '03/03/2023 10:00'],
      [{ column: 'occurred_at', dates: 'MM/dd/yyyy HH:mm' }],
    ],
  ])('%s', async (_, dates, expected) => expect(await dated(...dates)).toEqual(expected));

  it('of which none reads any value leave the forms that are known to all', async () => {
    expect(await dated('2023/2/24 10:00')).toEqual([{ column: 'occurred_at', dates: 'known' }]);
  });
});

describe('a log whose times may be UTC', () => {
  const hours = (...given: readonly (readonly [count: number, time: string])[]): string[] =>
    given.flatMap(([count, time], group) =>
      many(count, (at) => tx(group * 1000 + at, { occurred_at: `2023-02-24 ${time}` })),
    );
  const warnings = async (...rows: readonly string[]) => (await read(...rows)).files[0]?.warnings;

  it.each([
    // More than three, and more than one in a hundred, lie between three and six.
    ['three at night, of ten', hours([3, '03:00'], [7, '12:00']), []],
    ['four at night, of ten', hours([4, '03:00'], [6, '12:00']), ['MAY_BE_UTC']],
    ['four just before three', hours([4, '02:59:59'], [9, '12:00']), []],
    ['four just before six', hours([4, '05:59:59'], [9, '12:00']), ['MAY_BE_UTC']],
    ['four at six', hours([4, '06:00'], [9, '12:00']), []],
    ['four at night, of four hundred: one in a hundred', hours([4, '04:00'], [396, '12:00']), []],
    ['four at night, of three hundred and ninety-nine', hours([4, '04:00'], [395, '12:00']), ['MAY_BE_UTC']],
    // More than a third lie before ten: the evening\u2019s payments, nine hours early.
    ['a third before ten', hours([4, '09:59:59'], [8, '12:00']), []],
    ['more than a third before ten', hours([5, '09:59:59'], [8, '12:00']), ['MAY_BE_UTC']],
    ['all at ten', hours([9, '10:00']), []],
  ])('is told of %s', async (_, rows, expected) => expect(await warnings(...rows)).toEqual(expected));

  it('is told of a report too', async () => {
    const sold = (time: string) =>
      csv('sales', ...many(9, (at) => ROW.sales.replace('S1', `S${at}`).replace('2023-02-24T18:00:00+09:00', time)));
    for (const [time, expected] of [
      ['2023/2/24 9:00', ['MAY_BE_UTC']],
      ['2023/2/24 18:00', []],
    ] as const)
      expect((await readTables({ sales: sold(time) })).files[0]?.warnings).toEqual(expected);
  });

  it.each([
    '2023-02-24T04:00:00+09:00',
    '2023-02-24T04:00:00+0900',
    '2023-02-24T04:00:00+09',
  ])('is not told where the times say that they are of Japan: %s', async (occurredAt) => {
    const rows = many(9, (at) => tx(at, { occurred_at: occurredAt }));
    expect(await warnings(...rows)).toEqual([]);
  });

  it.each([
    // 19:00 in Japan, with a Z that it should not have.
    ['2023-02-23T19:00:00Z', ['MAY_BE_UTC']],
    ['2023-02-23T19:00:00+00:00', ['MAY_BE_UTC']],
    ['2023-02-24T10:00:00Z', []],
  ])('is told where they say so of another zone, by the hour that they come to: %s', async (occurredAt, expected) => {
    const rows = many(9, (at) => tx(at, { occurred_at: occurredAt }));
    expect(await warnings(...rows)).toEqual(expected);
  });

  it('is told where only some have no offset', async () => {
    const rows = many(9, (at) => tx(at, { occurred_at: at === 0 ? '2023-02-24 04:00' : '2023-02-24T04:00:00+09:00' }));
    expect(await warnings(...rows)).toEqual(['MAY_BE_UTC']);
  });

  it('is not told of the time that a profile states for dates alone', async () => {
    const profile: Profile = { schemaVersion: 1, id: 'own', inputs: { transactions: { timeOfDatesAlone: '04:00' } } };
    const rows = csv('transactions', ...many(9, (at) => tx(at, { occurred_at: '2023-02-24' })));
    expect((await readTables({ transactions: rows }, { profile })).files[0]?.warnings).toEqual([]);
  });

  it('is not told of what is no completed payment', async () => {
    const rows = many(9, (at) =>
      tx(at, {
        occurred_at: '2023-02-24 04:00',
        kind: at % 2 === 0 ? 'charge' : 'payment',
        status: at % 2 === 0 ? 'completed' : 'failed',
      }),
    );
    expect(await warnings(...rows)).toEqual([]);
  });
});

describe('words for nothing', () => {
  it('are counted by column, in optional columns', async () => {
    const rows = [
      tx(0, { related_transaction_id: '-', terminal_id: 'NULL' }),
      tx(1, { related_transaction_id: '0', terminal_id: '0' }),
      tx(2, { related_transaction_id: '　なし　', funding: '未登録' }),
    ];
    const tables = await read(...rows);
    expect(tables.files[0]?.absentCells).toEqual({ terminal_id: 1, related_transaction_id: 3, funding: 1 });
    // A terminal may be number 0; a transaction is not.
    expect(tables.words.textOf(tables.transactions.terminal[1] as number)).toBe('0');
  });

  it.each([
    ...['-', '--', '–', '—', '―', '‐', '−', 'ー', 'ーー', '－', '- ', '\u3000―\u3000'],
    ...['NULL', 'null', 'Null', 'ＮＵＬＬ', '(null)', 'nil', 'None', 'NaN', 'N/A', 'n/a'],
    ...['なし', 'ナシ', 'ﾅｼ', '無し', '無', '未登録', '未設定', '未入力', '該当なし', ' ', '\u3000', '\u00a0\u2003'],
  ])('are no identifier where one is required, and none where one need not be: %j', async (word) => {
    expect(await rejected(tx(0), tx(1, { coupon_number: word }))).toEqual(['3 coupon_number MISSING_VALUE']);
    const tables = await read(tx(0), tx(1, { terminal_id: word }));
    expect([tables.rejects, tables.transactions.terminal[1]]).toEqual([[], ABSENT]);
  });

  it.each(['0', '００', 'NULL1', 'NAN1', 'なし店', '-1', 'X', '無印'])('do not include %j, of shops', async (word) => {
    const tables = await read(tx(0), tx(1, { merchant_id: word }));
    expect(tables.merchants.textOf(tables.transactions.merchant[1] as number)).toBe(word.normalize('NFKC'));
  });

  it('include a lone 0 where it is nobody\u2019s number, and need not be anybody\u2019s', async () => {
    const issued = (account: string, phone: string, email: string): string =>
      `0001,app,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,${account},active,${phone},${email}`;
    const tables = await readTables({ issuance: csv('issuance', issued('0', '０', '0')) });
    const { account, phone, email } = tables.issuance;
    expect([account[0], phone[0], email[0]]).toEqual([ABSENT, ABSENT, ABSENT]);
    expect(await rejected(tx(0, { transaction_id: '0' }))).toEqual([]);
  });

  it('may be a profile\u2019s own, beside those that are known', async () => {
    const profile: Profile = { schemaVersion: 1, id: 'own', inputs: { transactions: { absent: ['*'] } } };
    const rows = csv('transactions', tx(0, { terminal_id: '*' }), tx(1, { terminal_id: '-' }), tx(2));
    const { transactions } = await readTables({ transactions: rows }, { profile });
    expect([...transactions.terminal].map((terminal) => terminal === ABSENT)).toEqual([true, true, false]);
  });

  it.each(["'-", "'NULL", '"=""-"""', "'0", '"=""なし"""'])('are none behind a guard too: %s', async (word) => {
    const issued = (at: number, account: string): string =>
      `000${at},app,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,${account},active,,`;
    // Whether the others have a guard or not.
    for (const account of ['A1', "'A1", '"=""A1"""']) {
      const tables = await readTables({
        issuance: csv('issuance', issued(1, account), issued(2, word), issued(3, word)),
      });
      expect([tables.rejects, [...tables.issuance.account].slice(1)]).toEqual([[], [ABSENT, ABSENT]]);
      expect(tables.texts.textOf(tables.issuance.account[0] as number)).toBe('A1');
    }
  });
});
