import { describe, expect, test } from 'vitest';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { bankTransfer } from '../../../src/rules/channels/bank-transfer.ts';
import { application, bankApplication, caseFile, coupon } from '../rule-tester.ts';

const seek = (row: ReturnType<typeof bankApplication> | undefined) =>
  bankTransfer.seek({ coupon: caseFile({ coupon: coupon({}) }).coupon, application: row }, KAGOSHIMA.terms);

describe('a transfer', () => {
  test('leads to the account in the application', () => {
    expect(seek(bankApplication('AP1'))).toMatchObject({
      outcome: 'met',
      route: { destination: { account: ['0185', '001', '1', '1234567'], holderKana: 'カゴシマ ハナコ' } },
    });
  });

  test('is not sought without an application for one', () => {
    expect(seek(undefined)).toBeUndefined();
    expect(seek(application('AP1'))).toBeUndefined();
  });
});

describe('the question on bank details', () => {
  // The two applications of an office that were never told what was wrong with them, and each field by itself.
  test.each([
    [
      { bankCode: '185', branchCode: '1' },
      'the bank details of application AP4 cannot be used: bank code (not four digits), branch code (neither three digits nor, of bank 9900, a post office symbol of five)',
    ],
    [
      { accountHolderKana: '鈴木三郎' },
      'the bank details of application AP4 cannot be used: account holder (signs other than kana, or no kana)',
    ],
    [
      { accountType: '9' },
      'the bank details of application AP4 cannot be used: account type (not 1, 2 or 4, or not that of the post office symbol)',
    ],
    [
      { accountNumber: '12345678' },
      'the bank details of application AP4 cannot be used: account number (not one to seven digits, or a post office number that does not end in 1)',
    ],
  ])('names the fields: %o', (details, detail) => {
    const question = seek(bankApplication('AP4', details))?.question;
    expect(question?.reason).toBe('BANK_DETAILS');
    expect(question?.detail.en).toBe(detail);
    // What stands there is a person's.
    for (const value of Object.values(details).filter(({ length }) => length > 3))
      expect(question?.detail.ja).not.toContain(value);
  });
});
