import { expect, test } from 'vitest';
import { capital, spokenDayOf, spokenPayments, understoodYear } from '../../../src/audit/explain/spoken-words.ts';
import { at, GROUP, payment, toldOf } from './told.ts';

const told = toldOf({ status: 'payable' });

test('the year of the outage goes without saying in that year, and later none does', () => {
  expect(understoodYear(told)).toBe(2023);
  expect(understoodYear({ ...told, asOf: at('2024-01-01T00:00:00+09:00') })).toBeUndefined();
  expect(spokenDayOf(at('2024-01-01T00:00:00+09:00'), told).ja).toBe('2024年1月1日');
});

test('payments are named by when and how much, not by a shop', () => {
  expect(spokenPayments(GROUP, told)).toEqual({
    ja: '2月24日20時6分からの1,317円のお支払い2件',
    en: 'the 2 payments of 1,317 yen from 24 February at 20:06 on',
  });
  expect(spokenPayments({ ...GROUP, payments: [payment(0)] }, told).ja).toBe('2月24日20時6分の1,317円のお支払い');
});

test('a sentence begins with a capital', () => expect(capital('the payment')).toBe('The payment'));
