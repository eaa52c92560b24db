import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { AskedQuestions } from '../../src/publish/decision-counts.ts';
import type { DecisionRow, InputFile } from '../../src/tables/tables.ts';
import { turnsOf } from '../support/turns.ts';

const AS_OF = 100;
const row = (reviewId: string, given: Partial<DecisionRow> = {}): DecisionRow => ({
  reviewId,
  evidenceHash: 'E',
  decision: 'approve',
  decidedBy: 'sato',
  decidedAt: 10,
  note: '',
  disposition: 'accepted',
  file: 0,
  line: 2,
  ...given,
});

const DECISIONS = [
  row('approved'),
  row('rejected', { decision: 'reject' }),
  row('stale'),
  row('second'),
  row('torn', { disposition: 'conflicting' }),
  row('torn', { disposition: 'conflicting', decision: 'reject' }),
  row('closed'),
  row('unknown'),
  row('unknown', { decidedBy: 'mori' }),
  // Not yet, as of then: whether such a question is asked shows later.
  row('later', { disposition: 'after_as_of', decidedAt: 200 }),
  row('torn later', { disposition: 'conflicting', decidedAt: 200 }),
];
const BEFORE = new Set(['closed', 'approved']);

function asked(): AskedQuestions {
  const questions = new AskedQuestions(DECISIONS, AS_OF);
  questions.add('approved', 'approve', 1400);
  questions.add('rejected', 'reject', 800);
  questions.add('stale', 'stale', 2000);
  questions.add('second', 'needs_second', 300);
  questions.add('torn', 'open', 500);
  questions.add('nobody has answered', 'open', 9999);
  return questions;
}

test('each question that decisions speak of is counted once, with what is at stake', () => {
  const file = { passedOver: { undecided: 4, answered: 2 } } as InputFile;
  const counts = asked().countsOf({ decisions: DECISIONS, answered: ['approved', 'gone'], files: [file] }, BEFORE);
  expect(counts).toEqual({
    decided: 7,
    approved: { questions: 1, stakeYen: 1400 },
    rejected: { questions: 1, stakeYen: 800 },
    stale: { questions: 1, stakeYen: 2000 },
    needsSecond: { questions: 1, stakeYen: 300 },
    contradicting: { questions: 1, stakeYen: 500 },
    noLongerAsked: 1,
    unknown: 1,
    undecided: 4,
    answered: 2,
    // Of `gone` no file holds the decision.
    answeredElsewhere: 1,
  });
});

test('unknown are the rows on a question that nobody has asked, not those on one that was asked before', () => {
  const unknown = drained(asked().unknownAmong(DECISIONS, BEFORE, AS_OF));
  expect(unknown.map(({ reviewId, decidedBy }) => `${reviewId} ${decidedBy}`)).toEqual([
    'unknown sato',
    'unknown mori',
  ]);
  expect(drained(asked().unknownAmong(DECISIONS, new Set(['unknown', ...BEFORE]), AS_OF))).toEqual([]);
});

test('very many decisions are looked at in steps', () => {
  const many = Array.from({ length: 2000 }, () => DECISIONS).flat();
  const { whole, turns } = turnsOf(asked().unknownAmong(many, BEFORE, AS_OF));
  expect(whole).toHaveLength(2 * 2000);
  expect(turns).toBeGreaterThan(10);
});
