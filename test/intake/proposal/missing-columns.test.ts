import { expect, test } from 'vitest';
import { lookAt } from '../../../src/intake/proposal/found-table.ts';
import { beginOf, CLOCK, proposed } from './tables.ts';

const LINES = [
  '受付番号,受付日時,種別,備考1,備考2,有効期限,都道府県,店舗ID',
  'K1,2023-03-08 11:00,二重決済,460000000201,a,2023-02-25,46,M01',
];

const said = (lines: readonly string[], answers: Readonly<Record<string, string>> = {}) =>
  proposed([lookAt(beginOf(lines), CLOCK, 'claims')], answers);

test('a required column that nothing fits is asked for, among those that are left', () => {
  const { questions, assumed, notes } = said(LINES);
  expect(questions.map(({ id, choices }) => [id, choices?.map(({ value }) => value)])).toEqual([
    ['claims.column.coupon_number', ['', '備考1', '備考2']],
  ]);
  expect(assumed.map(({ words }) => words.en)).toEqual(['the required column coupon_number was not found']);
  expect([...notes.values()].flat().map(({ en }) => en)).toContain(
    'TODO required, and not found: coupon_number: what coupon_number means',
  );
});

test('and is the one that is named', () => {
  const { profile, questions, assumed } = said(LINES, { 'claims.column.coupon_number': '備考1' });
  expect(profile?.inputs.claims).toMatchObject({ columns: { coupon_number: '備考1' } });
  expect([questions, assumed]).toEqual([[], []]);
});

test('what is said to be a table is one, though nothing of it can be shown', () => {
  const { profile, findings, questions } = said(['見本太郎,09000000001', '見本花子,09000000002']);
  expect(findings.map(({ kind, unused }) => [kind, unused])).toEqual([
    ['claims', ['<1: 字字字字>', '<2: 99999999999>']],
  ]);
  expect(questions).toEqual([]);
  expect(profile?.inputs.claims).toEqual({ columns: { claim_id: { join: [{ line: true }], with: '-' } } });
});
