import { expect, test } from 'vitest';
import { HOUR } from '../../../src/base/instants.ts';
import { drained } from '../../../src/base/steps.ts';
import { outageSection } from '../../../src/report/sections/outage.ts';
import { contentsIn, shownIn, tableIn, workedNight } from '../worked-night.ts';

const contents = contentsIn(workedNight());

test('payments, gaps and shops are drawn, each with its table', () => {
  const { html } = drained(outageSection(contents));
  for (const id of ['payments', 'gaps', 'shops']) expect(html).toContain(`<figure id="${id}">`);
  const en = shownIn(html, 'en');
  // 26 completed payments from 17:00 to 23:00, of 29 in the log: one before, two in other hours.
  expect(en).toContain('26 payments were settled in what is drawn.');
  expect(en).toContain('outage 17:45–22:15');
  expect(en).toContain('M03\n15,300\n7,100\n+8,200');
});

test('only an outage of one evening or night is called a night', () => {
  expect(shownIn(drained(outageSection(contents)).html, 'ja')).toContain('障害の夜に何が起きたか');
  const terms = { ...contents.policy.terms, outageFrom: contents.policy.terms.outageFrom - 9 * HOUR };
  const other = drained(outageSection({ ...contents, policy: { ...contents.policy, terms } }));
  expect(shownIn(other.html, 'ja')).toContain('障害で何が起きたか');
});

test('shops with most come first, days of one together; those that agree are left out', () => {
  const merchantDays = tableIn('merchant_id,log_yen,report_yen\nM1,500,400\nM2,100,900\nM1,300,100\nM3,70,70\n');
  const en = shownIn(drained(outageSection({ ...contents, merchantDays })).html, 'en');
  expect(en).toContain('2 shops report other sales');
  expect(en).toContain('M2\n100\n900\n−800\nM1\n800\n500\n+300');
  expect(en).not.toContain('M3');
});

test('of shops that agree it says so', () => {
  const merchantDays = tableIn('merchant_id,log_yen,report_yen\nM3,70,70\n');
  expect(shownIn(drained(outageSection({ ...contents, merchantDays })).html, 'en')).toContain('do not differ');
});
