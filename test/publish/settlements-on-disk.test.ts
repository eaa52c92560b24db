import { describe, expect, it } from 'vitest';
import { SettlementsOnDisk } from '../../src/publish/settlements-on-disk.ts';
import type { Settlement } from '../../src/settlement/settlement.ts';
import { outageNight } from '../support/nights.ts';
import { withFolder } from '../support/program.ts';
import { runTables } from '../support/run-tables.ts';

const settlementsOf = async (): Promise<readonly Settlement[]> =>
  (await runTables(outageNight(), { asOf: '2023-05-10T02:00:00+09:00' })).outcome.settlements;

const dealt = <T>(all: readonly T[], parts: number): readonly (readonly T[])[] =>
  Array.from({ length: parts }, (_, part) => all.filter((_each, at) => at % parts === part));

describe('settlements on disk', () => {
  // Blocks shorter than a line, of some lines, and longer than all.
  it.each([
    [1, 7],
    [2, 100],
    [3, 1000],
    [5, 1 << 20],
  ])('of %i parts are read by coupon, in blocks of %i bytes', async (parts, blockBytes) => {
    const all = await settlementsOf();
    withFolder((folder) => {
      const stored = new SettlementsOnDisk(folder, blockBytes);
      for (const part of dealt(all, parts)) stored.add(part);
      expect([...stored]).toEqual(all);
      // Whoever walks over them again sees all again, and two at a time do not disturb each other.
      const [one, other] = [stored[Symbol.iterator](), stored[Symbol.iterator]()];
      for (const each of all) expect([one.next().value, other.next().value]).toEqual([each, each]);
      stored.close();
    });
  });

  it('of a part that comes to nothing, and of none at all, are none', () => {
    withFolder((folder) => {
      const stored = new SettlementsOnDisk(folder);
      expect([...stored]).toEqual([]);
      stored.add([]);
      expect([...stored]).toEqual([]);
      expect(stored.bytes).toBe(0);
      stored.close();
    });
  });

  it('are more than are written at a time', async () => {
    const [first] = await settlementsOf();
    const many = Array.from(
      { length: 3000 },
      (_, at) => ({ ...first, couponNumber: String(at + 10_000) }) as Settlement,
    );
    withFolder((folder) => {
      const stored = new SettlementsOnDisk(folder);
      for (const part of dealt(many, 2)) stored.add(part);
      expect(Array.from(stored, (each) => each.couponNumber)).toEqual(many.map((each) => each.couponNumber));
      stored.close();
    });
  });
});
