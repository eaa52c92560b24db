import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deflated } from '../../src/report/deflated.ts';

const inflated = (base64: string): string => inflateRawSync(Buffer.from(base64, 'base64')).toString();

test('what is deflated reads back by any inflater, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (json) => {
      expect(inflated(deflated(json))).toBe(json);
    }),
  );
});

test('columns that say the same again and again take a fraction', () => {
  const json = JSON.stringify(Array.from({ length: 20_000 }, (_, row) => row % 7));
  expect(deflated(json).length).toBeLessThan(json.length / 20);
});
