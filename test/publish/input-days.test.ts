import { expect, test } from 'vitest';
import { inputsOf, issue, pay, sale } from '../settlement/tables.ts';
import { publishedOf } from '../support/published-in-parts.ts';

const night = {
  issuance: [issue('1'), issue('2', { issued_at: '2023-02-21 10:00' }), issue('3', { prefecture: '13' })],
  transactions: [
    pay('T1', '1', '2023-02-24 18:00', 500),
    // As two exports that overlap have it, of another prefecture, and just before midnight in Japan, written in UTC.
    pay('T1', '1', '2023-02-24 18:00', 500),
    pay('T2', '3', '2023-02-24 19:00', 300),
    pay('T3', '2', '2023-02-25T14:59:59Z', 200),
    // Contradicting each other, unreadable, and later than as-of.
    pay('T4', '2', '2023-02-26 10:00', 200),
    pay('T4', '2', '2023-02-26 10:00', 201),
    pay('T5', '2', '2023-02-27 10:00', 'many'),
    pay('T6', '2', '2023-05-10 02:00', 200),
  ],
  sales: [sale('S1', '2023-02-24 18:00', 500)],
};
const OPTIONS = { asOf: '2023-05-10T02:00:00+09:00' };

const EXPECTED = [
  'input,date,rows,total_yen',
  'issuance,2023-02-20,2,4000',
  'issuance,2023-02-21,1,2000',
  'transactions,2023-02-24,2,800',
  'transactions,2023-02-25,1,200',
  'sales,2023-02-24,1,500',
  '',
].join('\n');

test('rows are counted by their day in Japan, each once, without those that are set aside or later', async () => {
  const { files } = await publishedOf(inputsOf(night), OPTIONS);
  expect(files['input_days.csv']).toBe(EXPECTED);
});

test('rows that lie on disk come to the same', async () => {
  const whole = await publishedOf(inputsOf(night), OPTIONS);
  const parted = await publishedOf(inputsOf(night), { ...OPTIONS, memory: { bytes: 0, partitions: 3, chunkRows: 2 } });
  expect(parted.parts).toBe(3);
  expect(parted.files).toEqual(whole.files);
});

test('the first and the last instant of each file stand in summary and manifest', async () => {
  const { files } = await publishedOf(inputsOf(night), OPTIONS);
  for (const [name, key] of [
    ['summary.json', 'files'],
    ['manifest.json', 'inputs'],
  ] as const) {
    const listed = JSON.parse(files[name] ?? '{}')[key] as readonly { kind: string; firstAt: string; lastAt: string }[];
    const log = listed.find(({ kind }) => kind === 'transactions');
    expect([log?.firstAt, log?.lastAt], name).toEqual(['2023-02-24T18:00:00+09:00', '2023-05-10T02:00:00+09:00']);
  }
});
