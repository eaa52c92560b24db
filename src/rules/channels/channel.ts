import type { CalendarDate } from '../../base/instants.ts';
import type { Text } from '../../base/text.ts';
import type { Account, Case, Evidence } from '../../ledger/case.ts';
import { applicationEvidence } from '../../ledger/evidence.ts';
import { shownId } from '../../policy/personal-data.ts';
import type { Terms } from '../../policy/terms.ts';
import type { RouteId } from '../../policy/vocabulary.ts';
import type { ApplicationRow } from '../../tables/tables.ts';
import type { Facts, Finding, RouteFound } from '../finding.ts';
import type { ForTheRules } from '../plain-coupon.ts';

/** Where a channel looks for somebody to send to. */
export interface Sought {
  readonly coupon: Case;
  /** The application that stands, if one does. */
  readonly application: ApplicationRow | undefined;
}

/** A way by which money is paid out, whole: `index.ts` lists them in the order in which they are sought (3-rules.md §8). */
export interface Channel {
  /** As outputs name it. */
  readonly id: RouteId;
  readonly name: Text;
  /** Ends what is read out of yen that are going to be sent. */
  readonly paidBy: Text;
  /** The same of yen that were sent. */
  readonly sentBy: Text;
  /** From when on it is sent; undefined where nothing is paid in this way, and it is not sought. */
  readonly notBefore: (terms: Terms) => CalendarDate | undefined;
  /** What is sent must be received by the day that the notice names (R13). */
  readonly hasDeadline: boolean;
  /** A letter names the recipient beside where it is delivered. */
  readonly namesRecipient: boolean;
  /** Undefined where there is nothing to look at: {@link ChannelWords.nothingThere} says so. */
  readonly seek: (sought: Sought, terms: Terms) => Finding | undefined;
  /** The same of a coupon for which nobody has applied; `silent` where it then never leads anywhere. */
  readonly onPlainCoupon:
    | 'silent'
    | ((account: Account | undefined, terms: Terms) => RouteFound | ForTheRules | undefined);
  readonly words: ChannelWords;
}

/** What an explanation says of a channel. */
export interface ChannelWords {
  readonly taken: (sought: Sought) => Text;
  /** There is somebody, but nowhere to send it. */
  readonly unusable: (sought: Sought) => Text;
  /** Why the coupon had nothing to look at; `no application` where it looks at one for this channel. */
  readonly nothingThere: 'no application' | ((coupon: Case, terms: Terms) => Text);
}

/** What comes of a channel: a route, a question, or neither. */
type Leads = Pick<Finding, 'outcome' | 'route' | 'question'>;

/** The finding of a channel. */
export const found = (
  by: RouteId,
  { outcome, route, question }: Leads,
  facts: () => Facts,
  evidence: () => readonly Evidence[],
): Finding => ({ outcome, about: by, observed: { kind: 'way', route: by }, question, route, facts, evidence });

/** The finding of a channel that looks at an application. */
export const foundInApplication = (by: RouteId, leads: Leads, row: ApplicationRow): Finding =>
  found(
    by,
    leads,
    () => ({ application: shownId(row.applicationId) }),
    () => [applicationEvidence(row)],
  );

/** The number of the application that stands, as it may be shown. */
export function shownApplication({ application }: Sought): string {
  if (application === undefined) throw new Error('a channel speaks of an application that does not stand');
  return shownId(application.applicationId);
}
