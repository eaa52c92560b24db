import { expect, test } from 'vitest';
import { LAYOUTS, RECORD_LENGTH } from '../../../src/disbursement/zengin/layout.ts';

test('the fields of every record fill it', () => {
  expect(Object.keys(LAYOUTS)).toEqual(['1', '2', '8', '9']);
  for (const fields of Object.values(LAYOUTS))
    expect(fields.reduce((sum, { length }) => sum + length, 0)).toBe(RECORD_LENGTH);
});

test('no two fields of a record have one name, but for what fills it', () => {
  for (const fields of Object.values(LAYOUTS)) {
    const names = fields.map(({ name }) => name).filter((name) => name !== 'filler');
    expect(new Set(names).size).toBe(names.length);
  }
});

test('what identifies a payout has the twenty signs of EDI 情報, from byte 92 on', () => {
  const data = LAYOUTS['2'] ?? [];
  const at = data.findIndex(({ name }) => name === 'edi');
  expect(data.slice(0, at).reduce((sum, { length }) => sum + length, 0)).toBe(91);
  expect(data[at]).toMatchObject({ length: 20, kind: 'C' });
});
