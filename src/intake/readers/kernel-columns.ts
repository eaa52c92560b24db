import { type CalendarDate, startOfDay } from '../../base/instants.ts';
import { type BulkColumn, type BulkKindDeclaration, valuesOf } from '../../tables/kinds/column.ts';
import { BULK_DECLARATIONS } from '../../tables/kinds/index.ts';
import { ABSENT } from '../../tables/tables.ts';
import type { IdDictionary } from '../columns/id-dictionary.ts';
import { IDENTIFIER, LETTERS, NO_KEY, type PackedIds, PRINTABLE } from '../columns/packed-ids.ts';
import { GrowingTextPool } from '../columns/text-pool.ts';
import { conditionsIn, type FileMapping, reasonsToLeaveOut, saidByValue } from '../mapping/file-mapping.ts';
import type { BulkKind } from '../schema/decoders.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import { isPlausible, readPlainDate } from '../values/dates.ts';
import { AMOUNT, INSTANT, KEY, type PlainField, type PlainMemory, SEEN, SKIPPED, UNREADABLE } from './kernel-memory.ts';
import type { RowsFile } from './text-rows.ts';

export type BulkFile = RowsFile<BulkKind>;

/** Puts a value that the kernel has not seen where it would have; false where its record is to be read as text. */
type LookUp = (memory: PlainMemory, field: number, record: number, start: number, end: number) => boolean;

/**
 * One column of a bulk table as the kernel reads it, and what is done with values it has not seen: they are looked up
 * here once. What is taken here must be what the row reader takes (amounts.ts), and whatever is doubtful is left to it.
 */
export interface PlainColumn {
  /** Of the table. */
  readonly name: string;
  /** Of the file; undefined where it has none. */
  readonly position: number | undefined;
  readonly field: PlainField;
  readonly lookUp: LookUp;
}

/** Some thousand shops and tills: those that are seen lately stay in the cache. */
const WORD_BITS = 14;
const FEW_BITS = 9;

/** The columns of the kind as they are declared, in the order of the layout. */
export function plainColumns(of: BulkFile): readonly PlainColumn[] {
  const make = new Columns(of);
  const { columns }: BulkKindDeclaration = BULK_DECLARATIONS[of.kind];
  return Object.entries(columns).map(([name, column]) => plainColumn(make, of, name, column));
}

function plainColumn(make: Columns, { into }: BulkFile, name: string, column: BulkColumn): PlainColumn {
  const { texts, coupons } = into;
  switch (column.type) {
    case 'coupon':
      return make.key(column.name, name, coupons.texts, LETTERS);
    case 'identifier':
      return column.texts === 'merchants' || column.texts === 'words'
        ? make.word(column.name, name, texts[column.texts])
        : make.key(column.name, name, texts[column.texts], IDENTIFIER);
    case 'unjudged':
    case 'verbatim':
      return make.key(column.name, name, texts[column.texts], PRINTABLE);
    case 'amount':
      return make.amount(column.name, name);
    case 'instant':
      return make.instant(column.name, name);
    case 'date':
      return make.date(column.name, name);
    case 'prefecture':
      return make.prefecture(column.name, name);
    case 'choice':
      return make.choice(column.name, name, plainValues(column));
  }
}

/** A value that sets its row aside is for the row reader. */
const plainValues = (column: Extract<BulkColumn, { type: 'choice' }>): readonly (string | undefined)[] =>
  valuesOf(column).map((value) => (column.refuses?.[value] === undefined ? value : undefined));

const positionsOfColumns = ({ sources }: FileMapping): ReadonlySet<number> =>
  new Set(sources.flatMap((source) => (source?.type === 'field' ? [source.position] : [])));

/** The fields that say whether a row counts, and are no columns: 0 where it does, else one more than the number of the reason. */
export function conditionColumns({ plan, textOf }: BulkFile): readonly PlainColumn[] {
  const { mapping } = plan;
  if (mapping === undefined) return [];
  const ofColumns = positionsOfColumns(mapping);
  const positions = new Set(conditionsIn(mapping).map(({ position }) => position));
  return [...positions]
    .filter((position) => !ofColumns.has(position))
    .map((position) => {
      const values = new KnownValues((bytes) => {
        const said = saidByValue(mapping, position, textOf(bytes));
        if (said === 'counts') return 0;
        return said === 'may take back' || said >= MOST_REASONS ? undefined : said + 1;
      });
      // A blank one may be a total\u2019s.
      const field = { ...PASSED_OVER, type: SEEN, required: true, absent: 0, outBytes: 1, seenBits: FEW_BITS } as const;
      return { name: '', position, field, lookUp: lookUpIn(values) };
    });
}

/** As many as a byte tells apart; rows that are left out for others are read as text. */
const MOST_REASONS = 250;

/**
 * The first reason to leave a row out that a column of ours is asked for, which those fields do not tell: a row that they leave out
 * for a later one is read as text, for it may be left out for this one.
 */
export function firstReasonOfColumns({ plan }: BulkFile): number {
  const { mapping } = plan;
  if (mapping === undefined) return MOST_REASONS;
  const ofColumns = positionsOfColumns(mapping);
  const first = reasonsToLeaveOut(mapping).findIndex(({ position }) => ofColumns.has(position));
  return first < 0 ? MOST_REASONS : first;
}

const lookUpIn =
  (values: KnownValues): LookUp =>
  (memory, field, record, start, end) => {
    const value = values.valueOf(memory.bytes, start, end);
    memory.keepSeen(field, start, end, value);
    memory.put(field, record, value);
    return value !== UNREADABLE;
  };

/** The fields of the file in its own order; those that no column is read from are passed over. */
export function fieldsOf(columns: readonly PlainColumn[], fieldCount: number): readonly PlainField[] {
  const fields = Array.from({ length: fieldCount }, () => PASSED_OVER);
  for (const { position, field } of columns) if (position !== undefined) fields[position] = field;
  return fields;
}

const PASSED_OVER: PlainField = {
  type: SKIPPED,
  required: false,
  absent: ABSENT,
  wanted: 0,
  outBytes: 8,
  seenBits: 0,
  shapes: undefined,
};

/** Columns by their type. */
class Columns {
  private readonly of: BulkFile;

  constructor(of: BulkFile) {
    this.of = of;
  }

  key(
    written: string,
    name: string,
    keys: PackedIds,
    wanted: typeof LETTERS | typeof IDENTIFIER | typeof PRINTABLE,
  ): PlainColumn {
    const isAbsent = this.absentIn(written);
    return this.column(written, name, { type: KEY, wanted, shapes: keys }, (memory, field, record, start, end) => {
      if (isAbsent(memory.bytes, start, end)) return false;
      const key = keys.addBytes(memory.bytes, memory.view, start, end, wanted);
      if (key === NO_KEY) return false;
      memory.put(field, record, key);
      memory.keepShape(keys, keys.shapeOfLength(end - start), end - start);
      return true;
    });
  }

  word(written: string, name: string, pool: IdDictionary): PlainColumn {
    const about = { type: SEEN, outBytes: 4, seenBits: WORD_BITS } as const;
    const isAbsent = this.absentIn(written);
    return this.column(written, name, about, (memory, field, record, start, end) => {
      if (isAbsent(memory.bytes, start, end)) return false;
      const number = pool.addBytes(memory.bytes, memory.view, start, end);
      if (number === ABSENT) return false;
      memory.put(field, record, number);
      memory.keepSeen(field, start, end, number);
      return true;
    });
  }

  amount(written: string, name: string): PlainColumn {
    return this.column(written, name, { type: AMOUNT, absent: 0 }, () => false);
  }

  instant(written: string, name: string): PlainColumn {
    const about = { type: INSTANT, seenBits: FEW_BITS } as const;
    const { clock } = this.of.plan;
    return this.column(written, name, about, (memory, field, record, start) => {
      const date = dateAt(memory.bytes, start);
      if (date === undefined || !isPlausible(date, clock)) return false;
      memory.keepDay(field, start, startOfDay(date));
      return memory.readAgain(field, record);
    });
  }

  date(written: string, name: string): PlainColumn {
    const { row } = this.of;
    return this.known(written, name, { absent: ABSENT, outBytes: 4 }, (index) => row.date(index));
  }

  prefecture(written: string, name: string): PlainColumn {
    const { row } = this.of;
    return this.known(written, name, { absent: 0, outBytes: 1 }, (index) => Number(row.prefecture(index)));
  }

  choice(written: string, name: string, values: readonly (string | undefined)[]): PlainColumn {
    const { row } = this.of;
    return this.known(written, name, { absent: 0, outBytes: 1 }, (index) => values.indexOf(row.choice(index)));
  }

  /** Few values, whatever their form. A blank one, or one that cannot be read, is left to its record. */
  private known(
    written: string,
    name: string,
    about: Pick<PlainField, 'absent' | 'outBytes'>,
    read: (index: number) => number | undefined,
  ): PlainColumn {
    const { row } = this.of;
    const index = this.indexOf(written);
    const values = new KnownValues((bytes) => {
      const value = this.of.textOf(bytes);
      if (value.trim() === '' || this.mayNotCount(index, value)) return undefined;
      row.openOne(index, value);
      const means = read(index);
      return row.problems.length > 0 || means === undefined || means < 0 ? undefined : means;
    });
    return this.column(written, name, { type: SEEN, seenBits: FEW_BITS, ...about }, lookUpIn(values));
  }

  private column(
    written: string,
    name: string,
    about: Pick<PlainField, 'type'> & Partial<PlainField>,
    lookUp: LookUp,
  ): PlainColumn {
    const index = this.indexOf(written);
    const position = this.positionOf(index);
    const required = LAYOUTS[this.of.kind].columns[index]?.required === true;
    const field = { ...PASSED_OVER, required, ...about };
    return { name, position, field: { ...field, absent: this.constantOf(index) ?? field.absent }, lookUp };
  }

  private positionOf(index: number): number | undefined {
    const { mapping, positions } = this.of.plan;
    if (mapping === undefined) return positions[index] === -1 ? undefined : positions[index];
    const source = mapping.sources[index];
    return source?.type === 'field' ? source.position : undefined;
  }

  /** Whether a value says of its row that it does not count, or takes back another. */
  private mayNotCount(index: number, value: string): boolean {
    const { mapping } = this.of.plan;
    const position = mapping === undefined ? undefined : this.positionOf(index);
    return mapping !== undefined && position !== undefined && saidByValue(mapping, position, value) !== 'counts';
  }

  /** What a column holds in each row, as it lies in the table; undefined where that is not stated. */
  private constantOf(index: number): number | undefined {
    const source = this.of.plan.mapping?.sources[index];
    if (source?.type !== 'constant') return undefined;
    const { columns }: BulkKindDeclaration = BULK_DECLARATIONS[this.of.kind];
    const column = Object.values(columns)[index] as BulkColumn;
    if (column.type === 'amount') return Number(source.text);
    if (column.type === 'choice') return valuesOf(column).indexOf(source.text);
    if (column.type === 'identifier') return this.of.into.texts[column.texts].add(source.text);
    throw new Error(`a constant ${column.name} is read as text`);
  }

  /** Whether bytes are a word for nothing, which only the row reader counts. */
  private absentIn(written: string): (bytes: Uint8Array, start: number, end: number) => boolean {
    const { row } = this.of;
    const column = this.indexOf(written);
    return (bytes, start, end) => {
      if (end - start > LONGEST_ABSENT || isLongDigits(bytes, start, end)) return false;
      row.openOne(column, latin1(bytes, start, end));
      return row.raw(column) === '';
    };
  }

  private indexOf(written: string): number {
    return LAYOUTS[this.of.kind].columns.findIndex(({ name }) => name === written);
  }
}

// ----- Values as bytes -----------------------------------------------------------------------------------------------------

const DATE_BYTES = 10;
/** No word for nothing of ASCII is longer, space around it aside; others are no printable bytes, and read as text. */
const LONGEST_ABSENT = 24;
const isLongDigits = (bytes: Uint8Array, start: number, end: number): boolean => {
  const last = bytes[end - 1] as number;
  return end - start > 1 && last >= 0x30 && last <= 0x39;
};
const latin1 = ({ buffer }: Uint8Array, start: number, end: number): string =>
  Buffer.from(buffer, start, end - start).toString('latin1');

/** The date that an instant begins with, if it is written plainly; days before 1970 are left to the row reader. */
function dateAt({ buffer }: Uint8Array, at: number): CalendarDate | undefined {
  const date = readPlainDate(Buffer.from(buffer, at, DATE_BYTES).toString('latin1'));
  return date === undefined || date < 0 ? undefined : date;
}

/** What a written value stands for, which is not negative; undefined where it stands for nothing. */
type Meaning = (written: Uint8Array) => number | undefined;

const MOST_KNOWN = 1 << 12;
/** Written values that are few: each is read once as text, and known by its bytes from then on. */
class KnownValues {
  private readonly pool = new GrowingTextPool();
  private readonly values: number[] = [];
  private readonly meaning: Meaning;

  constructor(meaning: Meaning) {
    this.meaning = meaning;
  }

  /** The value, which is not negative, or {@link UNREADABLE}. */
  valueOf(bytes: Uint8Array, start: number, end: number): number {
    const known = this.pool.findBytes(bytes, start, end);
    if (known !== ABSENT) return this.values[known] ?? UNREADABLE;
    const value = this.meaning(bytes.subarray(start, end)) ?? UNREADABLE;
    if (this.pool.size < MOST_KNOWN) this.values[this.pool.addBytes(bytes, start, end)] = value;
    return value;
  }
}
