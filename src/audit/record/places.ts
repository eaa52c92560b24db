import { ownOf } from '../../base/own.ts';
import { type RowsByNumber, rowsByNumber, rowsOfNumber } from '../../base/rows-by-number.ts';
import { shownId } from '../../policy/personal-data.ts';
import { BULK_DECLARATIONS, declarationOf, FEW_ROWS } from '../../tables/kinds/index.ts';
import { ABSENT, FEW_KINDS, type InputFile, type Tables, type TextLookup } from '../../tables/tables.ts';

const { issuance: ISSUANCE, transactions: TRANSACTIONS, sales: SALES } = BULK_DECLARATIONS;

/** Where rows of one kind stand, and by which id evidence names them. */
interface PlacedRows {
  readonly rows: number;
  readonly file: Int32Array;
  readonly line: Int32Array;
  readonly ids: Int32Array | Float64Array;
  readonly texts: TextLookup;
}

const BLANK = '%20';

/** Where every row stands that evidence names. Ids are looked for as they are asked for: few of a run's rows are. */
export function placesOf(tables: Tables): (id: string) => readonly string[] {
  const { issuance, transactions, sales } = tables;
  const { coupons, transactionIds, reports } = tables;
  const bulk: Readonly<Record<string, RowsById>> = {
    [ISSUANCE.evidencePrefix]: new RowsById({ ...issuance, ids: issuance.coupon, texts: coupons }),
    [TRANSACTIONS.evidencePrefix]: new RowsById({
      ...transactions,
      ids: transactions.transaction,
      texts: transactionIds,
    }),
    [SALES.evidencePrefix]: new RowsById({ ...sales, ids: sales.report, texts: reports }),
  };
  const placeOf = (file: number, line: number): string => {
    const name = (tables.files[file] as InputFile | undefined)?.name;
    return name === undefined ? '(previous run)' : `${name}:${line}`;
  };
  const others = placesOfFew(tables, placeOf);
  const known = new Map<string, readonly string[]>();
  return (id) => {
    const found = known.get(id) ?? [...bulkPlaces(id, bulk, placeOf), ...(others.get(id) ?? [])];
    known.set(id, found);
    return found;
  };
}

type PlaceOf = (file: number, line: number) => string;

function bulkPlaces(id: string, bulk: Readonly<Record<string, RowsById>>, placeOf: PlaceOf): readonly string[] {
  const colon = id.indexOf(':');
  const rows = ownOf(bulk, id.slice(0, colon));
  if (rows === undefined) return [];
  const { file, line } = rows.placed;
  return rows.named(id.slice(colon + 1)).map((row) => placeOf(file[row] ?? 0, line[row] ?? 0));
}

/** Looked for so many times, rows are put in order once: before, that costs more than it saves. */
const FEW = 64;

/** Rows of one kind by the ids that evidence names. */
class RowsById {
  readonly placed: PlacedRows;
  private asked = 0;
  private byKey: RowsByNumber | undefined;
  private withBlanks: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(placed: PlacedRows) {
    this.placed = placed;
  }

  named(name: string): readonly number[] {
    if (!name.includes(BLANK)) return this.with(this.placed.texts.find(name));
    this.withBlanks ??= rowsWithBlanks(this.placed);
    return this.withBlanks.get(name) ?? [];
  }

  private with(key: number): readonly number[] {
    const { ids } = this.placed;
    if (key === ABSENT) return [];
    this.asked++;
    if (this.asked <= FEW) return rowsWith(key, ids);
    this.byKey ??= rowsByPlace(ids);
    return [...rowsOfNumber(this.byKey, placeIn(placesFor(ids), key))].filter((row) => ids[row] === key);
  }
}

/** Keys may be of any size: each falls into one of about as many places as there are rows, few into the same. */
function rowsByPlace(ids: PlacedRows['ids']): RowsByNumber {
  const [rows, numbers, places] = [new Int32Array(ids.length), new Int32Array(ids.length), placesFor(ids)];
  for (let row = 0; row < ids.length; row++) {
    rows[row] = row;
    numbers[row] = placeIn(places, ids[row] as number);
  }
  return rowsByNumber(rows, numbers, places);
}

/** A power of two, so that a remainder is a mask. */
const placesFor = ({ length }: PlacedRows['ids']): number => 2 ** Math.ceil(Math.log2(Math.max(2, length)));
const GOLDEN = 0x9e3779b1;
const placeIn = (places: number, key: number): number =>
  (Math.imul((key | 0) ^ Math.floor(key / 2 ** 32), GOLDEN) >>> 7) & (places - 1);

function rowsWith(key: number, ids: PlacedRows['ids']): readonly number[] {
  const found: number[] = [];
  for (let row = ids.indexOf(key); row >= 0; row = ids.indexOf(key, row + 1)) found.push(row);
  return found;
}

/** An id with a blank stands as another text in its row: which one, only the rows tell. */
function rowsWithBlanks({ ids, rows, texts }: PlacedRows): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = ids[row] ?? ABSENT;
    const name = key === ABSENT ? '' : asNamed(texts.textOf(key));
    if (!name.includes(BLANK)) continue;
    const list = found.get(name);
    if (list === undefined) found.set(name, [row]);
    else list.push(row);
  }
  return found;
}

const asNamed = (id: string): string => id.replace(/\s/g, BLANK);

function placesOfFew(tables: Tables, placeOf: PlaceOf): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  const add = (prefix: string, id: string, file: number, line: number) => {
    const key = `${prefix}:${asNamed(id)}`;
    const list = index.get(key);
    if (list === undefined) index.set(key, [placeOf(file, line)]);
    else list.push(placeOf(file, line));
  };
  for (const kind of FEW_KINDS) {
    const { evidencePrefix, isTyped } = declarationOf(kind);
    const { idOf } = FEW_ROWS[kind];
    for (const row of tables[kind])
      add(evidencePrefix, isTyped === true ? shownId(idOf(row)) : idOf(row), row.file, row.line);
  }
  for (const row of tables.rejects)
    if (row.kind === 'transactions') add(TRANSACTIONS.evidencePrefix, row.rowId ?? '?', row.file, row.line);
  return index;
}
