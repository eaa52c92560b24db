import { expect, test } from 'vitest';
import { gapsDrawing, minutesAndSeconds, spanWords } from '../../../src/report/charts/gaps.ts';

test.each([
  [0, '0:00', '0秒', '0 s'],
  [90, '1:30', '1分30秒', '1 min 30 s'],
  [600, '10:00', '10分', '10 min'],
])('%d seconds', (seconds, clock, ja, en) => {
  expect(minutesAndSeconds(seconds)).toBe(clock);
  expect(spanWords(seconds)).toEqual({ ja, en });
});

test('bins up to the limit are of one colour, those beyond of another; the limit is marked', () => {
  // A time at the end of a bin belongs to it: that of 540 to 600 seconds is within a limit of 600.
  const counts = [...Array<number>(9).fill(0), 4, 2, ...Array<number>(9).fill(0)];
  const { html } = gapsDrawing({ limitSeconds: 600, binSeconds: 60, counts, longer: 0 });
  expect(html).toMatch(/class="fill-waits" x="45%"/);
  expect(html).toMatch(/class="fill-outside" x="50%"/);
  expect(html).toContain('<line class="mark" x1="50%" x2="50%"');
  expect(html).toContain('pressed again: within 10 min');
});

test('none at all is drawn, too', () => {
  expect(gapsDrawing({ limitSeconds: 0, binSeconds: 1, counts: [], longer: 0 }).html).not.toMatch(/NaN|Infinity/);
});
