import { expect, test } from 'vitest';
import { isOfPage } from '../../src/publish/page.ts';

test.each([
  ['summary.json', true],
  ['eligibility.csv', true],
  ['figures.json', true],
  // Contacts stand there, and what was purged would be missed.
  ['payouts.csv', false],
  ['to_send.csv', false],
  ['excel/eligibility.csv', false],
  ['report.html', false],
])('whether a page is made of %s: %s', (name, expected) => expect(isOfPage(name)).toBe(expected));
