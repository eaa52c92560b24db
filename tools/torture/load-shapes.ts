import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { Random } from '../../src/synth/random.ts';
import { columnsOf, type FileName } from '../../src/synth/rows.ts';

/**
 * Inputs in which one thing is very large: one coupon, one till, one account, one shop. What a run costs must grow with
 * their rows, and not with the square. `npx tsx tools/torture/load-shapes.ts SHAPE N FOLDER` writes one.
 */
interface LoadShape {
  /** What it is, and what n counts. */
  readonly says: string;
  readonly fill: (night: ShapedNight, n: number) => void;
  /** Its questions are answered: by decisions on what a first run of it asks. */
  readonly answered?: true;
  /** The coupon that most rows are of, where it is not the first. */
  readonly coupon?: string;
  /** The day of its run, where it is not {@link SEEN_ON}. */
  readonly seenOn?: string;
}

type Cell = string | number;

/** Files of a shape, row by row. What a row says of itself goes first; the rest is as plain as it can be. */
class ShapedNight {
  readonly random: Random;
  private readonly files = new Map<string, { readonly file: number; waiting: string }>();
  private readonly folder: string;
  private number = 0;
  private logs = 0;
  private terms: { readonly policy?: string } = {};

  private readonly seenAt: string;

  constructor(folder: string, random: Random, seenAt: string) {
    this.folder = folder;
    this.random = random;
    this.seenAt = seenAt;
    // A run needs these, empty or not.
    for (const name of ['issuance', 'transactions', 'merchant_reports'] as const) this.open(name, columnsOf(name));
  }

  coupon(
    number: string,
    more: { faceYen?: number; expiresOn?: string; account?: string; phone?: string; email?: string } = {},
  ): void {
    const { faceYen = 2000, expiresOn = '2023-02-24', account = '', phone = '', email = '' } = more;
    const issued = ['2023-02-23T15:00:00+09:00', expiresOn, 'H001', '2023-02-23'];
    this.put('issuance', [
      number,
      'paper',
      '46',
      faceYen,
      ...issued,
      account,
      account === '' ? '' : 'active',
      phone,
      email,
    ]);
  }

  payment(coupon: string, at: string, yen: number, merchant = SHOP): string {
    return this.transaction(coupon, at, 'payment', yen, { merchant });
  }

  transaction(coupon: string, at: string, kind: string, yen: number, { merchant = '', related = '' } = {}): string {
    const id = this.id('T');
    this.put('transactions', [id, coupon, at, kind, 'completed', yen, merchant, '', related, '']);
    return id;
  }

  /** @param couponYen none of it: paid in cash */
  sale(at: string, yen: number, { coupon = '', couponYen = yen, merchant = SHOP } = {}): void {
    this.put('merchant_reports', [this.id('S'), merchant, at, yen, couponYen, yen - couponYen, 0, coupon, '']);
  }

  /** Two rows of one id. */
  conflictingSale(at: string): void {
    const id = this.id('S');
    for (const yen of [500, 600]) this.put('merchant_reports', [id, SHOP, at, yen, yen, 0, 0, '', '']);
  }

  claim(coupon: string, kind: string, { prefecture = '46', merchant = SHOP } = {}): void {
    this.put('claims', [this.id('C'), '2023-03-08T11:00:00+09:00', kind, coupon, '2023-02-24', prefecture, merchant]);
  }

  application(coupon: string, name: string, { prefecture = '46', phone = '08000000002' } = {}): void {
    const at = `2023-03-${this.random.between(22, 31)}T${clock(this.random.between(0, DAY - 1))}+09:00`;
    this.put('applications', [
      this.id('A'),
      at,
      coupon,
      prefecture,
      '2023-02-23',
      name,
      'points',
      phone,
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
  }

  paid(coupon: string, yen: number): void {
    this.open('paid', ['payout_id', 'coupon_number', 'amount_yen', 'sent_at', 'status']);
    this.put('paid', [`P${this.id('').padStart(16, '0')}`, coupon, yen, '2023-05-01T10:00:00+09:00', 'sent']);
  }

  close(): void {
    for (const { file, waiting } of this.files.values()) {
      writeSync(file, waiting);
      closeSync(file);
    }
    const patternOf = (name: string): string =>
      name === 'transactions' && this.logs > 0 ? `${name}*.csv` : `${name}.csv`;
    const names = [...this.files.keys()].map((name) => [OPTION_OF[name] ?? name, patternOf(name)]);
    const config = { ...Object.fromEntries(names), ...this.terms, asOf: this.seenAt, out: 'out' };
    writeFileSync(join(this.folder, 'run.json'), `${JSON.stringify(config, undefined, 2)}\n`);
  }

  /** A decision on a question that no run asked. */
  decision(question: number, verdict: 'approve' | 'reject'): void {
    this.open('decisions', ['review_id', 'evidence_hash', 'decision', 'decided_by', 'decided_at']);
    const id = `R${String(question).padStart(16, '0')}`;
    this.put('decisions', [id, '0'.repeat(16), verdict, 'タナカ', '2023-04-01T10:00:00+09:00']);
  }

  /** From here on the log is in a file more. */
  nextLog(): void {
    const known = this.files.get('transactions');
    if (known === undefined) return;
    this.logs++;
    writeSync(known.file, known.waiting);
    closeSync(known.file);
    this.files.delete('transactions');
    this.open('transactions', columnsOf('transactions'), `transactions-${this.logs}`);
  }

  /** The log has so many columns more, that nobody knows, and no rows. */
  columnsMore(count: number, nameOf: (place: number) => string): void {
    const open = this.open('transactions', []);
    const columns = [...columnsOf('transactions'), ...Array.from({ length: count }, (_, place) => nameOf(place))];
    open.waiting = `${columns.join(',')}\n`;
  }

  /** The terms of the built-in policy with another limit of coupons on an account, or with none. */
  limitAccounts(mostCouponsPerAccount: number | undefined): void {
    const terms = { ...KAGOSHIMA.file.terms, mostCouponsPerAccount };
    const file = { ...KAGOSHIMA.file, id: 'other-limit', terms };
    writeFileSync(join(this.folder, 'policy.json'), `${JSON.stringify(file, undefined, 2)}\n`);
    this.terms = { policy: 'policy.json' };
  }

  private id(prefix: string): string {
    this.number++;
    return `${prefix}${this.number}`;
  }

  private open(name: string, columns: readonly string[], file = name): { waiting: string; readonly file: number } {
    const known = this.files.get(name);
    if (known !== undefined) return known;
    const opened = { file: openSync(join(this.folder, `${file}.csv`), 'w'), waiting: `${columns.join(',')}\n` };
    this.files.set(name, opened);
    return opened;
  }

  private put(name: FileName | 'paid' | 'decisions', cells: readonly Cell[]): void {
    const isOwn = name === 'paid' || name === 'decisions';
    const open = isOwn ? this.open(name, []) : this.open(name, columnsOf(name));
    open.waiting += `${cells.join(',')}\n`;
    if (open.waiting.length < 1 << 20) return;
    writeSync(open.file, open.waiting);
    open.waiting = '';
  }
}

/** What each file is called on a command line, where it is called otherwise. */
const OPTION_OF: Readonly<Record<string, string>> = { merchant_reports: 'merchantReports' };

const SHOP = 'M01';
const DAY = 24 * 60 * 60;
/** The outage begins at 17:45. */
const OUTAGE_FROM = (17 * 60 + 45) * 60;
const OUTAGE_SECONDS = 4.5 * 60 * 60;

/** A second of a day as a clock shows it. */
function clock(second: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)}`;
}

/** The instants of n things that follow each other evenly from the beginning of the outage. */
const inOutage = (place: number, n: number, seconds = OUTAGE_SECONDS): string =>
  `2023-02-24T${clock(OUTAGE_FROM + Math.floor((place * seconds) / n))}+09:00`;

/** The same over the month after it. */
const afterOutage = (place: number, n: number): string => {
  const second = Math.floor((place * 31 * DAY) / n);
  return `2023-03-${String(1 + Math.floor(second / DAY)).padStart(2, '0')}T${clock(second % DAY)}+09:00`;
};

const couponNumber = (place: number): string => String(place + 1).padStart(12, '0');
const ONE = couponNumber(0);
const NEVER_ISSUED = '999999999999';

/** Equal payments at one till, each of another coupon, of which each so many-th has a sale of its own. */
const till =
  (seconds: number, hasSale: (place: number) => boolean, named = false): LoadShape['fill'] =>
  (night, n) => {
    night.sale(inOutage(0, n), 77);
    for (let place = 0; place < n; place++) {
      const coupon = couponNumber(place);
      night.coupon(coupon);
      night.payment(coupon, inOutage(place, n, seconds), 500);
      if (hasSale(place)) night.sale(inOutage(place, n, seconds), 500, named && place % 3 === 0 ? { coupon } : {});
    }
  };

/** Coupons with two payments each, one in the first half of the time and one in the second. */
const pairs =
  (seconds: number, hasSale: (place: number, payments: number) => boolean): LoadShape['fill'] =>
  (night, n) => {
    night.sale(inOutage(0, n), 77);
    for (let place = 0; place < n; place++) night.coupon(couponNumber(place));
    for (let place = 0; place < 2 * n; place++) {
      night.payment(couponNumber(place % n), inOutage(place, 2 * n, seconds), 500);
      if (hasSale(place, 2 * n)) night.sale(inOutage(place, 2 * n, seconds), 500);
    }
  };

const isEven = (place: number): boolean => place % 2 === 0;

/** Payments of one coupon at one shop in the outage. */
const oneCoupon =
  (yenOf: (place: number) => number, hasSale: (place: number) => boolean): LoadShape['fill'] =>
  (night, n) => {
    night.coupon(ONE, { faceYen: 1_000_000_000 });
    night.sale(inOutage(0, n), 77_777_777);
    for (let place = 0; place < n; place++) {
      night.payment(ONE, inOutage(place, n), yenOf(place));
      if (hasSale(place)) night.sale(inOutage(place, n), yenOf(place));
    }
  };

/** Payments of one coupon after the outage, each of which something reverses. */
const reversals =
  (kind: 'cancel' | 'reinstatement', names: (payment: string) => string): LoadShape['fill'] =>
  (night, n) => {
    night.coupon(ONE, { faceYen: 1_000_000 });
    for (let place = 0; place < n; place++) {
      const payment = night.payment(ONE, afterOutage(place, n), 100);
      night.transaction(ONE, afterOutage(place, n), kind, 100, { merchant: SHOP, related: names(payment) });
    }
  };

/** One payment that n rows speak of. */
const ofOnePayment =
  (kind: 'cancel' | 'reinstatement'): LoadShape['fill'] =>
  (night, n) => {
    night.coupon(ONE, { faceYen: 100_000_000 });
    const payment = night.payment(ONE, inOutage(0, n), n);
    for (let place = 0; place < n; place++)
      night.transaction(ONE, afterOutage(place, n), kind, 1, { merchant: SHOP, related: payment });
  };

const applications =
  (more: (place: number) => { readonly name?: string; readonly prefecture?: string }): LoadShape['fill'] =>
  (night, n) => {
    night.coupon(ONE);
    for (let place = 0; place < n; place++) {
      const { name = 'タナカ', ...rest } = more(place);
      night.application(ONE, name, rest);
    }
  };

/** Coupons on one account, with contacts that are alike or not. */
const account =
  (contact: (place: number) => { readonly phone?: string; readonly email?: string }): LoadShape['fill'] =>
  (night, n) => {
    for (let place = 0; place < n; place++) night.coupon(couponNumber(place), { account: 'ACC1', ...contact(place) });
  };

const mobile = (place: number): string => `090${String(place).padStart(8, '0')}`;

/** Coupons that paid at one shop, all of whose holders claim to have paid in cash; bills for each so many-th. */
const claims =
  (kind: string, hasBill: (place: number) => boolean): LoadShape['fill'] =>
  (night, n) => {
    night.sale(inOutage(0, n), 77);
    for (let place = 0; place < n; place++) {
      night.coupon(couponNumber(place));
      night.payment(couponNumber(place), inOutage(place, n), 500);
      if (hasBill(place)) night.sale(inOutage(place, n), 500, { couponYen: 0 });
      night.claim(couponNumber(place), kind);
    }
  };

const SHAPES = {
  half_25min: {
    says: 'n equal payments at one till within 25 minutes, half of them with a sale',
    fill: till(25 * 60, isEven),
  },
  half_4h30: { says: 'the same over the whole outage', fill: till(OUTAGE_SECONDS, isEven) },
  half_named_4h30: {
    says: 'the same, where a third of the sales name their coupon',
    fill: till(OUTAGE_SECONDS, isEven, true),
  },
  first_half_4h30: {
    says: 'n equal payments at one till, of which only the first half has sales',
    fill: (night, n) => till(OUTAGE_SECONDS, (place) => place < n / 2)(night, n),
  },
  all_25min: {
    says: 'n equal payments at one till within 25 minutes, all with a sale',
    fill: till(25 * 60, () => true),
  },
  all_4h30: { says: 'the same over the whole outage', fill: till(OUTAGE_SECONDS, () => true) },
  all_named_25min: {
    says: 'n equal payments at one till within 25 minutes, all with a sale, a third of which name their coupon',
    fill: till(25 * 60, () => true, true),
  },
  none_25min: {
    says: 'n equal payments at one till within 25 minutes, none with a sale',
    fill: till(25 * 60, () => false),
  },
  none_4h30: { says: 'the same over the whole outage', fill: till(OUTAGE_SECONDS, () => false) },
  one_coupon_outage: {
    says: 'n equal payments of one coupon at one shop in the outage, all with a sale',
    fill: oneCoupon(
      () => 100,
      () => true,
    ),
  },
  one_coupon_outage_amounts: {
    says: 'the same, each of another amount: n groups',
    fill: oneCoupon(
      (place) => 1 + place,
      () => true,
    ),
  },
  one_coupon_unsupported_amounts: {
    says: 'n payments of one coupon at one shop in the outage, each of another amount and without a sale: n questions',
    fill: oneCoupon(
      (place) => 1 + place,
      () => false,
    ),
  },
  one_coupon_uncovered: {
    says: 'n equal payments of one coupon in the outage at a shop without a report',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) night.payment(ONE, inOutage(place, n), 100);
    },
  },
  one_coupon_shops: {
    says: 'n payments of one coupon in the outage, each at a shop of its own that reported nothing of it',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) {
        night.payment(ONE, inOutage(place, n), 100, `M${place}`);
        night.sale(inOutage(place, n), 77, { merchant: `M${place}` });
      }
    },
  },
  double_charge_chain: {
    says: 'n equal payments of one coupon at one shop in the outage, half of them with a sale: a double charge of n / 2',
    fill: oneCoupon(() => 100, isEven),
  },
  double_charges: {
    says: 'n coupons charged twice within a minute at one shop, each with one sale that names it, and a claim',
    fill: (night, n) => {
      for (let place = 0; place < n; place++) {
        const coupon = couponNumber(place);
        night.coupon(coupon);
        for (let again = 0; again < 2; again++) night.payment(coupon, inOutage(place, n), 500);
        night.sale(inOutage(place, n), 500, { coupon });
        night.claim(coupon, 'double_charge');
      }
    },
  },
  one_coupon_after: {
    says: 'n payments of one coupon outside the outage',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) night.payment(ONE, afterOutage(place, n), 100);
    },
  },
  one_coupon_overdrawn: {
    says: 'the same, of which nearly all come after the balance fell below 0',
    fill: (night, n) => {
      night.coupon(ONE);
      for (let place = 0; place < n; place++) night.payment(ONE, afterOutage(place, n), 100);
    },
  },
  cancels: { says: 'n payments of one coupon, each with its cancel', fill: reversals('cancel', (payment) => payment) },
  cancels_unknown: {
    says: 'n payments of one coupon, and n cancels that name none of them',
    fill: reversals('cancel', (payment) => `X${payment}`),
  },
  cancels_of_one: { says: 'n cancels of one yen that name one payment of n yen', fill: ofOnePayment('cancel') },
  reinstatements: {
    says: 'n payments of one coupon, each put back by name',
    fill: reversals('reinstatement', (payment) => payment),
  },
  reinstatements_nameless: {
    says: 'n payments of one coupon, each put back without a name',
    fill: reversals('reinstatement', () => ''),
  },
  reinstatements_of_one: {
    says: 'n reinstatements of one yen that name one payment',
    fill: ofOnePayment('reinstatement'),
  },
  reinstated_groups: {
    says: 'n payments of one coupon in the outage, half without a sale, each of these put back by name',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) {
        const payment = night.payment(ONE, inOutage(place, n), 100);
        if (isEven(place)) night.sale(inOutage(place, n), 100);
        else night.transaction(ONE, afterOutage(place, n), 'reinstatement', 100, { merchant: SHOP, related: payment });
      }
    },
  },
  apps_alike: { says: 'n applications on one coupon, all alike', fill: applications(() => ({})) },
  apps_differ: {
    says: 'n applications on one coupon, each in another name: they compete',
    fill: applications((place) => ({ name: `タナカ${place}` })),
  },
  apps_other_prefecture: {
    says: 'n applications on one coupon, all of another prefecture: n questions',
    fill: applications(() => ({ prefecture: '45' })),
  },
  apps_unknown: {
    says: 'n applications on one coupon that was never issued: n questions',
    coupon: NEVER_ISSUED,
    fill: (night, n) => {
      night.coupon(couponNumber(1));
      for (let place = 0; place < n; place++) night.application(NEVER_ISSUED, 'タナカ');
    },
  },
  one_account: {
    says: 'n coupons on one account with one phone',
    fill: account(() => ({ phone: mobile(1) })),
  },
  one_account_conflict: {
    says: 'n coupons on one account, each with a phone of its own',
    fill: account((place) => ({ phone: mobile(place) })),
  },
  unlimited_account_conflict: {
    says: 'the same under a policy that states no limit of coupons on an account: n questions about n coupons',
    fill: (night, n) => {
      night.limitAccounts(undefined);
      account((place) => ({ phone: mobile(place) }))(night, n);
    },
  },
  unlimited_account: {
    says: 'n coupons on one account with one phone, and no limit: one payout',
    fill: (night, n) => {
      night.limitAccounts(undefined);
      account(() => ({ phone: mobile(1) }))(night, n);
    },
  },
  one_account_two_contacts: {
    says: 'n coupons on one account with two phones and two e-mail addresses',
    fill: account((place) => ({ phone: mobile(place % 2), email: `a${place % 2}@example.jp` })),
  },
  account_hundreds: {
    says: 'n coupons, a thousand on an account, each with a phone of its own',
    fill: (night, n) => {
      for (let place = 0; place < n; place++)
        night.coupon(couponNumber(place), { account: `ACC${Math.floor(place / 1000)}`, phone: mobile(place) });
    },
  },
  claims_one_shop: {
    says: 'n coupons with a claim of cash at one shop, and a nameless bill for each',
    fill: claims('cash_and_deducted', () => true),
  },
  claims_too_many: {
    says: 'the same, with bills for half of them: nobody can say whose they are',
    fill: claims('cash_and_deducted', isEven),
  },
  claims_double: {
    says: 'n coupons with a claim of a double charge at one shop',
    fill: claims('double_charge', () => false),
  },
  claims_one_coupon: {
    says: 'n claims on one coupon that fit its records',
    fill: (night, n) => {
      night.coupon(ONE);
      night.sale(inOutage(0, n), 77);
      night.payment(ONE, inOutage(0, n), 500);
      for (let place = 0; place < n; place++) night.claim(ONE, 'cash_and_deducted');
    },
  },
  claims_mismatched: {
    says: 'n claims on one coupon that name another prefecture: n questions',
    fill: (night, n) => {
      night.coupon(ONE);
      night.payment(ONE, inOutage(0, n), 500);
      for (let place = 0; place < n; place++) night.claim(ONE, 'cash_and_deducted', { prefecture: '45' });
    },
  },
  claims_unreported: {
    says: 'n claims on one coupon with n payments at a shop that reported nothing',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) night.payment(ONE, inOutage(place, n), 500);
      night.claim(ONE, 'double_charge');
    },
  },
  set_aside: {
    says: 'n coupons that paid twice at a shop whose report of that day has n conflicting sales: n questions',
    fill: (night, n) => {
      for (let place = 0; place < n; place++) {
        night.coupon(couponNumber(place));
        for (let again = 0; again < 2; again++) night.payment(couponNumber(place), inOutage(place, n), 500);
        night.conflictingSale(inOutage(place, n));
      }
    },
  },
  claims_unverified: {
    says: 'n claims on one coupon that has n payments at a shop without a report: n questions on the same n rows',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) {
        // Each of another amount, and too far apart to be a repeat: the question is the claim's.
        night.payment(ONE, inOutage(place, n), 1 + place);
        night.claim(ONE, 'cash_and_deducted');
      }
    },
  },
  put_back: {
    says: 'n equal payments of one coupon, half without a sale, before the cut-off: n / 2 rows to put back for one reason',
    seenOn: '2023-03-20',
    fill: (night, n) => {
      oneCoupon(() => 100, isEven)(night, n);
      night.claim(ONE, 'double_charge');
    },
  },
  pairs_25min: {
    says: 'n coupons with two equal payments each at one till within 25 minutes, and sales for half of all payments',
    fill: pairs(25 * 60, (place) => place % 4 < 2),
  },
  pairs_4h30: { says: 'the same over the whole outage', fill: pairs(OUTAGE_SECONDS, (place) => place % 4 < 2) },
  pairs_nearly_all: {
    says: 'the same, with sales for all payments but a few',
    fill: pairs(OUTAGE_SECONDS, (place, payments) => place < payments - 5),
  },
  unknown_payments: {
    says: 'n payments in the outage on one coupon that was never issued: n questions',
    coupon: NEVER_ISSUED,
    fill: (night, n) => {
      night.coupon(ONE);
      for (let place = 0; place < n; place++) night.payment(NEVER_ISSUED, inOutage(place, n), 100);
    },
  },
  unknown_payments_answered: {
    says: 'the same, each of whose n questions a decision answers',
    fill: (night, n) => SHAPES.unknown_payments.fill(night, n),
    coupon: NEVER_ISSUED,
    answered: true,
  },
  unsupported_answered: {
    says: 'n payments of one coupon as in `one_coupon_unsupported_amounts`, each of whose n questions a decision answers',
    fill: (night, n) => SHAPES.one_coupon_unsupported_amounts.fill(night, n),
    answered: true,
  },
  paid_one_coupon: {
    says: 'n paid rows on one coupon',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) night.paid(ONE, 1);
    },
  },
  decisions: {
    says: 'n decisions on questions that nobody asked',
    fill: (night, n) => {
      night.coupon(ONE);
      for (let place = 0; place < n; place++) night.decision(place, 'approve');
    },
  },
  decisions_of_one: {
    says: 'n decisions on one question that contradict each other',
    fill: (night, n) => {
      night.coupon(ONE);
      for (let place = 0; place < n; place++) night.decision(0, isEven(place) ? 'approve' : 'reject');
    },
  },
  headers: {
    says: 'a log with n columns that nobody knows',
    fill: (night, n) => {
      night.coupon(ONE);
      night.columnsMore(n, (place) => `column_${place}`);
    },
  },
  headers_equal: {
    says: 'a log with n columns of one name',
    fill: (night, n) => {
      night.coupon(ONE);
      night.columnsMore(n, () => 'column');
    },
  },
  files: {
    says: 'a log of n files with a payment each',
    fill: (night, n) => {
      night.coupon(ONE, { faceYen: 1_000_000_000 });
      for (let place = 0; place < n; place++) {
        if (place > 0) night.nextLog();
        night.payment(ONE, afterOutage(place, n), 100);
      }
    },
  },
  one_recipient: {
    says: 'n coupons whose applications name one phone: one payout',
    fill: (night, n) => {
      for (let place = 0; place < n; place++) {
        night.coupon(couponNumber(place));
        night.application(couponNumber(place), 'タナカ');
      }
    },
  },
} as const satisfies Readonly<Record<string, LoadShape>>;

const SEEN_ON = '2023-05-10';

/** An instant of the day of a shape's run, or of so many days later. */
export function seenAt(name: LoadShapeName, daysLater = 0): string {
  const day = new Date((SHAPES[name] as LoadShape).seenOn ?? SEEN_ON);
  day.setUTCDate(day.getUTCDate() + daysLater);
  return `${day.toISOString().slice(0, 10)}T02:00:00+09:00`;
}

/** The coupon that most rows of a shape are of. */
export const crowdedCouponOf = (name: LoadShapeName): string => (SHAPES[name] as LoadShape).coupon ?? ONE;

/** What cannot stand in a config file, and lets a shape through. */
export const LOAD_SHAPE_OPTIONS: readonly string[] = [
  '--max-unmatched',
  '100%',
  '--allow-empty-file',
  '--allow-missing-days',
  '--max-unknown-decisions',
  '1000000000',
];

export type LoadShapeName = keyof typeof SHAPES;

/** Each shape and what it is. */
export const LOAD_SHAPES: Readonly<Record<LoadShapeName, string>> = Object.fromEntries(
  Object.entries(SHAPES).map(([name, { says }]) => [name, says]),
) as Record<LoadShapeName, string>;

/**
 * Writes the inputs of a shape into a folder, made where there is none, and beside them `run.json`, by which
 * `run --config` reads them; {@link LOAD_SHAPE_OPTIONS} are to stand beside it. The same shape, n and seed are the same bytes.
 */
export function writeLoadShape(name: LoadShapeName, n: number, folder: string, seed = 1): void {
  mkdirSync(folder, { recursive: true });
  const night = new ShapedNight(folder, new Random(seed), seenAt(name));
  const { fill }: LoadShape = SHAPES[name];
  fill(night, n);
  night.close();
}

/** Where a first run of a shape goes whose questions are answered. */
export const FIRST_RUN = 'first';

export const isAnswered = (name: LoadShapeName): boolean => (SHAPES[name] as LoadShape).answered === true;

/** Answers every question of the {@link FIRST_RUN} in the folder: `run --config` reads the answers from then on. */
export function answerQuestions(folder: string): void {
  const [header = '', ...rows] = readFileSync(join(folder, FIRST_RUN, 'review.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = header.split(',');
  const [id, hash] = [columns.indexOf('review_id'), columns.indexOf('evidence_hash')];
  const answers = rows.map((row) => {
    // Both stand before any cell with a comma in it.
    const cells = row.split(',');
    return `${cells[id]},${cells[hash]},approve,タナカ,2023-05-01T10:00:00+09:00\n`;
  });
  writeFileSync(
    join(folder, 'decisions.csv'),
    `review_id,evidence_hash,decision,decided_by,decided_at\n${answers.join('')}`,
  );
  const config = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as object;
  writeFileSync(
    join(folder, 'run.json'),
    `${JSON.stringify({ ...config, decisions: 'decisions.csv' }, undefined, 2)}\n`,
  );
}

const [, program, name, count, folder] = process.argv;
if (program?.endsWith('load-shapes.ts') === true) {
  if (name === undefined || !(name in SHAPES) || folder === undefined || !(Number(count) > 0)) {
    for (const [shape, says] of Object.entries(LOAD_SHAPES)) console.log(`${shape}: ${says}`);
    process.exitCode = 2;
  } else writeLoadShape(name as LoadShapeName, Number(count), folder);
}
