import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { askedSoFar, idsOf, parseAsked } from '../../src/publish/asked.ts';
import { turnsOf } from '../support/turns.ts';

test('a run hands on what it was handed, and what it asks itself, with the last night that asked it', () => {
  const before = [
    { reviewId: 'R1', askedAt: '05-08' },
    { reviewId: 'R3', askedAt: '05-08' },
  ];
  const handed = drained(askedSoFar(before, [{ review_id: 'R2' }, undefined, { review_id: 'R3' }], '05-09'));
  expect(handed).toEqual([
    { reviewId: 'R1', askedAt: '05-08' },
    { reviewId: 'R2', askedAt: '05-09' },
    { reviewId: 'R3', askedAt: '05-09' },
  ]);
  expect([...drained(idsOf(handed))]).toEqual(['R1', 'R2', 'R3']);
  const content = `review_id,asked_at\n${handed.map(({ reviewId, askedAt }) => `${reviewId},${askedAt}\n`).join('')}`;
  expect(drained(parseAsked([Buffer.from(content)]))).toEqual(handed);
});

test('the ids of very many questions are gathered in steps', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => ({ reviewId: `R${at}`, askedAt: '05-08' }));
  const { whole, turns } = turnsOf(idsOf(many));
  expect(whole.size).toBe(20_000);
  expect(turns).toBeGreaterThanOrEqual(2);
});
