import { expect, test } from 'vitest';
import { shownName } from '../../src/base/shown-name.ts';

test('a name is shown as it is, but for signs that do something to a terminal, and its end where it has none', () => {
  expect(shownName('入力/a b-1.csv')).toBe('入力/a b-1.csv');
  expect(shownName('a\u001b[2J\n\u202e\u2028')).toBe('a\\u{1b}[2J\\u{a}\\u{202e}\\u{2028}');
  expect(shownName('x'.repeat(500))).toBe(`${'x'.repeat(120)}…`);
});
