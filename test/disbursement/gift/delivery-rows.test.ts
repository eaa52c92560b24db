import { describe, expect, test } from 'vitest';
import { deliveryRows } from '../../../src/disbursement/gift/delivery-rows.ts';
import { readInstant } from '../../../src/intake/values/dates.ts';
import { payoutId } from '../../support/sending-run.ts';
import { SAKURA } from './made-up.ts';

const readAt = (written: string): number | undefined => {
  const read = readInstant(written);
  return 'value' in read ? read.value : undefined;
};
const HEADER = '管理番号,金額,状態,送信日時,受取日時';
const read = (...lines: readonly string[]) =>
  deliveryRows({ name: 'result.csv', content: [HEADER, ...lines, ''].join('\n') }, SAKURA.result, readAt);
const at = (written: string) => readAt(`${written}+09:00`);
const codes = (...lines: readonly string[]) => read(...lines).problems.map(({ code, where }) => `${code} ${where}`);
const [ONE, TWO] = [payoutId(1), payoutId(2)];

describe('a row of a result', () => {
  test('tells of a gift: whose, which of how many, what became of it and when', () => {
    expect(
      read(`${ONE},2000,送信済,2023/5/10 12:00,`, `${TWO}-2-3,"10,000",受取済,2023/5/10 12:00,2023/5/11 9:30`).rows,
    ).toEqual([
      {
        payoutId: ONE,
        part: 1,
        parts: 1,
        state: 'sent',
        at: at('2023-05-10T12:00:00'),
        amountYen: 2000,
        where: 'result.csv:2',
      },
      {
        payoutId: TWO,
        part: 2,
        parts: 3,
        state: 'received',
        at: at('2023-05-11T09:30:00'),
        amountYen: 10_000,
        where: 'result.csv:3',
      },
    ]);
  });

  test.each([
    ['in capitals', ONE.toUpperCase()],
    ['in full-width letters', 'Ｐ０００００００００００００００１'],
    ['behind an apostrophe', `'${ONE}`],
    ['in a formula of one text', `"=""${ONE}"""`],
  ])('is found by a key %s', (_, key) => {
    expect(read(`${key},2000,送信済,2023/5/10 12:00,`).rows.map((row) => row.payoutId)).toEqual([ONE]);
  });

  test.each([
    ['20230510123000', '2023-05-10T12:30:00'],
    ['202305101230', '2023-05-10T12:30:00'],
    ['20230510 12:30', '2023-05-10T12:30:00'],
    ['2023年5月10日 12:30', '2023-05-10T12:30:00'],
  ])('has its instant as %s', (written, instant) => {
    expect(read(`${ONE},2000,送信済,${written},`).rows[0]?.at).toBe(at(instant));
  });

  test.each(['¥2,000', '2000円', '２０００', ' 2000 '])('has its amount as %s', (written) => {
    expect(read(`${ONE},"${written}",送信済,2023/5/10 12:00,`).rows[0]?.amountYen).toBe(2000);
  });

  test('need not say how much, and what waits not since when', () => {
    expect(read(`${ONE},,受付済,,`).rows).toMatchObject([{ state: 'waiting', at: undefined, amountYen: undefined }]);
  });

  test('is nothing where all is empty', () => {
    expect(read(',,,,', '', `${ONE},2000,送信済,2023/5/10 12:00,`)).toMatchObject({
      rows: [{ where: 'result.csv:4' }],
      problems: [],
    });
  });
});

describe('what is wrong with a row is told, cell by cell', () => {
  test.each([
    ['a key that is none of ours', 'X1,2000,送信済,2023/5/10 12:00,', 'UNKNOWN_DELIVERY result.csv:2:管理番号'],
    ['a total', '合計,2000,,,', 'UNKNOWN_DELIVERY result.csv:2:管理番号'],
    [
      'a gift that there cannot be',
      `${ONE}-3-2,2000,送信済,2023/5/10 12:00,`,
      'UNKNOWN_DELIVERY result.csv:2:管理番号',
    ],
    ['the zeroth', `${ONE}-0-2,2000,送信済,2023/5/10 12:00,`, 'UNKNOWN_DELIVERY result.csv:2:管理番号'],
    ['a word that nobody knows', `${ONE},2000,配信ずみ,2023/5/10 12:00,`, 'BAD_DELIVERY result.csv:2:状態'],
    ['an amount with a fraction', `${ONE},2000.5,送信済,2023/5/10 12:00,`, 'BAD_DELIVERY result.csv:2:金額'],
    ['no instant', `${ONE},2000,送信済,,`, 'BAD_DELIVERY result.csv:2:受取日時'],
    ['a day that there is not', `${ONE},2000,送信済,2023/2/30 12:00,`, 'BAD_DELIVERY result.csv:2:送信日時'],
    ['a date alone', `${ONE},2000,送信済,2023/5/10,`, 'BAD_DELIVERY result.csv:2:送信日時'],
  ])('%s', (_, line, told) => {
    expect(codes(line)).toContain(told);
    expect(read(line).rows).toEqual([]);
  });

  test('all of them, of all rows', () => {
    expect(codes(`${ONE},x,y,z,`, 'X1,2000,送信済,2023/5/10 12:00,')).toEqual([
      'BAD_DELIVERY result.csv:2:状態',
      'BAD_DELIVERY result.csv:2:送信日時',
      'BAD_DELIVERY result.csv:2:金額',
      'UNKNOWN_DELIVERY result.csv:3:管理番号',
    ]);
  });

  test('without a contact that stands in the place of a key', () => {
    const told = JSON.stringify(
      read('09012345678,2000,送信済,2023/5/10 12:00,', 'taro@example.jp,1,送信済,2023/5/10 12:00,'),
    );
    expect(told).toContain('<99999999999>');
    expect(told).not.toMatch(/09012345678|taro/);
  });
});

describe('a file', () => {
  const whole = (content: string) =>
    deliveryRows({ name: 'r.csv', content }, SAKURA.result, readAt).problems.map(
      ({ code, where }) => `${code} ${where}`,
    );

  test.each([
    ['of nothing', '', ['EMPTY_FILE r.csv']],
    ['without a column', '管理番号,金額,送信日時,受取日時\n', ['MISSING_COLUMN r.csv:1:状態']],
    ['with one twice', `${HEADER},状態\n`, ['DUPLICATE_HEADER r.csv:1:状態']],
    ['with a quote out of place', `${HEADER}\n"a"b,1\n`, ['BAD_DELIVERY r.csv']],
  ])('%s is refused', (_, content, told) => {
    expect(whole(content)).toEqual(told);
  });

  test('may have a byte order mark, more columns, and another order of them', () => {
    const content = `\ufeff受取日時,状態,宛先,送信日時,管理番号,金額\n,送信済,x,2023/5/10 12:00,${ONE},2000\n`;
    expect(deliveryRows({ name: 'r.csv', content }, SAKURA.result, readAt)).toMatchObject({
      rows: [{ payoutId: ONE, state: 'sent', amountYen: 2000 }],
      problems: [],
    });
  });
});
