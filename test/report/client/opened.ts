import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, type TestFunction, test } from 'vitest';
import { CHROMIUM, launchBrowser, WITHOUT } from '../../browser/browser.ts';
import { pageIn, workedNight } from '../worked-night.ts';

type Use = (open: (hash: string) => Promise<Page>) => Promise<void>;

/** What the script of the page does, in a browser, on the page of the worked night. */
export function inBrowser(about: string, cases: Readonly<Record<string, Use>>): void {
  describe.skipIf(CHROMIUM === undefined)(`${about} (${WITHOUT})`, () => {
    let browser: Browser;
    let folder = '';
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'regionpay-page-'));
      writeFileSync(join(folder, 'report.html'), pageIn(workedNight()));
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });
    for (const [name, use] of Object.entries(cases)) test(name, bodyOf(use));

    function bodyOf(use: Use): TestFunction {
      return async () => {
        const complaints: string[] = [];
        await use(async (hash) => {
          const page = await (await browser.newContext()).newPage();
          page.on('pageerror', (error) => complaints.push(error.message));
          page.on('console', (message) => complaints.push(message.text()));
          await page.goto(`${pathToFileURL(join(folder, 'report.html')).href}${hash}`);
          return page;
        });
        if (complaints.length > 0) throw new Error(complaints.join('\n'));
      };
    }
  });
}
