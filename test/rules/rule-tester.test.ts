import { describe, expect, it } from 'vitest';
import { text } from '../../src/base/text.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Rule } from '../../src/rules/rule.ts';
import {
  caseFile,
  checkTable,
  coupon,
  decided,
  foundA,
  group,
  payment,
  type RuleCase,
  runCase,
  testRule,
} from './rule-tester.ts';

const finding = (outcome: Finding['outcome'], more: Partial<Finding> = {}): Finding => ({
  outcome,
  facts: () => ({}),
  evidence: () => [],
  ...more,
});

const ruleThat = (judge: Rule['judge']): Rule => ({
  id: 'stub',
  version: 1,
  title: text('仮', 'Stub'),
  clauses: [],
  readings: [],
  reading: text('仮', 'Stub'),
  onPlainCoupon: 'silent',
  judge,
});

const met = ruleThat(() => [finding('met')]);

function fileWithGroup() {
  const payments = [payment('T1', '18:00:00'), payment('T2', '19:00:00')];
  return caseFile({ coupon: coupon({ payments }), groups: [group(payments, decided(2))] });
}

describe('a rule that a run passes over', () => {
  const file = fileWithGroup();
  const passedOver = (more: Partial<Finding>): Rule => ({
    ...ruleThat(() => [finding('met', more)]),
    concerns: () => false,
  });

  it('may say what settles nothing', () =>
    runCase(passedOver({}), { name: 'quiet', file, expect: { outcome: 'met' } }));

  it('may not have a ground', () => {
    const rule = passedOver({ ground: { id: 'A', payments: [] } });
    const each = { name: 'loud', file, expect: { outcome: 'met', ground: 'A' } } as const;
    expect(() => runCase(rule, each)).toThrow('settles something');
    expect(() => runCase({ ...rule, concerns: () => true }, each)).not.toThrow();
  });
});

describe('a table', () => {
  const one: RuleCase = { name: 'a coupon', file: caseFile(), expect: { outcome: 'met' } };

  it('is taken where names and cases differ', () => {
    expect(() =>
      checkTable([one, { ...one, name: 'a smaller coupon', file: caseFile({ coupon: coupon({ face: 1000 }) }) }]),
    ).not.toThrow();
  });

  it('is refused where it is empty', () => {
    expect(() => testRule(met, [])).toThrow('a table without cases proves nothing');
  });

  it('is refused where a case has no name', () => {
    expect(() => testRule(met, [{ ...one, name: ' ' }])).toThrow('a case without a name');
  });

  it('is refused where two cases bear one name, whatever its capitals and margins', () => {
    const other = { ...one, name: 'A coupon ', file: caseFile({ coupon: coupon({ face: 1000 }) }) };
    expect(() => testRule(met, [one, other])).toThrow('two cases are named "A coupon "');
  });

  it('is refused where a case repeats another one under a new name, built anew', () => {
    const twin: RuleCase = { name: 'a coupon again', file: caseFile(), expect: { outcome: 'met' } };
    expect(() => testRule(met, [one, twin])).toThrow('"a coupon again" is the same case as "a coupon"');
  });

  it('is refused where the repeated case has payments and groups', () => {
    const cases = ['once', 'twice'].map((name) => ({
      name,
      file: fileWithGroup(),
      expect: { outcome: 'met' } as const,
    }));
    expect(() => testRule(met, cases)).toThrow('"twice" is the same case as "once"');
  });

  it('tells cases apart that differ only in which shop-days have a report', () => {
    const paid = payment('T1', '18:00:00');
    const files = [true, false].map((covered) => caseFile({ coupon: coupon({ payments: [paid] }), covered }));
    expect(() => checkTable(files.map((file, index) => ({ ...one, name: `case ${index}`, file })))).not.toThrow();
  });

  it('tells cases apart that differ only in the expectation', () => {
    expect(() =>
      checkTable([one, { ...one, name: 'the same otherwise', expect: { outcome: 'not met' } }]),
    ).not.toThrow();
  });

  it('tells cases apart that differ only in the findings before', () => {
    expect(() => checkTable([one, { ...one, name: 'with (A)', earlier: [foundA()] }])).not.toThrow();
  });
});

describe('a rule that writes to its input', () => {
  const writes: Readonly<Record<string, Rule['judge']>> = {
    'the case file': (file) => {
      (file as { asOf: number }).asOf = 0;
      return [finding('met')];
    },
    'the coupon': (file) => {
      (file.coupon as { faceYen: number }).faceYen = 0;
      return [finding('met')];
    },
    'the order of the payments': (file) => {
      (file.coupon.payments as unknown[]).reverse();
      return [finding('met')];
    },
    'a group': (file) => {
      (file.groups as unknown[]).pop();
      return [finding('met')];
    },
    'the policy': (_file, policy) => {
      (policy.terms as { minimumResidualYen: number }).minimumResidualYen = 0;
      return [finding('met')];
    },
    'the findings before it': (_file, _policy, earlier) => {
      (earlier as unknown[]).push(finding('met'));
      return [finding('met')];
    },
  };

  it.each(Object.keys(writes))('is caught: %s', (what) => {
    const judge = writes[what];
    if (judge === undefined) throw new Error(what);
    const file = fileWithGroup();
    expect(() => runCase(ruleThat(judge), { name: what, file, expect: { outcome: 'met' } })).toThrow(TypeError);
  });

  it('is not confused with one that only reads', () => {
    expect(() => runCase(met, { name: 'reads', file: fileWithGroup(), expect: { outcome: 'met' } })).not.toThrow();
  });
});

describe('a wrong expectation', () => {
  const paid = payment('T1', '18:00:00');
  const record = group([paid], decided(0, [paid]));
  const file = caseFile({ coupon: coupon({ payments: [paid] }), groups: [record] });
  const rule = ruleThat(() => [
    finding('undetermined', {
      about: 'M1 500',
      facts: () => ({ payments: 1 }),
      reasons: ['NO_GROUND'],
      group: record.group,
      evidence: () => [paid.evidence],
      ground: { id: 'B1', group: record.group, payments: [paid] },
      question: {
        reason: 'UNSUPPORTED_PAYMENT',
        stakeYen: 500,
        detail: text('問', 'question'),
        grants: [{ id: 'B1', group: record.group, payments: [paid] }],
      },
      amounts: { validUntil: 1, cutOff: 2, residualYen: 3, reinstateYen: 4, shareYen: 3, entitledYen: 5 },
    }),
  ]);
  const right = {
    outcome: 'undetermined',
    reason: 'UNSUPPORTED_PAYMENT',
    stakeYen: 500,
    ground: 'B1',
    reasons: ['NO_GROUND'],
    payments: ['T1'],
    grants: [{ id: 'B1', payments: ['T1'] }],
    about: 'M1 500',
    facts: { payments: 1 },
    evidence: ['tx:T1'],
    amounts: { residualYen: 3 },
  } as const;

  it('is told from the right one', () => {
    expect(() => runCase(rule, { name: 'right', file, expect: right })).not.toThrow();
  });

  it.each([
    ['outcome', { ...right, outcome: 'met' }],
    ['reason', { ...right, reason: 'NO_SALE_RECORDED' }],
    ['stake', { ...right, stakeYen: 501 }],
    ['ground', { ...right, ground: 'B2' }],
    ['payments of the ground', { ...right, payments: [] }],
    ['what an approval grants', { ...right, grants: [] }],
    ['reason codes', { ...right, reasons: ['CLAIM_AWAITED'] }],
    ['what it is about', { ...right, about: 'M2 500' }],
    ['what was seen', { ...right, facts: { payments: 2 } }],
    ['a thing that was not seen', { ...right, facts: { sales: 2 } }],
    ['evidence', { ...right, evidence: [] }],
    ['amounts', { ...right, amounts: { residualYen: 4 } }],
    ['a standing application that is not there', { ...right, standing: 'AP1' }],
  ] as const)('is caught: %s', (_what, wrong) => {
    expect(() => runCase(rule, { name: 'wrong', file, expect: wrong })).toThrow(/expected/);
  });

  it.each([
    'reason',
    'stakeYen',
    'ground',
    'reasons',
  ] as const)('is caught where it does not speak of the %s', (left) => {
    const { [left]: _, ...rest } = right;
    expect(() => runCase(rule, { name: 'silent', file, expect: rest })).toThrow(/expected/);
  });

  it('is caught where the number of findings differs', () => {
    expect(() => runCase(rule, { name: 'too few', file, expect: [] })).toThrow(/expected/);
    expect(() => runCase(rule, { name: 'too many', file, expect: [right, right] })).toThrow(/expected/);
  });
});

describe('a rule that is not what rules are', () => {
  it('is caught where it answers differently the second time', () => {
    let calls = 0;
    const rule = ruleThat(() => [finding('met', { facts: () => ({ calls: ++calls }) })]);
    expect(() => runCase(rule, { name: 'impure', file: caseFile(), expect: { outcome: 'met' } })).toThrow(
      'the second time',
    );
  });

  it('is caught where it grants a copy of a payment', () => {
    const paid = payment('T1', '18:00:00');
    const record = group([paid], decided(0, [paid]));
    const rule = ruleThat(() => [
      finding('met', { ground: { id: 'B1', group: record.group, payments: [{ ...paid }] } }),
    ]);
    const file = caseFile({ coupon: coupon({ payments: [paid] }), groups: [record] });
    expect(() => runCase(rule, { name: 'copy', file, expect: { outcome: 'met', ground: 'B1' } })).toThrow(/expected/);
  });
});

describe('a builder', () => {
  it('refuses a group whose payments are not the coupon\u2019s own objects', () => {
    const file = () =>
      caseFile({
        coupon: coupon({ payments: [payment('T1', '18:00:00')] }),
        groups: [group([payment('T1', '18:00:00')], decided(1))],
      });
    expect(file).toThrow('not the coupon\u0027s own object');
  });

  it('refuses a group of two amounts, of two shops, or with a payment that is undone', () => {
    const first = payment('T1', '18:00:00');
    for (const other of [
      payment('T2', '18:00:00', 600),
      payment('T2', '18:00:00', 500, { shop: 'M2' }),
      payment('T2', '18:00:00', 500, { undone: true }),
    ]) {
      expect(() => group([first, other], decided(2))).toThrow('T2 is undone, or of another shop or amount');
    }
  });

  it('gives every transaction id its own row', () => {
    const rows = Array.from({ length: 60 }, (_, index) => payment(`T${index}`, '18:00:00').row);
    expect(new Set(rows).size).toBe(rows.length);
  });
});
