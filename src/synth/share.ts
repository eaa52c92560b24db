import type { Compensation, Rounding } from '../policy/terms.ts';

/** A balance, and what of the compensation it is an edge of. */
export interface AskedBalance {
  readonly shows: string;
  readonly yen: number;
}

/** So much is added before the cents are dropped. */
const ADDED: Readonly<Record<Rounding, number>> = { down: 0, 'half-up': 50, up: 99 };

/** What is paid for a balance, as 3-rules.md §6 has it; worked out here once more, as what the program says of it is held against it. */
export function shareOfBalance(compensation: Compensation, leftYen: number): number {
  if (leftYen <= 0) return leftYen;
  const wholeYen = wholeOf(compensation, leftYen);
  const { minimumYen, capPerCouponYen = wholeYen } = compensation;
  const cutYen = wholeYen > capPerCouponYen ? capPerCouponYen : wholeYen;
  return cutYen >= minimumYen ? cutYen : 0;
}

function wholeOf(compensation: Compensation, leftYen: number): number {
  if (compensation.kind === 'balance') return leftYen;
  if (compensation.kind === 'fixed') return compensation.yen;
  return Math.floor((leftYen * compensation.percent + ADDED[compensation.rounding]) / 100);
}

/** Balances at which one part of a compensation begins to count, and a yen less. */
export function askedBalances(compensation: Compensation): readonly AskedBalance[] {
  if (compensation.kind === 'fixed') return [{ shows: 'a fixed sum for a single yen', yen: 1 }];
  const { minimumYen, capPerCouponYen } = compensation;
  const least = leastPaid(compensation);
  return [
    ...(minimumYen === 1 ? [] : edge('the minimum', least)),
    ...(capPerCouponYen === undefined ? [] : edge('the cap a coupon', leastWith(compensation, capPerCouponYen))),
    ...(capPerCouponYen === undefined
      ? []
      : [{ shows: 'above the cap a coupon', yen: leastWith(compensation, capPerCouponYen + 1) }]),
    ...(compensation.kind === 'percentage' ? fractions(compensation.percent, least) : []),
  ];
}

/** The least balance for which something is paid. */
export const leastPaid = (compensation: Compensation): number =>
  compensation.kind === 'fixed' ? 1 : leastWith(compensation, compensation.minimumYen);

const edge = (of: string, yen: number): readonly AskedBalance[] => [
  { shows: `a yen less than ${of} asks for`, yen: yen - 1 },
  { shows: `just ${of}`, yen },
];

/** The least balance whose whole share comes to so much. */
function leastWith(compensation: Compensation, yen: number): number {
  const percent = compensation.kind === 'percentage' ? compensation.percent : 100;
  let balance = Math.max(1, Math.floor(((yen - 1) * 100) / percent));
  while (wholeOf(compensation, balance) < yen) balance++;
  return balance;
}

/** Balances of which there is nothing over, less than half a yen, half of one, and more. */
function fractions(percent: number, fromYen: number): readonly AskedBalance[] {
  const classes = [
    ['no fraction of a yen', (over: number) => over === 0],
    ['less than half a yen over', (over: number) => over > 0 && over < 50],
    ['half a yen over', (over: number) => over === 50],
    ['more than half a yen over', (over: number) => over > 50],
  ] as const;
  return classes.flatMap(([shows, isSo]) => {
    for (let yen = fromYen; yen < fromYen + 100; yen++) if (isSo((yen * percent) % 100)) return [{ shows, yen }];
    return [];
  });
}
