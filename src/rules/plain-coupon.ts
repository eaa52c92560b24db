import type { CalendarDate, Instant } from '../base/instants.ts';
import type { Account } from '../ledger/case.ts';
import type { Terms } from '../policy/terms.ts';
import type { Amounts, RouteFound } from './finding.ts';

/**
 * A plain coupon as sums: one that was issued and paid with, of which nothing else is known, and whose payments in the
 * outage the shops' records settle without a word. Most coupons are such, and a run judges them without making objects
 * of their rows (settlement/fast-path.ts). It may be one object that goes from coupon to coupon: take values of it, and
 * do not keep it.
 */
export interface PlainSums {
  readonly faceYen: number;
  readonly issuedAt: Instant;
  readonly expiresOn: CalendarDate;
  /** By all its payments. */
  readonly spentYen: number;
  /** When the first extension ended, or at as-of where that comes first. */
  readonly leftAtFirstEndYen: number;
  /** Of the first and the last payment; +∞ and −∞ where there is none. */
  readonly firstPaidAt: Instant;
  readonly lastPaidAt: Instant;
}

/** The one ground that can come of a plain coupon; `pending A` before the first extension has ended. */
export type PlainGround = 'A' | 'pending A' | 'none';

/** What is left of a plain coupon that has a ground. */
export interface PlainBalance {
  readonly expiresOn: CalendarDate;
  readonly ground: PlainGround;
  /** At the cut-off of a coupon with ground (A), or at as-of where that comes first. */
  readonly residualYen: number;
}

/** Sums do not tell, or there is something to ask: then every rule is asked about the coupon. */
export type ForTheRules = 'for the rules';

/**
 * What a rule does with a plain coupon. `silent`: no ground, question, amount, reason or route ever comes of it by this
 * rule. Otherwise it judges by the sums what it judges by the rows, and both must come to the same: tests settle every
 * night either way. A rule that may hold a plain coupon, or ask about it, states an objection.
 */
export type OnPlainCoupon = 'silent' | PlainStatement;

export type PlainStatement =
  | {
      readonly states: 'a ground';
      readonly groundOf: (sums: PlainSums, terms: Terms, asOf: Instant) => PlainGround;
    }
  | {
      readonly states: 'an objection';
      readonly objects: (sums: PlainSums, terms: Terms, ground: PlainGround) => boolean;
    }
  | {
      readonly states: 'amounts';
      readonly amountsOf: (balance: PlainBalance, terms: Terms, asOf: Instant) => Amounts | ForTheRules;
    }
  | {
      readonly states: 'a route';
      /** Asked where something is payable. Undefined: the holder has to apply. */
      readonly routeOf: (account: Account | undefined, terms: Terms) => RouteFound | ForTheRules | undefined;
    };
