/**
 * Finds the numbers of keys in a large table. AssemblyScript, compiled by the build (tools/kernel.ts): nearly every look
 * misses the cache, and all that one can do is to look once and at several places at a time.
 *
 * A slot is 64 bits: a key's number and one, or 0 where it is empty, and of the key itself all bits but the first that
 * its place tells. Keys are mixed by a permutation, and the place is the mixed key's first bits, so nothing is lost: two
 * keys are never taken for each other. That rests on no key standing MOST_APART slots behind its place.
 *
 * Memory is laid out by key-slots.ts, which takes every number that is exported here from the build; all numbers are
 * little-endian.
 */

const KEY_BITS: u64 = 53;
/** A key is exact in a double; those of whole texts are negative, and become the last ones. */
const KEYS: f64 = 9007199254740992;
export const NO_KEY: f64 = -1;
/** Of a slot that is empty, and so is 0. */
export const NO_NUMBER: i32 = -1;
/** Of the bits that a place tells, those that a slot keeps as well. */
const MOST_APART: u32 = 1 << 11;

/** Keys that are looked for together. */
export const BATCH: usize = 1 << 10;
/** Where keys are read, what was mixed and found of each is kept, numbers are written, and new keys. */
export const IN: usize = 1 << 10;
const SEEN: usize = IN + 8 * BATCH;
export const OUT: usize = SEEN + 16 * BATCH;
export const FRESH: usize = OUT + 4 * BATCH;
export const TABLE: usize = 1 << 16;
export const SLOT_BYTES: usize = 8;

/** Two rounds of a Feistel network: each can be undone. */
function mixed(key: f64): u64 {
  const whole = u64(key < 0 ? KEYS + key : key);
  let low = u32(whole);
  let high = u32(whole >> 32);
  high = (high ^ ((low * 0x9e3779b1) >>> 11)) & 0x1fffff;
  const turned = (high ^ (high >>> 7)) * 0x85ebca6b;
  low ^= turned ^ (turned >>> 13);
  return (u64(low) << 21) | u64(high);
}

function slotAt(place: u32): usize {
  return TABLE + usize(place) * SLOT_BYTES;
}

/** Of a mixed key what a slot keeps; numbers stand below. */
function kept(key: u64, bits: u64): u64 {
  return key << bits;
}

/** The place of a key, or of the empty slot that it would take; `seen` is what stands in the first. */
function placeFrom(key: u64, bits: u64, seen: u64): u32 {
  const first = u32(key >> (KEY_BITS - bits));
  const mask = u32((u64(1) << bits) - 1);
  const number = u64(mask);
  const wanted = kept(key, bits);
  let place = first;
  let slot = seen;
  while (slot !== 0 && ((slot ^ wanted) & ~number) !== 0) {
    place = (place + 1) & mask;
    slot = load<u64>(slotAt(place));
  }
  return place;
}

/** The number of a key, or NO_NUMBER. */
export function find(key: f64, bits: u64): i32 {
  const whole = mixed(key);
  const place = placeFrom(whole, bits, load<u64>(slotAt(u32(whole >> (KEY_BITS - bits)))));
  return i32(load<u64>(slotAt(place)) & ((u64(1) << bits) - 1)) - 1;
}

/** Of the call before: how many keys were numbered, and how many of them are new. */
let done: i32 = 0;
let fresh: i32 = 0;
export function numbered(): i32 {
  return done;
}
export function added(): i32 {
  return fresh;
}

/**
 * Numbers the keys at IN, those that are new from `size` on. False where a new one would stand too far behind its place:
 * the keys before it are numbered.
 */
export function number(count: i32, bits: u64, size: i32): bool {
  const apart = KEY_BITS - bits;
  for (let at: i32 = 0; at < count; at++) {
    const whole = mixed(load<f64>(IN + (usize(at) << 3)));
    store<u64>(SEEN + (usize(at) << 4), whole);
    store<u64>(SEEN + (usize(at) << 4), load<u64>(slotAt(u32(whole >> apart))), 8);
  }
  fresh = 0;
  const mask = (u64(1) << bits) - 1;
  for (done = 0; done < count; done++) {
    const key = load<f64>(IN + (usize(done) << 3));
    const whole = load<u64>(SEEN + (usize(done) << 4));
    let slot = load<u64>(SEEN + (usize(done) << 4), 8);
    if (key === NO_KEY) {
      store<i32>(OUT + (usize(done) << 2), NO_NUMBER);
      continue;
    }
    if (slot === 0 || ((slot ^ kept(whole, bits)) & ~mask) !== 0) {
      // What was seen as empty may have been filled since.
      const first = u32(whole >> apart);
      const place = placeFrom(whole, bits, load<u64>(slotAt(first)));
      slot = load<u64>(slotAt(place));
      if (slot === 0) {
        if (((place - first) & u32(mask)) >= MOST_APART - 1) return false;
        slot = kept(whole, bits) | u64(size + fresh + 1);
        store<u64>(slotAt(place), slot);
        store<f64>(FRESH + (usize(fresh) << 3), key);
        fresh++;
      }
    }
    store<i32>(OUT + (usize(done) << 2), i32(slot & mask) - 1);
  }
  return true;
}
