import { expect } from 'vitest';
import { inBrowser } from './opened.ts';

inBrowser('what the script writes', {
  'stands there in both languages, of which one is shown': async (open) => {
    const page = await open('#number=201');
    const status = page.locator('#coupons-rows td.status');
    expect(await status.innerText()).toBe('支払える');
    expect(await status.textContent()).toBe('支払えるpayable');
  },
});
