import { describe, expect, it } from 'vitest';
import { canonicalJson, canonicalJsonPieces } from '../../src/publish/canonical-json.ts';

const row = (at: number) => ({ id: `T${at}`, yen: at, more: { of: [at, { it: ['a\nb', null] }] } });
const many = Array.from({ length: 100 }, (_, at) => row(at));

describe('one form', () => {
  it('has its keys in order, two spaces a level and a line end at the end', () => {
    expect(canonicalJson({ b: [1, {}], a: { d: null, c: 'x' } })).toBe(
      '{\n  "a": {\n    "c": "x",\n    "d": null\n  },\n  "b": [\n    1,\n    {}\n  ]\n}\n',
    );
  });

  it('refuses what is no JSON', () => {
    expect(() => canonicalJson(undefined)).toThrow('nothing to write');
  });
});

describe('the same form in pieces', () => {
  it.each<readonly [string, unknown]>([
    ['a number', 5],
    ['null', null],
    ['an empty list', []],
    ['an empty object', {}],
    ['a text with line ends and quotes', 'a\n"b"\u2028'],
    ['keys that come in another order', { b: 1, a: 2, 10: 3, 9: 4, '': 5 }],
    ['keys that must be escaped', { 'a"\n': { 'b\\': 1 } }],
    ['what is not there', { a: undefined, b: [undefined, null], c: { d: undefined } }],
    ['lists within lists, further down than is cut', [[[[[[[['deep', { x: [] }]]]]]]]]],
    ['objects within objects', { a: { b: { c: { d: { e: { f: { g: [1, 2, { h: 'i' }] } } } } } } }],
    ['many rows', { run: 'x', coupons: [{ payments: many, none: [] }], originals: false }],
  ])('is the same text: %s', (_, value) => {
    expect([...canonicalJsonPieces(value)].join('')).toBe(canonicalJson(value));
  });

  it('is cut wherever a list of many things stands, so that no piece grows with it', () => {
    const longest = (rows: number): number => {
      const told = { coupons: [{ payments: many.slice(0, rows) }] };
      return Math.max(...Array.from(canonicalJsonPieces(told), (piece) => piece.length));
    };
    expect(longest(100)).toBeLessThanOrEqual(longest(20) + 10);
  });
});
