import { readByPattern, readDateByPattern } from './date-patterns.ts';
import type { HeaderPlan } from './header.ts';
import { type ColumnLayout, type Layout, PREFECTURE_CODES, type ValueType } from './layouts.ts';
import type { InputProfile } from './profile.ts';
import type { RejectCode } from './reject-codes.ts';
import {
  normalised,
  type Read,
  readAmount,
  readCouponNumber,
  readDate,
  readIdentifier,
  readInstant,
  readUnjudged,
} from './values.ts';

export interface FieldProblem {
  readonly column: string;
  readonly code: RejectCode;
}

/** A column's number in its layout: what the decoders name a field by. */
export type ColumnIndex = number;

/**
 * Reads the fields of one record after another, by column. Problems collect until the next `open`. One reader serves a
 * whole file, so that a row costs no object.
 */
export class RowReader {
  readonly problems: FieldProblem[] = [];
  private fields: readonly string[] = [];
  private readonly layout: Layout;
  private readonly positions: readonly number[];
  private readonly choices: readonly (ReadonlyMap<string, string> | undefined)[];
  private readonly dateFormats: readonly string[];

  constructor(layout: Layout, plan: HeaderPlan, profile: InputProfile | undefined) {
    this.layout = layout;
    this.positions = plan.positions;
    this.dateFormats = profile?.dateFormats ?? [];
    this.choices = layout.columns.map((column) => choicesOf(column, profile));
  }

  open(fields: readonly string[]): void {
    this.fields = fields;
    this.problems.length = 0;
  }

  /** A record of which only one field is known. */
  openOne(column: ColumnIndex, raw: string): void {
    const fields: string[] = [];
    fields[this.positions[column] ?? 0] = raw;
    this.open(fields);
  }

  raw(column: ColumnIndex): string {
    const position = this.positions[column] ?? -1;
    return position < 0 ? '' : (this.fields[position] ?? '');
  }

  /** The identifier, or '' where it is absent. */
  identifier(column: ColumnIndex): string {
    return this.take(column, readIdentifier(this.raw(column)), '');
  }

  coupon(column: ColumnIndex): string {
    return this.take(column, readCouponNumber(this.raw(column)), '');
  }

  /** Whole yen, or `whenAbsent`. */
  amount(column: ColumnIndex, whenAbsent = 0): number {
    const raw = this.raw(column);
    return isBlank(raw) ? whenAbsent : this.take(column, readAmount(raw), 0);
  }

  instant(column: ColumnIndex): number {
    const raw = this.raw(column);
    return isBlank(raw) ? 0 : this.take(column, this.readInstant(raw), 0);
  }

  /** A day number, or undefined where it is absent. */
  date(column: ColumnIndex): number | undefined {
    const raw = this.raw(column);
    return isBlank(raw) ? undefined : this.take(column, this.readDate(raw), undefined);
  }

  /** One of ours, or '' where it is absent. */
  choice(column: ColumnIndex): string {
    const raw = this.raw(column);
    const direct = this.choices[column]?.get(raw);
    if (direct !== undefined) return direct;
    if (isBlank(raw)) return '';
    const known = this.choices[column]?.get(normalised(raw));
    return known === undefined ? this.take<string>(column, { problem: 'BAD_VALUE' }, '') : known;
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

  fail(column: ColumnIndex | undefined, code: RejectCode): void {
    this.problems.push({ column: column === undefined ? '' : (this.layout.columns[column]?.name ?? ''), code });
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
    this.fail(column, read.problem);
    return otherwise;
  }

  private readInstant(raw: string): Read<number> {
    for (const pattern of this.dateFormats) {
      const value = readByPattern(raw, pattern);
      if (value !== undefined) return { value };
    }
    return readInstant(raw);
  }

  private readDate(raw: string): Read<number> {
    for (const pattern of this.dateFormats) {
      const value = readDateByPattern(raw, pattern);
      if (value !== undefined) return { value };
    }
    return readDate(raw);
  }
}

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
