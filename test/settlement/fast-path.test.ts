import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { text } from '../../src/base/text.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { RULES } from '../../src/rules/index.ts';
import type { OnPlainCoupon } from '../../src/rules/plain-coupon.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { plainRulesOf } from '../../src/settlement/fast-path.ts';
import { settle } from '../../src/settlement/settle.ts';
import type { Tables } from '../../src/tables/tables.ts';
import { ROOT } from '../support/program.ts';
import { digest, runTables } from '../support/run-tables.ts';

const AS_OF = '2023-05-10T02:00:00+09:00';
const night = (name: string): string => readFileSync(join(ROOT, 'fixtures/outage-night', `${name}.csv`), 'utf8');
let tables: Tables;
beforeAll(async () => {
  const inputs = {
    issuance: night('issuance'),
    transactions: night('transactions'),
    sales: night('merchant_reports'),
    claims: night('claims'),
    applications: night('applications'),
  };
  tables = (await runTables(inputs, { asOf: AS_OF })).tables;
});

/** A rule that somebody adds: it holds every coupon. */
const holdsEverybody = (onPlainCoupon: OnPlainCoupon | undefined): Rule => ({
  id: 'hold-everybody',
  version: 1,
  title: text('全員を止める', 'Hold everybody'),
  clauses: [],
  readings: [],
  reading: text('全員を止める', 'Hold everybody'),
  onPlainCoupon: onPlainCoupon as OnPlainCoupon,
  judge: ({ coupon }) => [
    {
      outcome: 'undetermined',
      facts: () => ({}),
      evidence: () => [coupon.issuance],
      question: { reason: 'INDETERMINATE', detail: text('止める', 'held') },
    },
  ],
});

function paidYen(rules: readonly Rule[], everyRule = false): number {
  const asOf = readInstant(AS_OF);
  if ('problem' in asOf) throw new Error(AS_OF);
  const request = { tables, policy: KAGOSHIMA, asOf: asOf.value, countUnclaimed: false, digest };
  const { payouts } = settle({ ...request, rules, everyRule });
  return payouts.reduce((sum, { amountYen }) => sum + amountYen, 0);
}

/** The same, and says so: it objects to every plain coupon. */
const objects: OnPlainCoupon = { states: 'an objection', objects: () => true };

describe('coupons of which nothing else is known', () => {
  it('are settled from sums under the rules of the notice', () => expect(plainRulesOf(RULES)).toBeDefined());

  it.each([
    ['states nothing', undefined],
    ['states what nobody knows how to ask for', { states: 'something new' } as unknown as OnPlainCoupon],
  ] as const)('are judged rule by rule where a rule %s: it holds them all', (_, statement) => {
    expect(paidYen(RULES)).toBeGreaterThan(0);
    const rules = [...RULES, holdsEverybody(statement)];
    expect(plainRulesOf(rules)).toBeUndefined();
    expect(paidYen(rules)).toBe(0);
  });

  it('are not paid where a rule objects, and those that it leaves alone are', () => {
    const rules = [...RULES, holdsEverybody(objects)];
    expect(plainRulesOf(rules)).toBeDefined();
    expect(paidYen(rules)).toBe(0);
  });

  it.each([
    ['comes first', (rule: Rule) => [rule, ...RULES]],
    ['comes last', (rule: Rule) => [...RULES, rule]],
  ])('are paid as asking every rule pays them, where a rule that holds some %s', (_, among) => {
    const held = ({ faceYen }: { readonly faceYen: number }): boolean => faceYen < 2000;
    const all = holdsEverybody({ states: 'an objection', objects: held });
    const rules = among({
      ...all,
      judge: (file, policy, earlier) => (held(file.coupon) ? all.judge(file, policy, earlier) : []),
    });
    const paid = paidYen(rules);
    expect(paid).toBe(paidYen(rules, true));
    expect(paid).toBeGreaterThan(0);
    expect(paid).toBeLessThan(paidYen(RULES));
  });

  it('are paid against a rule that says it is silent and is not, as asking every rule shows', () => {
    const rules = [...RULES, holdsEverybody('silent')];
    expect(paidYen(rules)).toBeGreaterThan(0);
    expect(paidYen(rules, true)).toBe(0);
  });

  it('are spoken of by every rule: one that states nothing is none', () => {
    const { onPlainCoupon: _, ...unstated } = holdsEverybody('silent');
    // @ts-expect-error the statement is missing
    const rule: Rule = unstated;
    expect(plainRulesOf([rule])).toBeUndefined();
  });
});
