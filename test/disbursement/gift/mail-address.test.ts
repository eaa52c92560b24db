import { describe, expect, test } from 'vitest';
import { mailFaultOf } from '../../../src/disbursement/gift/mail-address.ts';
import { deliverTo } from '../../../src/rules/destinations.ts';

const long = (length: number): string => 'a'.repeat(length);

describe('an address that rules take for one', () => {
  // Carriers gave out addresses with dots in a row and before the @, which RFC 5322 does not know: they are in use.
  test.each([
    'taro@example.jp',
    'taro..yamada@docomo.example.jp',
    'taro.@ezweb.example.jp',
    '-_taro_-@example.jp',
    "o'brien@example.jp",
    'taro+coupon@example.co.jp',
    'a@b.xn--wgv71a119e',
    `${long(64)}@example.jp`,
  ])('%s can be written to', (address) => {
    expect(deliverTo([], [address])).toBe(address);
    expect(mailFaultOf(address)).toBeUndefined();
  });

  test.each([
    ['ｔａｒｏ@example.jp', 'not ascii'],
    ['taro@example。jp.jp', 'not ascii'],
    ['taro@example.jp;hanako', 'not one address'],
    ['taro@example.jp,', 'not one address'],
    ['<taro@example.jp>', 'not one address'],
    ['mailto:taro@example.jp', 'not one address'],
    ['taro@example..jp', 'no such domain'],
    ['taro@-example.jp', 'no such domain'],
    ['taro@example.j', 'no such domain'],
    ['taro@192.168.0.1', 'no such domain'],
    ['taro@exa_mple.jp', 'no such domain'],
    [`${long(65)}@example.jp`, 'too long'],
    [`a@${`${long(60)}.`.repeat(5)}jp`, 'too long'],
  ])('%s cannot: %s', (address, fault) => {
    expect(deliverTo([], [address])).toBe(address);
    expect(mailFaultOf(address)).toBe(fault);
  });
});

test.each(['taro', 'taro@', '@example.jp', 'a@b@c.jp'])('%s is none at all', (address) => {
  expect(mailFaultOf(address)).toBeDefined();
});
