/** What a payout held of one of its coupons, as the run that made it had them. A row of paid_payouts.csv. */
export interface PayoutPart {
  readonly payoutId: string;
  readonly couponNumber: string;
  readonly amountYen: number;
}

/** What a payout held of each of its coupons; one may be of very many, and asked for by as many paid rows. */
export class KnownPayout {
  private readonly byCoupon = new Map<string, PayoutPart>();
  private numbersAlike: ReadonlyMap<string, readonly string[]> | undefined;
  private numbersInOne: string | undefined;
  /** Of all its coupons. */
  yen = 0;

  /** A part that is known already is the same from another run of the chain. */
  add(part: PayoutPart): void {
    if (this.byCoupon.has(part.couponNumber)) return;
    this.byCoupon.set(part.couponNumber, part);
    this.yen += part.amountYen;
  }

  /** In the order in which they were added. */
  parts(): readonly PayoutPart[] {
    return [...this.byCoupon.values()];
  }

  get coupons(): number {
    return this.byCoupon.size;
  }

  partOf(couponNumber: string): PayoutPart | undefined {
    return this.byCoupon.get(couponNumber);
  }

  /** All numbers of its coupons one after the other, as a cell with all of them is read. */
  get allInOne(): string {
    this.numbersInOne ??= [...this.byCoupon.keys()].join('');
    return this.numbersInOne;
  }

  /** The numbers of its coupons that differ from this one in zeros before it alone. */
  numbersLike(couponNumber: string): readonly string[] {
    this.numbersAlike ??= alike([...this.byCoupon.keys()]);
    return this.numbersAlike.get(withoutZeros(couponNumber)) ?? [];
  }
}

const withoutZeros = (number: string): string => number.replace(/^0+/, '');

function alike(numbers: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const number of numbers) {
    const list = found.get(withoutZeros(number));
    if (list === undefined) found.set(withoutZeros(number), [number]);
    else list.push(number);
  }
  return found;
}
