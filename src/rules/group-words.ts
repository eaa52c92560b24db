import type { Evidence, Payment } from '../ledger/case.ts';
import type { Group, GroupRecord } from '../pairing/groups.ts';
import { readableInstant } from '../policy/instants.ts';
import type { Seen } from './rule.ts';

interface GroupWords {
  readonly about: string;
  readonly seen: Readonly<Record<string, Seen>>;
}

let last: { readonly group: Group; readonly words: GroupWords } | undefined;

/** What every finding on a group shows: put into words once for the rules that look at it one after the other. */
export function seenOfGroup(group: Group): GroupWords {
  if (last?.group !== group) last = { group, words: wordsOf(group) };
  return last.words;
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

/** Whether the shop's record leaves it open what happened: pairings differ, or payments repeat and nothing is reported. */
export const isLeftOpen = ({ support }: GroupRecord): boolean =>
  support.kind === 'ambiguous' || (support.kind === 'uncovered' && support.repeats > 0);

/** Whether the shop certainly has no sale for a payment: only there can a rule find a (B) ground by itself. */
export const hasUnsupported = ({ support }: GroupRecord): boolean =>
  support.kind === 'decided' && support.unsupported.length > 0;

/**
 * Whether the shop's record settles a group without a word: every payment has its sale, or nothing is reported and
 * nothing was repeated. No rule on groups finds a ground or a question there.
 */
export const isQuiet = (record: GroupRecord): boolean => !isLeftOpen(record) && !hasUnsupported(record);

export const paymentEvidence = (group: Group): readonly Evidence[] => group.payments.map((payment) => payment.evidence);

/** The last so many, payments being in order of time and transaction id. */
export const latest = (payments: readonly Payment[], count: number): readonly Payment[] =>
  count === 0 ? [] : payments.slice(-count);
