import { expect, it } from 'vitest';
import { text } from '../../src/base/text.ts';
import type { Evidence } from '../../src/ledger/case.ts';
import type { ItemIdentity } from '../../src/ledger/decisions.ts';
import { type Finding, type JudgedFinding, judged } from '../../src/rules/finding.ts';
import { evidence } from './rule-tester.ts';

const ITEM: ItemIdentity = { reviewId: 'R1', evidenceHash: 'hash', verdict: 'open' };
const unasked = (): ItemIdentity => {
  throw new Error('nothing was asked');
};
const finding: Finding = {
  outcome: 'met',
  facts: () => ({ balance_yen: 500 }),
  evidence: () => [evidence('tx:T1')],
};
const named = judged('some-rule', finding, unasked);

it('a finding without its facts and its evidence is none: neither a spread nor a literal is taken for one', () => {
  // @ts-expect-error a spread has lost the facts and the evidence
  const copied: JudgedFinding = { ...named };
  // @ts-expect-error and where somebody puts them back, it is still not what the pipeline has made
  const mended: JudgedFinding = { ...named, facts: named.facts, evidence: named.evidence };
  // @ts-expect-error a rule\u2019s own finding has no name yet
  const unnamed: JudgedFinding = { ...finding, ruleId: 'some-rule' };
  expect(Object.keys(copied)).not.toContain('facts');
  expect([mended, unnamed].map((each) => each.facts)).toEqual([{ balance_yen: 500 }, expect.any(Function)]);
});

it('what a rule hands over is spread with all that belongs to it', () => {
  const doubtful: Finding = { ...finding, outcome: 'undetermined' };
  const { facts, evidence: rows } = judged('some-rule', doubtful, unasked);
  expect([facts, rows.map(({ id }) => id)]).toEqual([{ balance_yen: 500 }, ['tx:T1']]);
});

it('facts and evidence are made where somebody asks, and evidence once', () => {
  let made = 0;
  const rows = (): readonly Evidence[] => {
    made++;
    return [evidence('tx:T1')];
  };
  const quiet = judged('some-rule', { ...finding, evidence: rows }, unasked);
  expect(made).toBe(0);
  expect(quiet.evidence).toBe(quiet.evidence);
  expect(made).toBe(1);
});

it('a question is looked up by its reason and the evidence of the finding', () => {
  const question = { reason: 'OVERDRAWN', detail: text('問', 'question') } as const;
  const asked = judged('some-rule', { ...finding, outcome: 'undetermined', question }, (reason, rows) => ({
    ...ITEM,
    reviewId: `${reason} ${rows.map(({ id }) => id)}`,
  }));
  expect([asked.ruleId, asked.item?.reviewId]).toEqual(['some-rule', 'OVERDRAWN tx:T1']);
  expect(named.item).toBeUndefined();
});
