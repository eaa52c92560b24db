/** One of so many, by a key of a text: also where all keys end alike. */
export function spread(key: number, parts: number): number {
  const high = Math.floor(key / 0x1_0000_0000);
  const mixed = Math.imul(key - high * 0x1_0000_0000, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  const hash = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return Math.floor((((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000) * parts);
}
