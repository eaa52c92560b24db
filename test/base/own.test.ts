import { describe, expect, it } from 'vitest';
import { ownOf } from '../../src/base/own.ts';

describe('a word that somebody wrote', () => {
  it('is found where the record has it', () => {
    expect(ownOf({ a: 1 }, 'a')).toBe(1);
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))('%s is not found on what every object is made of', (word) => {
    expect(ownOf({ a: 1 }, word)).toBeUndefined();
  });
});
