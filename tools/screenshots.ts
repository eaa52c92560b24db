// Pictures of a run\u2019s page for the READMEs: the worked night, as it opens. Needs Chromium, and fonts with Japanese
// (Debian: chromium fonts-noto-cjk); pictures differ between machines by their fonts, so nothing holds them against the code.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHROMIUM, launchBrowser, withPage } from '../test/browser/browser.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const [WIDTH, HEIGHT] = [1280, 1180];
const PICTURES = { ja: 'docs/report.png', en: 'docs/report.en.png' } as const;

/** The page of the worked night, made by the built program. */
function makePage(folder: string): string {
  const program = (...words: readonly string[]): void => {
    execFileSync(process.execPath, [join(root, 'bin/regionpay-reconcile.js'), ...words, '--quiet']);
  };
  const [run, page] = [join(folder, 'run'), join(folder, 'page.html')];
  const config = join(root, 'fixtures/outage-night/run.json');
  program('run', '--config', config, '--as-of', '2023-05-10T02:00:00+09:00', '--out', run);
  program('report', run, '--out', page);
  return page;
}

async function takePictures(page: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    for (const [language, picture] of Object.entries(PICTURES))
      await withPage(browser, page, { width: WIDTH, height: HEIGHT, hash: `lang=${language}` }, async (opened) => {
        if (opened.complaints.length > 0) throw new Error(opened.complaints.join('\n'));
        await opened.page.screenshot({ path: join(root, picture) });
      });
  } finally {
    await browser.close();
  }
}

if (CHROMIUM === undefined) {
  process.stderr.write('screenshots: there is no Chromium; name one by CHROMIUM, or install it\n');
  process.exitCode = 1;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-screenshots-'));
  try {
    await takePictures(makePage(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
