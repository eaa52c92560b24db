import { ABSENT } from '../../tables/tables.ts';
import { longer, newColumn } from './growing-table.ts';
import type { PackedIds } from './packed-ids.ts';

/** How the coupons of rows become numbers, and whose these are: the pool's, or a chunk's own. */
export interface CouponNumbering<Index extends number = number> {
  readonly texts: PackedIds;
  add(text: string): Index;
  /** Numbers the keys of a batch of rows: ABSENT where a key is. */
  numberBatch(keys: Float64Array, count: number, numbers: Int32Array, base: number): void;
  /** Makes room for so many texts in all. */
  reserve(texts: number): void;
}

/** Of a chunk's rows each has a number of its own: whoever puts the chunks together knows which coupons are the same. */
export class CouponKeys implements CouponNumbering {
  readonly texts: PackedIds;
  private readonly isShared: boolean;
  private keys: Float64Array;
  private size = 0;

  constructor(texts: PackedIds, isShared: boolean) {
    this.texts = texts;
    this.isShared = isShared;
    this.keys = newColumn('f64', 1 << 10, isShared);
  }

  add(text: string): number {
    this.makeRoom(1);
    this.keys[this.size] = this.texts.add(text);
    return this.size++;
  }

  numberBatch(keys: Float64Array, count: number, numbers: Int32Array, base: number): void {
    this.makeRoom(count);
    const own = this.keys;
    let { size } = this;
    for (let at = 0; at < count; at++) {
      const key = keys[at] as number;
      if (key === ABSENT) numbers[base + at] = ABSENT;
      else {
        own[size] = key;
        numbers[base + at] = size++;
      }
    }
    this.size = size;
  }

  reserve(texts: number): void {
    if (texts > this.keys.length) this.keys = longer(this.keys, texts, this.isShared);
  }

  /** The keys at their whole length. */
  get room(): Float64Array {
    return this.keys;
  }

  /** By number. */
  finish(): Float64Array {
    return this.keys.subarray(0, this.size);
  }

  clear(): void {
    this.size = 0;
  }

  private makeRoom(count: number): void {
    if (this.size + count > this.keys.length) this.reserve(Math.max(this.keys.length * 2, this.size + count));
  }
}
