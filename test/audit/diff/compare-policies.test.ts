import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareUnderPolicies, policyTermDifferences } from '../../../src/audit/diff/compare-policies.ts';
import type { NightDifference } from '../../../src/audit/diff/policy-difference.ts';
import { dayNumber, startOfDay } from '../../../src/base/instants.ts';
import { type Policy, policyOf } from '../../../src/policy/policy.ts';
import { settleRun } from '../../../src/run/settle-run.ts';
import { INPUT_KINDS, type InputKind } from '../../../src/tables/tables.ts';
import { type ChangedTerms, FILE, policyWith } from '../../policy/made-up.ts';
import { FILE_2, policyOfCohorts } from '../../policy/version-2.ts';
import { withFolder } from '../../support/program.ts';

/** Two coupons of (A), of accounts that can be reached: 850 of 1,000 yen were spent of one, nothing of the other. */
const ISSUANCE = `coupon_number,medium,prefecture,face_yen,issued_at,expires_on,account_id,account_status,phone,email
000000000001,app,13,1000,2031-07-13 10:00,2031-07-15,A1,active,09012345678,
000000000002,app,13,2000,2031-07-13 10:00,2031-07-15,A2,active,09012345679,
`;
const LOG = `transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id
T1,000000000001,2031-07-13 12:00,payment,completed,850,M1
`;
const AS_OF = startOfDay(dayNumber(2031, 9, 1));

const BEFORE = policyWith({});
const amended = (terms: ChangedTerms): Policy => policyOf({ ...policyWith(terms).file, id: 'amended' });

/** That night under both policies, and which policies it was settled under. */
async function underBoth(after: Policy, limit = 50) {
  const settledUnder: (readonly [id: string, isBetween: boolean])[] = [];
  const night = await withFolder(async (folder): Promise<NightDifference> => {
    const put = (name: string, content: string): readonly string[] => {
      writeFileSync(join(folder, name), content);
      return [join(folder, name)];
    };
    const none = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, [] as readonly string[]]));
    const given = { ...none, issuance: put('issuance.csv', ISSUANCE), transactions: put('log.csv', LOG) };
    const paths = given as unknown as Record<InputKind, readonly string[]>;
    const asOf = AS_OF;
    const settle = async (policy: Policy, isBetween: boolean) => {
      settledUnder.push([policy.id, isBetween]);
      const reading = { paths, profile: undefined, encoding: undefined };
      const request = { ...reading, policy, asOf, countUnclaimed: false, made: [], carried: undefined };
      const settled = await settleRun(request, {});
      if ('problems' in settled) throw new Error(settled.problems.map(({ code }) => code).join());
      return settled;
    };
    const compared = await compareUnderPolicies(BEFORE, after, { asOf, settle, place: folder, limit });
    expect(readdirSync(folder).sort()).toEqual(['issuance.csv', 'log.csv']);
    return compared;
  });
  return { night, settledUnder };
}

const sum = (count: number, yen: number) => ({ count, yen });

describe('a night under two policies', () => {
  test('says which term moves how much, and what is paid by route, ground and status', async () => {
    const { night, settledUnder } = await underBoth(amended({ minimumResidualYen: 151, repeatPressGapSeconds: 61 }));
    expect(night.netYen).toBe(-150);
    expect(night.steps.map(({ what, coupons, netYen }) => [what, coupons, netYen])).toEqual([
      [['minimumResidualYen: 100 → 151'], 1, -150],
      [['repeatPressGapSeconds: 60 → 61'], 0, 0],
    ]);
    expect(night.routes).toEqual([{ name: 'app_url', before: sum(2, 2150), after: sum(1, 2000) }]);
    expect(night.grounds).toEqual([{ name: 'A', before: sum(2, 2150), after: sum(1, 2000) }]);
    expect(night.statuses).toEqual([{ name: 'payable', before: sum(2, 2150), after: sum(1, 2000) }]);
    expect(night.coupons.map(({ couponNumber, group, netYen, money }) => [couponNumber, group, netYen, money])).toEqual(
      [['000000000001', 'no longer eligible', -150, true]],
    );
    // Questions and payouts go by the id of the policy: under another one nothing could be held against anything.
    expect(settledUnder).toEqual([
      ['tokyo-2031', false],
      ['tokyo-2031', true],
      ['tokyo-2031', false],
    ]);
  });

  test.each([
    ['at what is left', 150, 0],
    ['above it', 151, 1],
  ])('where (A) asks for as much as is left: %s', async (_, minimumResidualYen, coupons) => {
    const { night } = await underBoth(amended({ minimumResidualYen }));
    expect([night.couponsDiffering, night.netYen]).toEqual([coupons, 0 - 150 * coupons]);
  });

  test('that only differ in their names come to the same', async () => {
    const { night, settledUnder } = await underBoth(amended({}));
    expect([night.couponsDiffering, night.steps, night.money]).toEqual([0, [], false]);
    expect(settledUnder.length).toBe(2);
  });

  test('of two notices is exchanged at once where terms on the way contradict each other', async () => {
    const later = amended({ firstExtension: '2031-08-30', secondExtension: '2031-09-20', receiveBy: '2031-09-21' });
    const { night } = await underBoth(later);
    // A first extension that outlasts the second one cannot be meant.
    expect(night.steps.length).toBe(1);
    // As of 1 September the balance has not been read: nothing can be paid yet.
    expect(night.netYen).toBe(-2150);
  });

  test('tells as many coupons as are asked for, and counts all', async () => {
    const { night } = await underBoth(amended({ minimumResidualYen: 2001 }), 1);
    expect([night.coupons.length, night.couponsDiffering, night.netYen]).toEqual([1, 2, -2150]);
  });
});

test('a term that differs is told with its path, both values and what it comes to', () => {
  const after = policyWith({ claimsClose: undefined, minimumResidualYen: 99 });
  expect(
    policyTermDifferences(FILE, after.file).map(({ path, before, after: is, means }) => [path, before, is, means.en]),
  ).toEqual([
    ['terms.minimumResidualYen', 100, 99, '(A) asks for less to be left: more coupons are in it'],
    ['terms.claimsClose', '2031-08-10', null, 'people can call longer: those calls can give a (B), too'],
  ]);
});

test('one expiry and several differ in what they say of expiries alone, however they are written', () => {
  const { file } = policyOfCohorts();
  const said = policyTermDifferences(FILE_2, file).map(({ path, before, after, means }) => [
    path,
    before,
    after,
    means.en,
  ]);
  expect(said).toEqual([
    ['terms.cohorts.2031-07-16.originalExpiry', null, '2031-07-16', 'coupons of this expiry are in (A), too'],
    [
      'terms.cohorts.2031-07-16.secondExtension',
      null,
      '2031-08-27',
      'this expiry is extended to this day as one of (A)',
    ],
  ]);
  // Of version 1, whose one expiry is among the terms as well.
  const paths = policyTermDifferences(FILE, file).map(({ path }) => path);
  expect(paths.filter((path) => /expiry|extension/i.test(path))).toEqual(said.map(([path]) => path));
});
