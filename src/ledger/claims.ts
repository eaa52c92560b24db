import { type CalendarDate, endOfDay } from '../base/instants.ts';
import { duringOutage, type Policy } from '../policy/policy.ts';
import { cohortOf, type Terms } from '../policy/terms.ts';
import type { Verdict } from '../policy/vocabulary.ts';
import type { ClaimRow } from '../tables/tables.ts';
import { type Case, NONE } from './case.ts';
import type { ReviewLookup } from './decisions.ts';
import { claimEvidence } from './evidence.ts';

/** What of a claim can fail to fit the records. */
export type ClaimMismatch = 'prefecture' | 'expires_on' | 'merchant_id';

/** A call to the call centre, held against the coupon's own records (3-rules.md §5). */
export interface ClaimStanding {
  readonly claim: ClaimRow;
  readonly mismatches: readonly ClaimMismatch[];
  readonly outOfTime: boolean;
  /** The person's answer where the claim does not fit the records. */
  readonly verdict: Verdict;
  /** It fits, or a person said that it stands all the same. */
  readonly valid: boolean;
}

export function claimStandings(coupon: Case, policy: Policy, reviewLookup: ReviewLookup): readonly ClaimStanding[] {
  const { terms } = policy;
  const { claims } = coupon;
  if (claims.length === 0) return NONE;
  const paidAt = merchantsPaid(coupon, terms);
  return claims.map((claim) => {
    const mismatches = mismatchesOf(claim, coupon, terms, paidAt);
    const outOfTime = terms.claimsClose !== undefined && claim.receivedAt >= endOfDay(terms.claimsClose);
    const fits = mismatches.length === 0;
    const verdict = fits ? 'open' : reviewLookup(coupon.couponNumber, 'CLAIM_MISMATCH', [claimEvidence(claim)]).verdict;
    return { claim, mismatches, outOfTime, verdict, valid: !outOfTime && (fits || verdict === 'approve') };
  });
}

/** The shops at which a coupon paid in W. */
const merchantsPaid = ({ payments }: Case, terms: Terms): ReadonlySet<string> =>
  new Set(payments.filter(({ occurredAt }) => duringOutage(terms, occurredAt)).map(({ merchantId }) => merchantId));

/** Of a coupon of a cohort its own extensions; of one of none whatever extension the policy gives. */
function extensionsKnownOf({ expiresOn }: Case, terms: Terms): readonly (CalendarDate | undefined)[] {
  const cohort = cohortOf(terms, expiresOn);
  if (cohort !== undefined) return [cohort.firstExtension, cohort.secondExtension];
  return [
    terms.secondExtension,
    ...terms.cohorts.flatMap(({ firstExtension, secondExtension }) => [firstExtension, secondExtension]),
  ];
}

/** What of a claim is not as the coupon's own records have it, or as the policy extends it. */
export function mismatchesOf(
  claim: ClaimRow,
  coupon: Case,
  terms: Terms,
  paidAt = merchantsPaid(coupon, terms),
): readonly ClaimMismatch[] {
  const expiries = [coupon.expiresOn, ...extensionsKnownOf(coupon, terms)];
  const paidThere = paidAt.has(claim.merchantId);
  return [
    ...(claim.prefecture === coupon.prefecture ? [] : (['prefecture'] as const)),
    ...(expiries.includes(claim.expiresOn) ? [] : (['expires_on'] as const)),
    ...(paidThere ? [] : (['merchant_id'] as const)),
  ];
}
