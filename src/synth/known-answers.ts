import type { CalendarDate } from '../base/instants.ts';
import { type Compensation, isOffered, type Terms } from '../policy/terms.ts';
import type { CouponAnswer, PayoutAnswer } from './answers.ts';
import { type KnownCoupon, leftAt } from './known-coupon.ts';
import { DAY, dateText } from './season.ts';
import { shareOfBalance } from './share.ts';

/** A coupon that was written, by its number, and whom each way of paying would reach. */
export interface WrittenCoupon {
  readonly coupon: KnownCoupon;
  readonly number: string;
  readonly recipients: Readonly<Record<Route, string>>;
}

type Route = 'bank_transfer' | 'app_url' | 'application_url';

/** What is asked of a person that keeps a coupon from being paid. */
type Hold = 'EXCEEDS_FACE' | 'OUTLIVES_EXTENSION' | 'SHARED_ACCOUNT' | 'NO_CONTACT' | 'PAST_RECEIVE_BY';

interface Judged extends Omit<CouponAnswer, 'couponNumber' | 'shows' | 'listed'> {
  readonly listed: boolean;
}

/** What a run as of an instant, when every coupon's extension is over, must say of coupons of which everything is known, and of whom is paid. */
export function knownAnswers(written: readonly WrittenCoupon[], terms: Terms, asOf: number) {
  const onAccount = new Map<number, number>();
  for (const { coupon } of written)
    if (coupon.isOurs && coupon.person.account !== 'none')
      onAccount.set(coupon.person.place, (onAccount.get(coupon.person.place) ?? 0) + 1);
  const judged = [...written]
    .sort((a, b) => (a.number < b.number ? -1 : 1))
    .map((each) => ({ ...each, ...judge(each.coupon, onAccount.get(each.coupon.person.place) ?? 0, terms, asOf) }));
  const capped = withinCap(judged, terms.compensation);
  return {
    coupons: capped.map(({ coupon, number, recipients: _, ...answer }): CouponAnswer => {
      return { couponNumber: number, shows: coupon.shows, ...answer };
    }),
    payouts: payoutsOf(capped, terms),
  };
}

type JudgedCoupon = WrittenCoupon & Judged;

const endOf = (day: CalendarDate): number => (day + 1) * DAY;
const isOver = (day: CalendarDate | undefined, asOf: number): boolean => day !== undefined && asOf >= endOf(day);

function judge(coupon: KnownCoupon, onAccount: number, terms: Terms, asOf: number): Judged {
  const isNamed = coupon.claim !== undefined || coupon.application !== undefined;
  if (!coupon.isOurs)
    return { listed: isNamed, status: 'not_eligible', grounds: '', route: '', reasons: 'OUT_OF_SCOPE' };
  const standing = standingOf(coupon, terms);
  const due = dueFor(coupon, standing, terms, asOf);
  const way = due.dueYen > 0 && due.held.length === 0 ? wayOf(coupon, onAccount, terms, asOf) : {};
  const held = way.hold === undefined ? due.held : [...due.held, way.hold];
  const payableYen = held.length > 0 ? 0 : due.dueYen;
  const status = statusOf({ ...standing, held, payableYen, route: way.route }, terms, asOf);
  return {
    listed: standing.hasGround || isNamed,
    status,
    grounds: [...(standing.hasA ? ['A'] : []), ...(coupon.wronged === undefined ? [] : [coupon.wronged.ground])].join(
      '+',
    ),
    validUntil: dateText(due.validUntil),
    residualYen: due.residualYen,
    reinstateYen: due.reinstateYen,
    payableYen,
    route: way.route ?? '',
    reasons: [
      ...held,
      ...(due.isBelowMinimum ? ['BELOW_MINIMUM'] : []),
      ...claimReasons(coupon, standing, terms, asOf),
      ...applicationReasons(coupon, standing, terms),
      ...(status === 'awaiting_application' && isOver(terms.applicationsClose, asOf)
        ? ['POINTS_APPLICATIONS_CLOSED']
        : []),
    ]
      .sort()
      .join(' '),
  };
}

/** What is due once its extension is over, and what is odd about it. */
function dueFor(coupon: KnownCoupon, { hasA, countsB }: Standing, terms: Terms, asOf: number) {
  const { cohort, expiry, wronged, faceYen } = coupon;
  const second = cohort?.secondExtension ?? terms.secondExtension;
  const isEligible = hasA || countsB;
  const validUntil = Math.max(expiry, cohort?.firstExtension ?? expiry, isEligible ? second : expiry);
  const cutOff = endOf(Math.max(second, validUntil));
  if (asOf < cutOff) throw new Error('a coupon is judged before its extension is over');
  const residualYen = leftAt(coupon, cutOff);
  const reinstateYen = countsB ? (wronged?.yen ?? 0) : 0;
  const shareYen = shareOfBalance(terms.compensation, residualYen);
  const dueYen = isEligible ? shareYen + reinstateYen : 0;
  const held: Hold[] = [];
  if (dueYen > faceYen) held.push('EXCEEDS_FACE');
  if (dueYen > 0 && validUntil > second) held.push('OUTLIVES_EXTENSION');
  return {
    ...{ validUntil, residualYen, reinstateYen, dueYen, held: held as readonly Hold[] },
    isBelowMinimum: isEligible && residualYen > 0 && shareYen === 0,
  };
}

interface Standing {
  readonly hasA: boolean;
  readonly countsB: boolean;
  readonly hasGround: boolean;
  readonly isCalledInTime: boolean;
  /** Somebody called in time about a payment that was none of the outage. */
  readonly isMistaken: boolean;
}

/** (A) by what is left when the first extension is over; a wrong deduction counts once somebody has called about it in time. */
function standingOf(coupon: KnownCoupon, { minimumResidualYen, claimsClose }: Terms): Standing {
  const { cohort, claim, wronged } = coupon;
  const hasA = cohort !== undefined && leftAt(coupon, cohort.firstEnd) >= minimumResidualYen;
  const isCalledInTime = claim !== undefined && (claimsClose === undefined || claim.at < endOf(claimsClose));
  const isWronged = wronged !== undefined;
  return {
    ...{ hasA, isCalledInTime, hasGround: hasA || isWronged },
    ...{ countsB: isWronged && isCalledInTime, isMistaken: !isWronged && isCalledInTime },
  };
}

interface Facts extends Standing {
  readonly held: readonly Hold[];
  readonly payableYen: number;
  readonly route: Route | undefined;
}

function statusOf(facts: Facts, terms: Terms, asOf: number): string {
  const { hasA, countsB, hasGround, isMistaken, held, payableYen, route } = facts;
  if (held.length > 0 || (isMistaken && !hasGround)) return 'in_review';
  if (!hasGround) return 'not_eligible';
  if (!hasA && !countsB) return isOver(terms.claimsClose, asOf) ? 'lapsed' : 'awaiting_claim';
  if (payableYen === 0) return 'used_up';
  if (route !== undefined) return 'payable';
  return isClosed(terms, asOf) ? 'lapsed' : 'awaiting_application';
}

/** Nobody can apply for anything any more. */
const isClosed = (terms: Terms, asOf: number): boolean =>
  (!isOffered(terms, 'points') || isOver(terms.applicationsClose, asOf)) &&
  (!isOffered(terms, 'bank_transfer') || isOver(terms.bankApplicationsClose, asOf));

function claimReasons(
  { claim, wronged }: KnownCoupon,
  { isMistaken, isCalledInTime, countsB }: Standing,
  { claimsClose }: Terms,
  asOf: number,
): readonly string[] {
  return [
    ...(isMistaken ? ['CLAIM_MISMATCH'] : []),
    ...(claim !== undefined && !isCalledInTime ? ['CLAIM_OUT_OF_TIME'] : []),
    ...(wronged === undefined || countsB ? [] : [isOver(claimsClose, asOf) ? 'CLAIMS_CLOSED' : 'CLAIM_AWAITED']),
  ];
}

/** The first way that leads to somebody, or what has to be asked before one can. */
function wayOf(
  { person, application }: KnownCoupon,
  onAccount: number,
  terms: Terms,
  asOf: number,
): { readonly route?: Route; readonly hold?: Hold } {
  const method = application !== undefined && countsAs(application, terms) ? application.method : undefined;
  if (method === 'bank_transfer') return { route: 'bank_transfer' };
  if (!isOffered(terms, 'points')) return {};
  const isLate = isOver(terms.receiveBy, asOf) ? { hold: 'PAST_RECEIVE_BY' as const } : {};
  if (person.account === 'active') {
    if (onAccount > (terms.mostCouponsPerAccount ?? onAccount)) return { hold: 'SHARED_ACCOUNT' };
    if (person.hasContact) return { route: 'app_url', ...isLate };
  }
  if (method === 'points') return { route: 'application_url', ...isLate };
  return person.account === 'active' ? { hold: 'NO_CONTACT' } : {};
}

type Application = NonNullable<KnownCoupon['application']>;

const isInTime = ({ at, method }: Application, terms: Terms): boolean => {
  const [opens, closes] =
    method === 'points'
      ? [terms.applicationsOpen, terms.applicationsClose]
      : [terms.bankApplicationsOpen, terms.bankApplicationsClose];
  return (opens === undefined || at >= opens * DAY) && (closes === undefined || at < endOf(closes));
};

const countsAs = (application: Application, terms: Terms): boolean =>
  isOffered(terms, application.method) && isInTime(application, terms);

function applicationReasons({ application }: KnownCoupon, { hasGround }: Standing, terms: Terms): readonly string[] {
  if (application === undefined) return [];
  const ground = hasGround ? [] : ['NO_GROUND'];
  if (!isOffered(terms, application.method)) return ['METHOD_NOT_OFFERED', ...ground];
  return isInTime(application, terms) ? ground : ['APPLICATION_OUT_OF_TIME', ...ground];
}

/** One after the other by number, as far as the cap of whoever is paid goes. */
function withinCap(judged: readonly JudgedCoupon[], { capPerPersonYen }: Compensation): readonly JudgedCoupon[] {
  if (capPerPersonYen === undefined) return judged;
  const leftYen = new Map<string, number>();
  return judged.map((each) => {
    if (each.status !== 'payable') return each;
    const recipient = recipientOf(each);
    const [left, dueYen] = [leftYen.get(recipient) ?? capPerPersonYen, each.payableYen ?? 0];
    const payableYen = Math.min(left, dueYen);
    leftYen.set(recipient, left - payableYen);
    if (payableYen === dueYen) return each;
    const reasons = [...each.reasons.split(' ').filter((reason) => reason !== ''), 'CAPPED_PER_PERSON']
      .sort()
      .join(' ');
    return payableYen > 0
      ? { ...each, payableYen, reasons }
      : { ...each, payableYen, reasons, status: 'used_up', route: '' };
  });
}

const recipientOf = ({ recipients, route }: JudgedCoupon): string => recipients[route as Route];

/** Whoever is paid for several coupons in one way is paid once. */
function payoutsOf(judged: readonly JudgedCoupon[], terms: Terms): readonly PayoutAnswer[] {
  const payouts = new Map<string, PayoutAnswer & { amountYen: number; couponNumbers: string[] }>();
  for (const each of judged) {
    if (each.status !== 'payable') continue;
    const recipient = recipientOf(each);
    const payout = payouts.get(recipient) ?? {
      ...payoutBy(each.route, terms),
      recipient,
      amountYen: 0,
      couponNumbers: [],
    };
    payout.amountYen += each.payableYen ?? 0;
    payout.couponNumbers.push(each.number);
    payouts.set(recipient, payout);
  }
  return [...payouts.values()];
}

function payoutBy(route: string, { pointsFrom, bankTransfersFrom, receiveBy }: Terms) {
  const dayOf = (day: CalendarDate | undefined): string => (day === undefined ? '' : dateText(day));
  return route === 'bank_transfer'
    ? { route, notBefore: dayOf(bankTransfersFrom), receiveBy: '' }
    : { route, notBefore: dayOf(pointsFrom), receiveBy: dayOf(receiveBy) };
}
