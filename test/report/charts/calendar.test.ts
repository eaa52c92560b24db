import { expect, test } from 'vitest';
import { dayNumber } from '../../../src/base/instants.ts';
import { text } from '../../../src/base/text.ts';
import { calendarDrawing, calendarHeight, type Span } from '../../../src/report/charts/calendar.ts';

const FIRST = dayNumber(2031, 3, 4);
const span = (from: number, to: number | undefined): Span => ({
  name: text('何', 'what'),
  shown: text('日', 'day'),
  from,
  to,
  colour: 'now',
});

test('a span has its share of the days, its last day included', () => {
  // From three days before the first to eight after the last day: 11 + 89 days.
  const { html } = calendarDrawing([span(FIRST, FIRST + 49)], FIRST + 89);
  expect(html).toContain('x="3%" y="64" width="50%"');
  // The day of the run in its middle, and months by their names.
  expect(html).toContain('x1="92.5%" x2="92.5%"');
  for (const month of ['Apr', 'May', 'Jun']) expect(html).toContain(`>${month}<`);
});

test('what has no end goes on to the right, paler', () => {
  expect(calendarDrawing([span(FIRST, undefined)], FIRST + 89).html).toContain(
    'x="3%" y="64" width="97%" height="10" rx="2" opacity=".5"',
  );
});

test('each has a row', () => {
  expect(calendarHeight([span(FIRST, FIRST), span(FIRST, FIRST)]) - calendarHeight([span(FIRST, FIRST)])).toBe(44);
});
