import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingTextPool, grown } from '../../../src/intake/columns/text-pool.ts';
import { ABSENT } from '../../../src/tables/tables.ts';

/** Few letters, so that texts repeat and share hash slots. */
const shortText = fc.string({ unit: fc.constantFrom('a', 'b', '0', '1', 'あ', '①', '😀', '\u0000'), maxLength: 4 });
/** Any code points but lone surrogates, which no file that was decoded can hold. */
const anyText = fc.string({ unit: 'binary', maxLength: 40 });

/** The pool against the Map that it stands in for. */
function holdAgainstMap(texts: readonly string[]): void {
  const pool = new GrowingTextPool();
  const model = new Map<string, number>();
  for (const text of texts) {
    expect(pool.find(text)).toBe(model.get(text) ?? ABSENT);
    if (!model.has(text)) model.set(text, model.size);
    expect(pool.add(text)).toBe(model.get(text));
    expect(pool.size).toBe(model.size);
  }
  for (const [text, number] of model) {
    expect(pool.textOf(number)).toBe(text);
    expect(pool.find(text)).toBe(number);
  }
}

/** FNV-1a of ASCII, as the pool uses it, to make texts that collide. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

describe('the text pool', () => {
  it('numbers texts as a Map would, where texts are few and short', () => {
    fc.assert(fc.property(fc.array(shortText, { maxLength: 300 }), holdAgainstMap), { numRuns: 50 });
  });

  it('numbers texts as a Map would, whatever they hold', () => {
    fc.assert(fc.property(fc.array(anyText, { maxLength: 60 }), holdAgainstMap), { numRuns: 100 });
  });

  it('grows past every one of its arrays', () => {
    holdAgainstMap(Array.from({ length: 5000 }, (_, index) => `coupon-${index % 4000}-${'x'.repeat(index % 7)}`));
  });

  it('tells texts of one hash apart', () => {
    const byHash = new Map<number, string>();
    const colliding: string[] = [];
    for (let number = 0; colliding.length < 6 && number < 1_000_000; number++) {
      const text = number.toString(36);
      const other = byHash.get(hashOf(text));
      if (other === undefined) byHash.set(hashOf(text), text);
      else colliding.push(other, text);
    }
    expect(colliding.length).toBeGreaterThanOrEqual(2);
    holdAgainstMap([...colliding, ...colliding]);
  });

  it('tells a text from its beginning and its continuation', () => {
    holdAgainstMap(['ab', 'a', 'abc', '', 'b', 'ab', 'abcd', 'a']);
  });

  it('keeps the empty text like any other', () => {
    const pool = new GrowingTextPool();
    expect(pool.find('')).toBe(ABSENT);
    expect(pool.add('x')).toBe(0);
    expect(pool.add('')).toBe(1);
    expect(pool.add('y')).toBe(2);
    expect(pool.add('')).toBe(1);
    expect([0, 1, 2].map((number) => pool.textOf(number))).toEqual(['x', '', 'y']);
  });

  it('keeps text beyond ASCII, also where it begins with ASCII', () => {
    holdAgainstMap(['abcあ', 'abc', 'あabc', '鹿児島', '鹿児', '😀', 'e\u0301', '\u00e9', 'ｱ', 'ア']);
  });

  it('keeps a text longer than its buffers', () => {
    const long = `${'7'.repeat(5000)}終`;
    holdAgainstMap(['a', long, `${long}x`, long, 'あ'.repeat(3000)]);
  });

  it('has no text for a number that it never gave', () => {
    const pool = new GrowingTextPool();
    pool.add('only');
    expect(() => pool.textOf(1)).toThrow();
    expect(() => pool.textOf(ABSENT)).toThrow();
  });
});

describe('a grown column', () => {
  it('is of the same kind, at least as long as asked, and begins with what was there', () => {
    const longer = grown(Int32Array.of(1, -2, 3), 100);
    expect(longer).toBeInstanceOf(Int32Array);
    expect(longer.length).toBeGreaterThanOrEqual(100);
    expect([...longer.subarray(0, 4)]).toEqual([1, -2, 3, 0]);
    expect(grown(new Uint8Array(8), 9).length).toBe(16);
  });
});
