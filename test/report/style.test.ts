import { expect, test } from 'vitest';
import { STYLE } from '../../src/report/style.ts';

test('loads nothing, and cannot end its element', () => {
  expect(STYLE).not.toMatch(/url\(|@import|@font-face|<\//);
});

test('shows one language, and has colours for the dark and rules for paper', () => {
  expect(STYLE).toContain('html[data-lang=ja] .en,html[data-lang=en] .ja{display:none}');
  expect(STYLE).toContain('prefers-color-scheme:dark');
  expect(STYLE).toContain('@page{size:A4');
});

test('every colour of the light is one of the dark', () => {
  const names = (block: string): readonly string[] =>
    [...block.matchAll(/--([a-z-]+):/g)].map(([, name = '']) => name).sort();
  const [light = '', dark = ''] = STYLE.split('@media (prefers-color-scheme:dark)').map(
    (part) => part.split('}')[0] ?? '',
  );
  expect(names(dark)).toEqual(names(light));
});
