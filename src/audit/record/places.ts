import { ownOf } from '../../base/own.ts';
import { shownId } from '../../policy/personal-data.ts';
import { BULK_DECLARATIONS, declarationOf, FEW_ROWS } from '../../tables/kinds/index.ts';
import { ABSENT, FEW_KINDS, type InputFile, type Tables, type TextLookup } from '../../tables/tables.ts';

const { issuance: ISSUANCE, transactions: TRANSACTIONS, sales: SALES } = BULK_DECLARATIONS;

/** Where rows of one kind stand, and by which id evidence names them. */
interface PlacedRows {
  readonly rows: number;
  readonly file: Uint16Array;
  readonly line: Int32Array;
  readonly ids: Int32Array | Float64Array;
  readonly texts: TextLookup;
}

const BLANK = '%20';

/** Where every row stands that evidence names. Ids are looked for as they are asked for: few of a run's rows are. */
export function placesOf(tables: Tables): (id: string) => readonly string[] {
  const { issuance, transactions, sales } = tables;
  const bulk: Readonly<Record<string, PlacedRows>> = {
    [ISSUANCE.evidencePrefix]: { ...issuance, ids: issuance.coupon, texts: tables.coupons },
    [TRANSACTIONS.evidencePrefix]: { ...transactions, ids: transactions.transaction, texts: tables.transactionIds },
    [SALES.evidencePrefix]: { ...sales, ids: sales.report, texts: tables.reports },
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

function bulkPlaces(id: string, bulk: Readonly<Record<string, PlacedRows>>, placeOf: PlaceOf): readonly string[] {
  const colon = id.indexOf(':');
  const rows = ownOf(bulk, id.slice(0, colon));
  if (rows === undefined) return [];
  const name = id.slice(colon + 1);
  const found = name.includes(BLANK) ? rowsNamed(name, rows) : rowsWith(rows.texts.find(name), rows);
  return found.map((row) => placeOf(rows.file[row] ?? 0, rows.line[row] ?? 0));
}

function rowsWith(key: number, { ids }: PlacedRows): readonly number[] {
  const found: number[] = [];
  if (key === ABSENT) return found;
  for (let row = ids.indexOf(key); row >= 0; row = ids.indexOf(key, row + 1)) found.push(row);
  return found;
}

/** An id with a blank stands as another text in its row: which one, only the rows tell. */
function rowsNamed(name: string, { ids, rows, texts }: PlacedRows): readonly number[] {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    const key = ids[row] ?? ABSENT;
    if (key !== ABSENT && asNamed(texts.textOf(key)) === name) found.push(row);
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
