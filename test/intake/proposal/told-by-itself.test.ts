import { expect, test } from 'vitest';
import { lookedAt, proposed } from './tables.ts';

const HEAD = '報告ID,店舗ID,売上日時,合計,クーポン,現金';
const ROW = 'S1,M01,2023-02-24 18:00,5,5,0';

test.each([
  ['headers that are known', [HEAD, ROW], undefined],
  ['a refund', [HEAD, ROW, 'S2,M01,2023-02-24 18:00,-5,-5,0'], ['sales']],
  ['titles', ['売上', HEAD, ROW], ['sales']],
  ['two headers that mean one column', [`${HEAD},加盟店ID`, `${ROW},7`], ['sales']],
  ['dates of another form', [HEAD, 'S1,M01,20230224180000,5,5,0'], ['sales']],
])('%s need a profile for %s', (_, lines, kinds) => {
  const { profile } = proposed([lookedAt('till.csv', ...lines)]);
  expect(profile === undefined ? undefined : Object.keys(profile.inputs)).toEqual(kinds);
});
