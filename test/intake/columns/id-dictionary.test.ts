import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdDictionary } from '../../../src/intake/columns/id-dictionary.ts';
import { PackedIds } from '../../../src/intake/columns/packed-ids.ts';
import { ABSENT } from '../../../src/tables/tables.ts';
import { bytesIn } from '../resident.ts';

/** All that a column may hold: keys of shapes up to the last, of whole texts, and none. */
const keys = fc.array(
  fc.oneof(
    fc.constant(ABSENT),
    fc.integer({ min: -40, max: -2 }),
    fc.integer({ min: 1_000_000_000_000, max: 1_000_000_000_200 }),
    fc.integer({ min: 1_000_000_000_000, max: 9_006_999_999_999_999 }),
    fc.constant(9_006_999_999_999_999),
  ),
  { maxLength: 3000, size: 'max' },
);

/** Numbers a column in batches, and says what a Map would. */
function holdAgainstMap(numbers: IdDictionary, column: readonly number[]): void {
  const model = new Map<number, number>();
  const expected = column.map((key) => {
    if (key === ABSENT) return ABSENT;
    if (!model.has(key)) model.set(key, model.size);
    return model.get(key);
  });
  const found = new Int32Array(column.length + 3).fill(-7);
  for (let from = 0; from < column.length; from += 1500) {
    const batch = Float64Array.from(column.slice(from, from + 1500));
    numbers.numberBatch(batch, batch.length, found, from + 3);
  }
  expect([...found.subarray(3)]).toEqual(expected);
  expect(numbers.size).toBe(model.size);
  for (const [key, number] of model) expect(numbers.addKey(key)).toBe(number);
  expect(numbers.size).toBe(model.size);
}

/** The key that the kernel mixes to this (kernel/key-slots.ts): two rounds, undone. */
function keyMixedTo(low: number, high: number): number {
  const turned = Math.imul(high ^ (high >>> 7), 0x85ebca6b);
  const before = (low ^ (turned ^ (turned >>> 13))) >>> 0;
  return ((high ^ (Math.imul(before, 0x9e3779b1) >>> 11)) & 0x1fffff) * 2 ** 32 + before;
}

describe.each([
  ['in slots', Number.POSITIVE_INFINITY],
  ['in one look', 0],
  ['in slots first, then in one look', 700],
])('keys that are found %s', (_, mostInSlots) => {
  it('have the numbers that a Map would give them', () => {
    fc.assert(
      fc.property(keys, (column) => holdAgainstMap(new IdDictionary(new PackedIds(), mostInSlots), column)),
      { numRuns: 60 },
    );
  });

  it('keep them while the table grows', () => {
    const column = Array.from({ length: 40_000 }, (_, row) => 3e12 + ((row * 7919) % 30_011));
    holdAgainstMap(new IdDictionary(new PackedIds(), mostInSlots), column);
  });

  it('are found as texts, and none that was not added', () => {
    const numbers = new IdDictionary(new PackedIds(), mostInSlots);
    numbers.reserve(2000);
    const texts = Array.from({ length: 2000 }, (_, index) =>
      index % 5 === 0 ? `word ${'x'.repeat(index % 60)}` : `C${index}`,
    );
    for (const text of texts) numbers.add(text);
    for (const text of texts) expect(numbers.textOf(numbers.find(text))).toBe(text);
    expect(numbers.find('C2001')).toBe(ABSENT);
    expect(numbers.find('other')).toBe(ABSENT);
  });
});

// Of the 120 bytes of a coupon its row takes 66. A table is twice as large as it was when one key more does not fit.
it.each([1 << 18, (1 << 18) + 1])('%i keys in one look take no more memory than said', (count) => {
  const numbers = new IdDictionary(new PackedIds(), 0);
  numbers.reserve(count);
  const column = Float64Array.from({ length: count }, (_, index) => 3e12 + index);
  numbers.numberBatch(column, count, new Int32Array(count), 0);
  expect(numbers.size).toBe(count);
  expect(bytesIn(numbers) / count).toBeGreaterThan(8 + 16);
  expect(bytesIn(numbers) / count).toBeLessThanOrEqual(120 - 66);
});

describe('keys that all want the same places', () => {
  it('get a larger table', () => {
    const column = Array.from({ length: 3000 }, (_, index) => keyMixedTo((index << 11) >>> 0, 5));
    holdAgainstMap(new IdDictionary(new PackedIds(), 0), column);
  });

  it('are refused where no table would be large enough, not mistaken for each other', () => {
    const numbers = new IdDictionary(new PackedIds(), 0);
    const column = Float64Array.from({ length: 3000 }, (_, index) => keyMixedTo(0, index));
    expect(() => numbers.numberBatch(column, column.length, new Int32Array(3000), 0)).toThrow(RangeError);
  });
});
