/**
 * Small random nights full of edges. The same seed always gives the same night.
 *
 * Every night first draws which kinds of trouble it has at all, so that many nights stay simple, and few amounts
 * and instants are used, so that pairings are often ambiguous.
 */
import type {
  ApplicationRow,
  ClaimRow,
  IssuanceRow,
  Night,
  OracleDecision,
  PaidRow,
  ReviewRow,
  SaleRow,
  Terms,
  TransactionRow,
} from './reference.ts';

/** Instants worth running a night at: during the outage, on each bound of the notice, and between. */
export const interestingAsOf: readonly string[] = [
  '2023-02-24T20:00:00+09:00',
  '2023-02-26T02:00:00+09:00',
  '2023-02-27T00:00:00+09:00',
  '2023-03-20T02:00:00+09:00',
  '2023-03-31T23:59:59+09:00',
  '2023-04-01T00:00:00+09:00',
  '2023-04-05T02:00:00+09:00',
  '2023-04-11T00:00:00+09:00',
  '2023-05-01T00:00:00+09:00',
  '2023-05-10T02:00:00+09:00',
  '2023-05-31T23:59:59+09:00',
  '2023-06-01T00:00:00+09:00',
  '2023-06-15T02:00:00+09:00',
];

class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 0x9e3779b9) >>> 0;
    for (let index = 0; index < 4; index += 1) this.next();
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** From low to high, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<X>(things: readonly X[]): X {
    if (things.length === 0) throw new Error('nothing to pick from');
    return things[Math.floor(this.next() * things.length)] as X;
  }

  shuffle<X>(things: readonly X[]): X[] {
    const rest = [...things];
    const result: X[] = [];
    while (rest.length > 0) result.push(...rest.splice(Math.floor(this.next() * rest.length), 1));
    return result;
  }
}

/** An instant so many seconds after a time of 2023-02-24, in Japan. */
function at(clock: string, plusSeconds = 0, date = '2023-02-24'): string {
  const utc = Date.parse(`${date}T${clock}+09:00`) + plusSeconds * 1000;
  return `${new Date(utc + 9 * 3600 * 1000).toISOString().slice(0, 19)}+09:00`;
}

function later(instant: string, seconds: number): string {
  return `${new Date(Date.parse(instant) + (seconds + 9 * 3600) * 1000).toISOString().slice(0, 19)}+09:00`;
}

export function randomNight(seed: number): Night {
  const dice = new Dice(seed);
  const isCalm = dice.chance(0.35);
  const has = (probability: number): boolean => dice.chance(isCalm ? probability * 0.3 : probability);
  const trouble = {
    strangeCoupons: has(0.35),
    longLived: has(0.2),
    sharedAccounts: has(0.4),
    badContacts: has(0.35),
    withdrawn: has(0.3),
    reversals: has(0.4),
    wildReversals: has(0.2),
    reinstatements: has(0.4),
    notCompleted: has(0.2),
    ownMoney: has(0.2),
    unknownCoupons: has(0.2),
    laterSpending: has(0.5),
    outsideValidity: has(0.15),
    overspending: has(0.1),
    claims: dice.chance(0.7),
    wrongClaims: has(0.25),
    applications: dice.chance(0.55),
    wrongApplications: has(0.4),
    paid: has(0.35),
    wildPaid: has(0.3),
    duplicates: has(0.25),
    conflicts: has(0.2),
    rejects: has(0.2),
  };
  const often = (isOn: boolean, probability: number): boolean => isOn && dice.chance(probability);

  const issuance: IssuanceRow[] = [];
  const transactions: TransactionRow[] = [];
  const sales: SaleRow[] = [];
  const claims: ClaimRow[] = [];
  const applications: ApplicationRow[] = [];
  const paid: PaidRow[] = [];

  // ----- Coupons -------------------------------------------------------------------------------------------------

  const shops = ['M1', 'M2', 'M3'].slice(0, isCalm ? 3 : dice.int(1, 3));
  const amounts = dice.pick([[1000], [1000], [500, 1000], [500, 1000, 1500], [1000, 2000], [700, 1300, 2000]]);
  const phones = ['09000000001', '09000000002', '090-0000-0001', '08011112222', '0992345678', '12345'];
  const emails = ['a@example.jp', 'b@example.jp', 'nowhere', 'x@y'];
  const couponCount = dice.int(3, 12);
  for (let index = 1; index <= couponCount; index += 1) {
    const strange = trouble.strangeCoupons;
    const isCharged = dice.chance(0.7);
    const isShared = often(trouble.sharedAccounts, 0.6);
    const account = isShared ? dice.pick(['A-shared', 'A-shared', 'A-common']) : `A${index}`;
    const bad = trouble.badContacts && dice.chance(0.6);
    const phone = bad ? dice.pick([...phones, undefined]) : isShared ? phones[0] : `0901234${1000 + index}`;
    const email = bad
      ? dice.pick([...emails, undefined])
      : dice.pick([undefined, undefined, `c${isShared ? 0 : index}@example.jp`]);
    issuance.push({
      coupon_number: `C${String(index).padStart(2, '0')}`,
      medium: often(strange, 0.15) ? 'app' : 'paper',
      prefecture: often(strange, 0.15) ? '45' : '46',
      face_yen: dice.pick([2000, 3000, 4000, 4000]),
      issued_at: often(trouble.outsideValidity, 0.3)
        ? at(dice.pick(['18:00:00', '21:00:00']))
        : at('15:00:00', 0, dice.pick(['2023-02-22', '2023-02-23'])),
      expires_on: dice.pick([
        ...(trouble.longLived ? ['2023-04-10', '2023-04-10', '2023-04-10'] : []),
        '2023-02-24',
        '2023-02-24',
        '2023-02-24',
        '2023-02-25',
        '2023-02-25',
        '2023-03-05',
        strange ? '2023-04-10' : '2023-02-25',
        strange ? '2023-04-10' : '2023-03-05',
        strange && trouble.outsideValidity ? '2023-02-23' : '2023-02-24',
        strange ? '2023-04-10' : '2023-02-25',
      ]),
      issuer_id: 'H1',
      travel_date: '2023-02-23',
      account_id: isCharged ? account : undefined,
      account_status: often(trouble.withdrawn, 0.5) ? 'withdrawn' : dice.pick(['active', undefined]),
      phone: isCharged ? phone : undefined,
      email: isCharged ? email : undefined,
    });
  }
  const numbers = issuance.map((row) => row.coupon_number);
  const anyCoupon = (): string => (often(trouble.unknownCoupons, 0.2) ? dice.pick(['X1', 'X2']) : dice.pick(numbers));
  const left = new Map(issuance.map((row) => [row.coupon_number, row.face_yen]));

  // ----- The ledger and the shops' journals ------------------------------------------------------------------------

  let mostTransactions = 25;
  let lastTransaction = 0;
  function move(
    coupon: string,
    occurredAt: string,
    kind: TransactionRow['kind'],
    amount: number,
    more: Partial<TransactionRow> = {},
  ): TransactionRow | undefined {
    if (transactions.length >= mostTransactions) return undefined;
    const sign = kind === 'payment' ? -1 : kind === 'charge' ? 0 : 1;
    const isMoving = (more.status ?? 'completed') === 'completed' && more.funding !== 'own';
    const after = (left.get(coupon) ?? amount * 9) + (isMoving ? sign * amount : 0);
    if (after < 0 && !trouble.overspending) return undefined;
    left.set(coupon, after);
    lastTransaction += 1;
    // Ids run against time now and then, so that an order by id is not an order by time.
    const number = dice.chance(0.2) ? 99 - lastTransaction : lastTransaction;
    const row: TransactionRow = {
      transaction_id: `T${String(number).padStart(2, '0')}`,
      coupon_number: coupon,
      occurred_at: occurredAt,
      kind,
      status: 'completed',
      amount_yen: amount,
      terminal_id: dice.pick(['P1', 'P2', undefined]),
      funding: dice.pick(['coupon', undefined]),
      ...more,
    };
    if (transactions.some((other) => other.transaction_id === row.transaction_id)) {
      row.transaction_id = `T${String(lastTransaction)}x`;
    }
    transactions.push(row);
    return row;
  }
  function pay(coupon: string, occurredAt: string, amount: number, merchant: string): TransactionRow | undefined {
    const more: Partial<TransactionRow> = { merchant_id: merchant };
    if (often(trouble.notCompleted, 0.2)) more.status = dice.pick(['failed', 'failed', 'pending']);
    if (often(trouble.ownMoney, 0.2)) more.funding = 'own';
    return move(coupon, occurredAt, 'payment', amount, more);
  }
  let lastSale = 0;
  function sell(merchant: string, soldAt: string, couponYen: number, cashYen: number, coupon?: string): void {
    lastSale += 1;
    const other = dice.chance(0.15) ? cashYen : undefined;
    sales.push({
      report_id: `S${String(lastSale).padStart(2, '0')}`,
      merchant_id: merchant,
      sold_at: soldAt,
      total_yen: couponYen + cashYen,
      coupon_yen: couponYen,
      cash_yen: other === undefined ? cashYen : 0,
      other_yen: other,
      coupon_number: coupon,
      receipt_no: dice.chance(0.2) ? `R${lastSale}` : undefined,
    });
  }

  const gaps = [0, 5, 5, 120, 599, 600, 601];
  const saleDelays = [0, 60, 60, -60, 300, 1800, 1801, -1800, -1801];
  const starts = [
    '17:44:59',
    '17:45:00',
    '18:00:00',
    '18:00:00',
    '18:20:00',
    '19:00:00',
    '20:00:00',
    '22:10:00',
    '22:15:59',
    '22:16:00',
  ];
  const silentShop = dice.chance(0.2) ? dice.pick(shops) : undefined;
  const report = (...args: Parameters<typeof sell>): void => {
    if (args[0] !== silentShop) sell(...args);
  };

  const episodes = isCalm ? dice.int(0, 3) : dice.int(0, 6);
  for (let episode = 0; episode < episodes; episode += 1) {
    const shop = dice.pick(shops);
    const amount = dice.pick(amounts);
    const start = at(dice.pick(starts));
    const saleAt = later(start, dice.pick(saleDelays));
    const longLived = issuance.filter((row) => row.expires_on === '2023-04-10').map((row) => row.coupon_number);
    const coupon = longLived.length > 0 && dice.chance(0.4) ? dice.pick(longLived) : anyCoupon();
    const named = (number: string): string | undefined => (dice.chance(0.35) ? number : undefined);
    switch (
      dice.pick([
        'plain double',
        'plain double',
        'plain double',
        'plain cash',
        'plain cash',
        'one',
        'one',
        'twice',
        'twice',
        'twice',
        'cash',
        'cash',
        'combined',
        'combined',
        'crowd',
        'queue',
      ])
    ) {
      case 'plain double': {
        // Pressed again at once, and one sale written down: as clear as it gets.
        pay(coupon, start, amount, shop);
        pay(coupon, later(start, dice.pick([5, 600])), amount, shop);
        if (dice.chance(0.2)) pay(coupon, later(start, 9), amount, shop);
        report(shop, later(start, 60), amount, 0, coupon);
        break;
      }
      case 'plain cash': {
        pay(coupon, start, amount, shop);
        report(shop, later(start, dice.pick([60, 1800])), 0, amount, dice.chance(0.6) ? coupon : undefined);
        break;
      }
      case 'one': {
        pay(coupon, start, amount, shop);
        if (dice.chance(0.7)) report(shop, saleAt, amount, dice.pick([0, 0, 450]), named(coupon));
        break;
      }
      case 'twice': {
        let time = start;
        const presses = dice.pick([2, 2, 2, 3, 4]);
        for (let press = 0; press < presses; press += 1) {
          pay(coupon, time, amount, shop);
          time = later(time, dice.pick(gaps));
        }
        const recorded = dice.pick([0, 1, 1, 1, 1, 2, presses]);
        for (let sale = 0; sale < recorded; sale += 1) {
          report(shop, later(start, dice.pick([0, 60, 120, 1800, 1801])), amount, 0, named(coupon));
        }
        break;
      }
      case 'cash': {
        pay(coupon, start, amount, shop);
        if (dice.chance(0.3)) pay(coupon, later(start, dice.pick(gaps)), amount, shop);
        report(shop, saleAt, 0, amount + dice.pick([0, 0, 0, 450, -100]), dice.chance(0.4) ? coupon : undefined);
        if (dice.chance(0.3)) {
          const neighbour = dice.pick(numbers);
          pay(neighbour, later(start, 60), amount, shop);
        }
        break;
      }
      case 'combined': {
        const together = dice.shuffle(numbers).slice(0, dice.int(2, 4));
        let total = 0;
        let time = start;
        for (const one of together) {
          const part = dice.pick(amounts);
          if (pay(one, time, part, shop) !== undefined) total += part;
          time = later(time, dice.pick([5, 5, 20, 20, 120, 300, 600, 601]));
        }
        const first = together[0];
        if (total > 0 && dice.chance(0.9)) {
          report(
            shop,
            later(start, dice.pick([0, 60, 60, 300, 1800])),
            total,
            dice.pick([0, 200]),
            first === undefined ? undefined : named(first),
          );
        }
        if (dice.chance(0.2)) report(shop, later(start, 90), total, 0);
        if (dice.chance(0.2)) pay(dice.pick(numbers), later(start, 30), dice.pick(amounts), shop);
        break;
      }
      case 'crowd': {
        const people = dice.shuffle(numbers).slice(0, dice.int(2, 4));
        for (const one of people) pay(one, later(start, dice.int(0, 5) * 60), amount, shop);
        const recorded = dice.int(0, people.length);
        for (let sale = 0; sale < recorded; sale += 1) {
          const someone = people[sale];
          report(shop, later(start, sale * 60), amount, 0, someone === undefined ? undefined : named(someone));
        }
        if (dice.chance(0.4)) report(shop, saleAt, 0, amount);
        break;
      }
      default: {
        // A queue whose payments and sales reach into one another, half an hour apart at the edges.
        for (let step = 0; step < dice.int(2, 4); step += 1) {
          pay(dice.pick(numbers), later(start, step * dice.pick([600, 900, 1800])), amount, shop);
          if (dice.chance(0.6)) report(shop, later(start, step * 900 + dice.pick([0, 1800])), amount, 0);
        }
      }
    }
  }
  if (dice.chance(0.01)) {
    // More spare payments than anybody would try to combine.
    mostTransactions = 60;
    for (let index = 0; index < dice.int(23, 27); index += 1) {
      const coupon = numbers[index % numbers.length];
      if (coupon !== undefined) pay(coupon, at('18:20:00', index * dice.pick([20, 25])), 100, 'M1');
    }
    pay(dice.pick(numbers), at('18:40:00'), 100, 'M1');
    pay(dice.pick(numbers), at('18:40:05'), 100, 'M1');
    sell('M1', at('18:41:00'), 200, 0);
  }
  for (const shop of shops) {
    // A sale of something else makes the shop covered without supporting anything.
    if (shop !== silentShop && dice.chance(0.7)) sell(shop, at('12:00:00'), dice.pick([0, 0, 300]), 300);
  }

  // ----- Reversals ---------------------------------------------------------------------------------------------------

  const paymentsSoFar = transactions.filter((row) => row.kind === 'payment');
  for (const payment of paymentsSoFar) {
    if (often(trouble.reversals, 0.2)) {
      const part = dice.pick([
        payment.amount_yen,
        payment.amount_yen,
        payment.amount_yen,
        Math.max(1, payment.amount_yen - 100),
      ]);
      const more = { related_transaction_id: payment.transaction_id, merchant_id: payment.merchant_id };
      move(
        payment.coupon_number,
        later(payment.occurred_at, dice.pick([0, 30, 30, 30, 600, 600])),
        'cancel',
        part,
        more,
      );
      if (part < payment.amount_yen && dice.chance(0.4)) {
        move(payment.coupon_number, later(payment.occurred_at, 700), 'cancel', payment.amount_yen - part, more);
      }
    }
    if (often(trouble.reinstatements, 0.2)) {
      const named = dice.chance(0.5) ? payment.transaction_id : undefined;
      const part = dice.pick([
        payment.amount_yen,
        payment.amount_yen,
        payment.amount_yen,
        payment.amount_yen,
        300,
        trouble.wildReversals ? payment.amount_yen + 100 : payment.amount_yen,
      ]);
      const when = dice.pick([
        at('10:00:00', 0, '2023-03-10'),
        at('10:00:00', 0, '2023-03-10'),
        at('10:00:00', 0, '2023-04-03'),
        at('10:00:00', 0, '2023-02-25'),
        later(payment.occurred_at, 600),
        trouble.wildReversals ? payment.occurred_at : at('10:00:00', 0, '2023-03-10'),
        trouble.wildReversals ? later(payment.occurred_at, -3600) : at('10:00:00', 0, '2023-03-10'),
      ]);
      move(payment.coupon_number, when, 'reinstatement', part, {
        related_transaction_id: named,
        status: dice.chance(0.9) ? 'completed' : dice.pick(['failed', 'pending']),
      });
    }
  }
  if (trouble.wildReversals) {
    for (let index = 0; index < dice.int(1, 2); index += 1) {
      const names = dice.pick(['T-none', ...transactions.map((row) => row.transaction_id)]);
      const kind = dice.pick(['cancel', 'reinstatement'] as const);
      const status = dice.chance(0.8) ? 'completed' : 'failed';
      move(anyCoupon(), at('21:00:00'), kind, dice.pick(amounts), { related_transaction_id: names, status });
    }
  }

  // ----- Spending on other days, charges --------------------------------------------------------------------------------

  for (const coupon of numbers) {
    if (dice.chance(0.1)) move(coupon, at('16:00:00', 0, '2023-02-23'), 'charge', 0);
    if (!often(trouble.laterSpending, 0.4)) continue;
    const rest = left.get(coupon) ?? 0;
    const wanted = dice.pick([rest, rest - 1, rest - 1, 500]);
    const expiry = issuance.find((row) => row.coupon_number === coupon)?.expires_on ?? '2023-02-24';
    const whens = [
      at('12:00:00', 0, '2023-02-23'),
      at('23:59:59', 0, '2023-02-24'),
      at('12:00:00', 0, '2023-02-26'),
      at('23:59:59', 0, '2023-02-26'),
      at('23:59:59', 0, '2023-02-26'),
      at('00:00:00', 0, '2023-02-27'),
      at('12:00:00', 0, '2023-03-20'),
      at('23:59:59', 0, '2023-03-31'),
      at('23:59:59', 0, '2023-03-31'),
      at('00:00:00', 0, '2023-04-01'),
      at('12:00:00', 0, '2023-04-10'),
    ];
    const isValid = (when: string): boolean =>
      when.slice(0, 10) <= (expiry === '2023-02-24' ? '2023-03-31' : expiry) || often(trouble.outsideValidity, 0.5);
    const when = dice.pick([at('12:00:00', 0, '2023-02-23'), ...whens.filter(isValid), ...whens.filter(isValid)]);
    const shop = dice.pick(shops);
    if (wanted > 0) move(coupon, when, 'payment', wanted, { merchant_id: shop });
    if (dice.chance(0.3)) sell(shop, later(when, -60), Math.max(0, wanted), 0);
  }

  // ----- Claims ---------------------------------------------------------------------------------------------------------

  const claimed = dice.shuffle([...new Set(transactions.map((row) => row.coupon_number))]);
  if (trouble.claims) {
    for (const coupon of claimed) {
      if (!dice.chance(0.6)) continue;
      const own = issuance.find((row) => row.coupon_number === coupon);
      const shopsOf = transactions
        .filter((row) => row.coupon_number === coupon && row.kind === 'payment' && row.status === 'completed')
        .filter((row) => dice.chance(0.1) || (row.occurred_at >= at('17:45:00') && row.occurred_at < at('22:16:00')))
        .map((row) => row.merchant_id ?? '');
      if (shopsOf.length === 0 && !often(trouble.wrongClaims, 0.5)) continue;
      for (let index = 0; index < (dice.chance(0.15) ? 2 : 1); index += 1) {
        const wrong = often(trouble.wrongClaims, 0.5);
        claims.push({
          claim_id: `K${claims.length + 1}`,
          received_at: at('11:00:00', 0, dice.pick(['2023-02-25', '2023-03-08', '2023-03-08', '2023-04-20'])),
          kind: dice.pick([
            'double_charge',
            'double_charge',
            'double_charge',
            'cash_and_deducted',
            'cash_and_deducted',
            'other',
          ]),
          coupon_number: coupon,
          expires_on: wrong
            ? dice.pick(['2023-02-28', '2023-02-25', '2023-02-26'])
            : dice.pick([own?.expires_on ?? '2023-02-24', own?.expires_on ?? '2023-02-24', '2023-02-26', '2023-03-31']),
          prefecture: wrong && dice.chance(0.4) ? '45' : (own?.prefecture ?? '46'),
          merchant_id: wrong && dice.chance(0.5) ? 'M9' : dice.pick(shopsOf.length > 0 ? shopsOf : shops),
        });
      }
    }
    if (often(trouble.unknownCoupons, 0.4)) {
      claims.push({
        claim_id: 'K99',
        received_at: at('11:00:00', 0, '2023-03-09'),
        kind: 'other',
        coupon_number: dice.pick(['X1', 'X3']),
        expires_on: '2023-02-24',
        prefecture: '46',
        merchant_id: 'M1',
      });
    }
  }

  // ----- Applications -----------------------------------------------------------------------------------------------------

  const names = ['山田花子', '山田 花子', '佐藤一郎', 'ﾔﾏﾀﾞ ﾊﾅｺ'];
  function apply(coupon: string, wish: Partial<ApplicationRow>): void {
    const wrong = trouble.wrongApplications;
    const isBank = dice.chance(0.35);
    const bad = isBank ? wrong && dice.chance(0.8) : wrong && dice.chance(0.3);
    applications.push({
      application_id: `P${applications.length + 1}`,
      applied_at: dice.pick([
        at('10:00:00', 0, '2023-03-25'),
        at('10:00:00', 0, '2023-03-25'),
        at('10:00:00', 0, '2023-03-26'),
        at('00:00:00', 0, '2023-03-22'),
        at('23:59:59', 0, '2023-04-30'),
        wrong ? at('23:59:59', 0, '2023-03-21') : at('10:00:00', 0, '2023-04-04'),
        wrong ? at('00:00:00', 0, '2023-05-01') : at('10:00:00', 0, '2023-04-05'),
      ]),
      coupon_number: coupon,
      prefecture: often(wrong, 0.25) ? '45' : '46',
      travel_date: '2023-02-23',
      name: dice.pick(names),
      method: isBank ? 'bank_transfer' : 'points',
      phone: isBank ? undefined : bad ? dice.pick(phones) : dice.pick(['08000000001', '080-0000-0001', undefined]),
      email: isBank ? undefined : bad ? dice.pick(emails) : dice.pick(['m@example.jp', 'm@example.jp', undefined]),
      bank_code: isBank ? (bad ? dice.pick(['185', '0185']) : '0185') : undefined,
      branch_code: isBank ? (bad ? dice.pick(['01', '001', undefined]) : '001') : undefined,
      account_type: isBank ? (bad ? dice.pick(['3', '4']) : dice.pick(['1', '1', '2'])) : undefined,
      account_number: isBank
        ? bad
          ? dice.pick(['12345678', '12a', '1'])
          : dice.pick(['1234567', '12345'])
        : undefined,
      account_holder_kana: isBank
        ? bad
          ? dice.pick(['ヤマダ、ハナコ', 'ー', '山田', 'ヤマダ ハナコ'])
          : dice.pick(['ヤマダ ハナコ', 'ﾔﾏﾀﾞ ﾊﾅｺ', 'カ）ヤマ-1'])
        : undefined,
      ...wish,
    });
  }
  if (trouble.applications) {
    for (const coupon of numbers) {
      if (!dice.chance(0.45)) continue;
      apply(coupon, {});
      const first = applications.at(-1);
      if (first !== undefined && dice.chance(0.25)) {
        const wish = dice.chance(0.5) ? { ...first } : {};
        apply(coupon, {
          ...wish,
          application_id: `P${applications.length + 1}`,
          applied_at: at('09:00:00', 0, '2023-03-28'),
        });
      }
    }
    if (often(trouble.unknownCoupons, 0.4)) apply(dice.pick(['X1', 'X4']), {});
  }

  // ----- What was already paid ----------------------------------------------------------------------------------------------

  if (trouble.paid) {
    for (const coupon of numbers) {
      if (!dice.chance(0.35)) continue;
      const rest = Math.max(0, left.get(coupon) ?? 0);
      const row: PaidRow = {
        payout_id: dice.pick(['pay1', 'pay2', 'pay3']),
        coupon_number: coupon,
        amount_yen: dice.pick([rest, rest, rest, rest, 500, rest + 100]),
        sent_at: at('09:00:00', 0, dice.pick(['2023-04-02', '2023-04-04', '2023-04-20'])),
        status: dice.pick(['sent', 'sent', 'sent', 'received', 'expired', 'failed']),
      };
      paid.push(row);
      if (often(trouble.wildPaid, 0.5)) {
        // The same payment once more: its history, at another instant or at the same one, or another amount.
        const status = dice.pick(['sent', 'received', 'expired', 'failed'] as const);
        const amount = dice.chance(0.75) ? row.amount_yen : row.amount_yen + 500;
        const when = dice.pick([row.sent_at, at('09:00:00', 0, '2023-04-10'), at('09:00:00', 0, '2023-05-20')]);
        paid.push({ ...row, sent_at: when, status, amount_yen: amount });
      }
      if (often(trouble.wildPaid, 0.2)) paid.push({ ...row, payout_id: 'pay9', amount_yen: 500, status: 'sent' });
    }
    if (often(trouble.unknownCoupons, 0.3)) {
      paid.push({
        payout_id: 'pay1',
        coupon_number: 'X1',
        amount_yen: 500,
        sent_at: at('09:00:00', 0, '2023-04-02'),
        status: 'sent',
      });
    }
  }

  // ----- Repeated, contradicting and unreadable rows --------------------------------------------------------------------------

  function disturb<R extends { rejected?: boolean | undefined }>(
    rows: R[],
    rename: (row: R) => R,
    change: (row: R) => R,
    weight: number,
  ): void {
    if (rows.length === 0) return;
    if (often(trouble.duplicates, 0.5)) rows.push({ ...dice.pick(rows) });
    if (often(trouble.conflicts, weight)) rows.push({ ...change(dice.pick(rows)) });
    if (often(trouble.rejects, weight)) {
      const row = dice.pick(rows);
      rows.push(dice.chance(0.7) ? { ...rename(row), rejected: true } : { ...row, rejected: true });
    }
  }
  disturb(
    issuance,
    (row) => ({ ...row, coupon_number: dice.chance(0.5) ? 'X1' : row.coupon_number }),
    (row) =>
      dice.pick([
        { ...row, face_yen: row.face_yen + 1000 },
        { ...row, expires_on: '2023-02-24', face_yen: row.face_yen + 1000 },
        { ...row, prefecture: '44' },
      ]),
    0.4,
  );
  disturb(
    transactions,
    (row) => ({ ...row, transaction_id: 'T-bad' }),
    (row) =>
      dice.pick([
        { ...row, amount_yen: row.amount_yen + 100 },
        { ...row, coupon_number: dice.pick(numbers), terminal_id: 'P9' },
      ]),
    0.4,
  );
  disturb(
    sales,
    (row) => ({ ...row, report_id: 'S-bad' }),
    (row) => ({ ...row, cash_yen: row.cash_yen + 100, total_yen: row.total_yen + 100 }),
    0.4,
  );
  disturb(
    claims,
    (row) => ({ ...row, claim_id: 'K-bad' }),
    (row) =>
      dice.pick([
        { ...row, merchant_id: 'M8' },
        { ...row, coupon_number: dice.pick(numbers), merchant_id: 'M8' },
      ]),
    0.4,
  );
  disturb(
    applications,
    (row) => ({ ...row, application_id: 'P-bad' }),
    (row) =>
      dice.pick([
        { ...row, name: '高橋三郎' },
        { ...row, coupon_number: dice.pick(numbers), name: '高橋三郎' },
      ]),
    0.4,
  );
  disturb(
    paid,
    (row) => ({ ...row, payout_id: 'pay-bad' }),
    (row) => ({ ...row, amount_yen: row.amount_yen + 200 }),
    0.3,
  );

  return {
    issuance: dice.shuffle(issuance),
    transactions: dice.shuffle(transactions),
    sales: dice.shuffle(sales),
    claims: dice.shuffle(claims),
    applications: dice.shuffle(applications),
    paid: dice.shuffle(paid),
  };
}

/** Which of the interesting instants to run a night of this seed at. */
export function randomAsOf(seed: number): string {
  const dice = new Dice(seed + 1_000_003);
  // Most of what can happen happens from the calls in March to the last day of the points.
  if (dice.chance(0.3)) return '2023-03-20T02:00:00+09:00';
  return dice.chance(0.3)
    ? dice.pick(['2023-04-05T02:00:00+09:00', '2023-05-10T02:00:00+09:00'])
    : dice.pick(interestingAsOf);
}

/** Terms of another programme, chosen to meet the same nights at other edges. */
export const otherTerms: Terms = {
  prefecture: '46',
  medium: 'paper',
  outageFrom: '2023-02-24T18:00:00+09:00',
  outageTo: '2023-02-24T19:59:00+09:00',
  originalExpiry: '2023-02-25',
  secondExtension: '2023-04-03',
  minimumResidualYen: 500,
  applicationsOpen: '2023-03-25',
  applicationsClose: '2023-04-15',
  bankApplicationsClose: '2023-05-09',
  pointsFrom: '2023-04-04',
  bankTransfersFrom: '2023-04-20',
  receiveBy: '2023-06-10',
  repeatPressGapSeconds: 120,
  matchToleranceMinutes: 5,
  mostCouponsPerAccount: 2,
};

const DAYS_OF_CLAIMS = ['2023-02-24', '2023-02-27', '2023-03-05', '2023-03-20', '2023-04-01', '2023-05-09', undefined];
const DAYS_OF_BANKS = ['2023-03-25', '2023-04-15', '2023-05-09', undefined];
const DAYS_OF_POINTS = ['2023-04-14', '2023-04-30', '2023-05-09'];

/** Terms of the built-in outage with other last days, some of which every as-of lies before and some behind. */
export function randomDeadlines(
  seed: number,
): Pick<Terms, 'claimsClose' | 'bankApplicationsClose' | 'applicationsClose'> {
  const dice = new Dice(seed + 3_000_017);
  return {
    claimsClose: dice.pick(DAYS_OF_CLAIMS),
    bankApplicationsClose: dice.pick(DAYS_OF_BANKS),
    applicationsClose: dice.pick(DAYS_OF_POINTS),
  };
}

/** Decides some of the questions of a run: at most one decision for a coupon and reason. */
export function randomDecisions(seed: number, review: readonly ReviewRow[]): OracleDecision[] {
  const dice = new Dice(seed + 2_000_003);
  const asked = new Map(review.map((row) => [JSON.stringify([row.coupon_number, row.reason]), row]));
  return [...asked.values()]
    .filter(() => dice.chance(0.7))
    .map((row) => ({
      coupon_number: row.coupon_number,
      reason: row.reason,
      decision: dice.chance(0.75) ? ('approve' as const) : ('reject' as const),
    }));
}
