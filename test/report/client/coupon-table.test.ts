import { expect } from 'vitest';
import { inBrowser } from './opened.ts';

inBrowser('the table of coupons', {
  'finds a number, with or without zeros, and all again': async (open) => {
    const page = await open('');
    const found = page.locator('#coupons-found');
    expect(await found.innerText()).toBe('25 枚(全 25 枚)');
    await page.locator('#coupons-number').fill('00000000000201');
    expect(await found.innerText()).toBe('1 枚(全 25 枚)');
    await page.locator('#coupons-all').click();
    expect(await found.innerText()).toBe('25 枚(全 25 枚)');
  },
  'opens and closes a row by the keyboard': async (open) => {
    const page = await open('#number=205');
    const button = page.locator('#coupons-rows .open');
    await button.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('tr.why').innerText()).toContain('1,300円を支払えます。');
    await button.press('Enter');
    expect(await page.locator('tr.why').count()).toBe(0);
  },
  'follows a mark of a drawing': async (open) => {
    const page = await open('');
    await page.locator('#flow a[href="#status=in_review"]').click();
    // A browser tells of the new address in a turn of its own.
    await page.locator('#coupons-found', { hasText: '8 枚(全 25 枚)' }).waitFor();
    expect(await page.locator('#coupons-before').isDisabled()).toBe(true);
  },
});
