import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { deflated } from '../../src/report/deflated.ts';
import { createRandom } from '../support/random.ts';
import { turnsOf } from '../support/turns.ts';

const inflated = (base64: string): string => inflateRawSync(Buffer.from(base64, 'base64')).toString();
const deflatedText = (json: string): string => drained(deflated(Buffer.from(json)));

test('what is deflated reads back by any inflater, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (json) => {
      expect(inflated(deflatedText(json))).toBe(json);
    }),
  );
});

test('columns that say the same again and again take a fraction', () => {
  const json = JSON.stringify(Array.from({ length: 20_000 }, (_, row) => row % 7));
  expect(deflatedText(json).length).toBeLessThan(json.length / 20);
});

test('a large block is deflated in steps', () => {
  const random = createRandom(3);
  const json = Buffer.from(JSON.stringify(Array.from({ length: 100_000 }, () => Math.floor(random() * 9000))));
  expect(turnsOf(deflated(json)).turns).toBeGreaterThan(10);
});
