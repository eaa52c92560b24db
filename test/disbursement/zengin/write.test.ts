import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PERMITTED } from '../../../src/disbursement/zengin/kana.ts';
import { totalYenOf } from '../../../src/disbursement/zengin/transfer.ts';
import { fitsOneFile, writeZengin } from '../../../src/disbursement/zengin/write.ts';
import { byHand, decoded, fileOf, transfer } from './transfer-files.ts';

const TWO = fileOf([
  transfer(),
  transfer({ payoutId: 'P00000000000000aa', bankCode: '0185', branchCode: '001', amountYen: 100_000 }),
]);

describe('a file', () => {
  const bytes = writeZengin(TWO, 'none');
  /** Bytes as manuals count them: from 1, both ends included. */
  const at = (record: number, from: number, to: number): string =>
    decoded(bytes.subarray((record - 1) * 120 + from - 1, (record - 1) * 120 + to));

  test('is records of 120 bytes, nothing between them', () => {
    expect(bytes.length).toBe(5 * 120);
    expect([1, 2, 3, 4, 5].map((record) => at(record, 1, 1)).join('')).toBe('12289');
  });

  test.each([
    ['type, kind, code set', 1, 1, 4, '1210'],
    ['requester code', 1, 5, 14, '0123456789'],
    ['requester name', 1, 15, 54, 'ｶｺﾞｼﾏｹﾝ ｶﾝｺｳｶ'.padEnd(40)],
    ['month and day', 1, 55, 58, '0517'],
    ['its bank', 1, 59, 77, `0185${'ｶｺﾞｼﾏ'.padEnd(15)}`],
    ['its branch', 1, 78, 95, `100${'ﾁﾕｳｵｳ'.padEnd(15)}`],
    ['its account', 1, 96, 103, '10007654'],
    ['blanks behind it', 1, 104, 120, ' '.repeat(17)],
    ['bank', 2, 2, 20, `9900${'ﾕｳﾁﾖ'.padEnd(15)}`],
    ['branch', 2, 21, 38, `058${'ｾﾞﾛｺﾞﾊﾁ'.padEnd(15)}`],
    ['clearing house', 2, 39, 42, '0000'],
    ['account', 2, 43, 50, '11234567'],
    ['holder', 2, 51, 80, 'ﾔﾏﾀﾞ ﾊﾅｺ'.padEnd(30)],
    ['amount', 2, 81, 90, '0000003500'],
    ['new code', 2, 91, 91, '0'],
    ['payout id as EDI 情報', 2, 92, 111, 'P0123456789ABCDEF   '],
    ['by wire, with EDI', 2, 112, 113, '7Y'],
    // @evologi/fixed-width reads 100000 back as 1: the zeros of round amounts are kept.
    ['a round amount', 3, 81, 90, '0000100000'],
    ['count', 4, 2, 7, '000002'],
    ['total', 4, 8, 19, '000000103500'],
    ['blanks behind them', 4, 20, 120, ' '.repeat(101)],
    ['end', 5, 1, 120, `9${' '.repeat(119)}`],
  ])('has its %s where it belongs', (_, record, from, to, expected) => {
    expect(at(record, from, to)).toBe(expected);
  });

  test('ends each record with CRLF where that is asked for', () => {
    const lines = writeZengin(TWO, 'crlf');
    expect(lines.length).toBe(5 * 122);
    expect(decoded(lines)).toBe(byHand(TWO, '0517', '\r\n'));
  });
});

test('any file is what a second hand makes of it', () => {
  const name = (most: number) =>
    fc.string({ unit: fc.constantFrom(...PERMITTED), maxLength: most }).map((text) => text.trim());
  const digits = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
  const any = fc.record({
    payoutId: fc
      .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 16 })
      .map((id) => `P${id}`),
    bankCode: digits(4),
    bankName: name(15),
    branchCode: digits(3),
    branchName: name(15),
    accountType: fc.constantFrom('1', '2', '4', '9'),
    accountNumber: digits(7),
    holder: name(30),
    amountYen: fc.integer({ min: 1, max: 9_999_999_999 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), (transfers) => {
      expect(decoded(writeZengin(fileOf(transfers), 'none'))).toBe(byHand(fileOf(transfers), '0517', ''));
    }),
  );
});

describe('nothing is cut', () => {
  test.each([
    ['an amount of eleven digits', { amountYen: 10_000_000_000 }],
    ['no amount', { amountYen: 0 }],
    ['half a yen', { amountYen: 1.5 }],
    ['a holder of 31 signs', { holder: 'ｱ'.repeat(31) }],
    ['a code with a letter', { bankCode: '01A5' }],
    ['a code too long', { branchCode: '1234' }],
    ['wide kana', { holder: 'ヤマダ' }],
    ['a payout without its id', { payoutId: 'X' }],
  ])('%s is a fault of ours', (_, more) => {
    expect(() => writeZengin(fileOf([transfer(more)]), 'none')).toThrow();
  });
});

test('the totals bound a file', () => {
  const most = transfer({ amountYen: 9_999_999_999 });
  // Twelve digits: a hundred of the largest amounts come to 999,999,999,900.
  expect(fitsOneFile(Array.from({ length: 100 }, () => most))).toBe(true);
  expect(fitsOneFile(Array.from({ length: 101 }, () => most))).toBe(false);
  const one = transfer({ amountYen: 1 });
  expect(fitsOneFile(Array.from({ length: 999_999 }, () => one))).toBe(true);
  expect(fitsOneFile(Array.from({ length: 1_000_000 }, () => one))).toBe(false);
  expect(totalYenOf([one, most])).toBe(10_000_000_000);
});
