import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { parseInputDays } from '../../src/publish/published-days.ts';

test('days are read back by kind; a kind of another version, or none, is passed over', () => {
  const content =
    'input,date,rows,total_yen\ntransactions,2031-05-01,12,3400\nbalances,2031-05-01,1,0\nconstructor,2031-05-01,1,0\nsales,2031-05-02,3,0\n';
  expect(drained(parseInputDays([Buffer.from(content)]))).toEqual([
    { kind: 'transactions', date: '2031-05-01', rows: 12 },
    { kind: 'sales', date: '2031-05-02', rows: 3 },
  ]);
});
