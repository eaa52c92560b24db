import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_PLAIN_SIGNS } from '../../../src/report/deflated.ts';
import { CHROMIUM, launchBrowser, openPage, WITHOUT } from '../../browser/browser.ts';
import { pageIn, withFiles, workedNight } from '../worked-night.ts';

const COUPONS = 50_000;

/** The worked night with as many coupons in place of its own, each with a payment; ten of these are of one shop. */
function largePage(): string {
  const rows = Array.from({ length: COUPONS }, (_, row) => String(row).padStart(12, '0'));
  const coupons = rows.map(
    (number, row) =>
      `${number},payable,A,2023-03-31,${1000 + (row % 2999)},0,0,${1000 + (row % 2999)},app_url,P${number},,tx:T${row}\n`,
  );
  const payments = rows.map(
    (number, row) =>
      `${number},2023-02-24T18:00:07+09:00,${row < 10 ? 'SHOP-9' : 'M1'},${row % 900},T${row},completed,no,supported\n`,
  );
  const files = {
    'eligibility.csv': `coupon_number,status,grounds,valid_until,residual_yen,reinstate_yen,already_paid_yen,payable_yen,route,payout_id,reasons,evidence\n${coupons.join('')}`,
    'outage_payments.csv': `coupon_number,occurred_at,merchant_id,amount_yen,transaction_id,status,repeated,support\n${payments.join('')}`,
  };
  return pageIn(withFiles(workedNight(), files));
}

describe.skipIf(CHROMIUM === undefined)(`a page whose data is deflated (${WITHOUT})`, () => {
  let browser: Browser;
  let path = '';
  beforeAll(async () => {
    path = join(mkdtempSync(join(tmpdir(), 'regionpay-large-page-')), 'report.html');
    const html = largePage();
    expect(html.length).toBeLessThan(MOST_PLAIN_SIGNS);
    expect(html.match(/application\/octet-stream/g)).toHaveLength(2);
    writeFileSync(path, html);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(join(path, '..'), { recursive: true, force: true });
  });

  test('shows its list, finds a shop, and opens a row', async () => {
    const { page, complaints, close } = await openPage(browser, path, { hash: 'shop=SHOP-9&lang=en' });
    const found = page.locator('#coupons-found');
    await page.locator('#coupons-rows .open').first().waitFor();
    expect(await found.innerText()).toBe('10 of 50,000 coupons');
    await page.locator('#coupons-rows .open').first().click();
    expect(await page.locator('tr.why').innerText()).toContain('SHOP-9');
    expect(complaints).toEqual([]);
    await close();
  });

  test('says so where the browser cannot read it', async () => {
    const context = await browser.newContext();
    await context.addInitScript('delete globalThis.DecompressionStream');
    const page = await context.newPage();
    await page.goto(`file://${path}`);
    await page.getByText('この一覧をブラウザが読めませんでした').waitFor();
    await context.close();
  });
});
