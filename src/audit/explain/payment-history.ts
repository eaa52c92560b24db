import { type Instant, readableInstant } from '../../base/instants.ts';
import { compareText } from '../../base/text.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { paidEvidence } from '../../ledger/evidence.ts';
import type { RouteId } from '../../policy/vocabulary.ts';
import { type Carried, isFromChain } from '../../publish/previous.ts';
import { ROUTES } from '../../rules/channels/index.ts';
import type { PaidRow, Tables } from '../../tables/tables.ts';
import type { PaymentMade, Row } from './explanation.ts';

/** What was made of a coupon before this run: payouts of the chain, and all that paid rows tell. */
export interface EarlierPayment {
  readonly payoutId: string;
  /** Undefined where neither the chain knows the payout, nor an older run said how it went. */
  readonly route: RouteId | undefined;
  readonly amountYen: number;
  /** The as-of of the run that made it; undefined where that is not in the chain. */
  readonly madeAt: Instant | undefined;
  /** What paid rows before as-of tell of it, in order; none where nothing was told yet. */
  readonly told: readonly PaidRow[];
  /** By the row that stands; `made` where there is none, so that nobody has said that it was sent. */
  readonly standing: PaidRow['status'] | 'made' | 'contradicted';
}

/** Every payment of a coupon before this run, the earliest first. */
export function earlierPayments(
  couponNumber: string,
  { paid }: Pick<Tables, 'paid'>,
  carried: readonly Carried[],
  asOf: Instant,
): readonly EarlierPayment[] {
  const rowsOf = new Map<string, PaidRow[]>();
  for (const row of paid) {
    // That a run of the chain made a payout is not that it was sent.
    if (row.couponNumber !== couponNumber || isFromChain(row) || row.sentAt >= asOf) continue;
    if (row.disposition === 'rejected' || row.disposition === 'after_as_of') continue;
    const rows = rowsOf.get(row.payoutId);
    if (rows === undefined) rowsOf.set(row.payoutId, [row]);
    else rows.push(row);
  }
  const made = new Map(
    carried.filter((each) => each.couponNumber === couponNumber).map((each) => [each.payoutId, each]),
  );
  return [...new Set([...made.keys(), ...rowsOf.keys()])]
    .map((payoutId) => earlierPayment(payoutId, made.get(payoutId), rowsOf.get(payoutId) ?? []))
    .sort((a, b) => firstAt(a) - firstAt(b) || compareText(a.payoutId, b.payoutId));
}

const firstAt = ({ madeAt, told }: EarlierPayment): Instant => madeAt ?? told[0]?.sentAt ?? 0;

function earlierPayment(payoutId: string, made: Carried | undefined, rows: readonly PaidRow[]): EarlierPayment {
  const told = [...rows].sort(
    (a, b) => a.sentAt - b.sentAt || Number(a.status !== 'sent') - Number(b.status !== 'sent'),
  );
  const stands = rows.find(({ disposition }) => disposition === 'accepted');
  const madeAt = readInstant(made?.madeAt ?? '');
  return {
    payoutId,
    route: routeOf(made),
    amountYen: stands?.amountYen ?? made?.amountYen ?? told.at(-1)?.amountYen ?? 0,
    madeAt: 'value' in madeAt ? madeAt.value : undefined,
    told,
    standing: stands?.status ?? (told.length > 0 ? 'contradicted' : 'made'),
  };
}

function routeOf(made: Carried | undefined): RouteId | undefined {
  const route = made?.route ?? '';
  return Object.hasOwn(ROUTES, route) ? route : undefined;
}

/** The same as it is shown. */
export const shownPayment = (
  { payoutId, route, amountYen, madeAt, told, standing }: EarlierPayment,
  rowOf: (id: string) => Row,
): PaymentMade => ({
  payoutId,
  route: route ?? '',
  amountYen,
  madeAt: madeAt === undefined ? '' : readableInstant(madeAt),
  standing,
  told: told.map((row) => ({
    at: readableInstant(row.sentAt),
    status: row.status,
    amountYen: row.amountYen,
    row: rowOf(paidEvidence(row).id),
  })),
});
