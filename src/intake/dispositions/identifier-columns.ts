import { declarationOf, FEW_ROWS } from '../../tables/kinds/index.ts';
import type { CouponIndex } from '../../tables/pool-index.ts';
import { ABSENT, type ColumnFinding, FEW_KINDS, type SpelledTwice, type SpellingExample } from '../../tables/tables.ts';
import { type Canonical, canonicalOf, isNumber, NUMBERS, SpellingClasses } from '../columns/number-shapes.ts';
import type { Builder } from '../schema/decoders.ts';
import type { BulkTables } from './bulk-tables.ts';
import { asKey, type Column, numbered, rowsOf } from './identifier-column.ts';
import { couponsRoundedElsewhere, roundedIn } from './rounded-numbers.ts';

/** What columns of identifiers show only as a whole: that a spreadsheet wrote some of them, or rounded all. */
export interface IdentifierFindings {
  readonly findings: readonly ColumnFinding[];
  readonly spelledTwice: SpelledTwice;
}

export function inspectIdentifiers(into: Builder, bulk: BulkTables): IdentifierFindings {
  const columns = columnsOf(into, bulk);
  const typed = FEW_KINDS.filter((kind) => declarationOf(kind).isTyped === true).map((kind) => ({
    kind,
    found: fewSpelledTwice<Place>(FEW_ROWS[kind].idColumn, into.few[kind], FEW_ROWS[kind].idOf),
  }));
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
      ...typed.flatMap(({ found }) => found.findings),
      ...Object.values(columns).flatMap(roundedIn),
      ...couponsRoundedElsewhere(into, bulk),
    ],
    spelledTwice: {
      transactions: transactions.values,
      reports: reports.values,
      coupons: coupons.values as ReadonlySet<CouponIndex>,
      merchants: merchants.values,
      few: Object.fromEntries(typed.map(({ kind, found }) => [kind, found.ids])),
    },
  };
}

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
  const { rowsOfShape, hasPadded } = countShapes(column, classes);
  const { main, shapesOfClass } = mostCommonShapes(rowsOfShape, classes);
  // Numbers that were only counted on, from 1 to 10 and beyond, are no spellings of one another.
  if (!hasPadded) main[NUMBERS] = NO_SHAPE;
  const hasWhole = classes.classOf(0) !== 0 && rowsOfShape[0] !== 0;
  for (let each = 0; each < main.length; each++)
    if ((shapesOfClass[each] as number) < 2 && !(each === NUMBERS && hasWhole)) main[each] = NO_SHAPE;
  // Texts without a shape are of any length: none of them is the column\u2019s own.
  if (hasWhole && main[NUMBERS] === 0) main[NUMBERS] = classes.shapes;
  return main.every((shape) => shape === NO_SHAPE) ? undefined : main;
}

/** Rows by shape, and whether any number begins with a zero. */
function countShapes(column: Column, classes: SpellingClasses) {
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
  return { rowsOfShape, hasPadded };
}

/** By class: the shape that most rows have, and how many shapes there are. */
function mostCommonShapes(rowsOfShape: Float64Array, classes: SpellingClasses) {
  const main = new Int32Array(classes.count).fill(NO_SHAPE);
  const shapesOfClass = new Int32Array(classes.count);
  rowsOfShape.forEach((rows, shape) => {
    const itsClass = classes.classOf(shape);
    if (rows === 0 || itsClass === 0) return;
    const best = main[itsClass] as number;
    if (best === NO_SHAPE || rows > (rowsOfShape[best] as number)) main[itsClass] = shape;
    shapesOfClass[itsClass] = (shapesOfClass[itsClass] as number) + 1;
  });
  return { main, shapesOfClass };
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
