/** So many places share a word, and so many words one of the level above. */
const PER_WORD = 32;

/**
 * Places 0..size of which some are taken away and put back: the next that is left is found by a few words, however many are
 * gone. Each level says of the words of the one below whether anything is left in them.
 */
export class PlacesLeft {
  private readonly levels: Int32Array[] = [];

  constructor(size: number) {
    let places = size;
    do {
      const words = new Int32Array(Math.ceil(places / PER_WORD)).fill(-1);
      const beyond = places % PER_WORD;
      if (beyond > 0) words[words.length - 1] = 2 ** beyond - 1;
      this.levels.push(words);
      places = words.length;
    } while (places > 1);
  }

  take(place: number): void {
    let at = place;
    for (const words of this.levels) {
      const word = (words[at >> 5] as number) & ~(1 << (at & 31));
      words[at >> 5] = word;
      if (word !== 0) return;
      at >>= 5;
    }
  }

  putBack(place: number): void {
    let at = place;
    for (const words of this.levels) {
      words[at >> 5] = (words[at >> 5] as number) | (1 << (at & 31));
      at >>= 5;
    }
  }

  /** The first that is left at or after a place; Infinity where there is none. */
  from(place: number): number {
    let at = place;
    for (let level = 0; level < this.levels.length; level++) {
      const words = this.levels[level] as Int32Array;
      if (at >> 5 >= words.length) return Number.POSITIVE_INFINITY;
      const rest = (words[at >> 5] as number) & (-1 << (at & 31));
      if (rest !== 0) return this.lowestBelow(level, (at & ~31) + lowestBit(rest));
      at = (at >> 5) + 1;
    }
    return Number.POSITIVE_INFINITY;
  }

  private lowestBelow(level: number, place: number): number {
    let at = place;
    for (let below = level - 1; below >= 0; below--)
      at = (at << 5) + lowestBit((this.levels[below] as Int32Array)[at] as number);
    return at;
  }
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);
