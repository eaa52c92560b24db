import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program, ROOT, readRows } from '../support/program.ts';
import {
  axeViolations,
  CHROMIUM,
  launchBrowser,
  type OpenedPage,
  pixelsTooWide,
  printedPages,
  WITHOUT,
  withPage,
} from './browser.ts';

/** The page of a run, as whoever gets it opens it: the worked night, a night made to do harm, and two nights compared. */
const NIGHT = join(ROOT, 'fixtures/outage-night');
const INPUTS = {
  issuance: 'issuance.csv',
  transactions: 'transactions.csv',
  'merchant-reports': 'merchant_reports.csv',
  claims: 'claims.csv',
  applications: 'applications.csv',
} as const;
const AS_OF = '2023-05-10T02:00:00+09:00';
/** A script, where a script could stand; the sign that turns what follows; what a terminal and a spreadsheet obey. */
const HARM = `<script>window.harmed=1</script><img src=x onerror=window.harmed=1>`;
/** A row with `=` or a quote in an identifier is set aside; this gets through. */
const FORMULA = '@SUM(1)+cmd|calc!A0';
const TURNED = 'M\u202e10';

let folder = '';
const at = (name: string): string => join(folder, name);
const runs = (words: readonly string[]): void => {
  const { status, stderr } = program([...words, '--quiet', '--lang', 'en']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
};

function makeNight(name: string, ...more: readonly string[]): void {
  const inputs = Object.entries(INPUTS).flatMap(([option, file]) => [`--${option}`, join(NIGHT, file)]);
  runs(['run', ...inputs, '--as-of', AS_OF, '--out', at(name), ...more]);
  runs(['report', at(name), '--out', at(`${name}.html`)]);
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Everything that people fill in, filled in by somebody who means harm. */
function makeHarmfulNight(): void {
  const inputs = Object.entries(INPUTS).flatMap(([option, file]) => {
    const path = at(`${option}"><img src=x onerror=window.harmed=1>.csv`);
    const [header = '', ...rows] = readFileSync(join(NIGHT, file), 'utf8').trimEnd().split('\n');
    const harmed = rows.map((row) => row.replace(/\bM01\b/g, quoted(HARM)).replace(/\bM03\b/g, quoted(FORMULA)));
    if (file === INPUTS.claims) harmed.push(claimOf(header, HARM), claimOf(header, FORMULA), claimOf(header, TURNED));
    writeFileSync(
      path,
      `${header},${quoted(HARM)}\n${harmed.map((row) => `${row},${quoted('\u001b[2J')}`).join('\n')}\n`,
    );
    return [`--${option}`, path];
  });
  const policy = JSON.parse(program(['policy', '--json']).stdout) as { id: string; title: { ja: string; en: string } };
  const title = { ja: HARM, en: `${HARM}\u202e` };
  writeFileSync(at('policy.json'), JSON.stringify({ ...policy, id: 'harm', title }));
  const options = ['--policy', at('policy.json'), '--max-rejects', '100%', '--max-unmatched', '100%'];
  runs(['run', ...inputs, '--as-of', AS_OF, '--out', at('harmful'), ...options]);
  runs(['report', at('harmful'), '--out', at('harmful.html')]);
}

/** A claim whose shop and coupon are some text. */
const claimOf = (header: string, text: string): string =>
  header
    .split(',')
    .map((column) => {
      if (column === 'claim_id') return `C-${text.length}`;
      if (column.endsWith('_at')) return '2023-02-25T10:00:00+09:00';
      if (column === 'kind') return 'double_charge';
      return column === 'coupon_number' || column === 'merchant_id' ? quoted(text) : '';
    })
    .join(',');

const LANGUAGES = ['ja', 'en'] as const;
const PAGES = ['night', 'harmful', 'compared'] as const;

describe.skipIf(CHROMIUM === undefined)(`pages of runs in a browser (${WITHOUT})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'regionpay-browser-'));
    makeNight('night');
    makeHarmfulNight();
    runs(['run', '--config', join(NIGHT, 'run.json'), '--as-of', AS_OF, '--count-unclaimed', '--out', at('other')]);
    runs(['report', at('night'), at('other'), '--out', at('compared.html')]);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = <T>(
    name: (typeof PAGES)[number],
    opening: Parameters<typeof withPage>[2],
    use: (opened: OpenedPage) => Promise<T>,
  ): Promise<T> => withPage(browser, at(`${name}.html`), opening, use);

  describe.each(PAGES)('%s', (name) => {
    test.each(LANGUAGES)('is shown in one language: %s', async (language) => {
      await open(name, { hash: `lang=${language}` }, async ({ page, complaints }) => {
        const isShown = (other: string): string =>
          `[...document.querySelectorAll('main .${other}')].some((each) => each.getClientRects().length > 0)`;
        const shown = await Promise.all(LANGUAGES.map((each) => page.evaluate(isShown(each))));
        expect(shown).toEqual(LANGUAGES.map((each) => each === language));
        expect(await page.evaluate('document.documentElement.lang')).toBe(language);
        expect(complaints).toEqual([]);
      });
    });

    test.each(LANGUAGES)('is not wider than a window of 1280 or 390, in one language: %s', async (language) => {
      await open(name, { hash: `lang=${language}` }, async ({ page }) => {
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          expect([width, await pixelsTooWide(page)]).toEqual([width, 0]);
        }
      });
    });

    test.each(LANGUAGES)('has nothing against it, by axe, in one language: %s', async (language) => {
      await open(name, { hash: `lang=${language}`, withoutPolicy: true }, async ({ page }) => {
        // What is dark has the same words as what is light.
        for (const colorScheme of language === 'ja' ? (['light', 'dark'] as const) : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          expect([colorScheme, await axeViolations(page)]).toEqual([colorScheme, []]);
        }
      });
    });

    test('is printed on A4, with every drawing whole', async () => {
      await open(name, {}, async ({ page }) => {
        const pages = await printedPages(page);
        expect(pages.length).toBeGreaterThan(0);
        expect(new Set(pages)).toEqual(new Set(['210 × 297']));
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 703, height: 1000 });
        const tooWide = `[...document.querySelectorAll('main svg')].filter((each) => {
          const { left, right, width, height } = each.getBoundingClientRect();
          return width < 100 || height < 20 || left < 0 || right > innerWidth;
        }).length`;
        expect(await page.evaluate(tooWide)).toBe(0);
        expect(await page.evaluate("document.querySelectorAll('main svg').length")).toBeGreaterThan(0);
      });
    });

    test('runs nothing but its own script', async () => {
      await open(name, {}, async ({ page, complaints }) => {
        // Whatever a row shows is made when it is opened.
        for (const row of await page.locator('button.open').all()) await row.click();
        for (const each of await page.locator('summary').all()) await each.click();
        expect(await page.evaluate('window.harmed')).toBeUndefined();
        expect(complaints).toEqual([]);
        expect(await page.locator('main img, main iframe, main object').count()).toBe(0);
      });
    });
  });

  describe('the worked night', () => {
    test('states the figures of summary.json, in both languages', async () => {
      const summary = JSON.parse(readFileSync(join(at('night'), 'summary.json'), 'utf8')) as unknown;
      const stated = (path: string): unknown =>
        path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], summary);
      const marked =
        "[...document.querySelectorAll('[data-figure]')].map((each) => [each.dataset.figure, each.innerText])";
      for (const language of LANGUAGES)
        await open('night', { hash: `lang=${language}` }, async ({ page }) => {
          const figures = (await page.evaluate(marked)) as readonly (readonly [string, string])[];
          expect(figures.length).toBeGreaterThan(20);
          // What stands in the other language is not shown.
          const shown = figures.filter(([, words]) => words.trim() !== '');
          expect(shown.length).toBeGreaterThan(20);
          for (const [path, words] of shown)
            expect([path, Number(words.replace(/[^\d-]/g, ''))]).toEqual([path, stated(path)]);
        });
    });

    test('is used by the keyboard alone: a number is typed, a status chosen, and its row opened', async () => {
      await open('night', {}, async ({ page, complaints }) => {
        const focused = "document.activeElement?.id ?? ''";
        for (let tabs = 0; tabs < 200 && (await page.evaluate(focused)) !== 'coupons-number'; tabs++)
          await page.keyboard.press('Tab');
        expect(await page.evaluate(focused)).toBe('coupons-number');
        await page.keyboard.type('201');
        await page.locator('#coupons-rows tr').nth(0).waitFor();
        expect(await page.locator('#coupons-rows tr').count()).toBe(1);
        await page.keyboard.press('Tab');
        expect(await page.evaluate(focused)).toBe('coupons-status');
        const chosen = 'document.activeElement?.value';
        for (let downs = 0; downs < 20 && (await page.evaluate(chosen)) !== 'payable'; downs++)
          await page.keyboard.press('ArrowDown');
        expect(await page.evaluate(chosen)).toBe('payable');
        expect(await page.locator('#coupons-rows tr').count()).toBe(1);
        const isRow = "document.activeElement?.classList.contains('open') ?? false";
        for (let tabs = 0; tabs < 20 && !(await page.evaluate(isRow)); tabs++) await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        const why = page.locator('tr.why');
        expect(await why.count()).toBe(1);
        expect(await why.innerText()).toContain('円');
        await page.keyboard.press('Enter');
        expect(await why.count()).toBe(0);
        expect(complaints).toEqual([]);
      });
    });

    test('finds a coupon with and without its zeros, and says how many', async () => {
      await open('night', {}, async ({ page }) => {
        for (const number of ['000000000201', '201', '0201']) {
          await page.fill('#coupons-number', number);
          expect(await page.locator('#coupons-rows button.open').allInnerTexts()).toEqual(['000000000201']);
          expect(await page.locator('#coupons-found').innerText()).toMatch(/^1 枚/);
        }
      });
    });

    test('shows what a link of a drawing asks for, as eligibility.csv has it', async () => {
      const rows = readRows(join(at('night'), 'eligibility.csv'));
      await open('night', {}, async ({ page }) => {
        const links = (await page.evaluate(
          "[...new Set([...document.querySelectorAll('main svg a')].map((each) => each.getAttribute('href')))]",
        )) as readonly string[];
        const byStatus = links.filter((link) => /^#status=\w+$/.test(link));
        expect(byStatus.length).toBeGreaterThan(0);
        for (const link of byStatus) {
          const status = link.slice('#status='.length);
          // A mark is what is drawn of it: between its bar and its words there may be nothing.
          await page.locator(`main svg a[href="${link}"] :is(rect, path, text):visible`).first().click();
          const found = await page.locator('#coupons-rows button.open').allInnerTexts();
          expect([link, found]).toEqual([
            link,
            rows.filter((row) => row.status === status).map((row) => row.coupon_number),
          ]);
        }
      });
    });

    test('is the same page again where its address is opened', async () => {
      await open('night', { hash: 'status=payable&lang=en' }, async ({ page }) => {
        const rows = readRows(join(at('night'), 'eligibility.csv')).filter(({ status }) => status === 'payable');
        expect(await page.locator('#coupons-rows button.open').count()).toBe(rows.length);
        expect(await page.evaluate('document.documentElement.lang')).toBe('en');
      });
    });
  });

  test('a text that means harm is shown as text', async () => {
    await open('harmful', {}, async ({ page }) => {
      for (const row of await page.locator('button.open').all()) await row.click();
      for (const each of await page.locator('summary').all()) await each.click();
      const text = (await page.evaluate('document.body.innerText')) as string;
      // In the title, as a shop\u2019s name and as what a spreadsheet would run.
      expect(text.split(HARM).length).toBeGreaterThan(2);
      expect(text).toContain(FORMULA);
      for (const sign of ['\u001b', '\u202e']) expect(text).not.toContain(sign);
    });
  });

  test('two runs compared state the figures of diff', async () => {
    const diff = JSON.parse(program(['diff', at('night'), at('other'), '--json']).stdout) as Record<string, number>;
    // Coupon 205 is put back two presses of 900 yen without waiting for a call.
    expect([diff.netYen, diff.couponsDiffering]).toEqual([1800, 1]);
    await open('compared', { hash: 'lang=en' }, async ({ page }) => {
      const marked =
        "[...document.querySelectorAll('[data-figure]')].map((each) => [each.dataset.figure, each.innerText])";
      for (const [name, words] of (await page.evaluate(marked)) as readonly (readonly [string, string])[])
        expect([name, Number(words.replace(/[^\d-]/g, ''))]).toEqual([name, diff[name]]);
    });
  });
});
