import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { text } from '../../src/base/text.ts';
import { MOST_PLAIN_SIGNS } from '../../src/report/deflated.ts';
import { markup } from '../../src/report/markup.ts';
import { htmlPage } from '../../src/report/shell.ts';

const page = (title: string, cell: string): string =>
  drained(
    htmlPage({ title: text(title, title), body: markup`<section><p>${cell}</p></section>`, data: { cells: [cell] } }),
  );

const within = (html: string, element: RegExp): string => element.exec(html)?.[1] ?? '';
const hashOf = (content: string): string => createHash('sha256').update(content).digest('base64');

describe('a page', () => {
  test('lets nothing run and colours nothing but its one script and its one style', () => {
    const html = page('題', 'x');
    const policy = within(html, /http-equiv="Content-Security-Policy" content="([^"]*)"/);
    const script = hashOf(within(html, /<script>([\s\S]*?)<\/script>/));
    const style = hashOf(within(html, /<style>([\s\S]*?)<\/style>/));
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${script}'`,
      `style-src 'sha256-${style}'`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('has no handler, no style attribute and no address', () => {
    const html = page('題', 'x').replace(/<(script|style)>[\s\S]*?<\/\1>/g, '');
    expect(html).not.toMatch(/\son\w+=|\sstyle=|https?:|src=/);
  });

  test.each([
    ['</script><script>alert(1)</script>'],
    ['</title><img src=x onerror=alert(1)>'],
    ['<!--<script>'],
    ['" onmouseover="alert(1)'],
  ])('shows %s as text', (hostile) => {
    const html = page(hostile, hostile);
    // One script that runs, two blocks of data, and no element that was not written here.
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script/g)).toHaveLength(3);
    expect(html).not.toMatch(/<img|<!--/);
    expect(html.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/"\sonmouseover/);
    expect(JSON.parse(within(html, /id="cells">([^<]*)</))).toEqual([hostile]);
  });

  test('is in Japanese first, and holds both languages', () => {
    const html = drained(htmlPage({ title: text('表題', 'Title'), body: markup``, data: {} }));
    expect(html).toContain('<html lang="ja" data-lang="ja">');
    expect(html).toContain('<span class="ja" lang="ja">表題</span><span class="en" lang="en">Title</span>');
    expect(html).toContain('<title>表題</title>');
  });

  test('holds what is read later behind its script, and a large block deflated', () => {
    const rows = Array.from({ length: MOST_PLAIN_SIGNS / 4 }, (_, row) => 100 + (row % 900));
    const html = drained(
      htmlPage({ title: text('題', '題'), body: markup``, data: { rows }, later: { few: ['</script>'] } }),
    );
    const block = within(html, /<script type="application\/octet-stream" id="rows">([^<]*)</);
    expect(JSON.parse(inflateRawSync(Buffer.from(block, 'base64')).toString())).toEqual(rows);
    expect(html.indexOf('<script type="application/json" id="few">')).toBeGreaterThan(html.indexOf('<script>'));
    expect(html.length).toBeLessThan(MOST_PLAIN_SIGNS / 2);
  });

  test('has the same bytes for the same parts', () => {
    expect(page('a', 'b')).toBe(page('a', 'b'));
  });
});
