import { describe, expect, it } from 'vitest';
import { shownName, visibleInLine, visibleText } from '../../src/base/visible-text.ts';

const codes = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
/** C0 without the line end, DEL and C1, marks of direction, and what ends a line or a paragraph in Unicode. */
const OBEYED = [
  ...codes(0, 0x1f).filter((code) => code !== 0x0a),
  ...codes(0x7f, 0x9f),
  0x061c,
  0x200e,
  0x200f,
  ...codes(0x2028, 0x202e),
  ...codes(0x2066, 0x2069),
];

describe('a text that is shown', () => {
  it.each(OBEYED)('holds the sign %i as its number', (code) => {
    const number = `\\u${code.toString(16).padStart(4, '0')}`;
    expect(visibleText(`a${String.fromCharCode(code)}b`)).toBe(`a${number}b`);
    expect(JSON.parse(`"${visibleText(String.fromCharCode(code))}"`)).toBe(String.fromCharCode(code));
  });

  it('keeps all other signs, and its lines', () => {
    const kept = 'クーポン番号\n~ \u00a0é\u200b\ud83d\ude00｡\ufeff';
    expect(visibleText(kept)).toBe(kept);
  });

  it('ends no line where it is part of one', () => {
    expect(visibleInLine('a\nb\r')).toBe('a\\u000ab\\u000d');
  });
});

it('a name is shown as it is, but for signs that nobody sees, and its end where it has none', () => {
  expect(shownName('入力/a b-1.csv')).toBe('入力/a b-1.csv');
  expect(shownName('a\u001b[2J\n\u202e\u2028\u200b')).toBe('a\\u001b[2J\\u000a\\u202e\\u2028\\u200b');
  expect(shownName('a\u{e0001}')).toBe('a\\udb40\\udc01');
  expect(shownName('x'.repeat(500))).toBe(`${'x'.repeat(120)}…`);
});
