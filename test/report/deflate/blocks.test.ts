import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { BitWriter, putBlock } from '../../../src/report/deflate/blocks.ts';
import { Matches } from '../../../src/report/deflate/matches.ts';
import { createRandom } from '../../support/random.ts';

function deflatedBy(bytes: Uint8Array): Buffer {
  const writer = new BitWriter(2 * bytes.length + 100);
  const matches = new Matches(bytes);
  for (let block = matches.nextBlock(); block !== undefined; block = matches.nextBlock()) putBlock(writer, block);
  return Buffer.from(writer.finish());
}

const random = createRandom(7);
const below = (most: number): number => Math.floor(random() * most);
const bytesOf = (length: number, byteAt: (at: number) => number): Buffer =>
  Buffer.from(Array.from({ length }, (_, at) => byteAt(at)));

describe('the bytes are those of fflate at level 3', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.of(7)],
    ['zeros', Buffer.alloc(100_000)],
    ['what cannot be told shorter', bytesOf(70_000, () => below(256))],
    ['few bytes', bytesOf(90_000, () => below(3))],
    ['some bytes that are rare', bytesOf(90_000, () => Math.floor(random() ** 8 * 256))],
    [
      'counts that ask for codes of too many bits',
      bytesOf(24_000, () => 200 - Math.floor(Math.log2(1 + below(2 ** 20)))),
    ],
    [
      'rows alike but for their numbers',
      Buffer.from(Array.from({ length: 9000 }, (_, at) => `T${at},M${below(40)}\n`).join('')),
    ],
    ['columns of numbers', Buffer.from(JSON.stringify(Array.from({ length: 40_000 }, (_, at) => (at * 7919) % 4001)))],
    ['text', Buffer.from('店の売上と合うのは 0〜1 件。'.repeat(3000))],
  ])('of %s', (_, bytes) => {
    const made = deflatedBy(bytes);
    expect(made.equals(Buffer.from(deflateSync(bytes, { level: 3 })))).toBe(true);
    expect(inflateRawSync(made).equals(bytes)).toBe(true);
  });

  test('of whatever there is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 900 }), fc.integer({ min: 1, max: 255 }), (given, most) => {
        const bytes = given.map((byte) => byte % most);
        expect(deflatedBy(bytes).equals(Buffer.from(deflateSync(bytes, { level: 3 })))).toBe(true);
      }),
    );
  });
});
