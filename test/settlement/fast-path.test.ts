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

/**
 * What a rule states of a plain coupon is a promise. It is held at every edge that a plain coupon has: before, at and after
 * each instant of the notice it was issued and paid with, little, nearly all, all and more than all of it.
 */
describe('what rules state of plain coupons', () => {
  const EDGES = [
    '2022-10-01T10:00:00',
    '2023-02-23T15:00:00',
    '2023-02-24T17:44:59',
    '2023-02-24T17:45:00',
    '2023-02-24T20:00:00',
    '2023-02-24T22:15:59',
    '2023-02-24T22:16:00',
    '2023-02-25T09:00:00',
    '2023-03-31T23:59:59',
    '2023-04-01T00:00:00',
  ];
  const FACES = [1000, 2000];
  const EXPIRIES = ['2023-02-23', '2023-02-24', '2023-02-25', '2023-03-31'];

  async function plainCoupons(): Promise<Tables> {
    const issuance = ['coupon_number,medium,prefecture,face_yen,issued_at,expires_on,issuer_id'];
    const log = ['transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id'];
    for (const issuedAt of EDGES)
      for (const paidAt of [undefined, ...EDGES])
        for (const face of FACES)
          for (const expiry of EXPIRIES)
            for (const spent of paidAt === undefined ? [0] : [1, face - 1, face, face + 1]) {
              const coupon = String(issuance.length).padStart(12, '0');
              issuance.push(`${coupon},paper,46,${face},${issuedAt}+09:00,${expiry},H001`);
              if (paidAt !== undefined) log.push(`T${coupon},${coupon},${paidAt}+09:00,payment,completed,${spent},M1`);
            }
    const inputs = { issuance: `${issuance.join('\n')}\n`, transactions: `${log.join('\n')}\n` };
    return (
      await runTables(
        { ...inputs, sales: 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen\n' },
        { asOf: AS_OF },
      )
    ).tables;
  }

  /** Coupons that come out otherwise where every rule is asked, with the rules that then have something to say. */
  function broken(rules: readonly Rule[], plain: Tables, asOf: string): readonly string[] {
    const instant = readInstant(asOf);
    if ('problem' in instant) throw new Error(asOf);
    const request = { tables: plain, policy: KAGOSHIMA, asOf: instant.value, countUnclaimed: false, digest, rules };
    const told = (everyRule: boolean) =>
      new Map(
        settle({ ...request, everyRule }).settlements.map(({ findings: _, ...settlement }) => [
          settlement.couponNumber,
          JSON.stringify(settlement),
        ]),
      );
    const [bySums, byRules] = [told(false), told(true)];
    const coupons = new Set([...bySums.keys(), ...byRules.keys()]);
    return [...coupons]
      .filter((coupon) => bySums.get(coupon) !== byRules.get(coupon))
      .map(
        (coupon) =>
          `${coupon}: a rule\u2019s onPlainCoupon promises ${bySums.get(coupon)}, its judge says ${byRules.get(coupon)}`,
      );
  }

  it.each([
    '2023-03-15T02:00:00+09:00',
    AS_OF,
    '2023-06-15T02:00:00+09:00',
  ])('holds at every edge as of %s, and is found broken where a rule that holds some says that it is silent', async (asOf) => {
    const plain = await plainCoupons();
    expect(broken(RULES, plain, asOf)).toEqual([]);
    const { from, end } = {
      from: Date.parse('2023-02-24T17:45:00+09:00') * 1000,
      end: Date.parse('2023-02-24T22:16:00+09:00') * 1000,
    };
    const silent = holdsEverybody('silent');
    const passedOver: Rule = {
      ...silent,
      judge: (file, policy, earlier) =>
        file.coupon.issuedAt >= from && file.coupon.issuedAt < end ? silent.judge(file, policy, earlier) : [],
    };
    expect(broken([...RULES, passedOver], plain, asOf)[0]).toMatch(/onPlainCoupon promises .* its judge says /);
  });
});
