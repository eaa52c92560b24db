import { BANK_FROM_DAY, clock, type Day, dayOf, instantText } from './calendar.ts';
import { Dice } from './dice.ts';
import type { InputText } from './feed.ts';
import type { Meet, Row } from './world.ts';

interface Notice {
  readonly payoutId: string;
  readonly coupon: string;
  readonly yen: number;
  /** What the file says at first, and until when. */
  readonly slip: { readonly yen: number; readonly coupon: string; readonly until: Day } | undefined;
  readonly sentAt: string;
  readonly status: 'sent' | 'received' | 'failed' | 'expired';
  readonly knownOn: Day;
}

/** What tonight's paid file says of one payout and coupon. */
export interface Told {
  readonly status: Notice['status'];
  /** Different amounts: the file, or the file and what was ordered, contradict each other. */
  readonly amounts: readonly number[];
}

const HEADER = 'payout_id,coupon_number,amount_yen,sent_at,status';

/** Whoever sends points and money: takes each night's payouts and tells days later what became of them. */
export class Provider {
  private readonly notices: Notice[] = [];
  private readonly seed: number;
  private readonly quietFrom: Day;
  private readonly coupons: readonly string[];
  private readonly meet: Meet;

  /** @param coupons numbers that a slip of the pen may hit */
  constructor(seed: number, quietFrom: Day, coupons: readonly string[], meet: Meet) {
    this.seed = seed;
    this.quietFrom = quietFrom;
    this.coupons = coupons;
    this.meet = meet;
  }

  /** Takes the payouts of a night. */
  take(night: Day, payouts: readonly Row[], eligibility: readonly Row[]): void {
    for (const payout of payouts) {
      const dice = new Dice(this.seed, `payout ${payout.payout_id}`);
      const bank = payout.route === 'bank_transfer';
      const quiet = night >= this.quietFrom;
      const sent = Math.max(night, bank ? BANK_FROM_DAY : dayOf(payout.not_before ?? '')) + dice.int(0, quiet ? 1 : 3);
      const done = sent + dice.int(1, quiet ? 1 : 9);
      const outcome = this.outcomeOf(dice, quiet);
      this.meet(`payout ${outcome}`);
      const tellsSending = outcome === 'sent' || dice.chance(0.7);
      const notices: Pick<Notice, 'sentAt' | 'status' | 'knownOn'>[] = [];
      const known = (day: Day, lag: number) => Math.max(day + 1, Math.min(day + 1 + lag, this.quietFrom + 2));
      if (tellsSending)
        notices.push({ sentAt: instantText(sent, clock(12)), status: 'sent', knownOn: known(sent, dice.int(0, 6)) });
      if (outcome !== 'sent')
        notices.push({ sentAt: instantText(done, clock(15)), status: outcome, knownOn: known(done, dice.int(0, 8)) });
      if (outcome === 'failed' && dice.chance(0.04)) {
        this.meet('payout received after it failed');
        const day = done + 4;
        notices.push({ sentAt: instantText(day, clock(9)), status: 'received', knownOn: known(day, 6) });
      }
      for (const row of eligibility.filter((each) => each.payout_id === payout.payout_id)) {
        const yen = Number(row.payable_yen);
        const coupon = row.coupon_number ?? '';
        const mended = dice.int(2, 25);
        const wrong = !quiet && dice.chance(0.06);
        const shown = dice.chance(0.5)
          ? { coupon, yen: yen + dice.pick([-1, 100]) }
          : { coupon: dice.pick(this.coupons), yen };
        const apart = !quiet && dice.chance(0.1) ? 1 : 0;
        if (wrong && notices.length > 0)
          this.meet(shown.coupon === coupon ? 'paid row of another amount' : 'paid row of another coupon');
        for (const notice of notices) {
          const knownOn = notice.knownOn + apart;
          const slip = wrong
            ? { ...shown, until: Math.max(knownOn, Math.min(knownOn + mended, this.quietFrom)) }
            : undefined;
          this.notices.push({
            ...notice,
            payoutId: payout.payout_id ?? '',
            coupon,
            yen,
            slip,
            knownOn,
          });
        }
      }
    }
  }

  private outcomeOf(dice: Dice, quiet: boolean): Notice['status'] {
    if (quiet) return dice.pick(['received', 'sent']);
    if (dice.chance(0.18)) return 'failed';
    if (dice.chance(0.08)) return 'expired';
    return dice.chance(0.06) ? 'sent' : 'received';
  }

  /** The paid file as it lies there tonight: all that was ever told, days late. */
  file(night: Day): InputText {
    const lines = this.notices
      .filter(({ knownOn }) => knownOn <= night)
      .map((each) =>
        [each.payoutId, shownAs(each, night).coupon, shownAs(each, night).yen, each.sentAt, each.status].join(','),
      );
    return { name: 'paid-all.csv', content: `${[HEADER, ...lines].join('\n')}\n` };
  }

  /** The same file, as it is to be understood. */
  told(night: Day, payoutId: string, coupon: string): Told | undefined {
    const rows = this.notices.filter(
      (each) => each.payoutId === payoutId && each.knownOn <= night && shownAs(each, night).coupon === coupon,
    );
    // No two of one payment at the same instant: the times of day differ.
    const latest = rows.toSorted((a, b) => (a.sentAt < b.sentAt ? 1 : -1))[0];
    if (latest === undefined) return undefined;
    return { status: latest.status, amounts: [...new Set(rows.map((each) => shownAs(each, night).yen))] };
  }

  /** Payouts that tonight's file names for a coupon. */
  named(night: Day, coupon: string): readonly string[] {
    const rows = this.notices.filter((each) => each.knownOn <= night && shownAs(each, night).coupon === coupon);
    return [...new Set(rows.map(({ payoutId }) => payoutId))];
  }

  /** Payouts that failed in truth, whether it was told yet or not. */
  everTold(payoutId: string, coupon: string): Told | undefined {
    return this.told(Number.POSITIVE_INFINITY, payoutId, coupon);
  }
}

/** What the file says tonight. */
const shownAs = (notice: Notice, night: Day): Pick<Notice, 'coupon' | 'yen'> =>
  notice.slip !== undefined && night < notice.slip.until ? notice.slip : notice;
