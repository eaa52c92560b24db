import { CUT_OFF_DAY, type Day, RECEIVE_BY_DAY } from './calendar.ts';
import type { Provider } from './provider.ts';
import type { Row, World, WorldCoupon } from './world.ts';

/** The tables of one published run, read from its folder. */
export interface Published {
  readonly folder: string;
  readonly payouts: readonly Row[];
  readonly eligibility: readonly Row[];
  readonly review: readonly Row[];
  readonly extensions: readonly Row[];
  readonly reinstatements: readonly Row[];
  readonly carried: readonly Row[];
}

/** Something that must never happen. */
export class Broken extends Error {
  readonly check: string;
  constructor(check: string, words: string) {
    super(`${check}: ${words}`);
    this.check = check;
  }
}

interface Made {
  readonly payoutId: string;
  readonly coupon: string;
  readonly yen: number;
  readonly night: Day;
}

const yenOf = (text: string | undefined): number => Number(text === '' ? 0 : text);
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/**
 * The simulation's own account of every payout that was ever made, kept from what was published alone. It shares nothing
 * with the program's.
 */
export class Ledger {
  private readonly made: Made[] = [];
  private readonly contents = new Map<string, string>();
  private readonly provider: Provider;

  private readonly world: World;

  constructor(provider: Provider, world: World) {
    this.provider = provider;
    this.world = world;
  }

  /** Whether anything of it is kept. */
  get payoutCount(): number {
    return this.contents.size;
  }

  get sentYen(): number {
    return sum(this.made.map(({ yen }) => yen));
  }

  /** Some coupon of it was in a payout before. */
  isRetry(payout: Row): boolean {
    const coupons = (payout.coupons ?? '').split(' ');
    return this.made.some((each) => each.payoutId !== payout.payout_id && coupons.includes(each.coupon));
  }

  /** Everything to check of a night's run, before and after its payouts are taken into account. */
  night(night: Day, run: Published): void {
    this.checkCarried(run);
    this.checkPayouts(run);
    for (const row of run.eligibility) this.checkCoupon(night, row);
    this.checkNobodyLost(night, run);
    this.take(night, run);
  }

  /** Yen that count as paid on a coupon, as far as tonight's files tell it. */
  paidTonight(night: Day, coupon: string): { readonly yen: number; readonly contradictory: boolean } {
    const made = new Map(this.made.filter((each) => each.coupon === coupon).map((each) => [each.payoutId, each.yen]));
    let contradictory = false;
    const parts = [...new Set([...made.keys(), ...this.provider.named(night, coupon)])].map((payoutId) => {
      const told = this.provider.told(night, payoutId, coupon);
      const ordered = made.get(payoutId);
      const amounts = [...new Set([...(ordered === undefined ? [] : [ordered]), ...(told?.amounts ?? [])])];
      if (amounts.length === 1) return told?.status === 'failed' ? 0 : (amounts[0] ?? 0);
      contradictory = true;
      return Math.max(...amounts);
    });
    return { yen: sum(parts), contradictory };
  }

  /**
   * At most: a coupon that is overdrawn by rows still missing is owed nothing, and one that comes to more than its face
   * value no more than that.
   */
  private owedBy(row: Row): number {
    const yen = Math.max(0, yenOf(row.residual_yen) + yenOf(row.reinstate_yen));
    if (!(row.reasons ?? '').split(' ').includes('EXCEEDS_FACE')) return yen;
    return Math.min(yen, this.world.faceYenOf(row.coupon_number ?? '') ?? yen);
  }

  private checkCarried(run: Published): void {
    const line = (id: string, coupon: string, yen: number | string) => `${id} ${coupon} ${yen}`;
    const expected = this.made.map((each) => line(each.payoutId, each.coupon, each.yen)).sort();
    const carried = run.carried
      .map((row) => line(row.payout_id ?? '', row.coupon_number ?? '', row.amount_yen ?? ''))
      .sort();
    if (expected.join('\n') !== carried.join('\n'))
      throw new Broken('CHAIN', `carried.csv holds ${carried.length} payments, but ${expected.length} were made`);
  }

  private checkPayouts({ payouts, eligibility }: Published): void {
    const due = eligibility.filter((row) => row.status === 'payable');
    const owed = sum(due.map((row) => yenOf(row.payable_yen)));
    const sent = sum(payouts.map((row) => yenOf(row.amount_yen)));
    if (owed !== sent) throw new Broken('SUM', `payouts.csv adds up to ${sent} yen, ${owed} are payable`);
    const recipients = new Set<string>();
    for (const payout of payouts) {
      const id = payout.payout_id ?? '';
      const coupons = (payout.coupons ?? '').split(' ');
      const rows = due.filter((row) => row.payout_id === id);
      const listed = rows.map((row) => row.coupon_number).join(' ');
      if (listed !== coupons.join(' ')) throw new Broken('SUM', `${id} is for ${coupons}, eligibility says ${listed}`);
      if (sum(rows.map((row) => yenOf(row.payable_yen))) !== yenOf(payout.amount_yen))
        throw new Broken('SUM', `${id} is not the sum of its coupons`);
      const recipient = `${payout.route} ${payout.recipient}`;
      if (recipients.has(recipient)) throw new Broken('ONE_PAYOUT', `two payouts in one night for ${recipient}`);
      recipients.add(recipient);
      if (this.contents.has(id)) throw new Broken('PAID_TWICE', `payout ${id} was made on an earlier night already`);
    }
    if (due.some((row) => row.payout_id === '')) throw new Broken('FORGOTTEN', 'a payable coupon stands in no payout');
    if (eligibility.some((row) => row.payout_id !== '' && row.status !== 'payable'))
      throw new Broken('SUM', 'a coupon that is not payable stands in a payout');
  }

  private checkCoupon(night: Day, row: Row): void {
    // A coupon whose issuance rows contradict each other has no yen; it must not be paid either.
    if (row.residual_yen === '') {
      if (row.payout_id !== '') throw new Broken('PAID_TWICE', `${row.coupon_number} is paid without being judged`);
      return;
    }
    const coupon = row.coupon_number ?? '';
    const { yen: before, contradictory } = this.paidTonight(night, coupon);
    if (yenOf(row.already_paid_yen) !== before)
      throw new Broken('ALREADY_PAID', `${coupon}: ${before} yen were paid, the run counts ${row.already_paid_yen}`);
    const reasons = (row.reasons ?? '').split(' ');
    const mostOwed = row.grounds === '' ? 0 : this.owedBy(row);
    if (row.status === 'payable') {
      if (night <= CUT_OFF_DAY) throw new Broken('EARLY', `${coupon} is paid before the cut-off`);
      const after = before + yenOf(row.payable_yen);
      if (after !== mostOwed)
        throw new Broken('PAID_TWICE', `${coupon}: ${before} paid + ${row.payable_yen} now, but ${mostOwed} are owed`);
    }
    // Of a coupon that comes to more than its face value, and of which the provider tells another sum than was ordered, the
    // question on the face value says how much too much: nothing that was ordered exceeds it.
    const isTold = reasons.includes('OVERPAID') || (contradictory && reasons.includes('EXCEEDS_FACE'));
    if (before > mostOwed && !isTold)
      throw new Broken('OVERPAID', `${coupon}: ${before} yen paid, at most ${mostOwed} owed, and nobody is told`);
    if (row.status === 'settled' && before < mostOwed)
      throw new Broken('FORGOTTEN', `${coupon} counts as settled with ${before} of ${mostOwed} yen`);
  }

  private checkNobodyLost(night: Day, run: Published): void {
    const listed = new Map(run.eligibility.map((row) => [row.coupon_number, row]));
    for (const coupon of new Set(this.made.map((each) => each.coupon)))
      if (!listed.has(coupon) && !this.world.isMisplaced(coupon, night))
        throw new Broken('FORGOTTEN', `${coupon} was paid and is listed no more`);
    for (const row of run.payouts)
      if (night > RECEIVE_BY_DAY && row.receive_by !== '')
        throw new Broken('DEADLINE', `${row.payout_id} is to be received by a day that is past`);
  }

  private take(night: Day, run: Published): void {
    for (const payout of run.payouts) this.contents.set(payout.payout_id ?? '', JSON.stringify(payout));
    for (const row of run.eligibility) {
      if (row.payout_id === '') continue;
      const made = {
        payoutId: row.payout_id ?? '',
        coupon: row.coupon_number ?? '',
        yen: yenOf(row.payable_yen),
        night,
      };
      this.made.push(made);
    }
    // Whatever was said in between: more than is owed by what is known tonight is told, or it is a double payment.
    for (const row of run.eligibility) {
      const paid = this.paidTonight(night, row.coupon_number ?? '');
      const owed = this.owedBy(row);
      const excused = row.residual_yen === '' || paid.contradictory || (row.reasons ?? '').includes('OVERPAID');
      if (paid.yen > owed && !excused)
        throw new Broken('PAID_TWICE', `${row.coupon_number}: ${paid.yen} yen paid in all, ${owed} owed`);
    }
  }

  // ----- The last night ---------------------------------------------------------------------------------------------------

  /** Everything is delivered and answered: what was sent is what is owed, and nobody is left. */
  end(night: Day, run: Published): void {
    const open = run.review.filter((row) => row.decision === '' || row.decision === 'stale');
    const asked = open.map((row) => `${row.coupon_number} ${row.reason}`).join(', ');
    if (asked !== '') throw new Broken('OPEN', `still asked on the last night: ${asked}`);
    const unpaid = run.eligibility.filter((row) => row.status === 'payable').map((row) => row.coupon_number);
    if (unpaid.length > 0) throw new Broken('FORGOTTEN', `still payable on the last night: ${unpaid}`);
    let [owed, excess, elsewhere] = [0, 0, 0];
    for (const row of run.eligibility) {
      const coupon = row.coupon_number ?? '';
      const paid = sum(
        this.made
          .filter((each) => each.coupon === coupon)
          .filter((each) => this.provider.everTold(each.payoutId, coupon)?.status !== 'failed')
          .map((each) => each.yen),
      );
      if (row.status !== 'settled' && row.status !== 'used_up') {
        elsewhere += paid;
        continue;
      }
      const due = row.grounds === '' ? 0 : this.owedBy(row);
      if (paid < due) throw new Broken('FORGOTTEN', `${coupon} is ${row.status}, but got ${paid} of ${due} yen`);
      owed += due;
      excess += paid - due;
    }
    const received = sum(
      this.made
        .filter((each) => this.provider.everTold(each.payoutId, each.coupon)?.status !== 'failed')
        .map((each) => each.yen),
    );
    if (received !== owed + excess + elsewhere)
      throw new Broken('SUM', `${received} yen were sent, ${owed} + ${excess} + ${elsewhere} accounted for`);
    for (const coupon of this.world.coupons) this.checkPerson(night, coupon, run);
  }

  /** Against the true world: who had yen left gets them, or there is a reason that a person can be told. */
  private checkPerson(night: Day, coupon: WorldCoupon, run: Published): void {
    const { world } = this;
    if (!coupon.cohort || night <= CUT_OFF_DAY) return;
    if (world.balanceAfter(coupon, 2) < 1) return;
    const row = run.eligibility.find((each) => each.coupon_number === coupon.number);
    if (row === undefined) throw new Broken('FORGOTTEN', `${coupon.number} has yen left and is not listed`);
    const truth = world.balanceAfter(coupon, CUT_OFF_DAY);
    if (yenOf(row.residual_yen) !== truth)
      throw new Broken('TRUTH', `${coupon.number} had ${truth} yen at the cut-off, the run says ${row.residual_yen}`);
    const reasons = (row.reasons ?? '').split(' ');
    const told =
      row.status === 'settled' ||
      row.status === 'used_up' ||
      (row.status === 'not_eligible' && reasons.includes('REJECTED')) ||
      (row.status === 'awaiting_application' && !this.couldBeSent(coupon, run));
    if (!told) throw new Broken('FORGOTTEN', `${coupon.number} is ${row.status} (${row.reasons}) on the last night`);
  }

  /** A way to send that nobody passed over. */
  private couldBeSent(coupon: WorldCoupon, run: Published): boolean {
    const passedOver = run.review.some(
      (row) =>
        row.coupon_number === coupon.number &&
        row.decision === 'approved' &&
        ['NO_CONTACT', 'CONTACT_CONFLICT', 'SHARED_ACCOUNT', 'BANK_DETAILS'].includes(row.reason ?? ''),
    );
    return !passedOver && (coupon.reachable || coupon.applied);
  }
}
