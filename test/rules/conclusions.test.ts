import { describe, expect, it } from 'vitest';
import { formatDate } from '../../src/base/instants.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { bGrounds, conclusionOn, cutOffOf, lastDayOf, standingOf, validUntil } from '../../src/rules/conclusions.ts';
import type { JudgedFinding } from '../../src/rules/finding.ts';
import type { CaseFile } from '../../src/rules/rule.ts';
import {
  asked,
  at,
  caseFile,
  claim,
  coupon,
  day,
  decided,
  found,
  foundA,
  foundB,
  group,
  MICROSECOND,
  payment,
  policyWithout,
  reinstated,
  T2,
  TWO_COHORTS,
  uncovered,
} from './rule-tester.ts';

const { terms } = KAGOSHIMA;
const one = payment('T1', '18:00:00');
const two = payment('T2', '18:05:00');
const other = payment('T3', '18:30:00', 300, { shop: 'M2' });
const double = group([one, two], decided(1, [two]));
const alone = group([other], decided(0, [other]));
const pressed = group([one, two], uncovered(1));
const b2 = foundB('B2', double);

const supported = found('shop-record', { outcome: 'not met', group: double.group });

describe('conclusionOn: of the rules on one group the first that finds or asks something', () => {
  it('passes over findings that neither find nor ask', () => {
    expect(conclusionOn(double.group, [supported, b2])).toBe(b2);
  });

  it('takes the first, whatever comes later', () => {
    const question = asked('UNSUPPORTED_PAYMENT', 'open', { group: double.group });
    expect(conclusionOn(double.group, [b2, question])).toBe(b2);
    expect(conclusionOn(double.group, [question, b2])).toBe(question);
  });

  it('takes a question that was decided as a conclusion too', () => {
    const question = asked('AMBIGUOUS_SUPPORT', 'reject', { group: double.group });
    expect(conclusionOn(double.group, [question, b2])).toBe(question);
  });

  it('does not take what concerns another group, even an equal one', () => {
    expect(conclusionOn(alone.group, [b2])).toBeUndefined();
    expect(conclusionOn(group([one, two], decided(1, [two])).group, [b2])).toBeUndefined();
  });

  it('is the same among many findings as among few, also after some were added', () => {
    const many: JudgedFinding[] = Array.from({ length: 40 }, () => supported);
    expect(conclusionOn(double.group, many)).toBeUndefined();
    many.push(b2, asked('UNSUPPORTED_PAYMENT', 'open', { group: double.group }));
    expect(conclusionOn(double.group, many)).toBe(b2);
    expect(conclusionOn(alone.group, many)).toBeUndefined();
  });

  it('finds nothing among no findings', () => {
    expect(conclusionOn(double.group, [])).toBeUndefined();
  });
});

interface CountCase {
  readonly name: string;
  readonly options?: Partial<Parameters<typeof coupon>[0]>;
  readonly countUnclaimed?: true;
  readonly onMismatch?: 'approve' | 'reject' | 'stale' | 'open';
  readonly counts: boolean;
}

const back = (when: number | string, of = '') => [reinstated('X1', when, 100, of)];

// §5: a valid claim (double charge or cash) on coupon and shop, or put back already, or the run was told so. B2 is T2, at 18:05:00.
const COUNTS: readonly CountCase[] = [
  { name: 'nothing at all: it waits for a call', counts: false },
  { name: 'a valid claim of double charge', options: { claims: [claim('K1', 'double_charge')] }, counts: true },
  {
    name: 'a valid claim of cash payment, though the ground is B2',
    options: { claims: [claim('K1', 'cash_and_deducted')] },
    counts: true,
  },
  { name: 'a claim of another kind does not count', options: { claims: [claim('K1', 'other')] }, counts: false },
  {
    name: 'a claim about another shop, where it paid too, does not count',
    options: { claims: [claim('K1', 'double_charge', { shop: 'M2' })] },
    counts: false,
  },
  {
    name: 'a claim that does not fit does not count',
    options: { claims: [claim('K1', 'double_charge', { prefecture: '45' })] },
    counts: false,
  },
  {
    name: 'a claim that does not fit counts once approved',
    options: { claims: [claim('K1', 'double_charge', { prefecture: '45' })] },
    onMismatch: 'approve',
    counts: true,
  },
  {
    name: 'a claim that does not fit does not count where rejected',
    options: { claims: [claim('K1', 'double_charge', { prefecture: '45' })] },
    onMismatch: 'reject',
    counts: false,
  },
  {
    name: 'a claim that does not fit does not count by an answer to other evidence',
    options: { claims: [claim('K1', 'double_charge', { prefecture: '45' })] },
    onMismatch: 'stale',
    counts: false,
  },
  { name: 'the run was told not to wait', countUnclaimed: true, counts: true },
  {
    name: 'a reinstatement that names the (B) payment',
    options: { credits: back('2023-03-10 10:00', 'T2') },
    counts: true,
  },
  {
    name: 'a reinstatement that names the other payment of the group',
    options: { credits: back('2023-03-10 10:00', 'T1') },
    counts: true,
  },
  {
    name: 'a reinstatement that names a payment of another group does not count',
    options: { credits: back('2023-03-10 10:00', 'T3') },
    counts: false,
  },
  {
    name: 'a reinstatement that names an unknown payment does not count',
    options: { credits: back('2023-03-10 10:00', 'T9') },
    counts: false,
  },
  {
    name: 'a reinstatement that names nothing, long after',
    options: { credits: back('2023-03-10 10:00') },
    counts: true,
  },
  {
    name: 'a reinstatement that names nothing, in the instant of the (B) payment',
    options: { credits: back('18:05:00') },
    counts: true,
  },
  {
    name: 'a reinstatement that names nothing, one microsecond before the (B) payment, does not count',
    options: { credits: back(at('18:05:00') - MICROSECOND) },
    counts: false,
  },
  // "naming a payment of that group or, at or after the B payment, naming none": one that names needs no later instant.
  {
    name: 'a reinstatement that names the group, one microsecond before the (B) payment',
    options: { credits: back(at('18:05:00') - MICROSECOND, 'T1') },
    counts: true,
  },
];

describe('bGrounds: whether a ground that the machine found counts', () => {
  it.each(COUNTS)('$name', ({ options = {}, countUnclaimed, onMismatch = 'open', counts }) => {
    const file = caseFile({
      coupon: coupon({ payments: [one, two, other], ...options }),
      groups: [double, group([other], decided(1))],
      onMismatch,
      ...(countUnclaimed === undefined ? {} : { countUnclaimed }),
    });
    expect(bGrounds(file, [b2]).map((ground) => [ground.id, ground.counts, ground.payments])).toEqual([
      ['B2', counts, [two]],
    ]);
  });
});

describe('bGrounds: a nameless reinstatement and a ground of several payments', () => {
  const third = payment('T4', '18:06:00');
  const triple = group([one, two, third], decided(1, [two, third]));

  // "at or after the B payment", and in §6 "not before the earliest B payment": the earliest of them, T2.
  it.each([
    ['in the instant of the earliest', at('18:05:00'), true],
    ['between the two', at('18:05:30'), true],
    ['one microsecond before the earliest', at('18:05:00') - MICROSECOND, false],
  ])('%s', (_name, when, counts) => {
    const file = caseFile({ coupon: coupon({ payments: [one, two, third], credits: back(when) }), groups: [triple] });
    expect(bGrounds(file, [foundB('B2', triple)]).map((ground) => ground.counts)).toEqual([counts]);
  });
});

const plain = caseFile({ coupon: coupon({ payments: [one, two, other] }), groups: [double, alone] });
const unreported = caseFile({ coupon: coupon({ payments: [one, two] }), groups: [pressed], covered: false });
const grant = (id: 'B1' | 'B2', payments: readonly (typeof one)[]) => ({ id, group: pressed.group, payments });
const shown = (file: CaseFile, earlier: readonly JudgedFinding[]) =>
  bGrounds(file, earlier).map(
    (ground) => `${ground.id} ${ground.payments.map((each) => each.transactionId).join('+')} ${ground.counts}`,
  );

describe('bGrounds: those found and those granted', () => {
  it('gives each group its own ground', () => {
    expect(shown(plain, [b2, foundB('B1', alone)])).toEqual(['B2 T2 false', 'B1 T3 false']);
  });

  it('takes of a group only what the first rule concluded', () => {
    expect(shown(plain, [foundB('B1', double), b2])).toEqual(['B1 T2 false']);
    expect(shown(plain, [asked('AMBIGUOUS_SUPPORT', 'open', { group: double.group }), b2])).toEqual([]);
  });

  it('does not count (A) among them', () => {
    expect(shown(plain, [foundA()])).toEqual([]);
  });

  it.each([
    ['approve', ['B2 T2 true']],
    ['reject', []],
    ['stale', []],
    ['open', []],
  ] as const)('a question with the answer "%s" grants %j', (verdict, grounds) => {
    expect(
      shown(unreported, [asked('REPEAT_UNVERIFIED', verdict, { group: pressed.group, grants: [grant('B2', [two])] })]),
    ).toEqual(grounds);
  });

  it('grants nothing by a question that another rule came before', () => {
    const late = asked('UNSUPPORTED_PAYMENT', 'approve', { group: pressed.group, grants: [grant('B1', [one, two])] });
    const first = asked('REPEAT_UNVERIFIED', 'open', { group: pressed.group, grants: [grant('B2', [two])] });
    expect(shown(unreported, [first, late])).toEqual([]);
  });

  it('gives a payment the ground that comes first, (B)① before (B)②, where two claims were approved', () => {
    const cash = asked('CLAIM_UNVERIFIED', 'approve', { about: 'K2', grants: [grant('B1', [one, two])] });
    const charge = asked('CLAIM_UNVERIFIED', 'approve', { about: 'K1', grants: [grant('B2', [two])] });
    for (const order of [
      [cash, charge],
      [charge, cash],
    ])
      expect(shown(unreported, order)).toEqual(['B1 T1+T2 true']);
  });

  it('leaves the second ground the payments that the first does not have', () => {
    const cash = asked('CLAIM_UNVERIFIED', 'approve', { about: 'K2', grants: [grant('B1', [two])] });
    const charge = asked('CLAIM_UNVERIFIED', 'approve', { about: 'K1', grants: [grant('B2', [one, two])] });
    expect(shown(unreported, [charge, cash])).toEqual(['B1 T2 true', 'B2 T1 true']);
  });

  it('keeps a ground that puts nothing back, as an approved reinstatement has', () => {
    const approved = asked('REINSTATED_WITHOUT_GROUND', 'approve', { grants: [{ id: 'B1', payments: [] }] });
    expect(shown(caseFile(), [approved])).toEqual(['B1  true']);
  });
});

describe('standingOf', () => {
  const claimed = caseFile({
    coupon: coupon({ payments: [one, two], claims: [claim('K1', 'double_charge')] }),
    groups: [double],
  });

  it.each([
    ['no finding', plain, [], { groundA: false, pendingA: false, countingB: false }],
    ['(A)', plain, [foundA()], { groundA: true, pendingA: false, countingB: false }],
    [
      'a pending (A), which is not one that holds',
      plain,
      [foundA('pending')],
      { groundA: false, pendingA: true, countingB: false },
    ],
    ['a (B) that waits for a call', plain, [b2], { groundA: false, pendingA: false, countingB: false }],
    ['a (B) that counts', claimed, [b2], { groundA: false, pendingA: false, countingB: true }],
    ['(A) and a (B) that counts', claimed, [b2, foundA()], { groundA: true, pendingA: false, countingB: true }],
  ] as const)('%s', (_name, file, earlier, expected) => {
    expect(standingOf(file, earlier)).toMatchObject(expected);
  });
});

const NONE = { groundA: false, pendingA: false, grounds: [], countingB: false };
const A = { ...NONE, groundA: true };
const PENDING = { ...NONE, pendingA: true };
const B = { ...NONE, countingB: true };

describe('validUntil: the latest of own expiry, first extension for the cohort, second with a ground that counts (§6)', () => {
  it.each([
    ['the cohort without a ground', '2023-02-24', NONE, '2023-02-26'],
    ['the cohort with a pending (A)', '2023-02-24', PENDING, '2023-02-26'],
    ['the cohort with (A)', '2023-02-24', A, '2023-03-31'],
    ['the cohort with a (B) that counts', '2023-02-24', B, '2023-03-31'],
    ['the day before the cohort, without a ground', '2023-02-23', NONE, '2023-02-23'],
    ['the day before the cohort, with a (B) that counts', '2023-02-23', B, '2023-03-31'],
    ['the day after the cohort, without a ground', '2023-02-25', NONE, '2023-02-25'],
    ['one day before the second extension, with a (B) that counts', '2023-03-30', B, '2023-03-31'],
    ['the second extension itself, with a (B) that counts', '2023-03-31', B, '2023-03-31'],
    ['one day after the second extension, with a (B) that counts (R5)', '2023-04-01', B, '2023-04-01'],
    ['one day after the second extension, without a ground', '2023-04-01', NONE, '2023-04-01'],
  ])('%s: printed %s', (_name, expires, standing, until) => {
    expect(formatDate(validUntil(caseFile({ coupon: coupon({ expires }) }), terms, standing))).toBe(until);
  });

  it('a notice without a first extension leaves the cohort its own expiry', () => {
    expect(formatDate(validUntil(caseFile(), policyWithout('firstExtension').terms, NONE))).toBe('2023-02-24');
  });
});

describe('of several cohorts each coupon has its own extensions, and one of none that of the terms (§6)', () => {
  const { terms: several } = TWO_COHORTS;

  it.each([
    ['2023-02-24', false, '2023-02-26', '2023-04-01'],
    ['2023-02-24', true, '2023-03-31', '2023-04-01'],
    ['2023-02-25', false, '2023-02-25', '2023-04-06'],
    ['2023-02-25', true, '2023-04-05', '2023-04-06'],
    ['2023-02-26', false, '2023-02-26', '2023-03-21'],
    ['2023-02-26', true, '2023-03-20', '2023-03-21'],
  ])('printed %s, extended %s: to %s, and read at %s', (expires, extended, until, readAt) => {
    const last = lastDayOf(day(expires), extended, several);
    expect(formatDate(last)).toBe(until);
    expect(cutOffOf(last, day(expires), several)).toBe(at(`${readAt} 00:00`));
  });
});

describe('cutOffOf: the end of the later of the second extension and valid_until', () => {
  it.each([
    ['2023-02-26', T2],
    ['2023-03-30', T2],
    ['2023-03-31', T2],
    ['2023-04-01', at('2023-04-02 00:00')],
    ['2023-12-31', at('2024-01-01 00:00')],
  ])('valid until %s', (until, cutOff) => {
    expect(cutOffOf(day(until), day('2023-02-24'), terms)).toBe(cutOff);
  });
});
