import { expect, test } from 'vitest';
import { dayNumber, MINUTE, startOfDay } from '../../../src/base/instants.ts';
import { paymentsDrawing } from '../../../src/report/charts/payments.ts';

const SIX = startOfDay(dayNumber(2031, 1, 5)) + 18 * 60 * MINUTE;
const none = [0, 0, 0, 0];
const counts = {
  from: SIX,
  binMinutes: 15,
  completed: [0, 4, 4, 0],
  repeated: none,
  unsupported: none,
  failed: none,
  pending: none,
};
const window = { from: SIX + 15 * MINUTE, end: SIX + 45 * MINUTE };

test('the outage is a band of its own share of the time', () => {
  const { html } = paymentsDrawing(counts, [window]);
  expect(html).toMatch(/class="window" x="25%" y="\d+" width="50%"/);
  expect(html).toContain('outage 18:15–18:44');
  expect(html).toContain('>18:00<');
  expect(html).toContain('>19:00<');
});

test('what was settled goes up from nothing to the most, drawn where it changes', () => {
  const { html } = paymentsDrawing(counts, [window]);
  // 1,000 units high: nothing at the foot, four at the top, from the first bin on for two.
  expect(html).toContain('class="fill-later" d="M0,1000L1,1000L1,0L3,0L3,1000L4,1000L4,1000');
});

test('what was not goes down', () => {
  const { html } = paymentsDrawing({ ...counts, failed: [0, 0, 1, 0], pending: [1, 0, 0, 0] }, [window]);
  // Four up and one down: nothing is at 800 of 1,000.
  expect(html).toMatch(/class="fill-outside" d="M0,1000L1,1000L1,800L2,800L2,1000L3,1000L3,800L4,800/);
  expect(html).toMatch(/class="fill-ink" d="M0,1000L1,1000L1,800L4,800/);
});

test('a time without payments is drawn, too', () => {
  expect(paymentsDrawing({ ...counts, completed: none }, [window]).html).not.toContain('NaN');
});
