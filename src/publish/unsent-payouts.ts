import type { RouteId } from '../policy/vocabulary.ts';
import type { Payout } from '../settlement/payouts.ts';
import { madeOf, publishedRows, wholeYen } from './published-rows.ts';

/** A payout of the chain, as it is still to be sent: days as they are written, `receiveBy` empty where there is none. */
export interface UnsentPayout extends Pick<Payout, 'payoutId' | 'route' | 'recipient' | 'deliverTo' | 'amountYen'> {
  /** Sorted. */
  readonly coupons: readonly string[];
  readonly notBefore: string;
  readonly receiveBy: string;
  /** The as-of of the run that made it. */
  readonly madeAt: string;
}

export const TO_SEND_FILE = 'to_send.csv';

/**
 * The rows of a to_send.csv, in steps, or of a payouts.csv, which says nothing of when it was made.
 *
 * @param madeAt of rows that do not say
 * @throws Error where one is not what a run writes
 */
export const parseUnsent = (
  bytes: Iterable<Uint8Array>,
  madeAt: string,
): Generator<undefined, readonly UnsentPayout[]> =>
  madeOf(publishedRows(bytes), (row) => ({
    payoutId: row.payout_id ?? '',
    route: (row.route ?? '') as RouteId,
    recipient: row.recipient ?? '',
    deliverTo: row.deliver_to ?? '',
    amountYen: wholeYen(row.amount_yen),
    coupons: (row.coupons ?? '').split(' '),
    notBefore: row.not_before ?? '',
    receiveBy: row.receive_by ?? '',
    madeAt: row.made_at ?? madeAt,
  }));
