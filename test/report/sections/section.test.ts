import { expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { markup } from '../../../src/report/markup.ts';
import { plural, section, stated } from '../../../src/report/sections/section.ts';

test('a section can be led to, and its figures looked up', () => {
  const { html } = section('here', text('題', 'Title'), markup`${stated('payouts.yen', 26401)}`);
  expect(html).toContain('<section id="here">');
  expect(html).toContain('data-figure="payouts.yen">26,401<');
});

test('one is not many', () => {
  expect([plural(1, 'payout'), plural(2, 'payout'), plural(0, 'expiry', 'expiries')]).toEqual([
    'payout',
    'payouts',
    'expiries',
  ]);
});
