import type { CalendarDate } from '../base/instants.ts';
import type { Terms } from '../policy/terms.ts';
import { type KnownApplication, type KnownCoupon, rowsOf } from './known-coupon.ts';
import { KnownLives, MOST_YEN, type Wanted, type Way, type Wrong } from './known-life.ts';
import { Random } from './random.ts';
import { DAY, dayAt, lastOf, type Season, type SeasonCohort, type Window } from './season.ts';
import { askedBalances, leastPaid, shareOfBalance } from './share.ts';

type Method = KnownApplication['method'];

/** More coupons nobody is given for the sake of a limit. */
const MOST_COUPONS = 8;
const LEAST_BALANCE = 500;
const MOST_SAMPLES = 2000;
const ROWS_PER_SAMPLE = 20;

/**
 * People with coupons whose whole life is made up: for each window, cohort, way of being paid, part of the compensation and
 * last day of a policy somebody at its edge, and somebody a yen, a second or a day beyond it. After these, balances as they come.
 */
export function knownPeople(terms: Terms, season: Season, seed: number, mostRows: number): readonly KnownCoupon[] {
  return new KnownPeople(terms, season, seed).upTo(mostRows);
}

class KnownPeople {
  private readonly terms: Terms;
  private readonly season: Season;
  private readonly random: Random;
  private readonly lives: KnownLives;
  /** A balance for which something is paid. */
  private readonly paidYen: number;
  private windows = 0;

  constructor(terms: Terms, season: Season, seed: number) {
    this.terms = terms;
    this.season = season;
    this.random = new Random(Math.imul(seed, 0x5bd1e995) ^ 0x1b873593);
    this.lives = new KnownLives(terms, season, this.random);
    const paidYen = Math.max(leastPaid(terms.compensation), terms.minimumResidualYen, LEAST_BALANCE);
    this.paidYen = paidYen > MOST_YEN / 10 ? LEAST_BALANCE : paidYen;
  }

  upTo(mostRows: number): readonly KnownCoupon[] {
    const found: KnownCoupon[] = [];
    let rows = 0;
    for (const wanted of this.groups(Math.min(MOST_SAMPLES, mostRows / ROWS_PER_SAMPLE))) {
      const made = wanted.map((each) => this.lives.make(each)).filter((each) => each !== undefined);
      if (made.length < wanted.length) continue;
      rows += made.reduce((sum, coupon) => sum + rowsOf(coupon), 0);
      if (rows > mostRows) break;
      found.push(...made);
    }
    return found;
  }

  /** Those who belong together, so that all of them are made or none. */
  private *groups(mostSamples: number): Generator<readonly Wanted[]> {
    for (const cohort of this.season.cohorts) yield* each(this.ofCohort(cohort));
    for (const [place, window] of this.season.windows.entries()) yield* each(this.ofWindow(window, place));
    yield* each(this.ofCompensation());
    yield* this.ofOnePerson();
    for (const method of ['points', 'bank_transfer'] as const) yield* each(this.applying(method));
    yield* each(this.reached());
    yield* this.onOneAccount();
    yield* each(this.outOfScope());
    yield* each(this.neighbours());
    yield* each(this.outliving());
    for (let samples = 0; samples < mostSamples; samples++) yield [this.asItComes()];
  }

  private *ofCohort(cohort: SeasonCohort): Generator<Wanted> {
    const { minimumResidualYen: least } = this.terms;
    const of = cohort;
    yield { shows: 'just enough for (A)', of, firstYen: least, lastYen: least, isSpentLate: true };
    yield { shows: 'a yen too little for (A)', of, firstYen: least - 1, lastYen: least - 1, isSpentLate: true };
    const firstYen = Math.max(least, this.paidYen + 700);
    yield { shows: 'spent in the last second of the extension', of, firstYen, lastYen: this.paidYen };
    yield { shows: 'spent in its first second', of, firstYen, lastYen: this.paidYen, isSpentEarly: true };
    yield {
      shows: 'spent in the extension, undone after it',
      of,
      firstYen,
      lastYen: this.paidYen,
      isUndoneTooLate: true,
    };
    yield { shows: 'all spent in the extension', of, firstYen, lastYen: 0 };
    const at = this.season.windows[0].from;
    const wrong: Wrong = { kind: 'cash', at, yen: 650, call: 'in time' };
    yield { shows: '(A) and cash beside it', of, firstYen, lastYen: this.paidYen, wrong };
    yield { shows: 'cash, and nothing left for (A)', of, firstYen: 0, lastYen: 0, wrong };
  }

  private *ofWindow(window: Window, place: number): Generator<Wanted> {
    const { end } = window;
    const of = this.expiryFor(dayAt(end - 1));
    if (of === undefined) return;
    const lastYen = this.paidYen;
    const pressed = this.pressedTwice(window);
    const cash: Wrong = { kind: 'cash', at: end - 1, yen: 700, call: 'in time' };
    yield { shows: 'pressed twice in the first second of a window', of, lastYen, wrong: pressed };
    yield { shows: 'cash in the last second of a window', of, lastYen, wrong: cash };
    yield { shows: 'called about too late', of, lastYen, wrong: { ...cash, call: 'late' } };
    yield { shows: 'called about by nobody', of, lastYen, wrong: { ...pressed, call: 'none' } };
    yield* this.outsideOf(window, place, of);
    yield* this.acrossFrom(window, place, of);
  }

  private pressedTwice({ from, end }: Window): Wrong {
    const untilMidnight = (dayAt(from) + 1) * DAY - 1;
    const againAt = Math.min(from + this.season.repeatPressGap, end - 1, untilMidnight);
    return { kind: 'pressed twice', at: from, againAt, yen: 800, call: 'in time' };
  }

  /** The second before a window, and the one after it, where there is no outage. */
  private *outsideOf({ from, end }: Window, place: number, of: CalendarDate): Generator<Wanted> {
    const [before, after] = [this.season.windows[place - 1], this.season.windows[place + 1]];
    const outside = { kind: 'cash', yen: 700, call: 'in time', isOutside: true } as const;
    const lastYen = this.paidYen;
    if (before === undefined || before.end < from)
      yield { shows: 'cash in the second before a window', of, lastYen, wrong: { ...outside, at: from - 1 } };
    if ((after === undefined || end < after.from) && dayAt(end) <= of)
      yield { shows: 'cash in the second after a window', of, lastYen, wrong: { ...outside, at: end } };
  }

  /** Pressed in one window and again in the next. */
  private *acrossFrom({ end }: Window, place: number, of: CalendarDate): Generator<Wanted> {
    const next = this.season.windows[place + 1];
    if (next === undefined || next.from - (end - 1) > this.season.repeatPressGap) return;
    if (dayAt(end - 1) !== dayAt(next.from) || dayAt(next.from) > of) return;
    const wrong: Wrong = { kind: 'pressed twice', at: end - 1, againAt: next.from, yen: 900, call: 'in time' };
    yield { shows: 'pressed in one window and in the next', of, lastYen: this.paidYen, wrong };
  }

  private *ofCompensation(): Generator<Wanted> {
    const { compensation } = this.terms;
    for (const { shows, yen } of askedBalances(compensation))
      if (yen > 0) yield { shows, of: this.anyCohort(), lastYen: yen };
    if (compensation.kind !== 'fixed') return;
    const yen = shareOfBalance(compensation, 1);
    yield { shows: 'a fixed sum of just the face value', of: this.anyCohort(), lastYen: 1, faceYen: yen };
    if (yen > 1)
      yield { shows: 'a fixed sum above the face value', of: this.anyCohort(), lastYen: 1, faceYen: yen - 1 };
  }

  /** What one person gets for several coupons, by the cap where there is one. */
  private *ofOnePerson(): Generator<readonly Wanted[]> {
    for (const way of this.lives.ways) yield this.severalOf(way);
    const { capPerPersonYen: cap } = this.terms.compensation;
    if (cap === undefined) return;
    const cash = (shows: string, yen: number): Wanted => ({
      shows,
      of: this.expiryOfOutage(),
      lastYen: 0,
      wrong: this.cashOf(yen),
    });
    for (const way of this.lives.ways) {
      if (cap > 1) yield [{ ...cash('a yen less than the cap a person', cap - 1), way }];
      yield [{ ...cash('just the cap a person', cap), way }];
      yield [{ ...cash('a yen more than the cap a person', cap + 1), way }];
      const half = Math.ceil(cap / 2);
      yield this.together(way, [
        cash('the cap a person, of what is put back', half),
        { shows: 'the cap a person, of a share', of: this.anyCohort(), lastYen: this.paidYen },
        cash('the cap a person, of what is put back', cap),
      ]);
      yield* this.sharesUpTo(cap, way);
    }
  }

  /** As many shares as the cap allows for, and two more. */
  private *sharesUpTo(cap: number, way: Way): Generator<readonly Wanted[]> {
    const { compensation } = this.terms;
    let lastYen = this.paidYen;
    const shareOf = (yen: number): number => shareOfBalance(compensation, yen);
    while (shareOf(lastYen * 2) > shareOf(lastYen) && shareOf(lastYen * 2) * 2 <= cap) lastYen *= 2;
    const most = Math.floor(cap / shareOf(lastYen));
    const share = (shows: string): Wanted => ({ shows, of: this.anyCohort(), lastYen });
    if (most + 2 > MOST_COUPONS) return;
    yield this.together(
      way,
      Array.from({ length: most }, () => share('shares within the cap a person')),
    );
    yield this.together(
      way,
      Array.from({ length: most + 2 }, () => share('shares beyond the cap a person')),
    );
  }

  private severalOf(way: Way): readonly Wanted[] {
    const { media, prefectures } = this.season;
    const several = Math.min(MOST_COUPONS, Math.max(2, media.length * prefectures.length));
    const one = (): Wanted => ({
      shows: 'one of several coupons of one person',
      of: this.anyCohort(),
      lastYen: this.paidYen,
    });
    return this.together(way, Array.from({ length: several }, one));
  }

  /** All of one person, as far as an account can hold them. */
  private together(way: Way, wanted: readonly Wanted[]): readonly Wanted[] {
    if (way === 'app' && wanted.length > this.season.mostCouponsPerAccount) return [];
    const person = this.lives.person(way === 'app' ? 'active' : 'none');
    return wanted.map((each) => ({ ...each, way, person }));
  }

  private *applying(method: Method): Generator<Wanted> {
    const { terms } = this;
    const [opens, closes] =
      method === 'points'
        ? [terms.applicationsOpen, terms.applicationsClose]
        : [terms.bankApplicationsOpen, terms.bankApplicationsClose];
    const applied = (shows: string, at: number): Wanted => ({
      ...this.paid(`${shows} (${method})`),
      way: { method, at },
    });
    yield { ...this.paid(`applied for (${method})`), way: method };
    yield {
      ...this.paid(`applied for beside an account (${method})`),
      way: method,
      person: this.lives.person('active'),
    };
    if (opens !== undefined) {
      yield applied('applied for in the first second', opens * DAY);
      yield applied('applied for a second too early', opens * DAY - 1);
    }
    if (closes !== undefined) {
      yield applied('applied for in the last second', (closes + 1) * DAY - 1);
      yield applied('applied for a second too late', (closes + 1) * DAY);
    }
  }

  private *reached(): Generator<Wanted> {
    yield { ...this.paid('by the app'), way: 'app' };
    yield { ...this.paid('an account without a contact'), person: this.lives.person('active', false), way: 'none' };
    yield { ...this.paid('an account that was left'), person: this.lives.person('withdrawn'), way: 'none' };
    yield { ...this.paid('neither an account nor an application'), way: 'none' };
  }

  private *onOneAccount(): Generator<readonly Wanted[]> {
    const { mostCouponsPerAccount: most } = this.season;
    if (most + 1 > MOST_COUPONS) return;
    for (const [shows, count] of [
      ['as many as an account can hold', most],
      ['more than an account can hold', most + 1],
    ] as const) {
      const person = this.lives.person('active');
      yield Array.from({ length: count }, () => ({ ...this.paid(shows), way: 'app' as const, person }));
    }
  }

  private *outOfScope(): Generator<Wanted> {
    const { media, prefectures } = this.season;
    const medium = (['paper', 'app'] as const).find((each) => !media.includes(each));
    const prefecture = Array.from({ length: 47 }, (_, place) => String(place + 1).padStart(2, '0')).find(
      (each) => !prefectures.includes(each),
    );
    const way = this.lives.ways.includes('points') ? 'points' : 'bank_transfer';
    if (medium !== undefined) yield { ...this.paid('of another medium'), medium, way };
    if (prefecture !== undefined) yield { ...this.paid('of another prefecture'), prefecture, way };
  }

  /** Expiries next to those of (A). */
  private *neighbours(): Generator<Wanted> {
    const expiries = new Set(this.season.cohorts.map(({ expiry }) => expiry));
    const way = this.lives.ways.at(-1) ?? 'none';
    for (const expiry of expiries)
      for (const of of [expiry - 1, expiry + 1])
        if (!expiries.has(of))
          yield { shows: 'valid a day less or longer than a cohort', of, lastYen: this.paidYen, way };
  }

  private *outliving(): Generator<Wanted> {
    const of = this.terms.secondExtension + 1;
    if (this.season.cohorts.some(({ expiry }) => expiry === of)) return;
    yield { shows: 'valid longer than the extension', of, lastYen: this.paidYen, wrong: this.cashOf(500) };
  }

  private asItComes(): Wanted {
    const lastYen = this.random.between(1, 3000);
    return { shows: 'a balance as it comes', of: this.anyCohort(), lastYen };
  }

  private paid(shows: string): Wanted {
    return { shows, of: this.anyCohort(), lastYen: this.paidYen };
  }

  private cashOf(yen: number): Wrong {
    const { windows } = this.season;
    return { kind: 'cash', at: (windows[this.windows++ % windows.length] as Window).from, yen, call: 'in time' };
  }

  private anyCohort(): SeasonCohort {
    return this.random.pick(this.season.cohorts);
  }

  /** The least expiry from a day on that is in no cohort, and that the extension does not cut short. */
  private expiryFor(day: CalendarDate): CalendarDate | undefined {
    const expiries = new Set(this.season.cohorts.map(({ expiry }) => expiry));
    for (let expiry = day; expiry <= this.terms.secondExtension; expiry++) if (!expiries.has(expiry)) return expiry;
    return undefined;
  }

  private expiryOfOutage(): SeasonCohort | CalendarDate {
    return this.expiryFor(lastOf(this.season.outageDays)) ?? this.anyCohort();
  }
}

function* each(wanted: Iterable<Wanted>): Generator<readonly Wanted[]> {
  for (const one of wanted) yield [one];
}
