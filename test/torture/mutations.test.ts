import { describe, expect, it } from 'vitest';
import { mutate, untouched } from '../../tools/torture/mutations.ts';
import { nightOf } from '../../tools/torture/nights.ts';
import { Dice } from '../simulation/dice.ts';

const CASES = Array.from({ length: 400 }, (_, index) => index);
const NIGHT = nightOf(3, new Dice(1, 'night'));
const mutatedBy = (index: number) => mutate(NIGHT, new Dice(1, `${index}`));

describe('mutations', () => {
  it('are the same for the same seed', () => {
    for (const index of CASES.slice(0, 40)) expect(mutatedBy(index)).toEqual(mutatedBy(index));
  });

  it('change one file, and mostly do', () => {
    const whole = untouched(NIGHT);
    const counts = CASES.map((index) => {
      const { files } = mutatedBy(index);
      return Object.keys(files).filter((name) => !Buffer.from(files[name] ?? []).equals(whole[name] ?? Buffer.alloc(0)))
        .length;
    });
    expect(Math.max(...counts)).toBe(1);
    expect(counts.filter((count) => count === 1).length).toBeGreaterThan(0.9 * CASES.length);
  });

  it('name every row that they change', () => {
    for (const index of CASES) {
      const { tables, changed, label } = mutatedBy(index);
      if (changed === 'everybody') continue;
      const named = new Set(changed.map(({ row }) => row.join('\u0000')));
      for (const [name, table] of Object.entries(tables)) {
        const before = (NIGHT.tables[name]?.rows ?? []).map((row) => row.join('\u0000'));
        const after = table.rows.map((row) => row.join('\u0000'));
        const count = (rows: readonly string[], one: string): number => rows.filter((row) => row === one).length;
        const other = before.filter((row) => count(before, row) !== count(after, row) && !named.has(row));
        expect([label, other]).toEqual([label, []]);
      }
    }
  });
});

describe('a night', () => {
  it('is two that share no coupon, shop, account, phone or address', () => {
    for (const [name, { header, rows }] of Object.entries(NIGHT.tables))
      for (const column of ['coupon_number', 'merchant_id', 'account_id', 'phone', 'email', 'transaction_id']) {
        const at = header.indexOf(column);
        if (at < 0) continue;
        const values = (own: boolean) =>
          new Set(
            rows
              .filter((row) => row[0]?.startsWith('Z') === own)
              .map((row) => row[at] ?? '')
              .filter((each) => each !== ''),
          );
        const shared = [...values(true)].filter((value) => values(false).has(value));
        expect([name, column, shared]).toEqual([name, column, []]);
      }
  });
});
