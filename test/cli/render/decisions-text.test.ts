import { expect, test } from 'vitest';
import { decisionsText } from '../../../src/cli/render/decisions-text.ts';
import { passedOverWords } from '../../../src/cli/render/passed-over.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { DecisionCounts } from '../../../src/publish/decision-counts.ts';

const [JA, EN] = [translateTo('ja'), translateTo('en')];
const NONE = { questions: 0, stakeYen: 0 };
const COUNTS: DecisionCounts = {
  decided: 9,
  approved: { questions: 7, stakeYen: 8500 },
  rejected: { questions: 1, stakeYen: 0 },
  stale: NONE,
  needsSecond: NONE,
  contradicting: NONE,
  noLongerAsked: 0,
  unknown: 1,
  undecided: 0,
  answered: 0,
  answeredElsewhere: 0,
};

test('what became of decisions is one line, with the yen', () => {
  expect(decisionsText({ decisions: COUNTS }, EN)).toBe(
    '■ Decided: 9\n  approved 7 (8,500 yen), rejected 1, stale 0, unknown 1',
  );
  expect(decisionsText({ decisions: COUNTS }, JA)).toBe(
    '■ 人の決定  9 件\n  承認 7(8,500円)、却下 1、根拠が変わり無効 0、知らない確認ID 1',
  );
  expect(decisionsText({ decisions: null }, JA)).toBe('');
});

test('what there is none of is not told, but what an office waits for', () => {
  const more = {
    needsSecond: { questions: 2, stakeYen: 300 },
    contradicting: { questions: 1, stakeYen: 0 },
    noLongerAsked: 1200,
  };
  expect(decisionsText({ decisions: { ...COUNTS, ...more } }, EN)).toContain(
    'rejected 1, waiting for a second person 2 (300 yen), stale 0, contradicting 1, no longer asked 1,200, unknown 1',
  );
});

test('rows that decide nothing are told, and what is lost by them', () => {
  const text = decisionsText({ decisions: { ...COUNTS, undecided: 3, answered: 5, answeredElsewhere: 2 } }, EN);
  expect(text.split('\n').slice(2)).toEqual([
    '  rows without a decision: 3',
    '  rows that only show an answer, and were passed over: 5',
    '  of these, 2 are decided in no file and count as open; add the decisions handed in before to --decisions',
  ]);
});

test('of a file they stand beside its rows', () => {
  expect(passedOverWords({ undecided: 1200, answered: 1 }, EN)).toEqual([
    'besides rows without a decision 1,200',
    'besides rows that only show an answer 1',
  ]);
  expect(passedOverWords({}, EN)).toEqual([]);
});
