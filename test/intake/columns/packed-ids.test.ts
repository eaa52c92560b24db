import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTranslation, PackedIds } from '../../../src/intake/columns/packed-ids.ts';

/** Keys of shapes are positive, those of texts that are looked up whole negative. */
const hasShape = (key: number): boolean => key > 0;

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^\d{1,15}$/) },
  { weight: 3, arbitrary: fc.constantFrom('T', 'M0', 'user', '-', '@example.jp', '.', 'A') },
  { weight: 1, arbitrary: fc.constantFrom('', 'é', '髙橋', '１', '\0', ' ') },
);
const written = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

describe('text keys', () => {
  it('are the same if and only if the texts are, and give them back', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 40 }), (texts) => {
        const keys = new PackedIds();
        const byText = new Map<string, number>();
        const byKey = new Map<number, string>();
        for (const each of [...texts, ...texts]) {
          const key = keys.add(each);
          expect(byText.get(each) ?? key).toBe(key);
          expect(byKey.get(key) ?? each).toBe(each);
          expect(keys.textOf(key)).toBe(each);
          byText.set(each, key);
          byKey.set(key, each);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a counter at the end', 'T0000000001', 'T0000000002'],
    ['a counter before anything else', 'user1@example.jp', 'user2@example.jp'],
    ['a counter alone', '1', '2'],
    ['digits with others between them', 'M00266-2', 'M00301-1'],
    ['twelve digits up to the last', '555002473888', '000000000000'],
  ])('of %s are one shape, and differ by the number', (_, one, other) => {
    const keys = new PackedIds();
    const [first, second] = [keys.add(one), keys.add(other)];
    expect(hasShape(first)).toBe(true);
    expect(Math.abs(first - second)).toBeLessThan(1e12);
    expect(first).not.toBe(second);
  });

  it.each([
    ['digits that stand before the last twelve are its own', '1000000000001', '2000000000001'],
    ['what stands behind the last digit is its own', 'user1@example.jp', 'user1@example.kr'],
    ['where digits stand is its own', 'A1B', 'AB1'],
    ['a letter is no digit', 'A0', 'AO'],
    ['a zero in front counts', '01', '1'],
    ['a NUL is no digit', 'A\x001', 'A01'],
  ])('of a text: %s', (_, one, other) => {
    const keys = new PackedIds();
    const [first, second] = [keys.add(one), keys.add(other)];
    expect(first).not.toBe(second);
    expect([keys.textOf(first), keys.textOf(second)]).toEqual([one, other]);
  });

  it('of thousands of addresses leave shapes for counters', () => {
    const keys = new PackedIds();
    const name = (at: number): string => Array.from(String(at), (digit) => 'abcdefghij'[Number(digit)]).join('');
    const addresses = Array.from({ length: 20_000 }, (_, at) => `${name(at)}${at % 100}@example.jp`);
    const found = addresses.map((address) => keys.add(address));
    expect(new Set(found).size).toBe(addresses.length);
    expect(found.map((key) => keys.textOf(key))).toEqual(addresses);
    expect(found.filter(hasShape).length).toBeLessThan(found.length);
    expect(hasShape(keys.add('T0000000001'))).toBe(true);
  });
});

describe("another thread's keys", () => {
  it('become those of the same texts here, whatever either began with', () => {
    const some = fc.array(written, { maxLength: 20 });
    fc.assert(
      fc.property(some, some, some, fc.boolean(), (before, first, second, isSeeded) => {
        const [own, other] = [new PackedIds(), new PackedIds()];
        for (const each of before) own.add(each);
        if (isSeeded) other.beginWith(own.packShapes());
        const translation = new KeyTranslation(own);
        for (const texts of [first, second]) {
          const keys = Float64Array.from(texts, (each) => other.add(each));
          translation.take(other.packNew());
          translation.translate(keys);
          expect(Array.from(keys, (key) => own.textOf(key))).toEqual(texts);
          expect([...keys]).toEqual(texts.map((each) => own.add(each)));
        }
      }),
      { numRuns: 500 },
    );
  });
});
