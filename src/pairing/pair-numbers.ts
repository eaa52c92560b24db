import { ABSENT } from '../tables/tables.ts';

/** Numbers from 0 for pairs of a shop and an amount, by open addressing over columns. */
export class PairNumbers {
  size = 0;
  private slots = new Int32Array(1 << 10).fill(ABSENT);
  private merchants = new Int32Array(1 << 9);
  private amounts = new Float64Array(1 << 9);

  add(merchant: number, amountYen: number): number {
    const slot = this.slotOf(merchant, amountYen);
    const known = this.slots[slot] as number;
    if (known !== ABSENT) return known;
    const number = this.size++;
    if (number === this.merchants.length) this.lengthen();
    this.merchants[number] = merchant;
    this.amounts[number] = amountYen;
    this.slots[slot] = number;
    if (this.size * 2 > this.slots.length) this.rehash();
    return number;
  }

  /** The pair's number, or ABSENT. */
  find(merchant: number, amountYen: number): number {
    return this.slots[this.slotOf(merchant, amountYen)] as number;
  }

  readonly merchantOf = (number: number): number => this.merchants[number] as number;

  private slotOf(merchant: number, amountYen: number): number {
    const { slots, merchants, amounts } = this;
    const mask = slots.length - 1;
    let slot = hashOf(merchant, amountYen) & mask;
    for (;;) {
      const number = slots[slot] as number;
      if (number === ABSENT || (merchants[number] === merchant && amounts[number] === amountYen)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private lengthen(): void {
    const [merchants, amounts] = [this.merchants, this.amounts];
    this.merchants = new Int32Array(merchants.length * 2);
    this.amounts = new Float64Array(amounts.length * 2);
    this.merchants.set(merchants);
    this.amounts.set(amounts);
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(ABSENT);
    for (let number = 0; number < this.size; number++)
      this.slots[this.slotOf(this.merchants[number] as number, this.amounts[number] as number)] = number;
  }
}

function hashOf(merchant: number, amountYen: number): number {
  const mixed = Math.imul(merchant, 0x9e3779b1) ^ Math.imul(amountYen, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
