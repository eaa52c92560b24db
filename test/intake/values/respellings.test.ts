import { describe, expect, it } from 'vitest';
import { Respellings } from '../../../src/intake/values/respellings.ts';

/** The nearest of these numbers. */
function nearest(known: readonly string[], written: string): string | undefined {
  const numbers = new Set(known);
  const lengths = known.map(({ length }) => length);
  return new Respellings({ has: (text) => numbers.has(text), lengths, mayBeOdd: true, all: () => numbers }).nearest(
    written,
  );
}

describe('the number that is nearly the written one', () => {
  it.each([
    ['has zeros in front', ['000501'], '501', '000501'],
    ['has fewer zeros in front', ['501'], '000501', '501'],
    ['has no fraction', ['501'], '501.0', '501'],
    ['is in capitals', ['KG0001'], 'kg0001', 'KG0001'],
    ['is in small letters', ['kg0001'], 'KG0001', 'kg0001'],
    ['is in half width', ['KG0001'], 'ＫＧ０００１', 'KG0001'],
    ['has no guard', ['000501'], "'000501", '000501'],
    ['has no formula around it', ['000501'], '="000501"', '000501'],
    ['has no hyphens', ['000501'], '000-501', '000501'],
    ['has no words around it', ['000501'], 'No.000501', '000501'],
    ['has no unit behind it', ['000501'], '000501円', '000501'],
    ['has digits for the letters that look like them', ['460001'], '46OOO1', '460001'],
    ['has digits for small letters that look like them', ['460001'], '46oool', '460001'],
    ['has a fraction, where that was issued', ['501.0'], '501', '501.0'],
    ['has groups, where those were issued', ['000,501'], '501', '000,501'],
    ['has hyphens, where those were issued', ['KG-0001'], 'kg0001', 'KG-0001'],
    // Fifteen digits are kept: Excel cuts off what is behind them, LibreOffice rounds it.
    ['has its sixteenth digit', ['4601234567890123'], '4601234567890120', '4601234567890123'],
    ['has its sixteenth digit, of one rounded up', ['4601234567890127'], '4601234567890130', '4601234567890127'],
    [
      'is one cut off rather than one rounded up',
      ['4601234567890137', '4601234567890127'],
      '4601234567890130',
      '4601234567890137',
    ],
    ['is the least of several', ['4601234567890125', '4601234567890123'], '4601234567890120', '4601234567890123'],
    ['has its last five digits', ['46012345678901234567'], '46012345678901200000', '46012345678901234567'],
    ['is the rounded one, where that was issued', ['4601234567890120'], '4601234567890123', '4601234567890120'],
    ['is the one rounded up, where that was issued', ['4601234567890130'], '4601234567890127', '4601234567890130'],
  ])('%s', (_, known, written, expected) => expect(nearest(known, written)).toBe(expected));

  it.each([
    ...['000501.', '000,501', '000.501', '¥000501', '+000501', '#000501', '’000501', '“000501”', '(000501)', '000501;'],
    ...['000501.0', '000501,0', '【000501】', '000 501', '000/501', '000ー501', '`000501', '000501*', "'000501'"],
  ])('has none of the signs around it and in it: %s', (written) => expect(nearest(['000501'], written)).toBe('000501'));

  it.each([
    ['it is known itself', ['000501'], '000501'],
    ['another digit differs', ['000501'], '000502'],
    ['the fifteenth digit differs', ['4601234567890123'], '4601234567890220'],
    ['it is shorter than what spreadsheets round', ['460123456789012'], '460123456789010'],
    ['it is nothing', ['000501'], ''],
    ['only few digits stand among letters', ['0001'], 'KG0001'],
    ['a group of zeros ends it', ['501'], '501,000'],
  ])('is none where %s', (_, known, written) => expect(nearest(known, written)).toBeUndefined());
});
