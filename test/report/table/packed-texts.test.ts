import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  packSentences,
  packTexts,
  packWords,
  textsAt,
  unpackSentence,
} from '../../../src/report/table/packed-texts.ts';

const readBack = (texts: readonly string[]): readonly string[] => {
  const textAt = textsAt(packTexts(texts), texts.length);
  return texts.map((_, at) => textAt(at));
};

describe('texts that end in a counter', () => {
  test('are a shape, and by how much each is more than the one before', () => {
    expect(packTexts(['C007', 'C009', 'C008'])).toEqual({ shapes: [['C', 3]], more: [7, 2, -1] });
  });

  test.each([
    ['zeros before', ['000000000201', '000000000205', '201', '0']],
    ['more digits than are exact', ['99999999999999999999', 'a12345678901234567890']],
    ['texts without a counter, and none', ['', 'abc', '', 'x y']],
    ['one shape without a counter', ['abc', 'abc']],
    ['none', []],
  ])('read back: %s', (_, texts) => {
    expect(readBack(texts)).toEqual(texts);
  });

  test('read back whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        expect(readBack(texts)).toEqual(texts);
      }),
    );
  });
});

test('words stand there once', () => {
  expect(packWords(['a', 'b', 'a'])).toEqual({ words: ['a', 'b'], at: [0, 1, 0] });
});

describe('sentences', () => {
  test('that differ in figures alone stand there once; a figure that comes twice, too', () => {
    const packed = packSentences(['M01: 800円 / M01: 800 yen', 'M02: 900円 / M02: 900 yen']);
    expect(packed.sentences.words).toHaveLength(1);
    expect(packed.figures).toEqual(['01 800', '02 900']);
    expect([0, 1].map((at) => unpackSentence(packed, at))).toEqual([
      'M01: 800円 / M01: 800 yen',
      'M02: 900円 / M02: 900 yen',
    ]);
  });

  test('read back whatever they are, but for the two signs that stand for places', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const packed = packSentences(texts);
        const shown = texts.map((text) => text.replace(/[\ue000\ue001]/g, '\ufffd'));
        expect(texts.map((_, at) => unpackSentence(packed, at))).toEqual(shown);
      }),
    );
  });
});
