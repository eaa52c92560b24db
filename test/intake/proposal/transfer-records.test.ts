import { expect, test } from 'vitest';
import { transfersOf } from '../../../src/intake/proposal/transfer-records.ts';

const record = (...parts: readonly string[]): { readonly fields: readonly string[] } => ({
  fields: [parts.join('').padEnd(120)],
});
const PAYS = record('1210', '0000000001');
const transfer = (yen: string, note: string) => record('2'.padEnd(80), yen.padStart(10, '0'), '0', note);
const SUM = record('8000001000000002000');
const END = record('9');

test('transfers are the records of type 2, their yen and their note where the form has them', () => {
  expect(transfersOf([PAYS, transfer('2000', 'P0123456789ABCDEF'), SUM, END])).toEqual([
    ['2', '0000002000', 'P0123456789ABCDEF'],
  ]);
});

test('the first records of a long file will do', () => {
  expect(transfersOf([PAYS, transfer('2000', ''), transfer('3000', '')])).toHaveLength(2);
});

test.each([
  ['no records', []],
  ['a record that is too short', [PAYS, transfer('2000', ''), { fields: ['8'] }]],
  ['records in another order', [PAYS, SUM, transfer('2000', ''), END]],
  ['no transfer', [PAYS, SUM, END]],
  ['another kind of order', [record('1910'), transfer('2000', ''), SUM, END]],
])('%s: none', (_, records) => {
  expect(transfersOf(records)).toBeUndefined();
});
