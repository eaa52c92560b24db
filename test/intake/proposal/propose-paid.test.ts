import { describe, expect, test } from 'vitest';
import { lookAt } from '../../../src/intake/proposal/found-table.ts';
import { beginOf, CLOCK, proposed } from './tables.ts';

const [A, B] = ['P0123456789ABCDEF', 'P00000000000000A1'];

function paidOf(lines: readonly string[], answers: Readonly<Record<string, string>> = {}, name = 'bank.csv') {
  const proposal = proposed([lookAt(beginOf(lines, name), CLOCK, 'paid')], answers);
  return { proposal, input: proposal.profile?.inputs.paid as Record<string, unknown> | undefined };
}

describe('a statement', () => {
  const HEAD = '取引日,出金金額,入金金額,取引区分,摘要';

  test('tells payouts by their ids, and what came back by words', () => {
    const lines = [HEAD, `2023/4/5,5,,振込,${A}`, `2023/4/7,,5,組戻,${B}`, '2023/4/7,1,,手数料,x'];
    expect(paidOf(lines).input).toEqual({
      columns: {
        payout_id: { from: '摘要', pattern: '(P[0-9A-Fa-f]{16})' },
        amount_yen: { sum: ['出金金額', '入金金額'] },
        sent_at: '取引日',
        status: '取引区分',
      },
      values: { status: { 振込: 'sent' } },
      rows: { only: { 摘要: { pattern: 'P[0-9A-Fa-f]{16}' } } },
    });
  });

  test('without words that say it, all was sent: nobody is paid again for a guess', () => {
    const lines = [HEAD, `2023/4/5,5,,本店,${A}`, `2023/4/7,,5,本店,${B}`];
    expect(paidOf(lines).input?.columns).toMatchObject({ status: { constant: 'sent' } });
  });

  test('a row that fills both columns of yen is none that can be summed up', () => {
    const { input, proposal } = paidOf([HEAD, `2023/4/5,5,3,振込,${A}`]);
    expect(input?.columns).not.toHaveProperty('amount_yen');
    expect(proposal.questions.map(({ id }) => id)).toContain('paid.column.amount_yen');
  });

  test('digits of a day stand for its first moment', () => {
    const { input } = paidOf([HEAD, `20230405,5,,振込,${A}`]);
    expect(input).toMatchObject({
      columns: { sent_at: { from: '取引日', dateFormat: 'yyyyMMdd' } },
      timeOfDatesAlone: '00:00',
    });
  });

  test('a list of payouts is none', () => {
    const { input } = paidOf(['payout_id,amount_yen,sent_at,status,備考', `${A},5,2023-04-05,sent,${B}`]);
    expect(input).toBeUndefined();
  });
});

describe('a file of transfers', () => {
  const LINES = [
    '1210'.padEnd(120),
    `${'2'.padEnd(80)}00000020000${A}`.padEnd(120),
    '8000001000000002000'.padEnd(120),
    '9'.padEnd(120),
  ];

  test('is read by position, its day by its name', () => {
    expect(paidOf(LINES, {}, 'sent/20991399/furikomi-20230405.txt').input).toMatchObject({
      table: { header: 'none' },
      columns: {
        payout_id: 'EDI情報',
        amount_yen: '振込金額',
        sent_at: { fileName: '(\\d{8})' },
        status: { constant: 'sent' },
      },
      dateFormats: ['yyyyMMdd'],
      timeOfDatesAlone: '00:00',
      rows: { only: { データ区分: ['2'] } },
    });
  });

  test.each([
    ['2023-04-05', { constant: '2023-04-05' }],
    ['', undefined],
    ['tomorrow', undefined],
  ])('else its day is asked for: %s', (answer, source) => {
    const { input, proposal } = paidOf(LINES, { 'paid.day': answer }, 'furikomi.txt');
    expect((input?.columns as Record<string, unknown>).sent_at).toEqual(source);
    expect(proposal.questions).toEqual([]);
  });

  test('nobody is asked for more than the day', () => {
    expect(paidOf(LINES, {}, 'furikomi.txt').proposal.questions.map(({ id }) => id)).toEqual(['paid.day']);
  });
});
