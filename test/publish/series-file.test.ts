import { expect, test } from 'vitest';
import { parseSeries } from '../../src/publish/series-file.ts';

const head = { run: '2031-05-01', asOf: '2031-05-01T02:00:00+09:00', manifestSha256: 'aa', fingerprint: 'bb' };
const series = { schemaVersion: 1, heads: { 'made-up': head }, ended: {}, pending: null };

test('what a run writes is read', () => {
  expect(parseSeries(JSON.stringify(series))).toEqual(series);
});

test.each([
  ['no JSON', '{'],
  ['another version', JSON.stringify({ ...series, schemaVersion: 2 })],
  ['a head without its hash', JSON.stringify({ ...series, heads: { 'made-up': { run: 'a' } } })],
  ['an empty file', ''],
])('anything else is none: %s', (_, content) => {
  expect(parseSeries(content)).toBeUndefined();
});
