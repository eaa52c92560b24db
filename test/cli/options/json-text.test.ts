import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonTextOf, parseJson } from '../../../src/cli/options/json-text.ts';

const SEED = 20230224;

describe('parseJson', () => {
  it.each([
    ['comments of both kinds', '{ // who\n "a": 1, /* why */ "b": [2] }', { a: 1, b: [2] }],
    ['a comma behind the last', '{"a": [1, 2,],\n // "b": 3\n}', { a: [1, 2] }],
    ['what looks like a comment in a text', '{"a": "http://example.jp/*"}', { a: 'http://example.jp/*' }],
    ['a text alone', '"a"', 'a'],
  ])('takes %s', (_, content, value) => {
    expect(parseJson(content)).toEqual({ value });
  });

  it.each([
    ['nothing', '', 0],
    ['a comma that is missing', '{"a": 1 "b": 2}', 8],
    ['a bracket that is missing', '{"a": [1, 2}', 11],
    ['single quotes', "{'a': 1}", 1],
    ['two values', '{} {}', 3],
    ['a comment that is never closed', '{"a": 1} /* and', 9],
  ])('says where it is none: %s', (_, content, position) => {
    expect(parseJson(content)).toEqual({ fault: { position, isEscape: false } });
  });

  it('tells a backslash that stands before a folder', () => {
    expect(parseJson('{"a": "C:\\exports"}')).toEqual({ fault: { position: 6, isEscape: true } });
  });

  it.each([
    ['at the top', '{"a": 1,\n "b": 2, "a": 1}', 'a', 18, 1],
    ['in an object within a list', '[{"a": {"b": 1}}, {"b": 2, "c": 3, "b": 4}]', 'b', 35, 19],
    ['written otherwise', '{"a": 1, "\\u0061": 2}', 'a', 9, 1],
    ['as objects have it by themselves', '{"__proto__": 1, "__proto__": 2}', '__proto__', 17, 1],
  ])('refuses a name that stands twice in one object: %s', (_, content, name, position, firstPosition) => {
    expect(parseJson(content)).toEqual({ fault: { position, isEscape: false, repeated: { name, firstPosition } } });
  });

  it('takes the same name in two objects', () => {
    expect(parseJson('{"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}')).toHaveProperty('value');
  });

  it('takes a key that objects have by themselves for one like any other', () => {
    const read = parseJson('{"__proto__": {"polluted": true}}');
    expect('value' in read && Object.keys(read.value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('gives up on lists in lists without falling over', () => {
    expect(parseJson('['.repeat(1_000_000))).toHaveProperty('fault');
  });

  it('reads what JSON.stringify writes as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const content = JSON.stringify(value, null, 2);
        expect(parseJson(content)).toEqual({ value: JSON.parse(content) });
      }),
      { seed: SEED },
    );
  });
});

describe('jsonTextOf', () => {
  it('takes off the mark that editors put before it', () => {
    expect(jsonTextOf(Buffer.from('\ufeff{}'))).toBe('{}');
  });
});
