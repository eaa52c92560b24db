import { expect, it } from 'vitest';
import { spread } from '../../../src/intake/columns/spread.ts';

// Numbers of coupons, keys of a counter, keys that end alike, and those of texts that are looked up whole.
it.each([
  ['numbers', (at: number) => at],
  ['keys of one shape', (at: number) => 3e12 + at],
  ['keys that end alike', (at: number) => 3e12 + at * 1000],
  ['keys of whole texts', (at: number) => -2 - at],
])('%s come to all parts, and to none too often', (_, keyOf) => {
  for (const parts of [1, 2, 3, 7, 250]) {
    const rows = new Float64Array(parts);
    const count = 1000 * parts;
    for (let at = 0; at < count; at++) {
      const part = spread(keyOf(at), parts);
      rows[part] = (rows[part] as number) + 1;
    }
    expect(rows.reduce((sum, each) => sum + each, 0)).toBe(count);
    expect(Math.max(...rows)).toBeLessThan(1200);
    expect(Math.min(...rows)).toBeGreaterThan(800);
  }
});
