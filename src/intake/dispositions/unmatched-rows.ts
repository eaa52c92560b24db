import type { ByCoupon, CouponIndex } from '../../tables/pool-index.ts';
import { ABSENT, type UnmatchedRow } from '../../tables/tables.ts';
import { DIGIT, isDigit } from '../columns/packed-ids.ts';
import { grown } from '../columns/text-pool.ts';
import type { Builder } from '../schema/decoders.ts';
import { Respellings } from '../values/respellings.ts';
import { shownNumbers } from './shown-numbers.ts';

/** By coupon number: the issuance names it. */
export const ISSUED = 1;

declare const text: unique symbol;
/** Of a text that no bulk row holds, below ABSENT: the pool of coupons has no number for it. */
type TextNumber = number & { readonly [text]: true };

/** Where they stand, in columns: of a log with the wrong numbers they are all of its rows. */
export class UnmatchedRows implements Iterable<UnmatchedRow> {
  readonly isIssued: (couponNumber: string) => boolean;
  private readonly coupons: Builder['coupons'];
  private readonly respellings: Respellings;
  private readonly issued: () => Iterable<string>;
  private shown: ReturnType<typeof shownNumbers> | undefined;
  private size = 0;
  private files = new Int32Array(1 << 6);
  private lines = new Int32Array(1 << 6);
  /** Numbers of coupons and of texts. */
  private numbers = new Int32Array(1 << 6);
  private yen = new Float64Array(1 << 6);
  private readonly texts: string[] = [];

  constructor({ coupons }: Builder, flags: ByCoupon) {
    this.coupons = coupons;
    this.isIssued = (text) => ((flags[coupons.find(text)] ?? 0) & ISSUED) !== 0;
    this.respellings = new Respellings({
      has: this.isIssued,
      lengths: lengthsOf(coupons),
      mayBeOdd: mayBeOdd(coupons),
      all: () => issuedNumbers(coupons, flags),
    });
    this.issued = () => issuedNumbers(coupons, flags, MOST_LOOKED_AT);
  }

  nearest(couponNumber: string): string | undefined {
    return this.respellings.nearest(couponNumber);
  }

  meant(couponNumber: string): readonly string[] {
    return this.respellings.meant(couponNumber);
  }

  add(file: number, line: number, number: CouponIndex | TextNumber, yen: number): void {
    if (this.size === this.files.length) {
      this.files = grown(this.files, this.size + 1);
      this.lines = grown(this.lines, this.size + 1);
      this.numbers = grown(this.numbers, this.size + 1);
      this.yen = grown(this.yen, this.size + 1);
    }
    this.files[this.size] = file;
    this.lines[this.size] = line;
    this.numbers[this.size] = number;
    this.yen[this.size++] = yen;
  }

  addText(file: number, line: number, text: string, yen: number): void {
    this.texts.push(text);
    this.add(file, line, (ABSENT - this.texts.length) as TextNumber, yen);
  }

  countRespelled(file: number): number {
    let count = 0;
    for (let at = 0; at < this.size; at++)
      if (this.files[at] === file && this.nearest(this.textAt(at)) !== undefined) count++;
    return count;
  }

  /** Those whose number is nearly a known one, by file. */
  nearLines(): ReadonlyMap<number, ReadonlySet<number>> {
    const lines = new Map<number, Set<number>>();
    for (let at = 0; at < this.size; at++) {
      if (this.nearest(this.textAt(at)) === undefined) continue;
      const file = this.files[at] as number;
      const own = lines.get(file) ?? new Set();
      lines.set(file, own.add(this.lines[at] as number));
    }
    return lines;
  }

  /** As they were read: file by file, and a file from its first line on. */
  *[Symbol.iterator](): Iterator<UnmatchedRow> {
    for (let at = 0; at < this.size; at++) {
      const couponNumber = this.textAt(at);
      const nearest = this.nearest(couponNumber);
      this.shown ??= shownNumbers(this.issued());
      yield {
        file: this.files[at] as number,
        line: this.lines[at] as number,
        shownNumber: this.shown(couponNumber, nearest),
        yen: this.yen[at] as number,
        nearest,
      };
    }
  }

  private textAt(at: number): string {
    const number = this.numbers[at] as number;
    return number < ABSENT ? (this.texts[ABSENT - number - 1] as string) : this.coupons.textOf(number as CouponIndex);
  }
}

function lengthsOf({ texts }: Builder['coupons']): Iterable<number> {
  const lengths = new Set<number>();
  for (const { bytes } of texts.allShapes()) lengths.add(bytes.length);
  for (const text of texts.wholeTexts(MOST_LOOKED_AT)) lengths.add(text.length);
  return lengths;
}

/** A sign that is no letter and no digit: exports write all of a column alike, so that mostly no form of it has one. */
function mayBeOdd({ texts }: Builder['coupons']): boolean {
  for (const { bytes } of texts.allShapes()) if (!bytes.every(isLetterOrDigit)) return true;
  for (const text of texts.wholeTexts(MOST_LOOKED_AT)) if (!/^[A-Za-z0-9]*$/.test(text)) return true;
  return false;
}

const isLetterOrDigit = (byte: number): boolean =>
  byte === DIGIT || isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

const MOST_LOOKED_AT = 1000;

function* issuedNumbers(
  coupons: Builder['coupons'],
  flags: ByCoupon,
  most = Number.POSITIVE_INFINITY,
): Iterable<string> {
  let count = 0;
  for (let number = 0 as CouponIndex; number < flags.length && count < most; number++) {
    if (((flags[number] as number) & ISSUED) === 0) continue;
    count++;
    yield coupons.textOf(number);
  }
}
