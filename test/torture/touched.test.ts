import { describe, expect, it } from 'vitest';
import type { Tables } from '../../tools/torture/csv-table.ts';
import { moneyFaults, touchedBy } from '../../tools/torture/touched.ts';

const header = ['coupon_number', 'account_id', 'merchant_id'];
/** 1 and 2 pay in one shop, 2 and 3 are of one account, 4 has nothing to do with any. */
const TABLES: Tables = {
  transactions: {
    header,
    rows: [
      ['001', '', 'M1'],
      ['002', 'A', 'M1'],
      ['003', 'A', 'M2'],
      ['004', 'B', 'M3'],
    ],
  },
};
const changed = [{ header, row: ['001', '', 'M1'] }];

describe('who is touched', () => {
  it('are those of the row, of its shop, and those behind them', () => {
    expect([...(touchedBy(changed, TABLES, TABLES) as Set<string>)].sort()).toEqual(['1', '2']);
    const more = [{ header, row: ['002', 'A', 'M1'] }];
    expect([...(touchedBy(more, TABLES, TABLES) as Set<string>)].sort()).toEqual(['1', '2', '3']);
  });

  it('is everybody where nobody can say', () => {
    expect(touchedBy('everybody', TABLES, TABLES)).toBe('everybody');
    expect(touchedBy([{ header: ['payout_id'], row: ['P1'] }], TABLES, TABLES)).toBe('everybody');
  });
});

describe('a yen more', () => {
  const before = new Map([['001', 500]]);

  it('for somebody who was not touched is told, also for who had nothing', () => {
    const after = new Map([
      ['001', 501],
      ['004', 1],
    ]);
    expect(moneyFaults(before, after, new Set())).toEqual([
      '001 gets 501 yen, not 500, and was not touched',
      '004 gets 1 yen, not 0, and was not touched',
    ]);
  });

  it('for somebody who was touched is not, nor is less', () => {
    expect(moneyFaults(before, new Map([['001', 900]]), new Set(['1']))).toEqual([]);
    expect(moneyFaults(before, new Map([['001', 0]]), new Set())).toEqual([]);
  });
});
