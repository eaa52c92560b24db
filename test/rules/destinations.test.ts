import { describe, expect, it } from 'vitest';
import {
  bankAccountOf,
  type Destination,
  deliverTo,
  deliverToOf,
  lacksLeadingZero,
  recipientOf,
  unusableBankFields,
} from '../../src/rules/destinations.ts';
import { bankApplication } from './rule-tester.ts';

const EMAIL = 'a@example.jp';

describe('a destination as payouts.csv has it', () => {
  const hidden = () => '***';

  it.each<readonly [Destination, recipient: string, whenHidden: string, to: string]>([
    [
      { kind: 'bank account', account: ['0185', '001', '1', '0004567'], holderKana: 'カゴシマ ハナコ' },
      'bank:0185-001-1-0004567',
      'bank:***',
      'カゴシマ ハナコ',
    ],
    // A member\u2019s own number reaches nobody, so it is always shown, whatever signs it holds.
    [{ kind: 'app account', accountId: 'A:1', contact: EMAIL }, 'account:A:1', 'account:A:1', EMAIL],
    [{ kind: 'contact', contact: EMAIL }, 'contact:a@example.jp', 'contact:***', EMAIL],
  ])('%j', (destination, recipient, whenHidden, to) => {
    expect(recipientOf(destination)).toBe(recipient);
    expect(recipientOf(destination, hidden)).toBe(whenHidden);
    expect(deliverToOf(destination)).toBe(to);
  });
});

describe('deliverTo: the phone if it is a mobile number, else the e-mail if it is one, else nowhere (§8)', () => {
  it.each([
    ['060', '06012345678', true],
    ['070', '07012345678', true],
    ['080', '08012345678', true],
    ['090', '09012345678', true],
    ['050, an IP phone', '05012345678', false],
    ['010, an international call', '01012345678', false],
    ['091, no mobile prefix', '09112345678', false],
    ['a landline', '0992861111', false],
    ['a mobile number one digit short', '0901234567', false],
    ['a mobile number one digit long', '090123456789', false],
    ['a mobile number with a letter', '0901234567a', false],
    ['a mobile number with its country', '+819012345678', false],
    ['a mobile number within a text', 'tel09012345678', false],
    ['nothing', '', false],
  ])('%s', (_name, phone, mobile) => {
    expect(deliverTo([phone], [])).toBe(mobile ? phone : undefined);
    expect(deliverTo([phone], [EMAIL])).toBe(mobile ? phone : EMAIL);
  });

  it.each([
    ['hyphens', '090-1234-5678'],
    ['spaces', '090 1234 5678'],
    ['ideographic spaces', '090\u30001234\u30005678'],
    ['typographic hyphens', '090\u20101234\u20135678'],
    ['minus signs', '090\u22121234\u22125678'],
  ])('drops %s from a phone', (_name, phone) => {
    expect(deliverTo([phone], [])).toBe('09012345678');
  });

  it.each([
    ['x@y.z', 'x@y.z', true],
    ['an address with dots and a plus', 'a.b+c@mail.example.co.jp', true],
    ['an address with an apostrophe inside', "o'hara@example.jp", true],
    ['an address behind an apostrophe', "'a@example.jp", false],
    ['an address behind a full-width apostrophe', '\uff07a@example.jp', false],
    ['a formula of an address', '="a@example.jp"', false],
    ['an address in quotes', '"a@example.jp"', false],
    ['an address with a character that nobody sees', 'a@exam\u200bple.jp', false],
    ['an address with a soft hyphen', 'a@exam\u00adple.jp', false],
    ['an address with a NUL', 'a@example.jp\0', false],
    ['no dot after the at', 'a@example', false],
    ['no at', 'a.example.jp', false],
    ['two ats', 'a@b@example.jp', false],
    ['nothing before the at', '@example.jp', false],
    ['nothing between at and dot', 'a@.jp', false],
    ['nothing after the last dot', 'a@example.', false],
    ['a space inside', 'a b@example.jp', false],
    ['nothing', '', false],
  ])('an e-mail: %s', (_name, email, usable) => {
    expect(deliverTo([], [email])).toBe(usable ? email : undefined);
  });

  it('drops hyphens and spaces from phones only', () => {
    expect(deliverTo([], ['a-b@example.jp'])).toBe('a-b@example.jp');
  });

  it('has nowhere to send to without any contact', () => {
    expect(deliverTo([], [])).toBeUndefined();
  });
});

describe('a mobile number that has lost its leading 0', () => {
  it.each([
    ['as a spreadsheet leaves it', ['9012345678'], true],
    ['one of several', ['0992861111', '7012345678'], true],
    ['with hyphens', ['80-1234-5678'], true],
    ['whole', ['09012345678'], false],
    ['one digit less', ['901234567'], false],
    ['one digit more', ['90123456789'], false],
    ['a landline without its 0', ['992861111'], false],
    ['none', [''], false],
  ])('%s', (_name, phones, lacks) => {
    expect(lacksLeadingZero(phones)).toBe(lacks);
  });

  it('is looked for once in one list, however many coupons of an account ask', () => {
    let looks = 0;
    const phones = new Proxy(['+8109012345678', '+81312345678'], {
      get: (target, key, receiver) => {
        if (key === '0') looks++;
        return Reflect.get(target, key, receiver);
      },
    });
    for (let coupon = 0; coupon < 5; coupon++) expect(lacksLeadingZero(phones)).toBe(false);
    expect(looks).toBe(1);
  });
});

describe('bankAccountOf: the number padded to seven digits', () => {
  it.each([
    ['1', '0000001'],
    ['123456', '0123456'],
    ['1234567', '1234567'],
    // Not one to seven digits: left as it is, and refused elsewhere.
    ['12345678', '12345678'],
    ['', ''],
    ['12a', '12a'],
  ])('%j becomes %j', (accountNumber, padded) => {
    expect(bankAccountOf(bankApplication('AP1', { accountNumber }))).toEqual(['0185', '001', '1', padded]);
  });

  it('tells two accounts apart by bank, branch, type and number', () => {
    const others = [{ bankCode: '0186' }, { branchCode: '002' }, { accountType: '2' }, { accountNumber: '1234568' }];
    const keys = [{}, ...others].map((other) => bankAccountOf(bankApplication('AP1', other)).join('-'));
    expect(new Set(keys).size).toBe(5);
  });
});

describe('unusableBankFields: what a bank would take (§8)', () => {
  it.each([
    ['details as they should be', {}, true],
    ['a bank code of three digits', { bankCode: '185' }, false],
    ['a bank code of five digits', { bankCode: '00185' }, false],
    ['a bank code with a letter', { bankCode: '018a' }, false],
    ['no bank code', { bankCode: '' }, false],
    ['a branch of two digits', { branchCode: '01' }, false],
    ['a branch of four digits', { branchCode: '0001' }, false],
    ['no branch', { branchCode: '' }, false],
    ['account type 1', { accountType: '1' }, true],
    ['account type 2', { accountType: '2' }, true],
    ['account type 3', { accountType: '3' }, false],
    ['account type 4', { accountType: '4' }, true],
    ['account type 9', { accountType: '9' }, false],
    ['account type 12', { accountType: '12' }, false],
    ['no account type', { accountType: '' }, false],
    ['a number of one digit', { accountNumber: '1' }, true],
    ['a number of seven digits', { accountNumber: '7654321' }, true],
    ['a number of eight digits', { accountNumber: '87654321' }, false],
    ['a number with a hyphen', { accountNumber: '123-456' }, false],
    ['no number', { accountNumber: '' }, false],
  ])('%s', (_name, details, usable) => {
    expect(unusableBankFields(bankApplication('AP1', details)).length === 0).toBe(usable);
  });

  it.each([
    ['full-width katakana', 'カゴシマ', true],
    ['half-width katakana with its voicing marks', 'ｶｺﾞｼﾏ ﾊﾟﾊﾟ', true],
    ['small katakana of both widths', 'ッｯ', true],
    ['the first and the last katakana', 'ァヺ', true],
    ['a full-width long mark after katakana', 'ハナコー', true],
    ['a half-width long mark after katakana', 'ﾊﾅｺｰ', true],
    // The long mark is allowed but is not the one katakana that is needed.
    ['a full-width long mark alone', 'ー', false],
    ['a half-width long mark alone', 'ｰ', false],
    ['a half-width voicing mark alone', 'ﾞ', false],
    ['a space', 'カゴシマ ハナコ', true],
    ['an ideographic space', 'カゴシマ\u3000ハナコ', true],
    ['parentheses', 'カ)カゴシマ', true],
    ['full-width parentheses', '（カ）カゴシマ', true],
    ['hyphen, dot and digits', 'カ-1.2', true],
    ['capital letters beside katakana', 'ABCカ', true],
    ['capital letters alone', 'KAGOSHIMA', false],
    ['digits alone', '123', false],
    ['spaces alone', '  ', false],
    ['nothing', '', false],
    ['small letters', 'カゴシマ hanako', false],
    ['full-width letters', 'カＡ', false],
    ['full-width digits', 'カ１', false],
    ['hiragana', 'かごしま', false],
    ['katakana with one hiragana', 'カゴシま', false],
    ['kanji', '鹿児島花子', false],
    ['a middle dot', 'カゴシマ・ハナコ', false],
    ['a comma', 'カゴシマ,ハナコ', false],
    ['a line break', 'カゴシマ\nハナコ', false],
  ])('a holder of %s', (_name, accountHolderKana, usable) => {
    const expected = usable ? [] : ['accountHolderKana'];
    expect(unusableBankFields(bankApplication('AP1', { accountHolderKana }))).toEqual(expected);
  });
});

describe('a 記号 and 番号 of ゆうちょ銀行, by the rule that the bank publishes', () => {
  const POST = { bankCode: '9900', branchCode: '10530', accountType: '1', accountNumber: '12345671' };

  // The second and third digit and an 8, and the number without the 1 at its end; 振替口座: a 9, and the number as it is.
  it.each([
    ['総合口座', {}, '9900-058-1-1234567'],
    ['a short number', { accountNumber: '11' }, '9900-058-1-0000001'],
    ['通常貯蓄貯金', { accountType: '4' }, '9900-058-4-1234567'],
    ['a number of many ones', { accountNumber: '11111111' }, '9900-058-1-1111111'],
    ['振替口座', { branchCode: '00530', accountType: '2', accountNumber: '12345' }, '9900-059-2-0012345'],
    ['a branch of three digits', { branchCode: '058', accountNumber: '1234567' }, '9900-058-1-1234567'],
  ])('%s', (_name, details, account) => {
    const row = bankApplication('AP1', { ...POST, ...details });
    expect(unusableBankFields(row)).toEqual([]);
    expect(bankAccountOf(row).join('-')).toBe(account);
  });

  it.each([
    ['a number that does not end in 1', { accountNumber: '12345670' }, ['accountNumber']],
    ['a number of nine digits', { accountNumber: '123456781' }, ['accountNumber']],
    ['the one alone', { accountNumber: '1' }, ['accountNumber']],
    ['a deposit as a current account', { accountType: '2' }, ['accountType']],
    ['a transfer account as a deposit', { branchCode: '00530' }, ['accountType', 'accountNumber']],
    ['a 記号 that begins otherwise', { branchCode: '20530', accountNumber: '1' }, ['branchCode']],
    ['a 記号 of four digits', { branchCode: '1053', accountNumber: '1' }, ['branchCode']],
    ['a 記号 of another bank', { bankCode: '0185', accountNumber: '1' }, ['branchCode']],
  ])('%s cannot be used, and stays as it is', (_name, details, fields) => {
    const row = bankApplication('AP1', { ...POST, ...details });
    expect(unusableBankFields(row)).toEqual(fields);
    if (fields.includes('accountNumber') || fields.includes('branchCode'))
      expect(bankAccountOf(row)[1]).toBe(row.branchCode);
  });
});

it('every field that cannot be used is named, in the order of the columns', () => {
  const details = {
    bankCode: '185',
    branchCode: '1',
    accountType: '普通',
    accountNumber: 'x',
    accountHolderKana: '鈴木三郎',
  };
  expect(unusableBankFields(bankApplication('AP1', details))).toEqual(Object.keys(details));
});
