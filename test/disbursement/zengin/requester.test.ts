import { describe, expect, test } from 'vitest';
import { payingAccountOf, requesterSchema } from '../../../src/disbursement/zengin/requester.ts';
import { PAYER } from './transfer-files.ts';

const FILE = {
  requesterCode: '0123456789',
  requesterName: 'カゴシマケン　カンコウカ',
  bankCode: '0185',
  bankName: 'かごしま',
  branchCode: '100',
  branchName: 'チュウオウ',
  accountType: '1',
  accountNumber: '7654',
};

/** Each problem by its path, in English. */
const problemsOf = (file: object): readonly string[] =>
  (requesterSchema.safeParse(file).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message.split(' / ').at(-1)}`,
  );

test('who pays is written in the signs of bank files', () => {
  expect(payingAccountOf(requesterSchema.parse(FILE))).toEqual(PAYER);
});

describe('what is wrong is told by its path', () => {
  test.each([
    ['a code that lost its zero', { requesterCode: '123456789' }, 'requesterCode: must be 10 digits'],
    ['a name in kanji', { requesterName: '県ア' }, 'requesterName: character 1: a kanji; write kana'],
    [
      'a name too long',
      { bankName: 'ガ'.repeat(8) },
      'bankName: has 16 half-width signs, voicing marks included; at most 15',
    ],
    ['no name', { branchName: ' ' }, 'branchName: must not be empty'],
    ['an account too long', { accountNumber: '12345678' }, 'accountNumber: must be one to seven digits'],
  ])('%s', (_, more, problem) => {
    expect(problemsOf({ ...FILE, ...more })).toEqual([problem]);
  });

  test.each([
    ['a savings account', { accountType: '4' }],
    ['another kind of file', { typeCode: '11' }],
    ['a field that there is not', { iban: 'x' }],
  ])('%s', (_, more) => {
    expect(problemsOf({ ...FILE, ...more })).toHaveLength(1);
  });

  test('and every field is asked for', () => {
    expect(problemsOf({}).map((problem) => problem.split(':')[0])).toEqual(Object.keys(FILE));
  });
});
