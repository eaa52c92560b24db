import { compareText } from '../base/text.ts';
import type { Terms } from '../policy/terms.ts';
import { recipientOf } from '../rules/destinations.ts';
import type { SettledAmounts, Settlement } from './settlement.ts';

/**
 * What one recipient receives at most (3-rules.md §8, "Cap a person"). A recipient's coupons may lie in several partitions:
 * under such a policy what is payable waits until all coupons of the run are settled. Under any other nothing waits.
 */
export class PersonCap {
  private readonly capYen: number | undefined;
  private readonly waiting = new Map<string, Settlement[]>();
  /** What was paid before, by recipient. */
  private readonly paidYen = new Map<string, number>();

  constructor({ compensation }: Pick<Terms, 'compensation'>) {
    this.capYen = compensation.capPerPersonYen;
  }

  /** The settlement as it is told, or undefined where it waits for all others. */
  pass(settlement: Settlement): Settlement | undefined {
    if (this.capYen === undefined) return settlement;
    const { paidTo, destination, status } = settlement;
    if (paidTo !== undefined) {
      const recipient = recipientOf(paidTo);
      this.paidYen.set(recipient, (this.paidYen.get(recipient) ?? 0) + (settlement.amounts?.alreadyPaidYen ?? 0));
    }
    if (status !== 'payable' || destination === undefined) return settlement;
    const recipient = recipientOf(destination);
    const own = this.waiting.get(recipient);
    if (own === undefined) this.waiting.set(recipient, [settlement]);
    else own.push(settlement);
    return undefined;
  }

  /** What has waited, once all of the run was passed: paid by coupon number as far as the cap goes. */
  *waited(): Iterable<Settlement> {
    for (const [recipient, own] of this.waiting) {
      let leftYen = Math.max(0, (this.capYen ?? 0) - (this.paidYen.get(recipient) ?? 0));
      for (const settlement of own.sort((a, b) => compareText(a.couponNumber, b.couponNumber))) {
        const { amounts } = settlement;
        if (amounts === undefined) throw new Error('a payable coupon without amounts');
        const payableYen = Math.min(amounts.payableYen, leftYen);
        leftYen -= payableYen;
        yield payableYen === amounts.payableYen ? settlement : cutTo(payableYen, settlement, amounts);
      }
    }
    this.waiting.clear();
  }
}

/** Nothing is payable of a coupon that is cut to 0: it is `settled` or `used_up`, as §8 has it. */
function cutTo(payableYen: number, settlement: Settlement, amounts: SettledAmounts): Settlement {
  const reasons = [...settlement.reasons, 'CAPPED_PER_PERSON' as const].sort(compareText);
  const cut = { ...amounts, payableYen, cutYen: amounts.payableYen - payableYen };
  if (payableYen > 0) return { ...settlement, amounts: cut, reasons };
  const status = amounts.alreadyPaidYen > 0 ? 'settled' : 'used_up';
  return { ...settlement, status, amounts: cut, reasons, route: undefined, destination: undefined };
}
