import type { Evidence, Payment } from '../ledger/case.ts';
import type { Group } from '../pairing/groups.ts';
import { readableInstant } from '../policy/instants.ts';
import type { Seen } from './rule.ts';

interface GroupWords {
  readonly about: string;
  readonly seen: Readonly<Record<string, Seen>>;
}

const known = new WeakMap<Group, GroupWords>();

/** What every finding on a group shows: put into words once, for all the rules that look at it. */
export function seenOfGroup(group: Group): GroupWords {
  const words = known.get(group) ?? wordsOf(group);
  known.set(group, words);
  return words;
}

function wordsOf(group: Group): GroupWords {
  return {
    about: `${group.merchantId} ${group.amountYen}`,
    seen: {
      merchant_id: group.merchantId,
      amount_yen: group.amountYen,
      payments: group.payments.length,
      first_at: readableInstant(group.payments[0]?.occurredAt ?? 0),
      last_at: readableInstant(group.payments.at(-1)?.occurredAt ?? 0),
    },
  };
}

export const paymentEvidence = (group: Group): readonly Evidence[] => group.payments.map((payment) => payment.evidence);

/** The last so many, payments being in order of time and transaction id. */
export const latest = (payments: readonly Payment[], count: number): readonly Payment[] =>
  count === 0 ? [] : payments.slice(-count);
