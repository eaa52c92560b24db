import { expect, test } from 'vitest';
import { dateFormOf } from '../../../src/intake/proposal/date-forms.ts';
import { CLOCK } from './tables.ts';

test.each([
  ['the usual forms', ['2023/02/24 18:00:20', '2023-02-24T18:00:00+09:00'], 'instant', undefined, undefined],
  ['dates alone', ['2023/02/24', '2023/2/5'], 'date', undefined, undefined],
  ['digits alone', ['20230224', '20230305'], 'date', 'yyyyMMdd', undefined],
  ['digits with a clock', ['20230224180020', '20230224180120'], 'instant', 'yyyyMMddHHmmss', undefined],
  [
    'a form of Google',
    ['2023/03/25 10:00:00 午前 GMT+9', '2023/03/25 3:15:06 午後 GMT+9'],
    'instant',
    "yyyy/M/d h:mm:ss a 'GMT+9'",
    undefined,
  ],
  ['a day that is no month', ['24/02/2023', '25/02/2023'], 'date', 'd/M/yyyy', undefined],
  // The third of April or the fourth of March: nobody can know.
  ['a day that may be a month', ['03/04/2023', '05/06/2023'], 'date', 'd/M/yyyy', 'M/d/yyyy'],
])('%s', (_, values, type, pattern, rival) => {
  expect(dateFormOf(values, CLOCK)).toMatchObject({ type, pattern, rival, share: 1 });
});

test.each([[['M01', 'M02']], [['460000000201']], [['1,500', '800']], [[]]])('%o are none', (values) => {
  expect(dateFormOf(values, CLOCK)).toBeUndefined();
});

test('tells the first and the last', () => {
  // Days since 1970: 2023-02-24 is 19412.
  expect(dateFormOf(['2023-02-25', '2023-02-24'], CLOCK)).toMatchObject({ first: 19412, last: 19413 });
});
