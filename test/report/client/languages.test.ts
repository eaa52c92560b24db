import { expect } from 'vitest';
import { inBrowser } from './opened.ts';

inBrowser('the language of the page', {
  'is Japanese first, and the other at a press': async (open) => {
    const page = await open('');
    const headline = page.locator('#verdict h2');
    expect(await headline.innerText()).toBe('いま 11 件、24,401円を送れます。');
    await page.locator('[data-language=en]').press('Enter');
    expect(await headline.innerText()).toBe('11 payouts of 24,401 yen can be sent now.');
    expect(await page.title()).toContain('Kagoshima regional coupons');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('[data-language=en]').getAttribute('aria-pressed')).toBe('true');
  },
  'is that of the address': async (open) => {
    const page = await open('#lang=en');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  },
});
