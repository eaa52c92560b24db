import { readableInstant } from '../base/instants.ts';
import type { Evidence, Payment } from '../ledger/case.ts';
import type { Group, GroupRecord } from '../pairing/groups.ts';
import type { Facts, Finding } from './finding.ts';

/** What a rule finds on a group beside the group itself: its facts beside the payments, its evidence beside theirs. */
type FoundOnGroup = Pick<Finding, 'outcome' | 'missing' | 'observed' | 'ground' | 'question' | 'facts' | 'evidence'>;

/** A finding on a group of payments. */
export const onGroup = (group: Group, found: FoundOnGroup): Finding => ({
  outcome: found.outcome,
  about: `${group.merchantId} ${group.amountYen}`,
  missing: found.missing,
  observed: found.observed,
  group,
  ground: found.ground,
  question: found.question,
  facts: () => ({ ...factsOfGroup(group), ...found.facts() }),
  evidence: () => [...paymentEvidence(group), ...found.evidence()],
});

const factsOfGroup = ({ merchantId, amountYen, payments }: Group): Facts => ({
  merchant_id: merchantId,
  amount_yen: amountYen,
  payments: payments.length,
  first_at: readableInstant(payments[0]?.occurredAt ?? 0),
  last_at: readableInstant(payments.at(-1)?.occurredAt ?? 0),
});

/** Whether the shop's record leaves it open what happened: lo and hi differ, or payments repeat and nothing is reported. */
export const isLeftOpen = ({ support }: GroupRecord): boolean =>
  support.kind === 'ambiguous' || (support.kind === 'uncovered' && support.repeats > 0);

/** Whether u > 0: the shop certainly has no sale for a payment, and only there can a rule find B1 or B2 by itself. */
export const hasUnsupported = ({ support }: GroupRecord): boolean =>
  support.kind === 'decided' && support.unsupported.length > 0;

/**
 * Whether the shop's record settles a group without a word: every payment has its sale (u = 0), or nothing is reported and
 * nothing was repeated. No rule on groups finds a ground or a question there.
 */
export const isQuiet = (record: GroupRecord): boolean => !isLeftOpen(record) && !hasUnsupported(record);

const paymentEvidence = (group: Group): readonly Evidence[] => group.payments.map((payment) => payment.evidence);

/** The last so many, payments being in order of time and transaction id. */
export const latest = (payments: readonly Payment[], count: number): readonly Payment[] =>
  count === 0 ? [] : payments.slice(-count);
