import { describe, expect, it } from 'vitest';
import { expressionOf, hasOneGroup, isPattern } from '../../../src/intake/mapping/patterns.ts';

describe('a pattern of a profile', () => {
  it.each([
    ['a word', 'クーポン', true, false],
    ['an id', '(P[0-9A-F]{16})', true, true],
    ['two groups', '(a)(b)', true, false],
    ['a repeated group, which may take for ever', '(a+)+b', false, false],
    ['one that refers back', '(a)\\1', false, false],
    ['no regular expression', '(a', false, false],
  ])('%s', (_, pattern, isOne, oneGroup) => {
    expect([isPattern(pattern), hasOneGroup(pattern)]).toEqual([isOne, oneGroup]);
  });

  it('is made once, and reads code points', () => {
    expect(expressionOf('^.$')).toBe(expressionOf('^.$'));
    expect(expressionOf('^.$').test('𠮷')).toBe(true);
  });
});
