import { expect, test } from 'vitest';
import { Matches } from '../../../src/report/deflate/matches.ts';
import { codedDistanceIn, codedLengthIn, codeIn, isMatch } from '../../../src/report/deflate/symbols.ts';
import { createRandom } from '../../support/random.ts';

/** Each block's symbols: a byte, or the codes of a match. */
function blocksOf(bytes: Uint8Array): readonly (readonly (number | string)[])[] {
  const matches = new Matches(bytes);
  const blocks: (number | string)[][] = [];
  for (let block = matches.nextBlock(); block !== undefined; block = matches.nextBlock())
    blocks.push(
      [...block.symbols.subarray(0, block.count)].map((symbol) =>
        isMatch(symbol) ? `${codeIn(codedLengthIn(symbol))}/${codeIn(codedDistanceIn(symbol))}` : symbol,
      ),
    );
  return blocks;
}

test('what stood before is told by its length and distance, where three bytes or more are alike', () => {
  // Six bytes (code 3 of lengths) from six before (code 4 of distances, for 5 and 6).
  expect(blocksOf(Buffer.from('abcdefabcdef'))).toEqual([[97, 98, 99, 100, 101, 102, '3/4']]);
  expect(blocksOf(Buffer.from('abab'))).toEqual([[97, 98, 97, 98]]);
});

test('the same byte again and again is a match with the one before', () => {
  expect(blocksOf(Buffer.alloc(259))).toEqual([[0, '28/0']]);
});

test('of nothing there is one block without symbols', () => {
  expect(blocksOf(Buffer.alloc(0))).toEqual([[]]);
});

test('many matches, or many literals, are several blocks', () => {
  const random = createRandom(3);
  const lines = Array.from({ length: 20_000 }, () => `${Math.floor(random() * 9000)},`).join('');
  expect(blocksOf(Buffer.from(lines)).length).toBeGreaterThan(2);
  const literals = Buffer.from(Array.from({ length: 60_000 }, () => Math.floor(random() * 256)));
  expect(blocksOf(literals).length).toBeGreaterThan(2);
});
