import { describe, expect, test } from 'vitest';
import { jisBytes } from '../../../src/disbursement/zengin/kana.ts';
import { readZengin } from '../../../src/disbursement/zengin/read.ts';
import { writeZengin } from '../../../src/disbursement/zengin/write.ts';
import { byHand, fileOf, transfer } from './transfer-files.ts';

const FILE = fileOf([transfer(), transfer({ payoutId: 'P00000000000000aa', amountYen: 100_000 })]);
/** Written by a second hand, so that writer and reader cannot be wrong alike. */
const LINES = byHand(FILE, '0517', '\n').split('\n').slice(0, -1);
const bytesOf = (lines: readonly string[], end = ''): Uint8Array =>
  Uint8Array.from(lines.flatMap((line) => [...jisBytes(line), ...new TextEncoder().encode(end)]));
const read = (lines: readonly string[], end = '') => readZengin(bytesOf(lines, end));
/** The record, the offset, the field and the fault. */
const told = (bytes: Uint8Array): readonly string[] =>
  readZengin(bytes).faults.map(
    ({ record, offset, field, what }) => `${record} ${offset} ${field?.ja ?? '-'}: ${what.ja}`,
  );
/** The lines with some signs of one of them replaced, counted from 1 as in manuals. */
const changed = (record: number, from: number, signs: string): readonly string[] =>
  LINES.map((line, index) =>
    index === record - 1 ? line.slice(0, from - 1) + signs + line.slice(from - 1 + signs.length) : line,
  );

describe('a file that is as it should be', () => {
  test.each([
    ['none', ''],
    ['crlf', '\r\n'],
  ])('is read with %s between its records', (lineEnd, end) => {
    const { records, faults, ...rest } = read(LINES, end);
    expect(faults).toEqual([]);
    expect(rest.lineEnd).toBe(lineEnd);
    expect(records.map(({ type }) => type).join('')).toBe('12289');
    expect(records[0]?.values).toMatchObject({
      requesterCode: '0123456789',
      transferDate: '0517',
      accountNumber: '0007654',
    });
    expect(records[1]?.values).toMatchObject({ holder: 'ﾔﾏﾀﾞ ﾊﾅｺ', amount: '0000003500', edi: 'P0123456789ABCDEF' });
    // Zeros of a number are part of it.
    expect(records[2]?.values.amount).toBe('0000100000');
    expect(records[3]?.values).toMatchObject({ count: '000002', total: '000000103500' });
  });

  test('and the one that we write is one', () => {
    expect(readZengin(writeZengin(FILE, 'crlf'))).toEqual(read(LINES, '\r\n'));
  });

  test('may leave blank what banks do not ask for, and hold signs that we do not write', () => {
    expect(told(bytesOf(changed(2, 39, '    ')))).toEqual([]);
    expect(told(bytesOf(changed(2, 92, '\\｢ｦ｣,/             ')))).toEqual([]);
  });
});

describe('what is wrong is told with its record, byte and field', () => {
  test.each([
    ['nothing at all', new Uint8Array(), ['1 0 -: 空のファイル']],
    [
      'an end that was cut off',
      bytesOf(LINES).subarray(0, 590),
      ['5 480 -: 110 バイト(120 バイトのはず)', '5 481 ダミー: 途中で切れている'],
    ],
    [
      'half an end of line',
      bytesOf(LINES, '\n'),
      [1, 2, 3, 4, 5].map((record) => `${record} ${(record - 1) * 121} -: 改行が CRLF でない`),
    ],
    [
      'an amount in letters',
      bytesOf(changed(2, 81, '000000350A')),
      ['2 200 振込金額: 数字でない', '4 360 -: 合計金額が明細と合わない'],
    ],
    [
      'an amount with a blank',
      bytesOf(changed(2, 81, '      3500')),
      ['2 200 振込金額: 数字でない', '4 360 -: 合計金額が明細と合わない'],
    ],
    ['another total', bytesOf(changed(4, 8, '000000103501')), ['4 360 -: 合計金額が明細と合わない']],
    ['another count', bytesOf(changed(4, 2, '000003')), ['4 360 -: 合計件数が明細と合わない']],
    ['a small kana', bytesOf(changed(2, 51, 'ﾔﾏﾀﾞ ｼﾞｮ')), ['2 170 受取人名: 8 文字目が小さい仮名']],
    [
      'a long mark',
      bytesOf(changed(2, 51, 'ｼﾞｮｰ'.replace('ｮ', 'ﾖ'))),
      ['2 170 受取人名: 4 文字目が長音(ハイフンのはず)'],
    ],
    ['a small letter', bytesOf(changed(2, 51, 'ﾔa')), ['2 170 受取人名: 2 文字目が使えない文字']],
    ['something where nothing is', bytesOf(changed(5, 60, 'X')), ['5 481 ダミー: 空白でない']],
    [
      'a record of another type',
      bytesOf(changed(3, 1, '3')),
      [
        '3 240 -: データ区分が 1・2・8・9 のどれでもない',
        '3 240 -: レコードの順が 1・2…・8・9 でない',
        '4 360 -: 合計件数が明細と合わない',
        '4 360 -: 合計金額が明細と合わない',
      ],
    ],
    ['no trailer', bytesOf([...LINES.slice(0, 3), LINES[4] ?? '']), ['4 360 -: レコードの順が 1・2…・8・9 でない']],
    ['no end', bytesOf(LINES.slice(0, 4)), ['4 360 -: レコードの順が 1・2…・8・9 でない']],
    ['two headers', bytesOf([LINES[0] ?? '', ...LINES]), ['2 120 -: レコードの順が 1・2…・8・9 でない']],
  ])('%s', (_, bytes, faults) => {
    expect(told(bytes)).toEqual(faults);
  });

  test('a byte that is no sign of JIS X 0201', () => {
    const bytes = Uint8Array.from(bytesOf(LINES));
    bytes[120 + 50] = 0x81;
    expect(told(bytes)).toEqual(['2 170 受取人名: 1 文字目が使えない文字']);
  });

  test('CRLF behind some records only', () => {
    const [first = '', ...rest] = LINES;
    const bytes = Uint8Array.from([...bytesOf([first], '\r\n'), ...bytesOf(rest)]);
    expect(told(bytes)).toEqual(['1 0 -: 改行のあるレコードとないレコードがある']);
  });
});
