import { describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { text } from '../../src/base/text.ts';
import { both, dataText, drawnText, escaped, figure, markup, NOTHING, ofBoth, when } from '../../src/report/markup.ts';
import { turnsOf } from '../support/turns.ts';

describe('a text that is filled in', () => {
  test.each([
    ['<b>', '&lt;b&gt;'],
    ['a & b', 'a &amp; b'],
    [`"'`, '&quot;&#39;'],
    // What would turn the direction of what follows, and what a terminal obeys.
    ['a\u202Eb', 'a\\u202eb'],
    ['a\u001b[31m', 'a\\u001b[31m'],
    ['two\nlines', 'two\\u000alines'],
  ])('%j is escaped', (given, shown) => {
    expect(escaped(given)).toBe(shown);
    expect(markup`<p>${given}</p>`.html).toBe(`<p>${shown}</p>`);
    expect(figure(given, given).html).toBe(`<span class="figure" data-figure="${shown}">${shown}</span>`);
    expect(both(text(given, given)).html).toContain(`>${shown}<`);
    expect(drawnText(text(given, given), NOTHING).html).toBe(`<text >${shown}</text>`);
  });

  test('a piece is not, nor are several', () => {
    expect(markup`<ul>${['<a>', 'b'].map((each) => markup`<li>${each}</li>`)}</ul>`.html).toBe(
      '<ul><li>&lt;a&gt;</li><li>b</li></ul>',
    );
    expect(ofBoth(markup`<b>1</b>`, markup`2`).html).toBe(
      '<span class="ja" lang="ja"><b>1</b></span><span class="en" lang="en">2</span>',
    );
    expect(when(false, () => markup`x`)).toBe(NOTHING);
  });
});

const dataOf = (value: unknown): string => drained(dataText(value)).join('');

test('data reads back, and no sign of it can end its block', () => {
  const value = { a: '</script><!-- & \u2028\u2029', b: [1, null] };
  expect(dataOf(value)).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(dataOf(value))).toEqual(value);
});

test('data is written in steps as JSON writes it', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => (at % 3 === 0 ? null : at));
  const value = {
    many,
    none: [],
    nothing: {},
    absent: undefined,
    in: { a: [{ b: [1, 'x'] }], many: many.map(String) },
  };
  const { whole, turns } = turnsOf(dataText(value));
  expect(whole.join('')).toBe(JSON.stringify(value));
  expect(turns).toBeGreaterThanOrEqual(4);
  for (const each of [null, 'x', 7, [], {}, many, { absent: undefined }])
    expect(dataOf(each)).toBe(JSON.stringify(each));
});
