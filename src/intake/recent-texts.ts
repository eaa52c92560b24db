/** No number. */
export const UNSEEN = -2;
/** Texts are told apart by three words, which cover them whole. */
const SHORTEST = 4;
const LONGEST = 12;

/** Numbers of the short texts that were seen lately, by nothing but their bytes. A later text takes an earlier one's place. */
export class RecentTexts {
  private readonly shift: number;
  /** Length and three words of the text at each place. */
  private readonly words: Int32Array;
  private readonly numbers: Int32Array;

  /** @param bits of the number of places */
  constructor(bits: number) {
    this.shift = 32 - bits;
    this.words = new Int32Array(4 << bits);
    this.numbers = new Int32Array(1 << bits);
  }

  find(view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length < SHORTEST || length > LONGEST) return UNSEEN;
    const first = view.getInt32(start);
    const last = view.getInt32(end - 4);
    const middle = length > 8 ? view.getInt32(start + 4) : 0;
    const place = placeOf(first, middle, last) >>> this.shift;
    const words = this.words;
    const at = place * 4;
    const isSeen =
      words[at] === length && words[at + 1] === first && words[at + 2] === middle && words[at + 3] === last;
    return isSeen ? (this.numbers[place] as number) : UNSEEN;
  }

  put(view: DataView, start: number, end: number, number: number): void {
    const length = end - start;
    if (length < SHORTEST || length > LONGEST) return;
    const first = view.getInt32(start);
    const last = view.getInt32(end - 4);
    const middle = length > 8 ? view.getInt32(start + 4) : 0;
    const place = placeOf(first, middle, last) >>> this.shift;
    const words = this.words;
    const at = place * 4;
    words[at] = length;
    words[at + 1] = first;
    words[at + 2] = middle;
    words[at + 3] = last;
    this.numbers[place] = number;
  }
}

const placeOf = (first: number, middle: number, last: number): number => {
  const mixed = first ^ Math.imul(last, 0x9e3779b1) ^ Math.imul(middle, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
};
