import { expect, test } from 'vitest';
import { fittingProfiles, kindsFitting, kindsOfProfile } from '../../../src/intake/proposal/fitting-profiles.ts';
import { propose } from '../../../src/intake/proposal/propose.ts';
import type { Profile } from '../../../src/intake/schema/profile.ts';
import { lookedAt, SURROUNDINGS, tableOf } from './tables.ts';

const columns = {
  report_id: '取引番号',
  merchant_id: '店舗ID',
  sold_at: '取引日時',
  total_yen: '取引金額',
  coupon_yen: { constant: '0' },
  cash_yen: { constant: '0' },
  other_yen: '取引金額',
};
const wallet = {
  name: 'wallet',
  profile: { schemaVersion: 2, id: 'wallet', inputs: { sales: { columns } } } as unknown as Profile,
};
const LINES = ['取引番号,店舗ID,取引日時,取引金額', '1,M01,2023-02-24 18:00,5'];

test('a profile fits a table that has all of its headers', () => {
  expect(kindsOfProfile(wallet)).toEqual(['sales']);
  expect(fittingProfiles(tableOf(...LINES), [wallet])).toEqual([wallet]);
  expect(fittingProfiles(tableOf('取引番号,店舗ID,取引日時,合計', '1,M01,2023-02-24 18:00,5'), [wallet])).toEqual([]);
});

test('and is taken as it is', () => {
  const proposal = propose([lookedAt('w.csv', ...LINES)], new Map(), { ...SURROUNDINGS, builtIn: [wallet] });
  expect(proposal.profile?.inputs.sales).toEqual({ columns });
  expect(proposal.findings[0]).toMatchObject({ kind: 'sales', builtIn: 'wallet' });
  expect(proposal.questions).toEqual([]);
});

test('a table that a profile reads as two kinds is a log where it holds numbers of coupons', () => {
  const log = { columns: { transaction_id: '取引番号', coupon_number: '支払い方法' } };
  const both = {
    name: 'both',
    profile: { schemaVersion: 2, id: 'both', inputs: { transactions: log, sales: { columns } } } as unknown as Profile,
  };
  const kinds = (way: string) => kindsFitting(tableOf(`${LINES[0]},支払い方法`, `${LINES[1]},${way}`), both);
  expect(kinds('460000000201')).toEqual(['transactions']);
  expect(kinds('地域クーポン')).toEqual(['sales']);
  expect(kindsFitting(tableOf(...LINES), wallet)).toEqual(['sales']);
});
