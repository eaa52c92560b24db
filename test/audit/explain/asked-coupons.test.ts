import { beforeAll, describe, expect, test } from 'vitest';
import { couponsMeant, type Known } from '../../../src/audit/explain/asked-coupons.ts';
import type { Tables } from '../../../src/tables/tables.ts';
import { apply, applyForBank, issue, issueToApp, paid, runNight } from '../../settlement/tables.ts';

let tables: Tables;
beforeAll(async () => {
  const result = await runNight(
    {
      issuance: [
        issueToApp('000000000101', { account_id: 'A01', phone: '090-0000-0001' }),
        // Of the same account, and of another phone; its own e-mail.
        issueToApp('000000000111', { account_id: 'A01', phone: '', email: 'a@example.jp' }),
        issue('000000000201'),
        issue('000000000202'),
        issue('000000000203'),
      ],
      applications: [
        apply('P1', '000000000201', { phone: '08000000002', email: 'b@example.jp' }),
        applyForBank('P2', '000000000202', { bank_code: '0185', branch_code: '001', account_number: '1234567' }),
        applyForBank('P3', '000000000203', { bank_code: '0001', branch_code: '002', account_number: '1234567' }),
      ],
      paid: [paid('P00000000000000aa', '000000000201', 100)],
    },
    { asOf: '2023-05-10T02:00:00+09:00' },
  );
  tables = result.tables;
});

const meant = (word: string, byContact = false, known: Partial<Known> = {}) =>
  couponsMeant(word, { tables, carried: [], payouts: new Map(), isListed: () => false, ...known }, byContact);
const coupon = (number: string) => ({ as: 'coupon', coupons: [number] });
const person = (...coupons: readonly string[]) => ({ as: 'contact', coupons });

describe('a coupon is found', () => {
  test.each([
    '000000000201',
    '201',
    '0201',
    '0000-0000-0201',
    ' 0000 0000 0201 ',
    '００００-００００-０２０１',
    '２０１',
  ])('however it is written: %s', (word) => expect(meant(word)).toEqual(coupon('000000000201')));

  test('as it is written where the run has listed it so, though a number with zeros was issued', () =>
    expect(meant('201', false, { isListed: (number) => number === '201' })).toEqual(coupon('201')));

  test('or not at all, and is told as it was written', () => {
    expect(meant('999')).toEqual(coupon('999'));
    expect(meant('999', true)).toEqual(coupon('999'));
  });
});

describe('a payout id means its coupons', () => {
  const payouts = new Map([['P0123456789abcdef', ['000000000111', '000000000101']]]);
  test.each(['P0123456789abcdef', 'p0123456789ABCDEF', 'Ｐ0123456789abcdef'])('of this run: %s', (word) =>
    expect(meant(word, false, { payouts })).toEqual({ as: 'payout', coupons: ['000000000101', '000000000111'] }));

  test('of an earlier night, by the chain or by a paid row', () => {
    const made = { payoutId: 'P00000000000000bb', couponNumber: '000000000202', amountYen: 1, madeAt: '', route: '' };
    expect(meant('P00000000000000bb', false, { carried: [made] })).toMatchObject({ coupons: ['000000000202'] });
    expect(meant('P00000000000000aa')).toMatchObject({ as: 'payout', coupons: ['000000000201'] });
  });
});

describe('a contact', () => {
  test.each([
    ['090-0000-0001', ['000000000101', '000000000111']],
    ['09000000001', ['000000000101', '000000000111']],
    ['+81 90 0000 0001', ['000000000101', '000000000111']],
    ['０９０－００００－０００１', ['000000000101', '000000000111']],
    ['a@example.jp', ['000000000101', '000000000111']],
    ['A01', ['000000000101', '000000000111']],
    ['account:A01', ['000000000101', '000000000111']],
    ['080 0000 0002', ['000000000201']],
    ['b@example.jp', ['000000000201']],
    ['0185-001-1-1234567', ['000000000202']],
    ['bank:0185-001-1-1234567', ['000000000202']],
    ['0001-002-1234567', ['000000000203']],
  ])('means all coupons of its person: %s', (word, coupons) => expect(meant(word, true)).toEqual(person(...coupons)));

  test('that two people may have is nobody\u2019s: the number of an account at two banks', () =>
    expect(meant('1234567', true)).toEqual({ as: 'several people' }));

  test.each(['09099999999', 'nobody@example.jp', '0185-001-1-7654321'])('that nobody has: %s', (word) =>
    expect(meant(word, true)).toEqual({ as: 'nobody' }));

  test.each([
    '090-0000-0001',
    '09099999999',
    'a@example.jp',
    '0185-001-1-1234567',
  ])('is not looked for unless that was asked for, whether somebody has it or not: %s', (word) =>
    expect(meant(word)).toEqual({ as: 'contact not asked for' }));

  test('that is a coupon\u2019s number is the coupon', async () => {
    const { tables: others } = await runNight(
      { issuance: [issue('09012345678'), issueToApp('000000000001')] },
      { asOf: '2023-05-10T02:00:00+09:00' },
    );
    expect(meant('09012345678', true, { tables: others })).toEqual(coupon('09012345678'));
  });
});
