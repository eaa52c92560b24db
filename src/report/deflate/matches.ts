import { MOST_DISTANCE, MOST_LENGTH, Symbols } from './symbols.ts';

/** A block ends behind so many symbols, or matches, unless there are only so few bytes left. */
const MANY_SYMBOLS = 24_576;
const MANY_MATCHES = 7_000;
const FEW_BYTES = 423;

/** Level 3: so many places are looked at, and with a match of more bytes than this it is good enough. */
const MOST_PLACES = 15;
const GOOD_LENGTH = 15;

const WINDOW = 1 << 15;
const IN_WINDOW = WINDOW - 1;

/** A length and a distance as one number; 0 is none. */
const LENGTH_BITS = 9;
const LENGTH = (1 << LENGTH_BITS) - 1;

/**
 * Bytes a block at a time, with what stands in the 32 KB before it told by how far before. Blocks and matches are those of
 * fflate 0.8.3 at its level 3: the page of a run has the same bytes for ever.
 */
export class Matches {
  private readonly bytes: Uint8Array;
  private at = 0;
  /** Up to there bytes stand in a match. */
  private matched = 0;
  /** By three bytes where in the window they stood last, and by place where those at it stood before. */
  private readonly last: Uint16Array;
  private readonly before = new Uint16Array(WINDOW);
  private readonly shift: number;
  private readonly mask: number;
  private readonly symbols: Symbols;

  constructor(bytes: Uint8Array) {
    const bits = Math.ceil(Math.max(8, Math.min(13, Math.log(bytes.length))) * 1.5);
    this.bytes = bytes;
    this.last = new Uint16Array(1 << bits);
    this.shift = Math.ceil(bits / 3);
    this.mask = (1 << bits) - 1;
    this.symbols = new Symbols(bytes);
  }

  /** The next block, or undefined where there is none. It is good until it is asked for another. */
  nextBlock(): Symbols | undefined {
    const { before } = this;
    const bytes = this.bytes;
    const last = this.last;
    const symbols = this.symbols;
    if (symbols.isLast) return undefined;
    symbols.begin(this.at);
    for (let at = this.at; at + 2 < bytes.length; at++) {
      if (this.matched <= at && isFull(symbols) && bytes.length - at > FEW_BYTES) {
        this.at = at;
        return symbols.finish(at, false);
      }
      const hash = this.hashAt(at);
      before[at & IN_WINDOW] = last[hash] as number;
      last[hash] = at & IN_WINDOW;
      if (this.matched > at) continue;
      const match = this.matchAt(at, hash);
      if (match === 0) symbols.addLiteral(bytes[at] as number);
      else {
        symbols.addMatch(match & LENGTH, match >> LENGTH_BITS);
        this.matched = at + (match & LENGTH);
      }
    }
    for (let at = Math.max(this.at, this.matched, bytes.length - 2); at < bytes.length; at++)
      symbols.addLiteral(bytes[at] as number);
    return symbols.finish(bytes.length, true);
  }

  private hashAt(at: number): number {
    const { bytes } = this;
    const shift = this.shift;
    const [first, second, third] = [bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number];
    return (first ^ (second << shift) ^ (third << (2 * shift))) & this.mask;
  }

  /** The longest of the last places at which the same three bytes stand. */
  private matchAt(at: number, hash: number): number {
    const { bytes, before } = this;
    const most = Math.min(MOST_LENGTH, bytes.length - at);
    const good = Math.min(GOOD_LENGTH, bytes.length - at - 1);
    const furthest = Math.min(MOST_DISTANCE, at);
    let place = at & IN_WINDOW;
    let earlier = before[place] as number;
    let distance = (place - earlier) & IN_WINDOW;
    if (hash !== this.hashAt(at - distance)) return 0;
    let [length, found] = [2, 0];
    for (let places = 0; places < MOST_PLACES && distance <= furthest && place !== earlier; places++) {
      if (bytes[at + length] === bytes[at + length - distance]) {
        const same = this.sameFrom(at, distance, most);
        if (same > length) {
          [length, found] = [same, distance];
          if (same > good) break;
          earlier = this.rarestIn(at - distance, Math.min(distance, same - 2), earlier);
        }
      }
      place = earlier;
      earlier = before[place] as number;
      distance += (place - earlier) & IN_WINDOW;
    }
    return found === 0 ? 0 : (found << LENGTH_BITS) | length;
  }

  private sameFrom(at: number, distance: number, most: number): number {
    const { bytes } = this;
    let same = 0;
    while (same < most && bytes[at + same] === bytes[at + same - distance]) same++;
    return same;
  }

  /** Of the places in a match the one whose bytes stood longest ago: from there on fewer have to be looked at. */
  private rarestIn(begin: number, count: number, otherwise: number): number {
    let [rarest, longest] = [otherwise, 0];
    for (let at = begin; at < begin + count; at++) {
      const place = at & IN_WINDOW;
      const ago = (place - (this.before[place] as number)) & IN_WINDOW;
      if (ago > longest) [rarest, longest] = [place, ago];
    }
    return rarest;
  }
}

const isFull = ({ count, matches }: Symbols): boolean => matches > MANY_MATCHES || count > MANY_SYMBOLS;
