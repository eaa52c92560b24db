import { ABSENT } from '../../tables/tables.ts';
import { KEY_SLOTS, KEY_SLOTS_LAYOUT } from '../kernel/compiled.ts';
import { type AssemblyMemory, assembly, instanceOf } from '../kernel/web-assembly.ts';

const { IN, OUT, FRESH, TABLE, SLOT_BYTES } = KEY_SLOTS_LAYOUT;
/** Keys that are looked for together. */
export const { BATCH } = KEY_SLOTS_LAYOUT;
const PAGE = 1 << 16;
const AGREED = { ...KEY_SLOTS_LAYOUT, NO_KEY: ABSENT, NO_NUMBER: ABSENT } as const;
/** A number and one must be told from a key's bits beside it, and all slots lie in memory of at most 4 GiB. */
const MOST_BITS = 28;

interface Kernel {
  readonly find: (key: number, bits: bigint) => number;
  readonly number: (count: number, bits: bigint, size: number) => number;
  readonly numbered: () => number;
  readonly added: () => number;
}

interface Numbered {
  readonly count: number;
  readonly fresh: Float64Array;
}

/** A table of the numbers of many keys: one look at memory a key. */
export class IdTable {
  private readonly memory: AssemblyMemory;
  private readonly kernel: Kernel;
  private bits = 0;
  /** The same, as the kernel takes it. */
  private wideBits = 0n;
  private input = new Float64Array(0);
  private output = new Int32Array(0);
  private fresh = new Float64Array(0);

  /** @param keys by number */
  constructor(keys: Float64Array, room: number) {
    if (assembly === undefined) throw new Error('there is no WebAssembly');
    this.memory = new assembly.Memory({ initial: TABLE / PAGE });
    this.kernel = instanceOf(assembly, KEY_SLOTS, this.memory, AGREED) as Kernel;
    this.rebuild(keys, room);
  }

  /** How many keys it has room for. */
  get room(): number {
    return 2 ** (this.bits - 1);
  }

  find(key: number): number {
    return this.kernel.find(key, this.wideBits);
  }

  /**
   * Numbers at most BATCH keys in their order, ABSENT where a key is: new ones from `size` on. There must be room for all.
   *
   * @returns how many were numbered, fewer where the table is to be rebuilt for the next one; and those that are new,
   * until the next call
   */
  number(keys: Float64Array, numbers: Int32Array, base: number, size: number): Numbered {
    const { kernel } = this;
    this.input.set(keys);
    kernel.number(keys.length, this.wideBits, size);
    const count = kernel.numbered();
    numbers.set(count === BATCH ? this.output : this.output.subarray(0, count), base);
    return { count, fresh: this.fresh.subarray(0, kernel.added()) };
  }

  /** Makes room. @param keys by number */
  rebuild(keys: Float64Array, room: number): void {
    for (let bits = Math.max(this.bits + 1, Math.ceil(Math.log2(room * 2))); bits <= MOST_BITS; bits++) {
      this.clear(bits);
      if (this.takesAll(keys)) return;
    }
    throw new RangeError('too many coupons, or too many alike, for one table of them');
  }

  private takesAll(keys: Float64Array): boolean {
    const numbers = new Int32Array(BATCH);
    for (let from = 0; from < keys.length; from += BATCH) {
      const batch = keys.subarray(from, from + BATCH);
      if (this.number(batch, numbers, 0, from).count < batch.length) return false;
    }
    return true;
  }

  private clear(bits: number): void {
    const missing = Math.ceil((TABLE + SLOT_BYTES * 2 ** bits - this.memory.buffer.byteLength) / PAGE);
    const used = this.bits === 0 ? 0 : 2 ** this.bits;
    if (missing > 0) this.memory.grow(missing);
    const { buffer } = this.memory;
    new Float64Array(buffer, TABLE, used).fill(0);
    this.bits = bits;
    this.wideBits = BigInt(bits);
    this.input = new Float64Array(buffer, IN, BATCH);
    this.output = new Int32Array(buffer, OUT, BATCH);
    this.fresh = new Float64Array(buffer, FRESH, BATCH);
  }
}
