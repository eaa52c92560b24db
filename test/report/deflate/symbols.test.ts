import { expect, test } from 'vitest';
import {
  codedDistanceIn,
  codedLengthIn,
  codeIn,
  FIRST_LENGTH,
  isMatch,
  moreIn,
  Symbols,
} from '../../../src/report/deflate/symbols.ts';

/** RFC 1951 §3.2.5: the code of a value and what follows it. */
test.each([
  [3, 1, [0, 0], [0, 0]],
  [10, 4, [7, 0], [3, 0]],
  [12, 6, [8, 1], [4, 1]],
  [114, 24, [22, 15], [8, 7]],
  [257, 24_577, [27, 30], [29, 0]],
  [258, 32_767, [28, 0], [29, 8190]],
])('a match of %i bytes from %i before', (length, distance, ofLength, ofDistance) => {
  const symbols = new Symbols(new Uint8Array(0));
  symbols.begin(0);
  symbols.addMatch(length, distance);
  const symbol = symbols.symbols[0] as number;
  expect(isMatch(symbol)).toBe(true);
  const [codedLength, codedDistance] = [codedLengthIn(symbol), codedDistanceIn(symbol)];
  expect([codeIn(codedLength), moreIn(codedLength)]).toEqual(ofLength);
  expect([codeIn(codedDistance), moreIn(codedDistance)]).toEqual(ofDistance);
  expect(symbols.literals[FIRST_LENGTH + (ofLength[0] as number)]).toBe(1);
  expect(symbols.distances[ofDistance[0] as number]).toBe(1);
});

test('a literal is its byte, and a new block begins without any', () => {
  const symbols = new Symbols(Uint8Array.of(7, 7, 8));
  symbols.begin(0);
  symbols.addLiteral(7);
  symbols.addLiteral(7);
  expect([symbols.count, symbols.literals[7], isMatch(symbols.symbols[0] as number)]).toEqual([2, 2, false]);
  expect([...symbols.finish(2, false).bytes]).toEqual([7, 7]);
  symbols.begin(2);
  expect([symbols.count, symbols.literals[7]]).toEqual([0, 0]);
  expect([...symbols.finish(3, true).bytes]).toEqual([8]);
  expect(symbols.isLast).toBe(true);
});
