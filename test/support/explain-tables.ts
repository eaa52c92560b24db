import { explainCoupons } from '../../src/audit/explain/explain.ts';
import type { Explanation } from '../../src/audit/explain/explanation.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { settle, type WholeOutcome } from '../../src/settlement/settle.ts';
import { couponAt } from './coupon-index.ts';
import { digest, type RunResult } from './run-tables.ts';

export interface ExplainedRun {
  readonly outcome: WholeOutcome;
  readonly explanations: readonly Explanation[];
}

/** Explains coupons of a run (all that its tables know, unless told) without a run folder. */
export async function explainRun(
  { tables, rows }: RunResult,
  asOf: string,
  coupons?: readonly string[],
  policy: Policy = KAGOSHIMA,
): Promise<ExplainedRun> {
  const instant = readInstant(asOf);
  if ('problem' in instant) throw new Error(`no instant: ${asOf}`);
  const common = { tables, policy, asOf: instant.value };
  const outcome = settle({ ...common, countUnclaimed: false, digest, keepFindings: true });
  const all = Array.from({ length: tables.coupons.size }, (_, number) => tables.coupons.textOf(couponAt(number)));
  const [listed, paid] = [rows('eligibility.csv'), rows('payouts.csv')];
  const own = {
    listedAs: (couponNumber: string) => listed.filter((row) => row.coupon_number === couponNumber),
    paidBy: (couponNumber: string) => paid.filter((row) => row.coupons?.split(' ').includes(couponNumber)),
  };
  const explanations = await explainCoupons(
    { ...common, carried: undefined, evidenceKey: undefined, idForm: 'without contacts' },
    coupons ?? all,
    {
      countUnclaimed: false,
      contacts: 'shown',
      own,
    },
  );
  return { outcome, explanations };
}
