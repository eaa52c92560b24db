import { expect, test } from 'vitest';
import type { Destination } from '../../src/rules/destinations.ts';
import { PersonCap } from '../../src/settlement/person-cap.ts';
import type { Settlement } from '../../src/settlement/settlement.ts';
import { policyOfVersion2 } from '../rules/rule-tester.ts';

const capped = (capPerPersonYen: number | undefined) =>
  new PersonCap(policyOfVersion2({ compensation: { kind: 'balance', capPerPersonYen } }).terms);

const accountOf = (accountId: string): Destination => ({ kind: 'app account', accountId, contact: '09012345678' });

interface Told {
  readonly payableYen?: number;
  readonly paidYen?: number;
  readonly account?: string;
  readonly status?: Settlement['status'];
}

/** Of which the cap reads nothing else. */
function settlement(couponNumber: string, { payableYen = 0, paidYen = 0, account = 'A', status = 'payable' }: Told) {
  const to = accountOf(account);
  const paidTo = paidYen > 0 ? { paidTo: to } : {};
  const amounts = {
    faceYen: 5000,
    validUntil: 0,
    residualYen: 0,
    reinstateYen: 0,
    alreadyPaidYen: paidYen,
    payableYen,
  };
  const isPayable = status === 'payable';
  const way = isPayable ? { route: 'app_url', destination: to } : { route: undefined, destination: undefined };
  return { couponNumber, status, amounts, ...way, ...paidTo, reasons: ['NO_GROUND'] } as unknown as Settlement;
}

/** Coupon, status, yen payable and cut, in the order in which they are told. */
function outcomeOf(cap: PersonCap, settlements: readonly Settlement[]) {
  const told = settlements.flatMap((each) => cap.pass(each) ?? []);
  return [...told, ...cap.waited()].map(({ couponNumber, status, amounts }) => [
    couponNumber,
    status,
    amounts?.payableYen,
    amounts?.cutYen,
  ]);
}

// 700 + 700 + 700 of one account; 2 comes before 10 in none but the order of numbers as texts of one length.
const THREE = ['C03', 'C01', 'C02'].map((number) => settlement(number, { payableYen: 700 }));

test.each([
  ['no cap', undefined, [700, undefined], [700, undefined], [700, undefined]],
  ['a cap of all', 2100, [700, undefined], [700, undefined], [700, undefined]],
  ['a yen less', 2099, [700, undefined], [700, undefined], [699, 1]],
  ['a part of the second', 1000, [700, undefined], [300, 400], [0, 700]],
  ['all of the first', 700, [700, undefined], [0, 700], [0, 700]],
  ['a yen', 1, [1, 699], [0, 700], [0, 700]],
] as const)('%s is paid by coupon number as far as it goes', (_, capYen, first, second, third) => {
  const outcome = outcomeOf(capped(capYen), THREE).sort();
  expect(outcome.map(([, , payable, cut]) => [payable, cut])).toEqual([first, second, third]);
  expect(outcome.map(([, status]) => status)).toEqual(
    [first, second, third].map(([payable]) => (payable > 0 ? 'payable' : 'used_up')),
  );
});

test('without a cap nothing waits', () => {
  const [each] = THREE;
  expect(capped(undefined).pass(each as Settlement)).toBe(each);
  expect(capped(1).pass(each as Settlement)).toBeUndefined();
  const waits = settlement('C04', { status: 'awaiting_application', payableYen: 9000 });
  expect(capped(1).pass(waits)).toBe(waits);
});

test('what was paid before counts, of coupons of which nothing is due any more too; another person has a cap of their own', () => {
  const outcome = outcomeOf(capped(1000), [
    settlement('C01', { payableYen: 700 }),
    settlement('C02', { payableYen: 200, paidYen: 100 }),
    // Settled, and held: both were paid to the same account.
    settlement('C03', { paidYen: 300, status: 'settled' }),
    settlement('C04', { paidYen: 50, status: 'in_review' }),
    settlement('C05', { payableYen: 1000, account: 'B' }),
  ]).sort();
  // 1,000 less 100 + 300 + 50 leaves 550 for the first.
  expect(outcome).toEqual([
    ['C01', 'payable', 550, 150],
    ['C02', 'settled', 0, 200],
    ['C03', 'settled', 0, undefined],
    ['C04', 'in_review', 0, undefined],
    ['C05', 'payable', 1000, undefined],
  ]);
});

test('more than the cap was paid before: nothing more is, and nothing is asked back', () => {
  const paid = settlement('C02', { paidYen: 1500, status: 'settled' });
  expect(outcomeOf(capped(1000), [settlement('C01', { payableYen: 1 }), paid])).toEqual([
    ['C02', 'settled', 0, undefined],
    ['C01', 'used_up', 0, 1],
  ]);
});

test('a coupon of which something is cut says why, and one that is cut to 0 goes nowhere', () => {
  const cap = capped(800);
  for (const each of THREE) cap.pass(each);
  const [whole, part, nothing] = [...cap.waited()];
  expect([whole, part, nothing].map((each) => each?.reasons)).toEqual([
    ['NO_GROUND'],
    ['CAPPED_PER_PERSON', 'NO_GROUND'],
    ['CAPPED_PER_PERSON', 'NO_GROUND'],
  ]);
  expect([part?.route, nothing?.route, nothing?.destination]).toEqual(['app_url', undefined, undefined]);
  expect([...cap.waited()]).toEqual([]);
});
