import type { PassedOver, StatedTotals } from '../../tables/tables.ts';
import { amountTakenBack, MappedRows, reasonsToLeaveOut } from '../mapping/file-mapping.ts';
import { AbsentWords } from '../values/absent-words.ts';
import { readAmount, readUnjudged } from '../values/amounts.ts';
import { readByPattern, readDateByPattern } from '../values/date-patterns.ts';
import { readDate, readInstant } from '../values/dates.ts';
import {
  guardOf,
  likelyCouponNumber,
  likelyIdentifier,
  normalised,
  readCouponNumber,
  readIdentifier,
  withoutGuard,
} from '../values/identifiers.ts';
import type { Read } from '../values/read-value.ts';
import type { RejectCode } from '../values/reject-codes.ts';
import type { FilePlan } from './file-plan.ts';
import { type ColumnLayout, type Layout, PREFECTURE_CODES, type ValueType } from './layouts.ts';
import type { InputProfile } from './profile.ts';
import { type Undoing, undoing } from './undone-rows.ts';

export interface FieldProblem {
  readonly column: string;
  readonly code: RejectCode;
  /** What tells it exactly, and is no value of the row: a code point. */
  readonly detail?: string;
}

/** A column's number in its layout: what the decoders name a field by. */
export type ColumnIndex = number;

/**
 * Reads the fields of one record after another, by column. Problems collect until the next `open`. One reader serves a
 * whole file, so that a row costs no object.
 */
export class RowReader {
  readonly problems: FieldProblem[] = [];
  /** By column: cells that held a word for nothing. */
  readonly absentCells: number[];
  /** Records that say nothing, and count for none. */
  readonly passedOver: Partial<Record<PassedOver, number>> = {};
  /** By the number of the reason: records that a profile leaves out. */
  readonly leftOut: number[];
  /** The record at hand is one of them. */
  isPassedOver = false;
  /** By column, of the record at hand: each is asked for several times, and taken apart once. */
  private readonly written: string[];
  private readonly raws: string[];
  private readonly isNothing: boolean[];
  private readonly layout: Layout;
  private readonly plan: FilePlan;
  private readonly choices: readonly (ReadonlyMap<string, string> | undefined)[];
  private readonly absentWords: AbsentWords;
  private readonly mapped: MappedRows | undefined;
  /** The record at hand takes another back. */
  private undoing: Undoing | undefined;

  constructor(layout: Layout, plan: FilePlan, profile: InputProfile | undefined) {
    this.layout = layout;
    this.plan = plan;
    this.choices = layout.columns.map((column) => choicesOf(column, profile));
    this.absentWords = new AbsentWords(profile?.absent);
    this.absentCells = layout.columns.map(() => 0);
    this.written = layout.columns.map(() => '');
    this.raws = layout.columns.map(() => '');
    this.isNothing = layout.columns.map(() => false);
    this.mapped = plan.mapping === undefined ? undefined : new MappedRows(plan.mapping);
    this.leftOut = plan.mapping === undefined ? [] : reasonsToLeaveOut(plan.mapping).map(() => 0);
  }

  /** What the totals that the file states come to; undefined where none were looked at. */
  get statedTotals(): StatedTotals | undefined {
    return this.mapped?.totals.finish();
  }

  forgetPassedOver(): void {
    for (const what of Object.keys(this.passedOver) as PassedOver[]) delete this.passedOver[what];
    this.leftOut.fill(0);
  }

  /** The fields of a record, as many as the header has where only empty ones are too many or too few. */
  cut(fields: readonly string[]): readonly string[] {
    return this.mapped === undefined ? fields : this.mapped.cut(fields, this.plan.fieldCount);
  }

  /** @param line its first; afterwards {@link isPassedOver} tells whether it is a row at all */
  open(fields: readonly string[], line: number): void {
    this.problems.length = 0;
    this.isPassedOver = false;
    this.undoing = undefined;
    const { mapped } = this;
    if (mapped !== undefined) {
      const noRow = mapped.open(fields, line);
      if (mapped.leftOutFor !== undefined) this.leaveOut(mapped.leftOutFor);
      else if (noRow !== undefined) this.passOver(noRow);
      else this.takeMapped(mapped);
      return;
    }
    const { positions } = this.plan;
    for (let column = 0; column < this.raws.length; column++) {
      const position = positions[column] as number;
      this.takeCell(column, position < 0 ? '' : (fields[position] ?? ''));
    }
  }

  private takeMapped(mapped: MappedRows): void {
    const { refund } = mapped;
    const { columns } = this.layout;
    for (let column = 0; column < columns.length; column++) {
      const text = mapped.textOf(column);
      this.takeCell(column, refund !== undefined && columns[column]?.type === 'amount' ? amountTakenBack(text) : text);
    }
    if (refund === undefined) return;
    this.undoing = undoing(this.layout, refund, (column) => this.raws[column] ?? '');
    for (const [column, text] of this.undoing.texts) this.takeField(column, text);
    if (this.undoing.isOpen) this.fail(this.undoing.column, 'REFUND');
  }

  private takeCell(column: ColumnIndex, written: string): void {
    this.takeField(column, written);
    if (this.isNothing[column] === true) this.absentCells[column] = (this.absentCells[column] as number) + 1;
  }

  /**
   * Where nothing else is wrong with a record that takes back another: the id of that one, as it is written. Where more is
   * wrong, that it takes something back is not what is to be told.
   */
  takenBack(): { readonly of: string } | undefined {
    if (this.undoing?.isOpen !== true) return undefined;
    const others = this.problems.filter(({ code }) => code !== 'REFUND');
    if (others.length === 0) return { of: this.undoing.of };
    this.problems.splice(0, this.problems.length, ...others);
    return undefined;
  }

  /** A record of which only one field is known, and which is no record that counts. */
  openOne(column: ColumnIndex, raw: string): void {
    this.problems.length = 0;
    this.written.fill('');
    this.raws.fill('');
    this.isNothing.fill(false);
    this.takeField(column, raw);
  }

  /** Takes one field apart, for whoever asks for it. */
  private takeField(column: ColumnIndex, written: string): void {
    const isNothing = written !== '' && this.isAbsentWord(column, written);
    const guard = this.plan.forms[column]?.guard ?? 'none';
    this.written[column] = written;
    this.isNothing[column] = isNothing;
    this.raws[column] = isNothing ? '' : guard === 'none' ? written : withoutGuard(written, guard);
  }

  /** A field as it is written, its guard taken off; '' where it holds nothing, or a word for nothing. */
  raw(column: ColumnIndex): string {
    return this.raws[column] ?? '';
  }

  /** What is required must hold something, and a name or a number may be any word but an identifier. */
  private isAbsentWord(column: ColumnIndex, written: string): boolean {
    const layout = this.layout.columns[column];
    if (layout === undefined || (layout.required && !isIdentifying(layout))) return false;
    return this.absentWords.includes(written, layout.name, layout.required);
  }

  /** A value that is guarded where the column is not, or the other way round, may be another's. */
  private isGuardedUnlikeOthers(column: ColumnIndex): boolean {
    const written = this.written[column] ?? '';
    if (isBlank(written) || this.isNothing[column] === true) return false;
    return guardOf(written) !== (this.plan.forms[column]?.guard ?? 'none');
  }

  /** The identifier, or '' where it is absent. */
  identifier(column: ColumnIndex): string {
    return this.take(column, this.readIdentifying(column, readIdentifier), '');
  }

  coupon(column: ColumnIndex): string {
    return this.take(column, this.readIdentifying(column, readCouponNumber), '');
  }

  /** The coupon that a number most likely means which cannot be read. */
  likelyCoupon(column: ColumnIndex): string | undefined {
    return likelyCouponNumber(this.raw(column)) || undefined;
  }

  /** Whose row one most likely is whose identifier cannot be read; undefined where that cannot be told either. */
  likelyIdentifier(column: ColumnIndex): string | undefined {
    return likelyIdentifier(this.raw(column)) || undefined;
  }

  private readIdentifying(column: ColumnIndex, read: (raw: string) => Read<string>): Read<string> {
    const raw = this.raw(column);
    return this.isGuardedUnlikeOthers(column) ? { problem: 'SPREADSHEET_GUARD' } : read(raw);
  }

  /** Whole yen, or `whenAbsent`. */
  amount(column: ColumnIndex, whenAbsent = 0): number {
    const raw = this.raw(column);
    return isBlank(raw) ? whenAbsent : this.take(column, readAmount(raw), 0);
  }

  instant(column: ColumnIndex): number {
    const raw = this.raw(column);
    return isBlank(raw) ? 0 : this.take(column, this.readInstant(column, raw), 0);
  }

  /** A day number, or undefined where it is absent. */
  date(column: ColumnIndex): number | undefined {
    const raw = this.raw(column);
    return isBlank(raw) ? undefined : this.take(column, this.readDate(column, raw), undefined);
  }

  /** One of ours, or '' where it is absent. */
  choice(column: ColumnIndex): string {
    const raw = this.raw(column);
    const direct = this.choices[column]?.get(raw);
    if (direct !== undefined) return direct;
    if (isBlank(raw)) return '';
    const known = this.choices[column]?.get(normalised(raw));
    if (known !== undefined) return known;
    return this.take<string>(
      column,
      { problem: 'BAD_VALUE', detail: [...(this.choices[column]?.keys() ?? [])].join(' ') },
      '',
    );
  }

  prefecture(column: ColumnIndex): string {
    const raw = this.raw(column);
    return isBlank(raw) ? '' : this.take(column, readPrefecture(raw), '');
  }

  /** A contact or bank field: never a reason to reject. */
  unjudged(column: ColumnIndex): string {
    const written = readUnjudged(this.raw(column));
    return this.choices[column]?.get(written) ?? written;
  }

  /** A name: as it is written, without the space around it. */
  verbatim(column: ColumnIndex): string {
    return this.raw(column).trim();
  }

  fail(column: ColumnIndex | undefined, code: RejectCode, detail?: string): void {
    const name = column === undefined ? '' : (this.layout.columns[column]?.name ?? '');
    this.problems.push({ column: name, code, ...(detail === undefined ? {} : { detail }) });
  }

  passOver(what: PassedOver): void {
    this.problems.length = 0;
    this.isPassedOver = true;
    this.passedOver[what] = (this.passedOver[what] ?? 0) + 1;
  }

  /** @param reason the number of it */
  leaveOut(reason: number): void {
    this.leftOut[reason] = (this.leftOut[reason] ?? 0) + 1;
    this.passOver('left_out');
  }

  typeOf(column: ColumnIndex): ValueType | undefined {
    return this.layout.columns[column]?.type;
  }

  /** A field as it is written, with whatever guard it has. */
  writtenText(column: ColumnIndex): string {
    return this.written[column] ?? '';
  }

  /** A column as its file calls it, where that is another word: `状態 (status)`. */
  shownColumn(name: string): string {
    const position = this.plan.positions[this.layout.columns.findIndex((column) => column.name === name)] ?? -1;
    const header = position < 0 ? name : (this.plan.columns[position] ?? name);
    return header === name ? name : `${header} (${name})`;
  }

  /** A record that has not as many fields as the header. */
  failFieldCount(fields: readonly string[]): void {
    this.fail(undefined, 'FIELD_COUNT', `${fields.length} / ${this.plan.fieldCount}`);
  }

  /** The required columns that are empty, reported once a row has otherwise been read. */
  requireAll(): void {
    for (let column = 0; column < this.layout.columns.length; column++) {
      if (this.layout.columns[column]?.required === true) this.require(column);
    }
  }

  require(column: ColumnIndex): void {
    if (isBlank(this.raw(column))) this.fail(column, 'MISSING_VALUE');
  }

  /** What the row says, in one form whatever the file's encoding, headers and number forms. Leaves no problem behind. */
  canonical(): string {
    const kept = [...this.problems];
    const content = this.layout.columns.map((_, index) => this.canonicalField(index)).join('\x1f');
    this.problems.splice(0, this.problems.length, ...kept);
    return content;
  }

  /** A field by its column's type; undefined where it is absent or, with a problem noted, unreadable. */
  valueOf(index: ColumnIndex): string | number | undefined {
    const type = this.layout.columns[index]?.type;
    if (type === undefined || isBlank(this.raw(index))) return undefined;
    const before = this.problems.length;
    const value = this.readByType(type, index);
    return this.problems.length > before || value === '' ? undefined : value;
  }

  /** An amount for the control totals, 0 where it cannot be read. Leaves no problem behind. */
  readableAmount(index: ColumnIndex): number {
    const before = this.problems.length;
    const value = this.valueOf(index);
    this.problems.length = before;
    return typeof value === 'number' ? value : 0;
  }

  private canonicalField(index: ColumnIndex): string {
    const value = this.valueOf(index);
    return value === undefined ? `?${this.raw(index).normalize('NFKC').trim()}` : String(value);
  }

  private readByType(type: ValueType, index: ColumnIndex): string | number | undefined {
    switch (type) {
      case 'identifier':
        return this.identifier(index);
      case 'coupon':
        return this.coupon(index);
      case 'amount':
        return this.amount(index);
      case 'instant':
        return this.instant(index);
      case 'date':
        return this.date(index);
      case 'choice':
        return this.choice(index);
      case 'prefecture':
        return this.prefecture(index);
      case 'unjudged':
        return this.unjudged(index);
      case 'verbatim':
        return this.verbatim(index);
    }
  }

  private take<T>(column: ColumnIndex, read: Read<T>, otherwise: T): T {
    if ('value' in read) return read.value;
    this.fail(column, read.problem, read.detail);
    return otherwise;
  }

  private readInstant(column: ColumnIndex, raw: string): Read<number> {
    const pattern = this.plan.forms[column]?.pattern;
    return pattern === undefined ? readInstant(raw, this.plan.clock) : readByPattern(raw, pattern, this.plan.clock);
  }

  private readDate(column: ColumnIndex, raw: string): Read<number> {
    const pattern = this.plan.forms[column]?.pattern;
    return pattern === undefined ? readDate(raw, this.plan.clock) : readDateByPattern(raw, pattern, this.plan.clock);
  }
}

const isIdentifying = ({ type }: ColumnLayout): boolean => type === 'identifier' || type === 'coupon';
const isBlank = (raw: string): boolean => raw.trim() === '';

function readPrefecture(raw: string): Read<string> {
  if (/^\d\d$/.test(raw)) return { value: raw };
  const identifier = readIdentifier(raw);
  if ('problem' in identifier) return identifier;
  const code = /^\d\d$/.test(identifier.value) ? identifier.value : PREFECTURE_CODES.get(identifier.value);
  return code === undefined ? { problem: 'BAD_PREFECTURE' } : { value: code };
}

function choicesOf(column: ColumnLayout, profile: InputProfile | undefined): ReadonlyMap<string, string> | undefined {
  if (column.values === undefined) return undefined;
  const mapped = (profile?.values as Readonly<Record<string, Record<string, string> | undefined>> | undefined)?.[
    column.name
  ];
  const all = { ...column.values, ...mapped };
  return new Map(Object.entries(all).map(([written, ours]) => [normalised(written), ours]));
}
