import { describe, expect, test } from 'vitest';
import { phoneFaultOf, writtenPhone } from '../../../src/disbursement/gift/phone.ts';
import { deliverTo } from '../../../src/rules/destinations.ts';

/** What rules take for a mobile number (3-rules.md §8), and whether it can be one. */
describe('a number that rules take for a mobile one', () => {
  // Japan's numbering plan: 060, 070, 080 and 090, then a digit from 1 to 9, then seven more. 060 was opened after the outage.
  test.each(
    ['060', '070', '080', '090'].flatMap((prefix) =>
      [...'123456789'].map((next) => [`${prefix}${next}2345678`] as const),
    ),
  )('%s can be reached', (number) => {
    expect(deliverTo([number], [])).toBe(number);
    expect(phoneFaultOf(number)).toBeUndefined();
  });

  // Behind the prefix a zero is no subscriber's; 0800 is called at the cost of whoever is called.
  test.each([
    ['06001234567', 'not assigned'],
    ['07001234567', 'not assigned'],
    ['08001234567', 'free of charge'],
    ['09001234567', 'not assigned'],
    ['09000000000', 'not assigned'],
  ])('%s cannot: %s', (number, fault) => {
    expect(deliverTo([number], [])).toBe(number);
    expect(phoneFaultOf(number)).toBe(fault);
  });
});

describe('what rules do not take either', () => {
  test.each([
    ['0901234567', 'not assigned'],
    ['090123456789', 'not assigned'],
    ['0312345678', 'no mobile number'],
    ['05012345678', 'no mobile number'],
    ['02012345678', 'no mobile number'],
    ['', 'not assigned'],
    ['+12025550123', 'not assigned'],
  ])('%s is told as: %s', (number, fault) => {
    expect(deliverTo([number], [])).toBeUndefined();
    expect(phoneFaultOf(number)).toBe(fault);
  });
});

describe('a number is written', () => {
  test.each([
    ['digits', '09012345678'],
    ['hyphens', '090-1234-5678'],
    ['international', '+819012345678'],
  ] as const)('as %s', (form, written) => {
    expect(writtenPhone('09012345678', form)).toBe(written);
  });

  test('and what is none is a fault of whoever asks', () => {
    expect(() => writtenPhone('', 'digits')).toThrow();
  });
});
