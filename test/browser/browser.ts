import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/**
 * Pages opened as a reader opens them: from a file, in a real browser. Whatever a page complains of is kept, and what a
 * page must not do (ask the network, run a script that its policy forbids, open a dialog) counts as a complaint.
 *
 * What is evaluated within a page is given as text: nothing here is compiled for a browser.
 */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of `CHROMIUM`, or the first of the usual names that answers; undefined where there is none. */
export const CHROMIUM: string | undefined = [process.env.CHROMIUM, ...NAMES]
  .map((name) => name ?? '')
  .filter((name) => name !== '' && spawnSync(name, ['--version']).status === 0)
  .map((name) => (name.includes('/') ? name : spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim()))[0];

/** Debian: apt-get install chromium fonts-noto-cjk (.ci/run does). */
export const WITHOUT = 'skipped where there is no Chromium';

/** @throws Error where there is no browser: whoever calls has asked for `CHROMIUM` before */
export function launchBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error('there is no Chromium: set CHROMIUM, or install one');
  // Tests run as root in a container, where there is no sandbox to be had; pages come from files that the tests made.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

export interface Opening {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** Behind the `#` of the address. */
  readonly hash?: string;
  /** Only for what is put into a page from outside, such as axe: everything else is looked at as its policy lets it be. */
  readonly withoutPolicy?: boolean;
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors on the console and in scripts, violations of the page\u2019s policy, dialogs, and requests beyond the file. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens a page from its file, in a context of its own. */
export async function openPage(browser: Browser, path: string, opening: Opening = {}): Promise<OpenedPage> {
  const { width = 1280, height = 900, colorScheme = 'light', hash, withoutPolicy = false } = opening;
  const options: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme,
    bypassCSP: withoutPolicy,
    locale: 'ja-JP',
    reducedMotion: 'reduce',
  };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    // A page that waits for an answer would hang the test.
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(file|data|blob|about):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  const address = pathToFileURL(path).href;
  await page.goto(hash === undefined ? address : `${address}#${hash}`);
  return { page, complaints, close: () => context.close() };
}

/** The same, closed again however it ends. */
export async function withPage<T>(
  browser: Browser,
  path: string,
  opening: Opening,
  use: (opened: OpenedPage) => Promise<T>,
): Promise<T> {
  const opened = await openPage(browser, path, opening);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** What axe has against a page that was opened without its policy: each rule with the first places. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe.source });
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Found[];
  return found.map(({ id, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`);
    return `${id}, ${nodes.length}: ${places.join('; ')}`;
  });
}

/** By how many pixels the page is wider than its window: what would have to be scrolled sideways. */
export const pixelsTooWide = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth') as Promise<number>;

/** The pages of a printed page, each as its width and height in millimetres. */
export async function printedPages(page: Page): Promise<readonly string[]> {
  const content = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const boxes = content.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g);
  const millimetres = (points: string | undefined): number => Math.round((Number(points) / 72) * 25.4);
  return [...boxes].map(([, width, height]) => `${millimetres(width)} × ${millimetres(height)}`);
}
