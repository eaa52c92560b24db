import { GROUNDS, REASONS, REVIEW_REASONS, STATUSES } from '../../src/policy/vocabulary.ts';
import { ROUTES } from '../../src/rules/channels/index.ts';

/** What the notice of Kagoshima leaves no room for. */
const CANNOT_OCCUR: Readonly<Record<string, string>> = {
  'status lapsed': 'bank applications have no last day',
  'reason CLAIM_OUT_OF_TIME': 'claims have no last day',
  'reason CLAIMS_CLOSED': 'claims have no last day',
  'reason BELOW_MINIMUM': 'the whole balance is paid',
  'reason CAPPED_PER_PERSON': 'the notice has no cap a person',
  'reason METHOD_NOT_OFFERED': 'points are sent, and transfers are made',
};

/**
 * What happens to exports, people, the bank and the machine, and why a simulation without it would say less than it
 * seems to.
 */
const EVENTS: Readonly<Record<string, string>> = {
  'row late': 'an export first holds a row days after it happened',
  'row corrected': 'an export was wrong, and is delivered anew',
  'journal late': 'a shop reports the night of the outage after weeks',
  'sale never reported': 'a shop does not report that night at all',
  'issuance row corrected': 'face value or contact were wrong for weeks',
  'coupon misplaced for days': 'a coupon that was paid leaves the scope, and comes back',
  'account withdrawn': 'a recipient is lost after the first nights',
  'account shared by many': 'a system writes one account where it knows none',
  'duplicate rows of issuance': 'exports overlap',
  'duplicate rows of transactions': 'exports overlap',
  'duplicate rows of sales': 'exports overlap',
  'duplicate rows of claims': 'exports overlap',
  'duplicate rows of applications': 'exports overlap',
  'duplicate rows of paid': 'the bank tells the same payment several times',
  'conflicting rows of issuance': 'an old export contradicts the new one',
  'conflicting rows of transactions': 'an old export contradicts the new one',
  'conflicting rows of sales': 'an old export contradicts the new one',
  'conflicting rows of claims': 'an old export contradicts the new one',
  'conflicting rows of applications': 'an old export contradicts the new one',
  'conflicting rows of paid': 'the bank contradicts itself, or what was ordered',
  'rejected rows of transactions': 'an amount cannot be read',
  'rejected rows of sales': 'an amount cannot be read',
  'after_as_of rows of transactions': 'an export was made later than the as-of',
  'out_of_scope rows of issuance': 'exports hold other programmes too',
  'out_of_scope rows of transactions': 'exports hold other programmes too',
  'paid row of another amount': 'a slip of the pen in the paid file',
  'paid row of another coupon': 'a slip of the pen in the paid file',
  'payout received': 'it arrived',
  'payout sent': 'nobody ever says whether it arrived',
  'payout failed': 'it comes back, and is made again',
  'payout expired': 'nobody fetched it',
  'payout received after it failed': 'it arrives although it came back',
  'payout for several coupons': 'one of them may change alone',
  retry: 'a payout is made again after one failed',
  'top-up': 'more is owed than was paid',
  'expiry extended': 'regionPAY acts on extensions.csv',
  'balance to be put back': 'regionPAY acts on reinstatements.csv',
  'put back by name': 'the log says for which payment',
  'put back without naming the payment': 'the log does not say for which payment',
  'put back twice': 'the sums come to more than the face value',
  'review item open': 'nobody has answered yet',
  'review item approved': 'the office says yes',
  'review item rejected': 'the office says no',
  'review item stale': 'the evidence changes after the answer',
  'night missed': 'the next night follows an older one',
  'night abandoned': 'a run that crashed is never repeated',
  'run repeated': 'the same again is a no-op',
  'late export: replaced': 'the night is run again with it, in place of the first run',
  'late export: unchanged': 'the night is run again, and it was the same',
  'archive linked': 'what the run before has kept is not stored twice',
  'crash: staged, the lock stays': 'killed before anything is in place',
  'crash: staged, tidied up': 'stopped before anything is in place',
  'crash: moved aside, the lock stays': 'killed between the two renames',
  'crash: moved aside, tidied up': 'stopped between the two renames',
  'crash: in place, the lock stays': 'killed when all is in place',
  'crash: in place, tidied up': 'stopped when all is in place',
};

/** Everything that many seeds together must meet: each word of the vocabulary that can arise, and each event. */
export const MUST_OCCUR: readonly string[] = [
  ...Object.keys(STATUSES).map((status) => `status ${status}`),
  ...Object.keys(GROUNDS).map((ground) => `ground ${ground}`),
  ...Object.keys({ ...REVIEW_REASONS, ...REASONS }).map((reason) => `reason ${reason}`),
  ...Object.keys(ROUTES).map((route) => `route ${route}`),
  ...Object.keys(EVENTS),
].filter((what) => !(what in CANNOT_OCCUR));

export const neverOccurred = (met: ReadonlyMap<string, number>): readonly string[] =>
  MUST_OCCUR.filter((what) => !met.has(what));
