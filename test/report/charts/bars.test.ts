import { expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { barsDrawing, barsHeight } from '../../../src/report/charts/bars.ts';

const bar = (name: string, size: number, href?: string) => ({
  name: text(name, name),
  shown: text('', ''),
  size,
  colour: 'now',
  ...(href === undefined ? {} : { href }),
});

test('the largest takes all the width, and others their share of it', () => {
  const { html } = barsDrawing([bar('a', 4), bar('b', 1), bar('c', 0)]);
  const widths = [...html.matchAll(/class="fill-now" x="0" y="\d+" width="([\d.]+%)"/g)].map(([, width]) => width);
  // What is nothing has no bar; what is not can be seen by two pixels of its own.
  expect(widths).toEqual(['100%', '25%']);
  expect(html.match(/width="2"/g)).toHaveLength(2);
});

test('a mark leads where it says', () => {
  expect(barsDrawing([bar('<x>', 1, '#shop=a&b')]).html).toMatch(/^<a href="#shop=a&amp;b">.*&lt;x&gt;.*<\/a>$/);
  expect(barsHeight([bar('a', 1), bar('b', 1)])).toBe(2 * 45);
});
