import { Worker } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { deflated, MOST_BYTES_AT_ONCE } from '../../src/report/deflated.ts';
import { wholeInTurns } from '../../src/run/turns.ts';
import { createRandom } from '../support/random.ts';

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

/** More than is deflated at once. */
function largeBlock(): Uint8Array {
  const random = createRandom(3);
  const words = Array.from({ length: 1000 }, () => String(Math.floor(random() * 1e9)));
  return Buffer.from(words.join(',').repeat(Math.ceil(MOST_BYTES_AT_ONCE / 9000)));
}

test('a large block is deflated by another thread to the same bytes, and others have turns meanwhile', async () => {
  const json = largeBlock();
  expect(json.length).toBeGreaterThan(MOST_BYTES_AT_ONCE);
  let turns = 0;
  const turn = async (): Promise<void> => {
    turns++;
  };
  const base64 = await wholeInTurns(deflated(json), turn);
  expect(turns).toBeGreaterThan(0);
  expect(base64).toBe(Buffer.from(deflateSync(json, { level: 3 })).toString('base64'));
});

test('whoever ends it meanwhile ends the thread', async () => {
  const ended = vi.spyOn(Worker.prototype, 'terminate');
  const turn = () => Promise.reject(new Error('ended'));
  await expect(wholeInTurns(deflated(largeBlock()), turn)).rejects.toThrow('ended');
  expect(ended).toHaveBeenCalledTimes(1);
  ended.mockRestore();
});

test('a large block cannot be had at once', () => {
  expect(() => drained(deflated(largeBlock()))).toThrow('another thread');
});
