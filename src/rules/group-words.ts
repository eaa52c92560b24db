import type { Evidence, Payment } from '../ledger/case.ts';
import type { Group } from '../pairing/groups.ts';
import { readableInstant } from '../policy/instants.ts';
import type { Seen } from './rule.ts';

/** What every finding on a group shows. */
export function seenOfGroup(group: Group): { readonly about: string; readonly seen: Readonly<Record<string, Seen>> } {
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
