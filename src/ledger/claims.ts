import { endOfDay } from '../base/instants.ts';
import { duringOutage, type Policy } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';
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
  return claims.length === 0
    ? NONE
    : claims.map((claim) => {
        const mismatches = mismatchesOf(claim, coupon, terms);
        const outOfTime = terms.claimsClose !== undefined && claim.receivedAt >= endOfDay(terms.claimsClose);
        const fits = mismatches.length === 0;
        const verdict = fits
          ? 'open'
          : reviewLookup(coupon.couponNumber, 'CLAIM_MISMATCH', [claimEvidence(claim)]).verdict;
        return { claim, mismatches, outOfTime, verdict, valid: !outOfTime && (fits || verdict === 'approve') };
      });
}

/** What of a claim is not as the coupon's own records have it, or as the policy extends it. */
export function mismatchesOf(claim: ClaimRow, coupon: Case, terms: Terms): readonly ClaimMismatch[] {
  const expiries = [coupon.expiresOn, terms.firstExtension, terms.secondExtension];
  const paidThere = coupon.payments.some(
    (payment) => payment.merchantId === claim.merchantId && duringOutage(terms, payment.occurredAt),
  );
  return [
    ...(claim.prefecture === coupon.prefecture ? [] : (['prefecture'] as const)),
    ...(expiries.includes(claim.expiresOn) ? [] : (['expires_on'] as const)),
    ...(paidThere ? [] : (['merchant_id'] as const)),
  ];
}
