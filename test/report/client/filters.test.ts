import { expect } from 'vitest';
import { inBrowser } from './opened.ts';

inBrowser('what is sought', {
  'can be typed and chosen, and stands in the address': async (open) => {
    const page = await open('');
    await page.locator('#coupons-status').selectOption('payable');
    await page.locator('#coupons-ground').selectOption('B2');
    // 201, 205 with two grounds, 207 and 208 are charged more than once.
    expect(await page.locator('#coupons-rows .open').allInnerTexts()).toEqual(
      ['201', '205', '207', '208'].map((number) => `000000000${number}`),
    );
    expect(page.url()).toMatch(/#status=payable&ground=B2$/);
  },
  'a link chooses, and what no coupon has finds none': async (open) => {
    const page = await open('#status=lapsed');
    expect(await page.locator('#coupons-found').innerText()).toBe('0 枚(全 25 枚)');
    expect(await page.locator('#coupons-status').inputValue()).toBe('lapsed');
  },
  'words to choose are in the language of the page': async (open) => {
    const page = await open('#lang=en');
    expect(await page.locator('#coupons-status option').allInnerTexts()).toContain('waits for a person');
  },
});
