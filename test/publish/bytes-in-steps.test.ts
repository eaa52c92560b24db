import { expect, test } from 'vitest';
import { joinedInSteps, putInSteps } from '../../src/publish/bytes-in-steps.ts';
import { sha256, sha256Of } from '../../src/publish/hash.ts';
import { turnsOf } from '../support/turns.ts';

const MANY = Buffer.alloc(20_000_000, 'rows of a table\n');

test.each([
  ['none', Buffer.alloc(0), 0],
  ['few', Buffer.from('a,b\n'), 0],
  ['many', MANY, 4],
])('%s are copied, joined and hashed as at once', (_, bytes, least) => {
  const into = new Uint8Array(bytes.length + 2);
  const put = turnsOf(putInSteps(into, bytes, 1));
  expect(Buffer.from(into).equals(Buffer.concat([Buffer.of(0), bytes, Buffer.of(0)]))).toBe(true);
  const joined = turnsOf(joinedInSteps([Buffer.from('header\n'), bytes]));
  expect(Buffer.from(joined.whole).equals(Buffer.concat([Buffer.from('header\n'), bytes]))).toBe(true);
  const hashed = turnsOf(sha256Of([bytes]));
  expect(hashed.whole).toBe(sha256(bytes));
  for (const { turns } of [put, joined, hashed]) expect(turns).toBeGreaterThanOrEqual(least);
});
