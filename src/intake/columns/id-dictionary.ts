import type { Absent } from '../../tables/pool-index.ts';
import { ABSENT, type TextPool } from '../../tables/tables.ts';
import { assembly } from '../kernel/web-assembly.ts';
import type { CouponNumbering } from './chunk-coupons.ts';
import { BATCH, IdTable } from './id-table.ts';
import { IDENTIFIER, KeyTranslation, NO_KEY, PackedIds, type PackedKeys } from './packed-ids.ts';
import { grown } from './text-pool.ts';

/** Rows that are looked up together. More are better for the cache, and take more room. */
const BLOCK_ROWS = 1 << 21;
/** Below this a table lies in the cache as a whole, and sorting would only cost. */
const LARGE = 1 << 16;
const PART_BITS = 8;
const MOST_MADE = 1 << 18;
/** Of a slot: numbers are kept as what they are and one more, so that new slots need not be filled. */
const EMPTY = 0;
/** Keys of a batch that are looked up together: their hashes stay in the cache. */
const BATCH_KEYS = 1 << 10;

/**
 * Numbers from 0 for the texts of a column of keys, by open addressing. A slot is a number only, so that a table is half
 * as many bytes to miss; its key lies with those that came with it, as rows of one time mostly do. A large table is
 * walked in the order of its hashes, a block of rows at a time: rows in their own order would miss the cache with nearly
 * every look. Where rows cannot wait for that, as coupons cannot, KeySlots takes the place of slots once there are many.
 */
export class IdDictionary<Index extends number = number> implements TextPool<Index>, CouponNumbering<Index> {
  size = 0;
  private packed = 0;
  readonly texts: PackedIds;
  /** Texts that were asked for: those of a case or a shop are asked for again and again. */
  private readonly made = new Map<number, string>();
  /** By number. */
  private keys = new Float64Array(1 << 10);
  /** By slot: a number and one, or EMPTY. */
  private slots = new Int32Array(1 << 11);
  private shift = 32 - 11;
  private readonly hashes = new Int32Array(BATCH_KEYS);
  /** In their place once there are many, if that was asked for. */
  private many: IdTable | undefined;
  private readonly mostInSlots: number;

  /** @param mostInSlots beyond which texts are found in one look at memory: for a table that all rows look into */
  constructor(texts = new PackedIds(), mostInSlots = Number.POSITIVE_INFINITY) {
    this.texts = texts;
    this.mostInSlots = assembly === undefined ? Number.POSITIVE_INFINITY : mostInSlots;
  }

  textOf(index: Index): string {
    if (index < 0 || index >= this.size) throw new Error(`no text has the number ${index}`);
    // Of many, each is asked for about once.
    if (this.many !== undefined) return this.texts.textOf(this.keys[index] as number);
    const known = this.made.get(index);
    if (known !== undefined) return known;
    const text = this.texts.textOf(this.keys[index] ?? 0);
    if (this.made.size < MOST_MADE) this.made.set(index, text);
    return text;
  }

  add(text: string): Index {
    const key = this.texts.add(text);
    return this.numberOf(key, hashOf(key)) as Index;
  }

  /** The number of an identifier of printable bytes, or ABSENT where they are none. */
  addBytes(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const key = this.texts.addBytes(bytes, view, start, end, IDENTIFIER);
    return key === NO_KEY ? ABSENT : this.numberOf(key, hashOf(key));
  }

  /** The key of a text by its number. */
  keyOf(number: number): number {
    return this.keys[number] as number;
  }

  /** The number of a text by its key. */
  addKey(key: number): number {
    return this.numberOf(key, hashOf(key));
  }

  /** Its texts that came since the last call, by number, to be handed to another thread. */
  packNew(): PackedNumbers {
    const from = this.packed;
    this.packed = this.size;
    return { keys: this.keys.slice(from, this.size), texts: this.texts.packNew() };
  }

  find(text: string): Index | Absent {
    const key = this.texts.add(text);
    return (this.many === undefined ? (this.slots[this.slotOf(key, hashOf(key))] ?? EMPTY) - 1 : this.many.find(key)) as
      | Index
      | Absent;
  }

  /**
   * The numbers of a column of keys, ABSENT where the key is.
   *
   * @param newTexts how many of them may be new, as far as one can tell
   */
  numberAll(column: Float64Array, newTexts: number): Int32Array {
    const numbers = new Int32Array(column.length);
    this.reserve(this.size + newTexts);
    let block: HashedBlock | undefined;
    for (let from = 0; from < column.length; from += BLOCK_ROWS) {
      const rows = column.subarray(from, from + BLOCK_ROWS);
      const to = numbers.subarray(from, from + BLOCK_ROWS);
      if (rows.length < LARGE || this.slots.length < LARGE) this.numberInOrder(rows, to);
      else {
        block ??= new HashedBlock(Math.min(column.length, BLOCK_ROWS));
        this.numberByHash(rows, to, block);
      }
    }
    return numbers;
  }

  numberBatch(keys: Float64Array, count: number, numbers: Int32Array, base: number): void {
    for (let from = 0; from < count; from += BATCH_KEYS) {
      if (this.many !== undefined) {
        this.numberMany(this.many, keys.subarray(from, count), numbers, base + from);
        return;
      }
      const to = Math.min(count, from + BATCH_KEYS);
      this.beginLooks(keys, from, to, numbers, base);
      this.endLooks(keys, from, to, numbers, base);
    }
  }

  private numberMany(many: IdTable, keys: Float64Array, numbers: Int32Array, base: number): void {
    for (let from = 0; from < keys.length; ) {
      const batch = keys.subarray(from, from + BATCH);
      if (this.size + batch.length > many.room)
        many.rebuild(this.keys.subarray(0, this.size), this.size + batch.length);
      const { count, fresh } = many.number(batch, numbers, base + from, this.size);
      if (fresh.length > 0) {
        this.reserveKeys(this.size + fresh.length);
        this.keys.set(fresh, this.size);
        this.size += fresh.length;
      }
      if (count < batch.length) many.rebuild(this.keys.subarray(0, this.size), many.room * 2);
      from += count;
    }
  }

  /** Puts what each key's slot holds in its row. No look waits for the one before, so several miss the cache at a time. */
  private beginLooks(keys: Float64Array, from: number, to: number, numbers: Int32Array, base: number): void {
    const { slots, shift } = this;
    const hashes = this.hashes;
    const words = wordsOf(keys);
    for (let at = from; at < to; at++) {
      const hash = hashOfWords(words[at * 2] as number, words[at * 2 + 1] as number);
      hashes[at - from] = hash;
      numbers[base + at] = (slots[hash >>> shift] as number) - 1;
    }
  }

  private endLooks(keys: Float64Array, from: number, to: number, numbers: Int32Array, base: number): void {
    const hashes = this.hashes;
    let known = this.keys;
    for (let at = from; at < to; at++) {
      const key = keys[at] as number;
      const found = numbers[base + at] as number;
      if (found >= 0 && known[found] === key) continue;
      if (key === ABSENT) numbers[base + at] = ABSENT;
      else {
        numbers[base + at] = this.numberOf(key, hashes[at - from] as number);
        known = this.keys;
      }
    }
  }

  private numberInOrder(rows: Float64Array, numbers: Int32Array): void {
    for (let row = 0; row < rows.length; row++) {
      const key = rows[row] ?? ABSENT;
      numbers[row] = key === ABSENT ? ABSENT : this.numberOf(key, hashOf(key));
    }
  }

  /** One loop over locals: at 10^7 rows each look through `this` would show. */
  private numberByHash(rows: Float64Array, numbers: Int32Array, block: HashedBlock): void {
    block.fill(rows);
    const { keys, places, hashes } = block;
    let { slots, keys: known, shift } = this;
    for (let at = 0; at < rows.length; at++) {
      const key = keys[at] as number;
      const row = places[at] as number;
      if (key === ABSENT) {
        numbers[row] = ABSENT;
        continue;
      }
      let slot = (hashes[at] as number) >>> shift;
      let present = slots[slot] as number;
      while (present !== EMPTY && known[present - 1] !== key) {
        slot = slot + 1 === slots.length ? 0 : slot + 1;
        present = slots[slot] as number;
      }
      if (present === EMPTY) {
        numbers[row] = this.append(key, slot);
        ({ slots, keys: known, shift } = this);
      } else numbers[row] = present - 1;
    }
  }

  private numberOf(key: number, hash: number): number {
    if (this.many !== undefined) {
      this.numberMany(this.many, Float64Array.of(key), single, 0);
      return single[0] as number;
    }
    const slot = this.slotOf(key, hash);
    const present = this.slots[slot] as number;
    return present === EMPTY ? this.append(key, slot) : present - 1;
  }

  private append(key: number, slot: number): number {
    const number = this.size++;
    this.slots[slot] = number + 1;
    this.reserveKeys(this.size);
    this.keys[number] = key;
    if (this.size * 2 > this.slots.length) this.makeRoom(this.slots.length);
    return number;
  }

  /** Neighbours in the order of hashes are neighbours in the table: the slot is the hash's upper bits. */
  private slotOf(key: number, hash: number): number {
    const { slots, keys } = this;
    const mask = slots.length - 1;
    let slot = hash >>> this.shift;
    for (;;) {
      const present = slots[slot] as number;
      if (present === EMPTY || keys[present - 1] === key) return slot;
      slot = (slot + 1) & mask;
    }
  }

  reserve(texts: number): void {
    this.reserveKeys(texts);
    this.makeRoom(texts);
  }

  private reserveKeys(texts: number): void {
    if (texts > this.keys.length) this.keys = grown(this.keys, texts);
  }

  private makeRoom(texts: number): void {
    if (this.many === undefined && texts > this.mostInSlots) {
      this.many = new IdTable(this.keys.subarray(0, this.size), texts);
      this.slots = new Int32Array(0);
    } else if (this.many !== undefined) {
      if (texts > this.many.room) this.many.rebuild(this.keys.subarray(0, this.size), texts);
    } else if (texts * 2 > this.slots.length) this.resize(2 ** Math.ceil(Math.log2(texts * 2)));
  }

  /** All numbers are told apart already: each takes the first slot that is free. */
  private resize(length: number): void {
    const slots = new Int32Array(length);
    const words = wordsOf(this.keys);
    const mask = length - 1;
    this.shift = 32 - Math.log2(length);
    for (let number = 0; number < this.size; number++) {
      let slot = hashOfWords(words[number * 2] as number, words[number * 2 + 1] as number) >>> this.shift;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

export interface PackedNumbers {
  readonly keys: Float64Array;
  readonly texts: PackedKeys;
}

/** Another thread's numbers in this one's. */
export class NumberTranslation {
  private readonly own: IdDictionary;
  private readonly keys: KeyTranslation;
  /** By the other's number. */
  private numbers = new Int32Array(1 << 10);
  private count = 0;
  private isSame = true;

  constructor(own: IdDictionary) {
    this.own = own;
    this.keys = new KeyTranslation(own.texts);
  }

  /** Takes what is new in the other thread's table. */
  take({ keys, texts }: PackedNumbers): void {
    this.keys.take(texts);
    this.keys.translate(keys);
    if (this.count + keys.length > this.numbers.length) this.numbers = grown(this.numbers, this.count + keys.length);
    for (const key of keys) {
      const number = this.own.addKey(key);
      if (number !== this.count) this.isSame = false;
      this.numbers[this.count++] = number;
    }
  }

  translate(column: Int32Array): void {
    if (this.isSame) return;
    const numbers = this.numbers;
    for (let row = 0; row < column.length; row++) {
      const other = column[row] as number;
      if (other !== ABSENT) column[row] = numbers[other] as number;
    }
  }
}

/** Keys as the two halves of each as it lies in memory: so it is hashed without being converted. */
const wordsOf = (keys: Float64Array): Int32Array => new Int32Array(keys.buffer, keys.byteOffset, keys.length * 2);

const single = new Int32Array(1);
const singleKey = new Float64Array(1);
const singleWords = wordsOf(singleKey);

/** 32 bits of a key. */
export function hashOf(key: number): number {
  singleKey[0] = key;
  return hashOfWords(singleWords[0] as number, singleWords[1] as number);
}

/** Mixes both halves of a key; the upper bits are as good as the lower. */
function hashOfWords(low: number, high: number): number {
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  const folded = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return Math.imul(folded ^ (folded >>> 13), 0x297a2d39);
}

/** A block of rows in the order of their hashes' first bits, by counting. */
class HashedBlock {
  readonly keys: Float64Array;
  readonly places: Int32Array;
  readonly hashes: Int32Array;
  private readonly unsorted: Int32Array;
  private readonly starts = new Int32Array((1 << PART_BITS) + 1);

  constructor(rows: number) {
    this.keys = new Float64Array(rows);
    this.places = new Int32Array(rows);
    this.hashes = new Int32Array(rows);
    this.unsorted = new Int32Array(rows);
  }

  fill(rows: Float64Array): void {
    const { keys, places, hashes } = this;
    const unsorted = this.unsorted;
    const starts = this.starts;
    starts.fill(0);
    const words = wordsOf(rows);
    for (let row = 0; row < rows.length; row++) {
      const hash = hashOfWords(words[row * 2] as number, words[row * 2 + 1] as number);
      unsorted[row] = hash;
      const next = (hash >>> (32 - PART_BITS)) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let part = 1; part < starts.length; part++) starts[part] = (starts[part] ?? 0) + (starts[part - 1] ?? 0);
    for (let row = 0; row < rows.length; row++) {
      const hash = unsorted[row] ?? 0;
      const part = hash >>> (32 - PART_BITS);
      const place = starts[part] ?? 0;
      starts[part] = place + 1;
      keys[place] = rows[row] ?? 0;
      places[place] = row;
      hashes[place] = hash;
    }
  }
}

/** Whether each key is greater than the one before: then none repeats, and nothing needs to be looked up. */
export function isAscending(keys: Float64Array): boolean {
  for (let row = 1; row < keys.length; row++) if ((keys[row] as number) <= (keys[row - 1] as number)) return false;
  return true;
}
