import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../../src/audit/record/run-record.ts';
import { checkTotals } from '../../../src/audit/verify/totals.ts';
import { drained } from '../../../src/base/steps.ts';
import { withFolder } from '../../support/program.ts';

const manifestOf = (outputs: readonly object[], inputs: readonly object[] = []): Manifest =>
  ({ inputs, options: {}, previous: null, outputs }) as unknown as Manifest;

/** What is wrong with the totals of tables, by name; and how often somebody else may have a turn meanwhile. */
const checked = (tables: Readonly<Record<string, string>>, manifest: Manifest) =>
  withFolder((folder) => {
    for (const [name, content] of Object.entries(tables)) writeFileSync(join(folder, name), content);
    const here = { names: new Set(Object.keys(tables)), purged: { gone: new Map(), problems: [] } };
    const steps = checkTotals(folder, manifest, here);
    let turns = 0;
    function* counted(): Generator<undefined, readonly string[]> {
      for (;;) {
        const step = steps.next();
        if (step.done === true)
          return step.value.map(({ en }) => en).filter((each) => !each.includes('records nothing'));
        turns++;
        yield undefined;
      }
    }
    return { problems: drained(counted()), turns };
  });

const ELIGIBILITY = 'coupon_number,status,payable_yen\n1,payable,500\n2,used_up,0\n3,payable,700\n';
const PAYOUTS = 'payout_id,amount_yen\nP1,1200\n';

test('tables that come to what was recorded, and to each other, have nothing wrong', () => {
  const outputs = [
    { name: 'eligibility.csv', rows: 3, totals: { payable_yen: 1200 } },
    { name: 'payouts.csv', rows: 1, totals: { amount_yen: 1200 } },
  ];
  expect(checked({ 'eligibility.csv': ELIGIBILITY, 'payouts.csv': PAYOUTS }, manifestOf(outputs)).problems).toEqual([]);
});

test('what differs is told', () => {
  const outputs = [
    { name: 'eligibility.csv', rows: 2, totals: { payable_yen: 1300, status: 0 } },
    { name: 'payouts.csv', rows: 1, totals: {} },
    { name: 'review.csv', rows: 1 },
    { name: 'unmatched.csv', rows: 2 },
  ];
  const tables = {
    'eligibility.csv': ELIGIBILITY,
    'payouts.csv': 'payout_id,amount_yen\nP1,1100\n',
    'review.csv': 'a,b\n1\n',
    'unmatched.csv': 'file,amount_yen\na.csv,5\nb.csv,7\n',
  };
  const inputs = [
    { name: 'a.csv', coupons: { unknown: { rows: 1, yen: 5 } } },
    { name: 'b.csv', coupons: null },
  ];
  expect(checked(tables, manifestOf(outputs, inputs)).problems).toEqual([
    'review.csv cannot be read as CSV',
    'eligibility.csv: 3 rows, but 2 recorded',
    'eligibility.csv payable_yen: adds up to 1,200, but 1,300 recorded',
    'eligibility.csv status: cannot be added up, for some cell is no whole yen',
    'payouts.csv adds up to 1,100 yen, eligibility.csv to 1,200',
    'unmatched.csv has 1 rows of b.csv with 7 yen, but 0 with 0 are recorded',
  ]);
});

test('of a large table others have turns', () => {
  const rows = '1,2345678901234567890,"a\nb"\n'.repeat(100_000);
  const outputs = [{ name: 'review.csv', rows: 100_000, totals: { amount: 100_000 } }];
  const { problems, turns } = checked({ 'review.csv': `amount,b,c\n${rows}` }, manifestOf(outputs));
  expect(problems).toEqual([]);
  expect(turns).toBeGreaterThan(5);
});
