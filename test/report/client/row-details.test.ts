import { expect } from 'vitest';
import { inBrowser } from './opened.ts';

inBrowser('a row that is open', {
  'shows payments, questions, other rows and clauses': async (open) => {
    const page = await open('#number=309&lang=en');
    await page.locator('#coupons-rows .open').click();
    const told = await page.locator('tr.why').innerText();
    expect(told).toContain('the coupon outlives the extension');
    expect(told).toContain('OUTLIVES_EXTENSION not answered (holds the payment, 3,000 yen)');
    expect(told).toMatch(/2023-02-24 20:40:00\s+M03\s+1,000\s+T3091\s+completed/);
    expect(told).toContain('claim:CL8');
    expect(told).toContain('1(B)①');
  },
});
