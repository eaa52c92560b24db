import { ABSENT, type TextPool } from './tables.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Distinct texts as bytes in one arena, found by an open-addressing table. A hash only says where to look: bytes are
 * always compared. About 8 + length + 11 bytes a text, where a Map of strings takes over 100 and ends at 2^24.
 */
export class GrowingTextPool implements TextPool {
  size = 0;
  private bytes = new Uint8Array(1 << 12);
  private used = 0;
  private offsets = new Uint32Array(1 << 8);
  private hashes = new Int32Array(1 << 8);
  private slots = new Int32Array(1 << 9).fill(ABSENT);
  private scratch = new Uint8Array(1 << 10);

  add(text: string): number {
    const length = this.encode(text);
    const hash = this.hashOf(length);
    const found = this.slotOf(hash, length);
    const present = this.slots[found];
    if (present !== undefined && present !== ABSENT) return present;
    return this.append(found, hash, length);
  }

  find(text: string): number {
    const length = this.encode(text);
    return this.slots[this.slotOf(this.hashOf(length), length)] ?? ABSENT;
  }

  textOf(index: number): string {
    if (index < 0 || index >= this.size) throw new Error(`no text has the number ${index}`);
    return decoder.decode(this.bytes.subarray(this.offsets[index] ?? 0, this.endOf(index)));
  }

  private endOf(index: number): number {
    return index + 1 < this.size ? (this.offsets[index + 1] ?? 0) : this.used;
  }

  /** Puts the text's bytes into the scratch buffer and returns how many there are. */
  private encode(text: string): number {
    if (text.length * 3 > this.scratch.length) this.scratch = new Uint8Array(text.length * 6);
    const { scratch } = this;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit >= 0x80) return encoder.encodeInto(text, scratch).written;
      scratch[at] = unit;
    }
    return text.length;
  }

  /** FNV-1a over the scratch bytes, with a last mix because the table uses the low bits. */
  private hashOf(length: number): number {
    const { scratch } = this;
    let hash = 0x811c9dc5;
    for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (scratch[at] ?? 0), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  private slotOf(hash: number, length: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const index = this.slots[slot] ?? ABSENT;
      if (index === ABSENT || (this.hashes[index] === hash && this.hasBytes(index, length))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private hasBytes(index: number, length: number): boolean {
    const start = this.offsets[index] ?? 0;
    if (this.endOf(index) - start !== length) return false;
    for (let at = 0; at < length; at++) if (this.bytes[start + at] !== this.scratch[at]) return false;
    return true;
  }

  private append(slot: number, hash: number, length: number): number {
    if (this.used + length > this.bytes.length) this.bytes = grown(this.bytes, this.used + length);
    this.bytes.set(this.scratch.subarray(0, length), this.used);
    if (this.size === this.offsets.length) {
      this.offsets = grown(this.offsets, this.size + 1);
      this.hashes = grown(this.hashes, this.size + 1);
    }
    const index = this.size++;
    this.offsets[index] = this.used;
    this.hashes[index] = hash;
    this.slots[slot] = index;
    this.used += length;
    if (this.used > 0xffff_ffff) throw new RangeError('more than 4 GiB of distinct identifiers');
    if (this.size * 3 > this.slots.length * 2) this.rehash();
    return index;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(ABSENT);
    const mask = slots.length - 1;
    for (let index = 0; index < this.size; index++) {
      let slot = (this.hashes[index] ?? 0) & mask;
      while (slots[slot] !== ABSENT) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.slots = slots;
  }
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A copy at least twice as long. */
export function grown<T extends Column>(column: T, atLeast: number): T {
  const longer = new (column.constructor as new (length: number) => T)(Math.max(column.length * 2, atLeast));
  longer.set(column);
  return longer;
}
