import { readableInstant, SECOND } from '../../base/instants.ts';
import { mapped } from '../../base/steps.ts';
import type { Book } from '../../ledger/book.ts';
import type { Evidence } from '../../ledger/case.ts';
import type { ClaimantPairing } from '../../pairing/claimants.ts';
import type { Drawn, DrawnGroup, DrawnPair, DrawnTill } from '../../pairing/drawn-group.ts';
import type { Group, Support } from '../../pairing/groups.ts';
import type { MerchantPayment, Sale } from '../../pairing/merchant-record.ts';
import type { SetAsideSales } from '../../pairing/set-aside-sales.ts';
import type { JudgedFinding } from '../../rules/finding.ts';
import type { Settlement } from '../../settlement/settlement.ts';
import type { CouponIndex } from '../../tables/pool-index.ts';
import { ABSENT, type Tables } from '../../tables/tables.ts';
import { type CashClaims, claimWords, rivalClaims } from './cash-claims.ts';
import type { ExplainedBill, ExplainedMerchant, ExplainedPairing, PaidRow, Row, SoldRow } from './explanation.ts';
import { namesOf, pairingWords, uncoveredWords } from './pairing-words.ts';

type FirstFew<Thing> = { readonly shown: readonly Thing[]; readonly count: number };

const NOTHING = { shown: [], count: 0 } as const;

/** Rows of the tables as an explanation shows them. */
interface Showing {
  readonly payment: (payment: MerchantPayment) => PaidRow;
  readonly sale: (sale: Sale) => SoldRow;
}

/**
 * Each group that the rules judged, beside its shop's sales. Undefined: none yet, for one may have very many payments.
 *
 * @param shopOf a shop's record, by its number
 * @param setAsideOn rows of a shop's report that were set aside
 */
export function* explainMerchants(
  { couponNumber, findings }: Settlement,
  book: Book,
  { tillOf, setAsideOn, claims, rowOf }: MerchantSources,
): Iterable<ExplainedMerchant | undefined> {
  const claimants = claimantsIn(findings);
  for (const { group, observed } of findings) {
    if (group === undefined || observed?.kind !== 'support') continue;
    const { support } = observed;
    if (support.kind === 'uncovered') {
      yield yield* uncovered(group, support.repeats, book, setAsideOn, rowOf);
      continue;
    }
    const till = tillOf(book.tables.merchants.find(group.merchantId));
    const explained = yield* covered(group, support, till, book, rowOf);
    const pairing = claimants.get(group) ?? 'no claim';
    yield pairing === 'no claim' ? explained : withClaims(explained, couponNumber, pairing, { claims, rowOf });
  }
}

/** Where an explanation of shops finds what it shows. */
export interface MerchantSources {
  readonly tillOf: (merchant: number) => DrawnTill;
  readonly setAsideOn: SetAsideSales;
  readonly claims: CashClaims;
  readonly rowOf: (id: string) => Row;
}

/** Adds whose the bills paid without a coupon are: somebody claims to have paid one. */
function withClaims(
  shop: ExplainedMerchant,
  couponNumber: string,
  pairing: ClaimantPairing,
  { claims, rowOf }: Pick<MerchantSources, 'claims' | 'rowOf'>,
): ExplainedMerchant {
  const alike = claims(shop);
  const own = alike.find((claim) => claim.couponNumber === couponNumber);
  if (own === undefined) throw new Error('a claim that no settlement lists');
  const rivals = rivalClaims(own, alike);
  return {
    ...shop,
    says: [...shop.says, claimWords(own, pairing, rivals)],
    rivalClaims: rivals.map((claim) => ({ couponNumber: claim.couponNumber, bills: claim.bills.map(rowOf) })),
  };
}

/** Whether those who claim cash have to be known to explain a case. */
export const needsClaims = ({ findings }: Settlement): boolean =>
  findings.some(({ observed }) => observed?.kind === 'claimant' && observed.pairing !== 'no claim');

/** Whether the nameless bills suffice for all who claim, by the group of which a rule saw it first. */
function claimantsIn(findings: readonly JudgedFinding[]): ReadonlyMap<Group, ClaimantPairing | 'no claim'> {
  const found = new Map<Group, ClaimantPairing | 'no claim'>();
  for (const { group, observed } of findings)
    if (group !== undefined && observed?.kind === 'claimant' && !found.has(group)) found.set(group, observed.pairing);
  return found;
}

function* uncovered(
  group: Group,
  repeats: number,
  book: Book,
  setAsideOn: SetAsideSales,
  rowOf: (id: string) => Row,
): Generator<undefined, ExplainedMerchant> {
  const { merchantId, amountYen, payments } = group;
  const merchant = book.tables.merchants.find(merchantId);
  const setAside = [...new Set(payments.flatMap(({ occurredAt }) => setAsideOn(merchant, occurredAt)))];
  const coupon = book.tables.coupons;
  return {
    merchantId,
    amountYen,
    covered: false,
    says: uncoveredWords(group, setAside, repeats, book.policy.terms),
    payments: yield* mapped(payments, (payment) => ({
      payment: {
        row: rowOf(payment.evidence.id),
        couponNumber: coupon.textOf(book.tables.transactions.coupon[payment.row] as CouponIndex),
        at: readableInstant(payment.occurredAt),
        amountYen,
      },
      sales: NOTHING,
    })),
    rivals: NOTHING,
    pairings: [],
    bills: NOTHING,
    paidOtherwise: NOTHING,
    rivalClaims: [],
  };
}

function* covered(
  group: Group,
  support: Support,
  till: DrawnTill,
  book: Book,
  rowOf: (id: string) => Row,
): Generator<undefined, ExplainedMerchant> {
  const drawn = yield* till.draw(group);
  const because = support.kind === 'ambiguous' ? support.because : undefined;
  const show = showing(book.tables, book.evidence, rowOf);
  const billOf = ({ sale, payments }: { readonly sale: Sale; readonly payments: readonly MerchantPayment[] }) =>
    ({ sale: show.sale(sale), payments: payments.map(show.payment) }) satisfies ExplainedBill;
  return {
    merchantId: group.merchantId,
    amountYen: group.amountYen,
    covered: true,
    says: pairingWords(drawn, group, because, namesOf(book.tables, drawn), book.policy.terms),
    payments: yield* mapped(drawn.payments, ({ payment, sales }) => ({
      payment: show.payment(payment),
      sales: few(sales, (sale) => ({ sale: show.sale(sale), apartSeconds: (sale.at - payment.at) / SECOND })),
    })),
    rivals: few(drawn.rivals, show.payment),
    pairings: pairingsOf(drawn, show),
    bills: few(drawn.bills, (bill) => ({
      ...billOf(bill),
      sole: bill.sole,
      sharedWith: few(bill.sharedWith, billOf),
    })),
    paidOtherwise: few(drawn.paidOtherwise, show.sale),
    rivalClaims: [],
  };
}

const few = <From, To>({ shown, count }: Drawn<From>, show: (thing: From) => To): FirstFew<To> => ({
  shown: shown.map(show),
  count,
});

/** One is enough where every best pairing pairs as many of the group. */
function pairingsOf(drawn: DrawnGroup, show: Showing): readonly ExplainedPairing[] {
  const pairing = (pairs: Drawn<DrawnPair>, pairedOfGroup: number): ExplainedPairing => ({
    pairedOfGroup,
    pairedInAll: drawn.total,
    pairs: few(pairs, ({ payment, sale }) => ({
      payment: show.payment(payment),
      sale: sale === undefined ? null : show.sale(sale),
    })),
  });
  const most = pairing(drawn.most, drawn.highest);
  return drawn.lowest === drawn.highest ? [most] : [most, pairing(drawn.least, drawn.lowest)];
}

function showing(tables: Tables, evidence: Book['evidence'], rowOf: (id: string) => Row): Showing {
  const row = ({ id }: Evidence): Row => rowOf(id);
  return {
    payment: (payment) => ({
      row: row(evidence.transaction(payment.row)),
      couponNumber: tables.coupons.textOf(payment.coupon),
      at: readableInstant(payment.at),
      amountYen: payment.amountYen,
    }),
    sale: (sale) => ({
      row: row(evidence.sale(sale.row)),
      couponNumber: sale.coupon === ABSENT ? '' : tables.coupons.textOf(sale.coupon),
      at: readableInstant(sale.at),
      totalYen: sale.totalYen,
      couponYen: sale.couponYen,
    }),
  };
}
