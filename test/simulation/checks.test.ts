import { describe, expect, it } from 'vitest';
import { CUT_OFF_DAY, type Day, LAST_NIGHT, RECEIVE_BY_DAY } from './calendar.ts';
import { Ledger, type Published } from './checks.ts';
import { Provider } from './provider.ts';
import { type Row, World } from './world.ts';

const QUIET_FROM = LAST_NIGHT - 22;
const FIRST_PAID = CUT_OFF_DAY + 2;

/** A world in which nobody has told yet what became of a payout. */
function ledgerOf(): { ledger: Ledger; world: World } {
  const world = new World(1, QUIET_FROM, () => {});
  return { ledger: new Ledger(new Provider(1, QUIET_FROM, [], () => {}), world), world };
}

const run = (tables: Partial<Published>): Published => ({
  folder: '',
  payouts: [],
  eligibility: [],
  review: [],
  extensions: [],
  reinstatements: [],
  carried: [],
  ...tables,
});

const listed = (cells: Row): Row => ({
  coupon_number: 'C1',
  status: 'payable',
  grounds: 'A',
  residual_yen: '500',
  reinstate_yen: '0',
  already_paid_yen: '0',
  payable_yen: '500',
  payout_id: 'P1',
  reasons: '',
  ...cells,
});
const payout = (cells: Row): Row => ({
  payout_id: 'P1',
  route: 'app_url',
  recipient: 'account:A1',
  amount_yen: '500',
  coupons: 'C1',
  receive_by: '',
  ...cells,
});
const settled = (cells: Row): Row =>
  listed({ status: 'settled', already_paid_yen: '500', payable_yen: '0', payout_id: '', ...cells });
const carried: Row = { payout_id: 'P1', coupon_number: 'C1', amount_yen: '500' };

const paid = run({ payouts: [payout({})], eligibility: [listed({})] });
const afterwards = run({ eligibility: [settled({})], carried: [carried] });

function live(nights: readonly Published[], first: Day): void {
  const { ledger } = ledgerOf();
  nights.forEach((each, index) => {
    ledger.night(first + index, each);
  });
}

/** The second night, with its tables changed. */
const second = (tables: Partial<Published>): readonly Published[] => [paid, { ...afterwards, ...tables }];

describe('what a night is held against', () => {
  it('is content with a payout, and with the night after it', () => {
    expect(() => live([paid, afterwards], FIRST_PAID)).not.toThrow();
  });

  const broken: readonly (readonly [string, string, readonly Published[], Day?])[] = [
    ['a payment that nobody made is carried', 'CHAIN', [run({ carried: [carried] })]],
    ['a payment is carried no more', 'CHAIN', second({ carried: [] })],
    ['payouts add up to more than is payable', 'SUM', [run({ ...paid, payouts: [payout({ amount_yen: '501' })] })]],
    ['a payout is for another coupon', 'SUM', [run({ ...paid, payouts: [payout({ coupons: 'C2' })] })]],
    [
      'a payout is not the sum of its coupons',
      'SUM',
      [
        run({
          payouts: [payout({ amount_yen: '400' }), payout({ payout_id: 'P2', coupons: 'C2', amount_yen: '600' })],
          eligibility: [listed({}), listed({ coupon_number: 'C2', payout_id: 'P2' })],
        }),
      ],
    ],
    ['a coupon that is settled stands in a payout', 'SUM', second({ eligibility: [settled({ payout_id: 'P1' })] })],
    [
      'somebody gets two payouts in one night',
      'ONE_PAYOUT',
      [
        run({
          payouts: [payout({}), payout({ payout_id: 'P2', coupons: 'C2' })],
          eligibility: [listed({}), listed({ coupon_number: 'C2', payout_id: 'P2' })],
        }),
      ],
    ],
    ['a payout is made again', 'PAID_TWICE', [paid, { ...paid, carried: [carried] }]],
    ['more is paid than is owed', 'PAID_TWICE', [run({ ...paid, eligibility: [listed({ residual_yen: '400' })] })]],
    [
      'a coupon that is not judged is paid',
      'PAID_TWICE',
      [run({ ...paid, eligibility: [listed({ residual_yen: '' })] })],
    ],
    [
      'a payable coupon stands in no payout',
      'FORGOTTEN',
      [run({ eligibility: [listed({ payable_yen: '0', payout_id: '' })] })],
    ],
    ['what was paid is not counted', 'ALREADY_PAID', second({ eligibility: [settled({ already_paid_yen: '0' })] })],
    ['somebody is paid before the cut-off', 'EARLY', [paid], CUT_OFF_DAY],
    ['nobody is told of too much', 'OVERPAID', second({ eligibility: [settled({ residual_yen: '400' })] })],
    ['too little counts as settled', 'FORGOTTEN', second({ eligibility: [settled({ residual_yen: '600' })] })],
    ['who was paid is listed no more', 'FORGOTTEN', second({ eligibility: [] })],
    [
      'a payout is to be received by a day that is past',
      'DEADLINE',
      [run({ ...paid, payouts: [payout({ receive_by: '2023-05-31' })] })],
      RECEIVE_BY_DAY + 1,
    ],
  ];
  const nightly = broken.map(([what, check, nights, first = FIRST_PAID]) => ({ what, check, nights, first }));
  it.each(nightly)('sees that $what', ({ check, nights, first }) => {
    expect(() => live(nights, first)).toThrow(new RegExp(`^${check}: `));
  });
});

describe('what the last night is held against', () => {
  const { ledger, world } = ledgerOf();
  /** Everybody who had yen left, as the true world knows it. */
  const everybody = world.coupons
    .filter((coupon) => coupon.cohort && world.balanceAfter(coupon, 2) >= 1)
    .map((coupon) =>
      listed({
        coupon_number: coupon.number,
        status: 'not_eligible',
        residual_yen: String(world.balanceAfter(coupon, CUT_OFF_DAY)),
        payable_yen: '0',
        payout_id: '',
        reasons: 'REJECTED',
      }),
    );
  const [one = listed({}), ...others] = everybody;
  const end = (tables: Partial<Published>) => ledger.end(LAST_NIGHT, run({ eligibility: everybody, ...tables }));

  it('is content where everybody has an answer', () => {
    expect(everybody.length).toBeGreaterThan(1);
    expect(() => end({})).not.toThrow();
  });

  const broken: readonly (readonly [string, string, Partial<Published>])[] = [
    ['a question is open', 'OPEN', { review: [{ coupon_number: 'C1', reason: 'OVERDRAWN', decision: '' }] }],
    ['an answer is stale', 'OPEN', { review: [{ coupon_number: 'C1', reason: 'OVERDRAWN', decision: 'stale' }] }],
    ['somebody is still to be paid', 'FORGOTTEN', { eligibility: [{ ...one, status: 'payable' }, ...others] }],
    [
      'somebody counts as settled and got nothing',
      'FORGOTTEN',
      { eligibility: [{ ...one, status: 'settled' }, ...others] },
    ],
    ['somebody with yen left is not listed', 'FORGOTTEN', { eligibility: others }],
    ['somebody has no answer', 'FORGOTTEN', { eligibility: [{ ...one, reasons: '' }, ...others] }],
    ['the residual is not the true one', 'TRUTH', { eligibility: [{ ...one, residual_yen: '1' }, ...others] }],
  ];
  it.each(broken)('sees that %s', (_, check, tables) => {
    expect(() => end(tables)).toThrow(new RegExp(`^${check}: `));
  });

  it('sees yen that were sent and stand in no coupon', () => {
    const { ledger: own } = ledgerOf();
    own.night(FIRST_PAID, paid);
    expect(() => own.end(LAST_NIGHT, run({ eligibility: everybody }))).toThrow(/^SUM: /);
  });
});
