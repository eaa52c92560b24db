import { describe, expect, it } from 'vitest';
import { assembly } from '../../../src/intake/kernel/web-assembly.ts';
import { bulkRows, csv, ROW, readTables } from '../read-files.ts';

/** A log of so many bytes at least, whose ids begin with a word. */
function log(word: string, leastBytes: number): string {
  const [, ...rest] = ROW.transactions.split(',');
  const rows: string[] = [];
  for (let bytes = 0; bytes < leastBytes; ) {
    const row = [`${word}${rows.length}`, ...rest].join(',');
    rows.push(row);
    bytes += row.length + 1;
  }
  return csv('transactions', ...rows);
}

const logs = (count: number, leastBytes: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`log-${at}.csv`, log(`T${at}-`, leastBytes)]));

/** So many memories of WebAssembly are made meanwhile. */
async function memoriesMadeBy(work: () => Promise<unknown>): Promise<number> {
  const own = assembly as unknown as { Memory: new (about: { initial: number }) => object };
  const { Memory } = own;
  let made = 0;
  own.Memory = class extends Memory {
    constructor(about: { initial: number }) {
      super(about);
      made++;
    }
  };
  try {
    await work();
  } finally {
    own.Memory = Memory;
  }
  return made;
}

const SMALL = 100;
/** The kernel reads it. */
const LARGE = 1 << 16;

describe('what a file costs beside its bytes', () => {
  it.each([
    ['small', SMALL],
    ['large', LARGE],
  ])('many %s files make no more memories for the kernel than one does', async (_, leastBytes) => {
    const one = await memoriesMadeBy(() => readTables({ transactions: logs(1, leastBytes) }));
    const many = await memoriesMadeBy(() => readTables({ transactions: logs(20, leastBytes) }));
    expect(many).toBeLessThanOrEqual(Math.max(1, one));
  });

  it('a small file is read without the kernel, which would take longer to make ready', async () => {
    // The first large file may find a memory that another has left; a small one asks for none.
    const small = await memoriesMadeBy(() => readTables({ transactions: logs(20, SMALL) }));
    expect(small).toBe(0);
  });
});

describe('a memory that another file has left', () => {
  it('holds nothing of that file: ids, shops, instants and amounts are those of the next', async () => {
    const other = ROW.transactions
      .replace('T1', 'X1')
      .replace('M1', 'N9')
      .replace('2023-02-24', '2023-02-25')
      .replace('500', '7');
    const first = log('T', LARGE);
    const second = csv('transactions', ...Array.from({ length: 1000 }, (_, at) => other.replace('X1', `X${at}`)));
    const tables = await readTables({ transactions: { 'a.csv': first, 'b.csv': second } });
    const { file, amountYen, merchant } = tables.transactions;
    const ofSecond = Array.from(file.keys()).filter((row) => file[row] === 1);
    expect(ofSecond).toHaveLength(1000);
    expect(new Set(ofSecond.map((row) => amountYen[row]))).toEqual(new Set([7]));
    expect(new Set(ofSecond.map((row) => tables.merchants.textOf(merchant[row] as number)))).toEqual(new Set(['N9']));
    expect(bulkRows(tables, 'transactions').filter((row) => row.includes(' X'))).toHaveLength(1000);
  });

  it('is not given to two files that are read at once', async () => {
    const words = ['A', 'B', 'C', 'D'];
    const read = await Promise.all(words.map((word) => readTables({ transactions: log(word, LARGE) })));
    for (const [at, tables] of read.entries()) {
      const rows = bulkRows(tables, 'transactions');
      expect(rows.length).toBeGreaterThan(500);
      expect(rows.filter((row) => row.split(' ')[1]?.startsWith(words[at] as string) !== true)).toEqual([]);
    }
  });
});
