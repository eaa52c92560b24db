import { describe, expect, test } from 'vitest';
import { encodeWindows31j } from '../../src/base/windows-31j.ts';

const decode = (bytes: Uint8Array): string => new TextDecoder('shift_jis', { fatal: true }).decode(bytes);

describe('Windows-31J', () => {
  test('is read back as it was written, character by character', () => {
    const characters: string[] = [];
    for (let unit = 0; unit < 0xffff; unit++) {
      const character = String.fromCharCode(unit);
      try {
        encodeWindows31j(character);
        characters.push(character);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
    const text = characters.join('');
    expect(characters.length).toBeGreaterThan(7000);
    expect(decode(encodeWindows31j(text))).toBe(text);
  });

  // As Windows writes them: IBM's code for 髙, NEC's for ①, the first of two codes for ∵ and ￢.
  test.each([
    ['A', '41'],
    ['\\', '5c'],
    ['ｱ', 'b1'],
    ['あ', '82a0'],
    ['髙', 'fbfc'],
    ['邊', 'e7b2'],
    ['①', '8740'],
    ['∵', '81e6'],
    ['￢', '81ca'],
  ])('%s is %s', (character, hex) => {
    expect(encodeWindows31j(character).toString('hex')).toBe(hex);
  });

  test.each(['한', '😀'])('has no %s', (character) => {
    expect(() => encodeWindows31j(character)).toThrow(RangeError);
  });
});
