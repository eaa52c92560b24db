import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { sentencesInSteps, textsInSteps, wordsInSteps } from '../../../src/report/table/packed-in-steps.ts';
import { packSentences, packTexts, packWords } from '../../../src/report/table/packed-texts.ts';
import { turnsOf } from '../../support/turns.ts';

const MANY = 9000;

describe.each<readonly [string, readonly string[]]>([
  ['none', []],
  ['of one shape', Array.from({ length: MANY }, (_, at) => `T${String(at * 3).padStart(7, '0')}`)],
  [
    'of several shapes',
    Array.from({ length: MANY }, (_, at) => `${at % 7 < 3 ? 'T' : 'claim:C'}${(at * 7919) % 10_007}`),
  ],
  ['of a shape that comes late', Array.from({ length: MANY }, (_, at) => (at < MANY - 3 ? `T${at % 10}` : 'x'))],
  ['without counters', Array.from({ length: MANY }, (_, at) => (at % 3 === 0 ? '' : 'abc'))],
  [
    'of sentences that come again',
    Array.from({ length: MANY }, (_, at) => `M${at % 5}: ${at % 3}円 / ${at % 7 === 0 ? 'a' : 'b'}`),
  ],
  ['sentences', Array.from({ length: MANY }, (_, at) => `M${at % 11}: ${at}円 / M${at % 11}: ${at} yen`)],
])('texts %s', (_, texts) => {
  test('come to what they come to at once', () => {
    expect(drained(wordsInSteps(texts))).toEqual(packWords(texts));
    expect(drained(textsInSteps(texts))).toEqual(packTexts(texts));
    expect(drained(sentencesInSteps(texts))).toEqual(packSentences(texts));
  });
});

test('so do any', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      expect(drained(textsInSteps(texts))).toEqual(packTexts(texts));
    }),
  );
});

test('many give turns meanwhile', () => {
  const texts = Array.from({ length: MANY }, (_, at) => `T${at}`);
  for (const steps of [wordsInSteps(texts), textsInSteps(texts), sentencesInSteps(texts)])
    expect(turnsOf<unknown>(steps).turns).toBeGreaterThanOrEqual(4);
});
