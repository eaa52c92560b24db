import { ABSENT, type TextPool } from '../../tables/tables.ts';

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
  private packed = 0;
  private offsets = new Uint32Array(1 << 8);
  private hashes = new Int32Array(1 << 8);
  private slots = new Int32Array(1 << 9).fill(ABSENT);
  private scratch = new Uint8Array(1 << 10);

  add(text: string): number {
    const length = this.encode(text);
    return this.addBytes(this.scratch, 0, length);
  }

  /** Adds a text that is at hand as UTF-8. */
  addBytes(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const found = this.slotOf(hash, bytes, start, end);
    const present = this.slots[found] ?? ABSENT;
    return present === ABSENT ? this.append(found, hash, bytes, start, end) : present;
  }

  find(text: string): number {
    const length = this.encode(text);
    return this.findBytes(this.scratch, 0, length);
  }

  findBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.slots[this.slotOf(hashOf(bytes, start, end), bytes, start, end)] ?? ABSENT;
  }

  textOf(index: number): string {
    return decoder.decode(this.bytesOf(index));
  }

  /** A view of the text's bytes. @throws if the number was never given */
  bytesOf(index: number): Uint8Array {
    if (index < 0 || index >= this.size) throw new Error(`no text has the number ${index}`);
    return this.bytes.subarray(this.offsets[index] ?? 0, this.endOf(index));
  }

  /** The texts that came since the last call, to be handed to another thread. */
  packNew(): PackedTexts {
    const from = this.packed;
    this.packed = this.size;
    return this.packFrom(from);
  }

  /** The texts from a number on. */
  packFrom(from: number): PackedTexts {
    const start = from === 0 ? 0 : this.endOf(from - 1);
    return {
      bytes: this.bytes.slice(start, this.used),
      ends: Uint32Array.from({ length: this.size - from }, (_, index) => this.endOf(from + index) - start),
    };
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

  private slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const index = this.slots[slot] ?? ABSENT;
      if (index === ABSENT || (this.hashes[index] === hash && this.hasBytes(index, bytes, start, end))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private hasBytes(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.offsets[index] ?? 0;
    if (this.endOf(index) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (this.bytes[from + at - start] !== bytes[at]) return false;
    return true;
  }

  private append(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (this.used + length > this.bytes.length) this.bytes = grown(this.bytes, this.used + length);
    this.bytes.set(bytes.subarray(start, end), this.used);
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

/** FNV-1a, with a last mix because the table uses the low bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** Texts one after the other, and where each ends. */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** A copy at least twice as long. */
export const grown = <T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
  column: T,
  atLeast: number,
): T => {
  const copy = new (column.constructor as new (length: number) => T)(Math.max(column.length * 2, atLeast));
  copy.set(column);
  return copy;
};
