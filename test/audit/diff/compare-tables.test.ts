import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareTables } from '../../../src/audit/diff/compare-tables.ts';
import type { RecordedRun } from '../../../src/audit/record/re-execute.ts';
import { withFolder } from '../../support/program.ts';

const HEADERS: Readonly<Record<string, string>> = {
  'review.csv': 'review_id,coupon_number,reason,amount_at_stake_yen',
  'merchant_days.csv': 'merchant_id,date,log_yen',
  'payouts.csv': 'payout_id,route,recipient,deliver_to,amount_yen,coupons',
  'rejects.csv': 'file,line,column,code',
};

/** One file of two runs, by its rows: what differs. */
const comparing = (name: string, before: readonly string[], after: readonly string[], limit = 50) =>
  withFolder(async (folder) => {
    const run = (at: string, rows: readonly string[]): RecordedRun => {
      mkdirSync(join(folder, at));
      writeFileSync(join(folder, at, name), [HEADERS[name], ...rows, ''].join('\n'));
      return { folder: join(folder, at), manifest: { outputs: [{ name }] } } as unknown as RecordedRun;
    };
    const [compared] = await compareTables(run('a', before), run('b', after), limit);
    if (compared === undefined) throw new Error('nothing was compared');
    return compared;
  });

const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => String(100_000 + at));

describe('two files of one name', () => {
  test('are paired row by row where rows came and went in between: of 20,000, one added, one gone, one changed', async () => {
    const rows = numbers(20_000).map((at) => `R${at},${at},CLAIM_OTHER,${at}`);
    const other = rows
      .filter((row) => !row.startsWith('R100003,'))
      .map((row) => row.replace('R110000,110000,CLAIM_OTHER,110000', 'R110000,110000,CLAIM_OTHER,110007'))
      .concat('R999999,999999,CLAIM_OTHER,5');
    const { table } = await comparing('review.csv', rows, other);
    expect(table).toMatchObject({ added: 1, removed: 1, changed: 1 });
    expect(table.yen).toEqual({ amount_at_stake_yen: { moreYen: 12, lessYen: 100_003 } });
    expect(table.rows.map(({ change, key }) => [change, key.review_id])).toEqual([
      ['removed', 'R100003'],
      ['changed', 'R110000'],
      ['added', 'R999999'],
    ]);
  });

  test('are alike where the rows of one coupon stand in another order', async () => {
    const rows = ['R1,1,A,5', 'R2,1,B,6', 'R3,2,A,7'];
    const { table } = await comparing('review.csv', rows, ['R2,1,B,6', 'R1,1,A,5', 'R3,2,A,7']);
    expect(table).toMatchObject({ added: 0, removed: 0, changed: 0, rows: [] });
  });

  test('whose rows of one key are several are paired equal with equal, whatever their order', async () => {
    const row = (code: string) => `log.csv,3,amount_yen,${code}`;
    const { table } = await comparing('rejects.csv', [row('A'), row('B'), row('C')], [row('C'), row('X'), row('A')]);
    expect(table).toMatchObject({ added: 0, removed: 0, changed: 1 });
    expect(table.rows[0]?.changes).toEqual({ code: { before: 'B', after: 'X' } });
  });

  test('differ in a quoted cell over two lines as in any other', async () => {
    const { table } = await comparing('merchant_days.csv', ['"M,\n1",d,5'], ['"M,\n1",d,6']);
    expect(table.rows).toEqual([
      {
        change: 'changed',
        key: { merchant_id: 'M,\n1', date: 'd' },
        changes: { log_yen: { before: '5', after: '6' } },
        hidden: [],
      },
    ]);
  });

  test('of payouts go by their coupons: another id is no difference, another contact is one of money and is not shown', async () => {
    const paid = (id: string, phone: string): readonly string[] => [`${id},app_url,account:1,${phone},500,7 8`];
    const renamed = await comparing('payouts.csv', paid('P1', '090'), paid('P2', '090'));
    expect(renamed).toMatchObject({ money: false, table: { added: 0, removed: 0, changed: 0 } });
    const moved = await comparing('payouts.csv', paid('P1', '0901'), paid('P1', '0902'));
    expect(moved.money).toBe(true);
    expect(moved.table.rows).toEqual([
      { change: 'changed', key: { coupons: '7 8' }, changes: {}, hidden: ['deliver_to'] },
    ]);
  });

  test('are counted beyond those that are shown', async () => {
    const rows = numbers(30).map((at) => `M${at},d,1`);
    const { table } = await comparing('merchant_days.csv', [], rows, 2);
    expect([table.added, table.rows.length, table.yen.log_yen]).toEqual([30, 2, { moreYen: 30, lessYen: 0 }]);
  });

  test.each(['many', '1.5', '９', '9'.repeat(400)])('of which one holds %s as yen are no run\u2019s', async (yen) => {
    await expect(comparing('merchant_days.csv', ['M1,d,1'], [`M1,d,${yen}`])).rejects.toThrow('damaged');
  });

  test('of which one is not in its order are no run\u2019s', async () => {
    await expect(comparing('merchant_days.csv', ['M1,d,1', 'M2,d,1'], ['M2,d,1', 'M1,d,1'])).rejects.toThrow('damaged');
  });
});

test('a comparison that is to end ends', () =>
  withFolder(async (folder) => {
    const run = (at: string): RecordedRun => {
      mkdirSync(join(folder, at));
      writeFileSync(join(folder, at, 'rejects.csv'), `${HEADERS['rejects.csv']}\n${at},1,a,b\n`);
      return { folder: join(folder, at), manifest: { outputs: [{ name: 'rejects.csv' }] } } as unknown as RecordedRun;
    };
    await expect(compareTables(run('a'), run('b'), 1, AbortSignal.abort())).rejects.toThrow('aborted');
  }));
