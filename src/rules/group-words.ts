import type { Evidence, Payment } from '../ledger/case.ts';
import type { Group, GroupRecord } from '../pairing/groups.ts';
import { readableInstant } from '../policy/instants.ts';
import type { Text } from '../policy/text.ts';
import { type Finding, UnspokenFinding } from './rule.ts';

/** A finding on a group of payments. */
export class GroupFinding extends UnspokenFinding {
  readonly group: Group;

  /**
   * @param settles the ground or the question, if there is one
   * @param more what the rule saw beside the group itself
   * @param beside the evidence beside the payments
   */
  constructor(
    outcome: Finding['outcome'],
    group: Group,
    missing: readonly Text[],
    settles: Pick<Finding, 'ground' | 'question'>,
    more: () => Finding['seen'],
    beside: () => readonly Evidence[],
  ) {
    super(
      outcome,
      missing,
      { about: `${group.merchantId} ${group.amountYen}`, ...settles },
      () => ({ ...seenOfGroup(group), ...more() }),
      () => [...paymentEvidence(group), ...beside()],
    );
    this.group = group;
  }
}

const seenOfGroup = ({ merchantId, amountYen, payments }: Group): Finding['seen'] => ({
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
