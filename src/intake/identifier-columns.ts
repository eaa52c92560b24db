import type { BulkTables } from './bulk-tables.ts';
import type { Builder } from './decode.ts';
import type { KeyNumbers } from './key-numbers.ts';
import {
  type Canonical,
  canonicalOf,
  isLongNumber,
  isNumber,
  looksRounded,
  NUMBERS,
  SpellingClasses,
} from './number-shapes.ts';
import { DIGITS_KEPT } from './respellings.ts';
import { ABSENT, type ColumnFinding, type SpelledTwice, type SpellingExample } from './tables.ts';
import { DIGIT, isDigit, type TextKeys } from './text-keys.ts';

/** What columns of identifiers show only as a whole: that a spreadsheet wrote some of them, or rounded all. */
export interface IdentifierFindings {
  readonly findings: readonly ColumnFinding[];
  readonly spelledTwice: SpelledTwice;
}

export function inspectIdentifiers(into: Builder, bulk: BulkTables): IdentifierFindings {
  const columns = columnsOf(into, bulk);
  const claims = fewSpelledTwice('claim_id', into.claims, ({ claimId }) => claimId);
  const applications = fewSpelledTwice('application_id', into.applications, ({ applicationId }) => applicationId);
  const transactions = spelledTwiceIn(columns.transaction);
  const reports = spelledTwiceIn(columns.report);
  const coupons = spelledTwiceIn(columns.coupon);
  const merchants = spelledTwiceIn(columns.merchant);
  return {
    findings: [
      ...transactions.findings,
      ...reports.findings,
      ...coupons.findings,
      ...merchants.findings,
      ...spelledTwiceIn(columns.account).findings,
      ...claims.findings,
      ...applications.findings,
      ...Object.values(columns).flatMap(roundedIn),
    ],
    spelledTwice: {
      transactions: transactions.values,
      reports: reports.values,
      coupons: coupons.values,
      merchants: merchants.values,
      claims: claims.ids,
      applications: applications.ids,
    },
  };
}

/** A column as it lies in one or more tables: keys of its texts, or numbers of them. */
interface Column {
  readonly name: string;
  readonly texts: TextKeys;
  readonly keyOf: (value: number) => number;
  readonly chunks: () => Iterable<ColumnRows>;
  /** Words are chosen by people, who may be told apart by their case. */
  readonly numbersOnly?: boolean;
}

interface ColumnRows {
  /** Where these are of another column that holds the same numbers. */
  readonly name?: string;
  readonly rows: number;
  readonly values: Float64Array | Int32Array;
  readonly file: Uint16Array;
  readonly line: Int32Array;
}

const asKey = (value: number): number => value;
const numbered = (pool: KeyNumbers) => ({ texts: pool.texts, keyOf: (number: number) => pool.keyOf(number) });

function columnsOf({ coupons, texts }: Builder, bulk: BulkTables) {
  const issuance = () => bulk.issuance('coupon', 'account', 'file', 'line');
  const transactions = () => bulk.transactions('transaction', 'related', 'merchant', 'file', 'line');
  return {
    coupon: { name: 'coupon_number', ...numbered(coupons), chunks: () => rowsOf(issuance(), 'coupon') },
    account: {
      name: 'account_id',
      texts: texts.texts,
      keyOf: asKey,
      chunks: () => rowsOf(issuance(), 'account'),
      numbersOnly: true,
    },
    transaction: {
      name: 'transaction_id',
      texts: texts.transactionIds,
      keyOf: asKey,
      *chunks() {
        yield* rowsOf(transactions(), 'transaction');
        // What a cancel names is the number of its payment.
        for (const rows of rowsOf(transactions(), 'related')) yield { ...rows, name: 'related_transaction_id' };
      },
    },
    report: { name: 'report_id', texts: texts.reports, keyOf: asKey, chunks: () => rowsOf(bulk.sales(), 'report') },
    merchant: {
      name: 'merchant_id',
      ...numbered(texts.merchants),
      *chunks() {
        yield* rowsOf(transactions(), 'merchant');
        yield* rowsOf(bulk.sales(), 'merchant');
      },
    },
  } satisfies Record<string, Column>;
}

type Columns<Name extends string> = Readonly<
  Record<Name, Float64Array | Int32Array> & { readonly file: Uint16Array; readonly line: Int32Array }
>;

function* rowsOf<Name extends string>(
  chunks: Iterable<{ readonly rows: number; readonly columns: Columns<Name> }>,
  name: Name,
): Iterable<ColumnRows> {
  for (const { rows, columns } of chunks) yield { rows, values: columns[name], file: columns.file, line: columns.line };
}

// ----- One number in two spellings ----------------------------------------------------------------------------------------

interface Found {
  readonly findings: readonly ColumnFinding[];
  readonly values: ReadonlySet<number>;
}

const NOTHING_FOUND: Found = { findings: [], values: new Set() };

/**
 * Values of a column that are one number in two spellings. Of each class of shapes that may be spellings of one another
 * the shape of most rows is the column\u2019s own: only the others are kept, and those of it held against them.
 */
function spelledTwiceIn(column: Column): Found {
  const classes = new SpellingClasses(column.texts);
  if (!classes.any) return NOTHING_FOUND;
  const main = mainShapes(column, classes);
  if (main === undefined) return NOTHING_FOUND;
  const isMain = (shape: number): boolean => main[classes.classOf(shape)] === shape;
  const isKept = (shape: number): boolean => main[classes.classOf(shape)] !== NO_SHAPE && !isMain(shape);
  const others = new Map<Canonical, number>();
  const twice = new Map<number, Canonical>();
  const hold = (value: number, keep: boolean): void => {
    const canonical = classes.canonical(column.keyOf(value));
    if (canonical === undefined || (column.numbersOnly === true && !isNumber(canonical))) return;
    const known = others.get(canonical);
    if (known === value) return;
    if (known === undefined) {
      if (keep) others.set(canonical, value);
      return;
    }
    twice.set(value, canonical);
    twice.set(known, canonical);
  };
  eachValue(column, classes, isKept, (value) => hold(value, true));
  if (others.size > 0) eachValue(column, classes, isMain, (value) => hold(value, false));
  return twice.size === 0 ? NOTHING_FOUND : { findings: findingsOf(column, twice), values: new Set(twice.keys()) };
}

const NO_SHAPE = -1;

/** By class the shape that most rows have, or NO_SHAPE where nothing can be spelled twice; undefined where that is all. */
function mainShapes(column: Column, classes: SpellingClasses): Int32Array | undefined {
  const rowsOfShape = new Float64Array(classes.shapes);
  let hasPadded = false;
  for (const { rows, values } of column.chunks()) {
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number;
      if (value === ABSENT) continue;
      const key = column.keyOf(value);
      const shape = classes.shapeOf(key);
      const itsClass = classes.classOf(shape);
      if (itsClass === 0) continue;
      rowsOfShape[shape] = (rowsOfShape[shape] as number) + 1;
      if (itsClass === NUMBERS && !hasPadded) hasPadded = classes.isPadded(key);
    }
  }
  const main = new Int32Array(classes.count).fill(NO_SHAPE);
  const shapesOfClass = new Int32Array(classes.count);
  rowsOfShape.forEach((rows, shape) => {
    const itsClass = classes.classOf(shape);
    if (rows === 0 || itsClass === 0) return;
    const best = main[itsClass] as number;
    if (best === NO_SHAPE || rows > (rowsOfShape[best] as number)) main[itsClass] = shape;
    shapesOfClass[itsClass] = (shapesOfClass[itsClass] as number) + 1;
  });
  // Numbers that were only counted on, from 1 to 10 and beyond, are no spellings of one another.
  if (!hasPadded) main[NUMBERS] = NO_SHAPE;
  const hasWhole = classes.classOf(0) !== 0 && rowsOfShape[0] !== 0;
  for (let each = 0; each < main.length; each++)
    if ((shapesOfClass[each] as number) < 2 && !(each === NUMBERS && hasWhole)) main[each] = NO_SHAPE;
  // Texts without a shape are of any length: none of them is the column\u2019s own.
  if (hasWhole && main[NUMBERS] === 0) main[NUMBERS] = classes.shapes;
  return main.every((shape) => shape === NO_SHAPE) ? undefined : main;
}

function eachValue(
  column: Column,
  classes: SpellingClasses,
  isWanted: (shape: number) => boolean,
  use: (value: number) => void,
): void {
  for (const { rows, values } of column.chunks()) {
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number;
      if (value !== ABSENT && isWanted(classes.shapeOf(column.keyOf(value)))) use(value);
    }
  }
}

const MOST_EXAMPLES = 5;

interface Place {
  readonly file: number;
  readonly line: number;
}

interface FoundInFile {
  readonly file: number;
  readonly name: string;
  rows: number;
  readonly places: (Place & { readonly value: number })[];
}

/** A finding for each file, with its rows counted. */
function findingsOf(column: Column, twice: ReadonlyMap<number, Canonical>): readonly ColumnFinding[] {
  // By where they stand, not by their keys: these come in the order in which threads met them.
  const firsts = new Map<number, Place>();
  const spellings = new Map<Canonical, number[]>();
  const found = new Map<string, FoundInFile>();
  for (const { rows, values, file, line, name = column.name } of column.chunks()) {
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number;
      if (!twice.has(value)) continue;
      const place = { value, file: file[row] as number, line: line[row] as number };
      if (!firsts.has(value)) {
        firsts.set(value, place);
        const canonical = twice.get(value) as Canonical;
        spellings.set(canonical, [...(spellings.get(canonical) ?? []), value]);
      }
      const key = `${place.file} ${name}`;
      const inFile = found.get(key) ?? { file: place.file, name, rows: 0, places: [] };
      found.set(key, inFile);
      inFile.rows++;
      if (inFile.places.length < MOST_EXAMPLES) inFile.places.push(place);
    }
  }
  const written = (value: number): string => column.texts.textOf(column.keyOf(value));
  const exampleOf = ({ value, line }: Place & { readonly value: number }): SpellingExample => {
    const other = spellings.get(twice.get(value) as Canonical)?.find((each) => each !== value) as number;
    const first = firsts.get(other) as Place;
    return { line, written: written(value), other: { file: first.file, line: first.line, written: written(other) } };
  };
  return Array.from(found.values(), ({ file, name, rows, places }) => ({
    code: 'TWO_SPELLINGS',
    file,
    column: name,
    rows,
    examples: places.map(exampleOf),
  }));
}

/** The same of rows that are few, whose ids are texts. */
function fewSpelledTwice<Row extends Place>(
  column: string,
  rows: readonly Row[],
  idOf: (row: Row) => string,
): { readonly findings: readonly ColumnFinding[]; readonly ids: ReadonlySet<string> } {
  const firsts = new Map<Canonical, Row>();
  const others = new Map<string, Row>();
  for (const row of rows) {
    const canonical = canonicalOf(idOf(row));
    const first = canonical === undefined ? undefined : firsts.get(canonical);
    if (canonical !== undefined && first === undefined) firsts.set(canonical, row);
    if (first === undefined || idOf(first) === idOf(row)) continue;
    others.set(idOf(row), first);
    others.set(idOf(first), row);
  }
  const byFile = new Map<number, Row[]>();
  for (const row of rows) if (others.has(idOf(row))) byFile.set(row.file, [...(byFile.get(row.file) ?? []), row]);
  const findings = Array.from(
    byFile,
    ([file, found]): ColumnFinding => ({
      code: 'TWO_SPELLINGS',
      file,
      column,
      rows: found.length,
      examples: found.slice(0, MOST_EXAMPLES).map((row) => {
        const other = others.get(idOf(row)) as Row;
        return {
          line: row.line,
          written: idOf(row),
          other: { file: other.file, line: other.line, written: idOf(other) },
        };
      }),
    }),
  );
  return { findings, ids: new Set(others.keys()) };
}

// ----- Numbers that a spreadsheet rounded -----------------------------------------------------------------------------------

/** Digits that are zero by chance in one of so many columns only, for it takes a factor of ten each. */
const ENOUGH_ZEROS = 6;

interface LongNumbers {
  rows: number;
  areRounded: boolean;
  /** Digits beyond those that a spreadsheet keeps, of numbers that differ. */
  zeros: number;
  readonly seen: Set<number>;
  readonly lines: number[];
}

/**
 * Files in which all numbers of a column are longer than a spreadsheet can keep, and end in zeros from there on: it has
 * made one of many, and who they were nobody can tell any more.
 */
function roundedIn(column: Column): readonly ColumnFinding[] {
  if (!mayHoldLongNumbers(column.texts)) return [];
  const byFile = new Map<number, LongNumbers>();
  for (const { rows, values, file, line } of column.chunks()) {
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number;
      if (value === ABSENT) continue;
      const found = byFile.get(file[row] as number) ?? {
        rows: 0,
        areRounded: true,
        zeros: 0,
        seen: new Set<number>(),
        lines: [],
      };
      if (found.areRounded) takeNumber(found, value, line[row] as number, column);
      byFile.set(file[row] as number, found);
    }
  }
  return Array.from(byFile)
    .filter(([, { areRounded, zeros }]) => areRounded && zeros >= ENOUGH_ZEROS)
    .map(([file, { rows, lines }]) => ({
      code: 'ROUNDED_NUMBERS',
      file,
      column: column.name,
      rows,
      examples: lines.map((line) => ({ line, written: '', other: undefined })),
    }));
}

function mayHoldLongNumbers(texts: TextKeys): boolean {
  for (const { bytes } of texts.allShapes())
    if (bytes.length > DIGITS_KEPT && bytes.every((byte) => byte === DIGIT || isDigit(byte))) return true;
  return [...texts.wholeTexts(MOST_LOOKED_AT)].some(isLongNumber);
}

const MOST_LOOKED_AT = 1000;

function takeNumber(found: LongNumbers, value: number, line: number, { texts, keyOf }: Column): void {
  if (found.seen.has(value)) {
    found.rows++;
    return;
  }
  const text = texts.textOf(keyOf(value));
  if (!isLongNumber(text)) return;
  found.rows++;
  found.areRounded = looksRounded(text);
  if (found.zeros >= ENOUGH_ZEROS) return;
  found.seen.add(value);
  found.zeros += text.length - DIGITS_KEPT;
  found.lines.push(line);
}
