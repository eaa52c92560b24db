import type { Instant } from '../policy/instants.ts';
import type { Terms } from '../policy/terms.ts';
import type { BulkTables } from './bulk-tables.ts';
import type { ISSUANCE_SHAPE, RowsOf, TRANSACTION_SHAPE } from './columns.ts';
import type { Builder } from './decode.ts';
import { nearlyNamedRows } from './nearly-named.ts';
import { Respellings } from './respellings.ts';
import { shownNumbers } from './shown-numbers.ts';
import {
  ABSENT,
  CHARGE,
  COMPLETED,
  type CouponMatches,
  type DispositionCount,
  FAILED,
  type FileWarning,
  type InputKind,
  type IssuedCoupons,
  MEDIA,
  type NearlyNamedRow,
  PAYMENT,
  type UnmatchedRow,
} from './tables.ts';
import { DIGIT, isDigit } from './text-keys.ts';
import { grown } from './text-pool.ts';

/** What rows of a run and its issuance know of each other. */
export interface Matches {
  readonly issued: IssuedCoupons;
  /** By file; null where none of its rows names a coupon of the issuance. */
  readonly ofFiles: readonly (CouponMatches | null)[];
  readonly unmatched: Iterable<UnmatchedRow>;
  readonly nearlyNamed: Iterable<NearlyNamedRow>;
  readonly nearestIssued: (couponNumber: string) => string | undefined;
  readonly warnings: readonly (readonly FileWarning[])[];
}

/** A file as far as its rows are matched. */
export interface MatchedFile {
  readonly kind: InputKind;
  /** Not all of its instants say themselves that they are of Japan. */
  readonly mayBeOfAnotherZone: boolean;
}

const ISSUED = 1;
const IN_SCOPE = 2;
const IN_LOG = 4;

/**
 * Holds every row that names a coupon against the issuance: a row that finds none moves nobody\u2019s balance, and would be
 * missed without a word. A coupon is known here if any row of the issuance names it, whatever became of that row: what is
 * asked is whether the numbers are the same numbers.
 */
export function matchCoupons(
  into: Builder,
  bulk: BulkTables,
  files: readonly MatchedFile[],
  terms: Terms,
  asOf: Instant,
): Matches {
  const flags = new Uint8Array(into.coupons.size);
  const inScope = flagIssued(into, bulk, terms, flags);
  const counts = files.map(({ kind }) => (NAMING.has(kind) ? newCount() : undefined));
  const rows = new UnmatchedRows(into, flags);
  const hours = files.map(({ kind, mayBeOfAnotherZone }) =>
    TILLS.has(kind) && mayBeOfAnotherZone ? new Hours() : undefined,
  );
  const inLog = matchTransactions(bulk, flags, counts, rows, hours);
  matchSales(into, flags, counts, rows, hours);
  matchFew(into, flags, counts, rows);
  return {
    issued: { inScope, neverInLog: inScope - inLog },
    ofFiles: counts.map((count, file) =>
      count === undefined ? null : { ...count, respelled: rows.countRespelled(file) },
    ),
    unmatched: rows,
    nearestIssued: (couponNumber) => rows.nearest(couponNumber),
    nearlyNamed: lazily(() =>
      nearlyNamedRows({
        ...{ into, bulk, asOf },
        lines: rows.nearLines(),
        meant: (text) => rows.meant(text),
        isIssued: (text) => rows.isIssued(text),
      }),
    ),
    warnings: hours.map((of) => (of?.lookLikeUtc() === true ? ['MAY_BE_UTC'] : [])),
  };
}

/** Worked out for the first who asks: files that are refused may be nothing else. */
function lazily<Each>(work: () => readonly Each[]): Iterable<Each> {
  let done: readonly Each[] | undefined;
  return {
    [Symbol.iterator]: () => {
      done ??= work();
      return done[Symbol.iterator]();
    },
  };
}

/** What is rung up while shops are open. */
const TILLS: ReadonlySet<InputKind> = new Set(['transactions', 'sales']);
const NAMING: ReadonlySet<InputKind> = new Set(['transactions', 'sales', 'claims', 'applications', 'paid']);

interface Count {
  readonly named: DispositionCount;
  readonly unknown: DispositionCount;
  readonly unknownOther: DispositionCount;
}

const newCount = (): Count => ({
  named: { rows: 0, yen: 0 },
  unknown: { rows: 0, yen: 0 },
  unknownOther: { rows: 0, yen: 0 },
});

/** How many of them are in scope. */
function flagIssued({ coupons, rejects }: Builder, bulk: BulkTables, terms: Terms, flags: Uint8Array): number {
  let inScope = 0;
  const [ours, prefectureNumber] = [MEDIA.indexOf(terms.medium), Number(terms.prefecture)];
  for (const { rows, columns } of bulk.issuance('coupon', 'medium', 'prefecture'))
    for (let from = 0; from < rows; from += STRETCH)
      inScope += flagStretch(columns, from, Math.min(rows, from + STRETCH), ours, prefectureNumber, flags);
  for (const { kind, couponNumber } of rejects) {
    const number = kind === 'issuance' && couponNumber !== undefined ? coupons.find(couponNumber) : ABSENT;
    if (number >= 0 && number < flags.length) flags[number] = (flags[number] as number) | ISSUED;
  }
  return inScope;
}

function flagStretch(
  { coupon, medium, prefecture }: Pick<RowsOf<typeof ISSUANCE_SHAPE>, 'coupon' | 'medium' | 'prefecture'>,
  from: number,
  to: number,
  ours: number,
  ourPrefecture: number,
  flags: Uint8Array,
): number {
  let inScope = 0;
  for (let row = from; row < to; row++) {
    const number = coupon[row] as number;
    const flag = flags[number] as number;
    const isOurs = medium[row] === ours && prefecture[row] === ourPrefecture;
    if (isOurs && (flag & IN_SCOPE) === 0) inScope++;
    flags[number] = flag | (isOurs ? ISSUED | IN_SCOPE : ISSUED);
  }
  return inScope;
}

type LogColumns = Pick<RowsOf<typeof TRANSACTION_SHAPE>, (typeof LOGGED)[number]>;
const LOGGED = ['coupon', 'kind', 'status', 'amountYen', 'file', 'line', 'occurredAt'] as const;

/** How many coupons in scope it names. */
function matchTransactions(
  bulk: BulkTables,
  flags: Uint8Array,
  counts: readonly (Count | undefined)[],
  unmatched: UnmatchedRows,
  hours: readonly (Hours | undefined)[],
): number {
  const sums = new FileSums(counts.length);
  let inLog = 0;
  const watchesHours = hours.some((of) => of !== undefined);
  for (const { rows, columns } of bulk.transactions(...LOGGED)) {
    for (let from = 0; from < rows; from += STRETCH)
      inLog += matchStretch(columns, from, Math.min(rows, from + STRETCH), flags, sums, unmatched);
    const { kind, status, file, occurredAt } = columns;
    if (watchesHours)
      for (let row = 0; row < rows; row++)
        if (kind[row] === PAYMENT && status[row] === COMPLETED)
          hours[file[row] as number]?.add(occurredAt[row] as number);
  }
  sums.addTo(counts);
  return inLog;
}

/** So many rows a call: a function that is called often is compiled early, one long loop late. */
const STRETCH = 1 << 12;

function matchStretch(
  { coupon, kind, status, amountYen, file, line }: LogColumns,
  from: number,
  to: number,
  flags: Uint8Array,
  sums: FileSums,
  unmatched: UnmatchedRows,
): number {
  let [inLog, payments, yen] = [0, 0, 0];
  let current = file[from] as number;
  for (let row = from; row < to; row++) {
    const number = coupon[row] as number;
    const flag = flags[number] as number;
    if ((flag & IN_LOG) === 0) {
      flags[number] = flag | IN_LOG;
      if ((flag & IN_SCOPE) !== 0) inLog++;
    }
    const isPayment = kind[row] === PAYMENT && status[row] === COMPLETED;
    if (file[row] !== current) {
      sums.addNamed(current, payments, yen);
      [payments, yen] = [0, 0];
      current = file[row] as number;
    }
    if (isPayment) {
      payments++;
      yen += amountYen[row] as number;
    }
    if ((flag & ISSUED) !== 0) continue;
    if (!isPayment && (kind[row] === CHARGE || status[row] === FAILED)) continue;
    sums.addUnknown(current, amountYen[row] as number, isPayment);
    unmatched.add(current, line[row] as number, number, amountYen[row] as number);
  }
  sums.addNamed(current, payments, yen);
  return inLog;
}

/** Sums of the files. */
class FileSums {
  private readonly sums: readonly Count[];

  constructor(files: number) {
    this.sums = Array.from({ length: files }, newCount);
  }

  addNamed(file: number, rows: number, yen: number): void {
    addCount((this.sums[file] as Count).named, { rows, yen });
  }

  /** @param isNamed one of those that are counted as named; of the log: a completed payment */
  addUnknown(file: number, yen: number, isNamed: boolean): void {
    const { unknown, unknownOther } = this.sums[file] as Count;
    addCount(isNamed ? unknown : unknownOther, { rows: 1, yen });
  }

  add(file: number, yen: number, isUnknown: boolean): void {
    this.addNamed(file, 1, yen);
    if (isUnknown) this.addUnknown(file, yen, true);
  }

  addTo(counts: readonly (Count | undefined)[]): void {
    counts.forEach((count, file) => {
      if (count === undefined) return;
      const { named, unknown, unknownOther } = this.sums[file] as Count;
      addCount(count.named, named);
      addCount(count.unknown, unknown);
      addCount(count.unknownOther, unknownOther);
    });
  }
}

function addCount(to: DispositionCount, { rows, yen }: DispositionCount): void {
  to.rows += rows;
  to.yen += yen;
}

function matchSales(
  { sales }: Builder,
  flags: Uint8Array,
  counts: readonly (Count | undefined)[],
  unmatched: UnmatchedRows,
  hours: readonly (Hours | undefined)[],
): void {
  const sums = new FileSums(counts.length);
  const { coupon, totalYen, soldAt, file, line } = sales.columns;
  for (let row = 0; row < sales.rows; row++) {
    hours[file[row] as number]?.add(soldAt[row] as number);
    const number = coupon[row] as number;
    if (number === ABSENT) continue;
    const yen = totalYen[row] as number;
    const isUnknown = ((flags[number] as number) & ISSUED) === 0;
    sums.add(file[row] as number, yen, isUnknown);
    if (isUnknown) unmatched.add(file[row] as number, line[row] as number, number, yen);
  }
  sums.addTo(counts);
}

interface NamingRow {
  readonly couponNumber: string;
  readonly file: number;
  readonly line: number;
}

function matchFew(
  { claims, applications, paid, coupons }: Builder,
  flags: Uint8Array,
  counts: readonly (Count | undefined)[],
  unmatched: UnmatchedRows,
): void {
  const sums = new FileSums(counts.length);
  const match = ({ couponNumber, file, line }: NamingRow, yen: number): void => {
    if (couponNumber === '') return;
    const number = coupons.find(couponNumber);
    const isUnknown = number < 0 || ((flags[number] ?? 0) & ISSUED) === 0;
    sums.add(file, yen, isUnknown);
    if (isUnknown) unmatched.addText(file, line, couponNumber, yen);
  };
  for (const row of claims) match(row, 0);
  for (const row of applications) match(row, 0);
  for (const row of paid) match(row, row.amountYen);
  sums.addTo(counts);
}

/** Where they stand, in columns: of a log with the wrong numbers they are all of its rows. */
class UnmatchedRows implements Iterable<UnmatchedRow> {
  readonly isIssued: (couponNumber: string) => boolean;
  private readonly coupons: Builder['coupons'];
  private readonly respellings: Respellings;
  private readonly issued: () => Iterable<string>;
  private shown: ReturnType<typeof shownNumbers> | undefined;
  private size = 0;
  private files = new Int32Array(1 << 6);
  private lines = new Int32Array(1 << 6);
  /** Numbers of coupons, or of texts below ABSENT. */
  private numbers = new Int32Array(1 << 6);
  private yen = new Float64Array(1 << 6);
  private readonly texts: string[] = [];

  constructor({ coupons }: Builder, flags: Uint8Array) {
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

  add(file: number, line: number, number: number, yen: number): void {
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
    this.add(file, line, ABSENT - this.texts.length, yen);
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
    return number < ABSENT ? (this.texts[ABSENT - number - 1] as string) : this.coupons.textOf(number);
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
  flags: Uint8Array,
  most = Number.POSITIVE_INFINITY,
): Iterable<string> {
  let count = 0;
  for (let number = 0; number < flags.length && count < most; number++) {
    if (((flags[number] as number) & ISSUED) === 0) continue;
    count++;
    yield coupons.textOf(number);
  }
}

const HOUR = 3_600_000_000;
const JAPAN_HOURS = 9;
/** Hours in which hardly anybody pays, and those before shops open. */
const [NIGHT_FROM, NIGHT_TO, OPENING] = [3, 6, 10];
const A_FEW = 3;
const FEW_OF = 100;
const MANY_OF = 3;

/** The hours of payments or sales: nine hours early, evenings are mornings, and noon is night. */
class Hours {
  private total = 0;
  private atNight = 0;
  private beforeOpening = 0;

  add(occurredAt: number): void {
    const hour = (Math.floor(occurredAt / HOUR) + JAPAN_HOURS) % 24;
    this.total++;
    if (hour >= NIGHT_FROM && hour < NIGHT_TO) this.atNight++;
    if (hour < OPENING) this.beforeOpening++;
  }

  lookLikeUtc(): boolean {
    const isAwakeAtNight = this.atNight > Math.max(A_FEW, this.total / FEW_OF);
    return isAwakeAtNight || this.beforeOpening > Math.max(A_FEW, this.total / MANY_OF);
  }
}
