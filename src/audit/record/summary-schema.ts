import * as z from 'zod';
import {
  GROUNDS,
  type GroundId,
  REVIEW_REASONS,
  type ReviewReason,
  STATUSES,
  type Status,
} from '../../policy/vocabulary.ts';
import { DISPOSITIONS, type FileWarning, type PassedOver } from '../../tables/tables.ts';

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] => Object.keys(record) as Key[];

const WARNINGS: Readonly<Record<FileWarning, true>> = {
  MAY_BE_UTC: true,
  ALL_AFTER_AS_OF: true,
  COUPON_BY_PAYOUT: true,
  TWO_SPELLINGS: true,
  ROUNDED_NUMBERS: true,
};
const PASSED_OVER: Readonly<Record<PassedOver, true>> = {
  empty: true,
  total: true,
  unsent: true,
  undecided: true,
  answered: true,
  header: true,
  left_out: true,
};

const summaryWith = () => {
  const count = z.int().min(0);
  // What a log says of a payment may be any number of yen, and so may their sum.
  const yen = z.number().refine(Number.isInteger);
  const sum = z.looseObject({ count, yen });
  const byRoute = sum.extend({ routes: z.record(z.string(), sum) });
  const unreceived = z.looseObject({ toSend: sum, sent: sum });
  const coupons = z.looseObject({ coupons: count, residualYen: yen, reinstateYen: yen, payableYen: yen });
  const asked = z.looseObject({
    holds: z.boolean(),
    ...{ open: count, stale: count, approved: count, rejected: count, needsSecond: count, stakeYen: yen },
  });
  const questions = z.looseObject({ questions: count, stakeYen: yen });
  const rows = z.looseObject({ rows: count, yen });
  const file = z.looseObject({
    ...{ kind: z.string(), name: z.string(), rowsRead: count, yenRead: yen },
    dispositions: z
      .record(z.enum(DISPOSITIONS.filter((name) => name !== 'refund')), rows)
      .and(z.object({ refund: rows.optional() })),
    coupons: z.looseObject({ named: rows, unknown: rows, unknownOther: rows, respelled: count }).nullable(),
    passedOver: z.partialRecord(z.enum(keysOf(PASSED_OVER)), count),
    warnings: z.array(z.enum(keysOf(WARNINGS))),
    ...{ firstAt: z.string().nullable(), lastAt: z.string().nullable() },
  });
  return z.looseObject({
    schemaVersion: z.literal(1),
    ...{ policyId: z.string(), asOf: z.string(), casesJudged: count, couponsListed: count },
    statuses: z.partialRecord(z.enum(keysOf<Status>(STATUSES)), coupons),
    grounds: z.partialRecord(z.enum(keysOf<GroundId>(GROUNDS)), coupons),
    prefectures: z.record(z.string(), coupons.extend({ payoutYen: yen })).exactOptional(),
    capPerPerson: z.looseObject({ coupons: count, cutYen: yen }).exactOptional(),
    payouts: byRoute,
    sending: z.looseObject({
      toSend: z.looseObject({ now: byRoute, later: byRoute }),
      ...{ sent: sum, received: sum, expired: sum, failed: sum, resent: sum, notResent: sum },
      ...{ conflicting: sum, ofOlderVersions: sum, gone: sum },
      deadline: z.looseObject({ days: count, lapsing: unreceived, lapsed: unreceived }),
    }),
    review: z.partialRecord(z.enum(keysOf<ReviewReason>(REVIEW_REASONS)), asked),
    decisions: z
      .looseObject({
        ...{ decided: count, noLongerAsked: count, unknown: count },
        ...{ approved: questions, rejected: questions, stale: questions },
        ...{ needsSecond: questions, contradicting: questions },
        ...{ undecided: count, answered: count, answeredElsewhere: count },
      })
      .nullable(),
    reasons: z.record(z.string(), count),
    extensions: count,
    reinstatements: sum,
    paidRowsOnOtherCoupons: count,
    unmatchedPaid: z.looseObject({
      rows: count,
      first: z.array(
        z.looseObject({
          ...{ place: z.string(), payoutId: z.string() },
          why: z.enum(['no such payout', 'no such coupon']),
        }),
      ),
    }),
    issued: z.looseObject({ inScope: count, neverInLog: count }),
    files: z.array(file),
  });
};

let schema: ReturnType<typeof summaryWith> | undefined;
/** summary.json as far as it is shown: that its manifest vouches for it does not make it what a run writes. */
export function summarySchema(): ReturnType<typeof summaryWith> {
  schema ??= summaryWith();
  return schema;
}
