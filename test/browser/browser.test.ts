import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, CHROMIUM, launchBrowser, pixelsTooWide, printedPages, WITHOUT, withPage } from './browser.ts';

/** What the browser tests of pages rest on finds what is wrong with a page, and nothing where there is nothing. */
describe.skipIf(CHROMIUM === undefined)(`a page in a browser (${WITHOUT})`, () => {
  let browser: Browser;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'regionpay-browser-'));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const written = (name: string, head: string, body: string): string => {
    const path = join(folder, `${name}.html`);
    const begin = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>';
    writeFileSync(path, `${begin}${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`);
    return path;
  };
  const policyFor = (script: string): string => {
    const hash = createHash('sha256').update(script).digest('base64');
    return `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${hash}'">`;
  };

  const RUNS = "document.title = 'run'";
  test('a sound page has nothing against it', async () => {
    const path = written('sound', policyFor(RUNS), `<p>text</p><script>${RUNS}</script>`);
    await withPage(browser, path, {}, async ({ page, complaints }) => {
      expect(await page.title()).toBe('run');
      expect(complaints).toEqual([]);
      expect(await pixelsTooWide(page)).toBe(0);
    });
    await withPage(browser, path, { withoutPolicy: true }, async ({ page }) =>
      expect(await axeViolations(page)).toEqual([]),
    );
  });

  test.each([
    ['a script that is not the one', `${RUNS}; window.other = 1`, 'script-src'],
    ['a handler', `</script><img alt="" src="data:," onerror="window.other = 1"><script>`, 'script-src'],
    ['a style', `</script><p style="color: red">red</p><script>`, "default-src 'none'"],
  ])('%s is blocked, and told', async (_, script, directive) => {
    const path = written('blocked', policyFor(RUNS), `<script>${script}</script>`);
    await withPage(browser, path, {}, async ({ page, complaints }) => {
      expect(complaints.join('\n')).toContain(`violates the following Content Security Policy directive '${directive}`);
      expect(await page.evaluate('window.other')).toBeUndefined();
    });
  });

  test('errors, dialogs and requests are told', async () => {
    const script = `alert('hello'); fetch('http://127.0.0.1:9/').catch(() => {}); throw new Error('broken');`;
    const path = written('noisy', '', `<script>${script}</script>`);
    await withPage(browser, path, {}, async ({ complaints }) => {
      const told = complaints.join('\n');
      for (const each of ['dialog: hello', 'request: http://127.0.0.1:9/', 'Error: broken'])
        expect(told).toContain(each);
    });
  });

  test('axe finds a picture without words, and grey on white', async () => {
    const path = written('poor', '', `<img src="data:,"><p style="color: #bbb; background: #fff">pale</p>`);
    await withPage(browser, path, { withoutPolicy: true }, async ({ page }) => {
      const found = (await axeViolations(page)).join('\n');
      expect(found).toContain('image-alt, 1: img');
      expect(found).toContain('color-contrast, 1: p');
    });
  });

  test('what is too wide is measured', async () => {
    const path = written('wide', '<style>body { margin: 0 }</style>', '<div style="width: 500px">wide</div>');
    await withPage(browser, path, { width: 390 }, async ({ page }) => expect(await pixelsTooWide(page)).toBe(110));
    await withPage(browser, path, { width: 1280 }, async ({ page }) => expect(await pixelsTooWide(page)).toBe(0));
  });

  test('what is printed is told page by page', async () => {
    const style = '<style>@page { size: A4 } div { break-after: page }</style>';
    const path = written('printed', style, '<div>one</div><p>two</p>');
    await withPage(browser, path, {}, async ({ page }) =>
      expect(await printedPages(page)).toEqual(['210 × 297', '210 × 297']),
    );
    const other = written('letter', '<style>@page { size: letter }</style>', '');
    await withPage(browser, other, {}, async ({ page }) => expect(await printedPages(page)).toEqual(['216 × 279']));
  });

  test('the light is what was asked for', async () => {
    const path = written('dark', '', '');
    const isDark = "matchMedia('(prefers-color-scheme: dark)').matches";
    for (const colorScheme of ['light', 'dark'] as const)
      await withPage(browser, path, { colorScheme }, async ({ page }) =>
        expect(await page.evaluate(isDark)).toBe(colorScheme === 'dark'),
      );
  });
});
