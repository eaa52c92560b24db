import { expect, it } from 'vitest';
import { openReviewLookup } from '../../src/ledger/decisions.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { RULES } from '../../src/rules/index.ts';
import { type CaseFile, judgeCase, judgeCaseInSteps, type Rule } from '../../src/rules/rule.ts';
import { digest } from '../support/run-tables.ts';
import { caseFile } from './rule-tester.ts';

const lookup = openReviewLookup(KAGOSHIMA.id, [], digest, {});

/** The rules as they are, with one more that finds so much of every case. */
const finding = (count: number): readonly Rule[] => {
  const [first, ...others] = RULES as readonly [Rule, ...Rule[]];
  return [
    {
      ...first,
      judge: (of, policy, earlier) => Array.from({ length: count }, () => [...first.judge(of, policy, earlier)]).flat(),
    },
    ...others,
  ];
};

function inSteps(rules: readonly Rule[], of: CaseFile, whole: boolean) {
  const steps = judgeCaseInSteps(rules, of, KAGOSHIMA, lookup, whole);
  let count = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return { count, findings: step.value };
    count++;
  }
}

const told = (findings: ReturnType<typeof judgeCase>) =>
  findings.map(({ ruleId, outcome, item, evidence }) => [
    ruleId,
    outcome,
    item?.reviewId,
    evidence.map(({ id }) => id),
  ]);

it.each([true, false])('in steps a case is judged as it is at once (whole: %s), with a step for each rule', (whole) => {
  const { count, findings } = inSteps(RULES, caseFile(), whole);
  expect(told(findings)).toEqual(told(judgeCase(RULES, caseFile(), KAGOSHIMA, lookup, whole)));
  expect(count).toBe(RULES.length);
});

it('a rule that finds very much takes steps of its own', () => {
  const each = inSteps(RULES.slice(0, 1), caseFile(), true).findings.length;
  expect(each).toBeGreaterThan(0);
  // Two while they are made, one behind the rule, two while they are named.
  expect(inSteps(finding(4096 / each).slice(0, 1), caseFile(), true).count).toBe(2 + 1 + 2);
});

it('a rule that makes its findings as they are asked for is stopped between them, and knows none of its own', () => {
  const [first] = RULES as readonly [Rule, ...Rule[]];
  let made = 0;
  const lazily: Rule = {
    ...first,
    *judge(of, policy, earlier) {
      const [found] = first.judge(of, policy, earlier);
      if (found === undefined) throw new Error('the first rule finds something of every case');
      for (; made < 5000; made++) {
        expect(earlier).toEqual([]);
        yield found;
      }
    },
  };
  const steps = judgeCaseInSteps([lazily], caseFile(), KAGOSHIMA, lookup, true);
  expect([steps.next().done, made]).toEqual([false, 2047]);
  made = 0;
  expect(judgeCase([lazily], caseFile(), KAGOSHIMA, lookup, true)).toHaveLength(5000);
});
