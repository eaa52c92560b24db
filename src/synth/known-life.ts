import type { CalendarDate } from '../base/instants.ts';
import { isOffered, type Medium, type Terms } from '../policy/terms.ts';
import {
  type KnownApplication,
  type KnownClaim,
  type KnownCoupon,
  type KnownPayment,
  type KnownSale,
  lastSecondOf,
  type Person,
} from './known-coupon.ts';
import type { Random } from './random.ts';
import { DAY, HOUR, type Season, type SeasonCohort } from './season.ts';
import { shareOfBalance } from './share.ts';

/** How somebody would be paid: by an account of the app, by what is applied for in time, as it comes, or not at all. */
type Method = KnownApplication['method'];

export type Way = 'app' | Method | 'any' | 'none' | KnownApplication;

/** A wrong deduction, and whether somebody calls about it. */
export interface Wrong {
  readonly kind: 'pressed twice' | 'cash';
  readonly at: number;
  /** When the button was pressed again. */
  readonly againAt?: number;
  readonly yen: number;
  readonly call: 'in time' | 'late' | 'none';
  /** Nothing is wrong with what happens outside of the outage. */
  readonly isOutside?: true;
}

export interface Wanted {
  readonly shows: string;
  /** Of (A), by which cohort; else of an expiry that is in none. */
  readonly of: SeasonCohort | CalendarDate;
  /** What is left when the first extension is over; where it is not said, as much as is needed. */
  readonly firstYen?: number;
  /** What is left in the end. */
  readonly lastYen: number;
  /** The last of it is spent at the last moment that counts for (A), and not at once. */
  readonly isSpentLate?: true;
  /** What is spent within the second extension is spent in its first second, and not in its last. */
  readonly isSpentEarly?: true;
  /** What was spent last is undone so many seconds after the second extension is over. */
  readonly isUndoneTooLate?: true;
  readonly wrong?: Wrong;
  readonly way?: Way;
  readonly person?: Person;
  readonly faceYen?: number;
  readonly medium?: Medium;
  readonly prefecture?: string;
}

/** No other shop has such a number: a hundred million rows of the log come to fewer. */
const FIRST_SHOP = 10_000_000;
/** Above it no amount can be read (2-data.md). */
export const MOST_YEN = 1e12;
const ISSUED_AT = 10 * HOUR;
const NOON = 12 * HOUR;

/** Makes coupons of the lives that are wanted, each at shops of its own, of the media and prefectures in turn. */
export class KnownLives {
  /** In which people can be paid. */
  readonly ways: readonly ('app' | KnownApplication['method'])[];
  private readonly terms: Terms;
  private readonly season: Season;
  private readonly random: Random;
  /** The first second at which nothing can happen any more. */
  private readonly limit: number;
  private people = 0;
  private shops = FIRST_SHOP;
  private dealt = 0;

  constructor(terms: Terms, season: Season, random: Random) {
    this.terms = terms;
    this.season = season;
    this.random = random;
    this.limit = (season.lastDay + 1) * DAY - 1;
    const points = isOffered(terms, 'points') ? (['app', 'points'] as const) : [];
    this.ways = isOffered(terms, 'bank_transfer') ? [...points, 'bank_transfer'] : points;
  }

  person(account: Person['account'], hasContact = true): Person {
    return { place: ++this.people, account, hasContact };
  }

  /** A coupon of such a life, or undefined where the policy leaves no room for one. */
  make(wanted: Wanted): KnownCoupon | undefined {
    const { shows, wrong } = wanted;
    const cohort = typeof wanted.of === 'number' ? undefined : wanted.of;
    const expiry = typeof wanted.of === 'number' ? wanted.of : wanted.of.expiry;
    const shop = this.shops++;
    const lived = this.lived(wanted, cohort, expiry, wrong === undefined ? [] : paymentsOf(wrong, shop));
    if (lived === undefined) return undefined;
    const coupon: KnownCoupon = {
      shows,
      ...this.scopeOf(wanted),
      ...this.wayOf(wanted),
      cohort,
      expiry,
      ...lived,
      sales: wrong === undefined ? [] : [saleOf(wrong, shop)],
      wronged: wrongedBy(wrong),
      claim: wrong === undefined ? undefined : this.claimOf(wrong, shop),
    };
    const isNeverLate = wrong?.call === 'late' && coupon.claim === undefined;
    return isNeverLate || !this.hasTime(coupon) ? undefined : coupon;
  }

  private hasTime(coupon: KnownCoupon): boolean {
    const { secondExtension } = coupon.cohort ?? this.terms;
    const end = (Math.max(coupon.expiry, secondExtension) + 1) * DAY;
    return lastSecondOf(coupon) < this.limit && end <= this.limit;
  }

  /** What is paid when, so that there is left what is wanted. @param wrongly what is paid in the outage */
  private lived(
    wanted: Wanted,
    cohort: SeasonCohort | undefined,
    expiry: CalendarDate,
    wrongly: readonly KnownPayment[],
  ): Pick<KnownCoupon, 'faceYen' | 'issuedAt' | 'payments'> | undefined {
    const { faceYen, atOnceYen, inExtensionYen } = this.sumsOf(wanted, cohort, wrongly);
    const issuedAt = (Math.min(expiry, this.season.outageDays[0] as number) - 1) * DAY + ISSUED_AT;
    if (faceYen > MOST_YEN || Math.min(atOnceYen, inExtensionYen, wanted.lastYen) < 0) return undefined;
    const payments = [...wrongly];
    if (atOnceYen > 0) {
      const at = wanted.isSpentLate && cohort !== undefined ? cohort.firstEnd - 1 : issuedAt + HOUR;
      payments.push({ at, yen: atOnceYen, shop: this.shops++ });
    }
    if (inExtensionYen > 0) {
      if (cohort === undefined || cohort.secondEnd === cohort.firstEnd) return undefined;
      payments.push(this.inExtension(wanted, cohort, inExtensionYen));
    }
    return { faceYen, issuedAt, payments };
  }

  /** The face value, what is spent of it before (A) is judged, and what after; beside what is paid in the outage. */
  private sumsOf(wanted: Wanted, cohort: SeasonCohort | undefined, wrongly: readonly KnownPayment[]) {
    const { lastYen } = wanted;
    const firstEnd = cohort?.firstEnd ?? Number.POSITIVE_INFINITY;
    const earlyYen = yenOf(wrongly.filter(({ at }) => at < firstEnd));
    const lateYen = yenOf(wrongly) - earlyYen;
    const enough = cohort === undefined ? lastYen : Math.max(lastYen, this.terms.minimumResidualYen) + lateYen;
    const firstYen = wanted.firstYen ?? enough;
    const dueYen = shareOfBalance(this.terms.compensation, lastYen) + (wrongedBy(wanted.wrong)?.yen ?? 0);
    const faceYen = wanted.faceYen ?? Math.ceil(Math.max(firstYen + earlyYen, dueYen, 1) / 1000) * 1000;
    return { faceYen, atOnceYen: faceYen - firstYen - earlyYen, inExtensionYen: firstYen - lastYen - lateYen };
  }

  private inExtension(wanted: Wanted, { firstEnd, secondEnd }: SeasonCohort, yen: number): KnownPayment {
    const at = wanted.isSpentEarly ? firstEnd : secondEnd - 1;
    const shop = this.shops++;
    return wanted.isUndoneTooLate ? { at, yen, shop, cancelledAt: secondEnd } : { at, yen, shop };
  }

  /** Media and prefectures in turn. */
  private scopeOf(wanted: Wanted): Pick<KnownCoupon, 'medium' | 'prefecture' | 'isOurs'> {
    const { media, prefectures } = this.season;
    const place = this.dealt++;
    const prefecture = prefectures[place % prefectures.length] as string;
    const medium = media[Math.floor(place / prefectures.length) % media.length] as Medium;
    return {
      medium: wanted.medium ?? medium,
      prefecture: wanted.prefecture ?? prefecture,
      isOurs: wanted.medium === undefined && wanted.prefecture === undefined,
    };
  }

  private wayOf({ way = 'any', person }: Wanted): Pick<KnownCoupon, 'person' | 'application'> {
    const taken = way === 'any' ? (this.ways[this.dealt % this.ways.length] as Way) : way;
    const owner = person ?? this.person(taken === 'app' ? 'active' : this.dealt % 2 === 0 ? 'none' : 'withdrawn');
    if (taken === 'app' || taken === 'none' || taken === 'any') return { person: owner, application: undefined };
    if (typeof taken === 'object') return { person: owner, application: taken };
    const [from, to] = this.season.applications[taken];
    return { person: owner, application: { method: taken, at: this.random.between(from, to) * DAY + NOON } };
  }

  private claimOf({ kind, call }: Wrong, shop: number): KnownClaim | undefined {
    const { claimsClose } = this.terms;
    if (call === 'none' || (call === 'late' && claimsClose === undefined)) return undefined;
    const at =
      call === 'late' && claimsClose !== undefined ? (claimsClose + 1) * DAY : this.season.claims[1] * DAY + NOON;
    return { at, kind: kind === 'cash' ? 'cash_and_deducted' : 'double_charge', shop };
  }
}

/** What of it is put back: nothing is wrong outside of the outage. */
const wrongedBy = (wrong: Wrong | undefined): KnownCoupon['wronged'] =>
  wrong === undefined || wrong.isOutside ? undefined : { ground: wrong.kind === 'cash' ? 'B1' : 'B2', yen: wrong.yen };

const yenOf = (payments: readonly KnownPayment[]): number => payments.reduce((sum, { yen }) => sum + yen, 0);

const paymentsOf = ({ kind, at, againAt = at, yen }: Wrong, shop: number): readonly KnownPayment[] =>
  kind === 'cash'
    ? [{ at, yen, shop }]
    : [
        { at, yen, shop },
        { at: againAt, yen, shop },
      ];

/** The shop wrote down one sale by coupon, or one in cash with the number of the coupon. */
const saleOf = ({ kind, at, yen }: Wrong, shop: number): KnownSale =>
  kind === 'cash' ? { at, shop, couponYen: 0, cashYen: yen } : { at, shop, couponYen: yen, cashYen: 0 };
