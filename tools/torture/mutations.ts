import type { Dice } from '../../test/simulation/dice.ts';
import { type CsvTable, csvOf, type Tables } from './csv-table.ts';
import { EDGE_JSON, EDGE_VALUES } from './edge-values.ts';
import type { Night } from './nights.ts';

/** What a mutation changed: rows, before and after; or something that may concern everybody. */
export type Changed = readonly { readonly header: readonly string[]; readonly row: readonly string[] }[] | 'everybody';

/** A night as it is written, after something was done to it. */
export interface Mutated {
  /** Files by name, without ending. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Tables as far as they are still tables. */
  readonly tables: Tables;
  readonly changed: Changed;
  /** The file that is otherwise. */
  readonly name: string;
  readonly label: string;
}

/** A table, after something was done to it. */
interface TableChange {
  readonly table: CsvTable;
  readonly changed: Changed;
  readonly label: string;
}

type OfTable = (table: CsvTable, dice: Dice) => TableChange;

const at = <T>(list: readonly T[], place: number, value: T): readonly T[] =>
  list.map((each, index) => (index === place ? value : each));
const without = <T>(list: readonly T[], place: number): readonly T[] => list.filter((_, index) => index !== place);
const inserted = <T>(list: readonly T[], place: number, value: T): readonly T[] => [
  ...list.slice(0, place),
  value,
  ...list.slice(place),
];
const told = (value: string): string => JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);

const valueFor = (table: CsvTable, column: number, dice: Dice): string => {
  const other = table.rows.length > 0 && dice.chance(0.3) ? dice.pick(table.rows) : undefined;
  // Of the same column, or of any.
  return other === undefined
    ? dice.pick(EDGE_VALUES)
    : (other[dice.chance(0.7) ? column : dice.int(0, other.length - 1)] ?? '');
};

const changeCells: OfTable = (table, dice) => {
  const { header } = table;
  let { rows } = table;
  const changed: { header: readonly string[]; row: readonly string[] }[] = [];
  const labels: string[] = [];
  for (let count = dice.int(1, 3); count > 0 && rows.length > 0; count--) {
    const place = dice.int(0, rows.length - 1);
    const column = dice.int(0, header.length - 1);
    const value = valueFor(table, column, dice);
    const row = rows[place] ?? [];
    const after = at(row, column, value);
    changed.push({ header, row }, { header, row: after });
    rows = at(rows, place, after);
    labels.push(`row ${place + 1} ${header[column]} = ${told(value)}`);
  }
  return { table: { header, rows }, changed, label: labels.join(', ') };
};

const changeRows: OfTable = ({ header, rows }, dice) => {
  if (rows.length === 0) return { table: { header, rows: [[]] }, changed: 'everybody', label: 'an empty row' };
  const place = dice.int(0, rows.length - 1);
  const other = dice.int(0, rows.length - 1);
  const [row, theirs] = [rows[place] ?? [], rows[other] ?? []];
  const one = [{ header, row }];
  const ways: readonly (() => TableChange)[] = [
    () => ({ table: { header, rows: without(rows, place) }, changed: one, label: `without row ${place + 1}` }),
    () => ({ table: { header, rows: inserted(rows, other, row) }, changed: one, label: `row ${place + 1} twice` }),
    () => ({
      table: { header, rows: at(at(rows, place, theirs), other, row) },
      changed: [...one, { header, row: theirs }],
      label: `rows ${place + 1} and ${other + 1} swapped`,
    }),
    // Fields lost or won by one row move whatever stands behind them.
    () => ({
      table: { header, rows: at(rows, place, row.slice(1)) },
      changed: one,
      label: `row ${place + 1} moved left`,
    }),
    () => ({
      table: { header, rows: at(rows, place, ['', ...row]) },
      changed: one,
      label: `row ${place + 1} moved right`,
    }),
    () => ({ table: { header, rows: [...rows].reverse() }, changed: [], label: 'all rows turned round' }),
  ];
  return dice.pick(ways)();
};

const changeColumns: OfTable = ({ header, rows }, dice) => {
  const place = dice.int(0, header.length - 1);
  const other = dice.int(0, header.length - 1);
  const name = dice.pick(EDGE_VALUES);
  const swap = (row: readonly string[]): readonly string[] =>
    at(at(row, place, row[other] ?? ''), other, row[place] ?? '');
  const ways: readonly (() => Omit<TableChange, 'changed'>)[] = [
    () => ({
      table: { header: without(header, place), rows: rows.map((row) => without(row, place)) },
      label: `without ${header[place]}`,
    }),
    () => ({
      table: { header, rows: rows.map(swap) },
      label: `cells of ${header[place]} and ${header[other]} swapped`,
    }),
    () => ({
      table: { header: swap(header), rows: rows.map(swap) },
      label: `columns ${header[place]} and ${header[other]} swapped`,
    }),
    () => ({ table: { header: at(header, place, name), rows }, label: `header ${header[place]} = ${told(name)}` }),
    () => ({ table: { header: at(header, place, header[other] ?? ''), rows }, label: `header ${header[other]} twice` }),
    () => ({
      table: { header: [...header, name], rows: rows.map((row) => [...row, dice.pick(EDGE_VALUES)]) },
      label: `one more column ${told(name)}`,
    }),
    () => ({
      table: { header, rows: rows.map((row) => at(row, place, name)) },
      label: `all ${header[place]} = ${told(name)}`,
    }),
  ];
  return { ...dice.pick(ways)(), changed: 'everybody' };
};

const WAYS: readonly (readonly [chance: number, way: OfTable])[] = [
  [0.6, changeCells],
  [0.25, changeRows],
  [0.15, changeColumns],
];

function wayOf(dice: Dice): OfTable {
  let left = dice.int(0, 999) / 1000;
  for (const [chance, way] of WAYS) {
    if (left < chance) return way;
    left -= chance;
  }
  return changeCells;
}

/** Something of a table is otherwise: mostly few cells. */
export const changeTable: OfTable = (table, dice) => wayOf(dice)(table, dice);

/** A way in which the bytes of a file go wrong. */
type OfBytes = (bytes: Uint8Array, dice: Dice) => readonly [bytes: Uint8Array, label: string];

const textTo =
  (label: string, change: (text: string, dice: Dice) => string): OfBytes =>
  (bytes, dice) => [Buffer.from(change(Buffer.from(bytes).toString('utf8'), dice), 'utf8'), label];

const insertAt = (text: string, sign: string, dice: Dice): string => {
  const place = dice.int(0, text.length);
  return text.slice(0, place) + sign + text.slice(place);
};

const BYTE_WAYS: readonly OfBytes[] = [
  textTo('a quote inserted', (text, dice) => insertAt(text, '"', dice)),
  textTo('a sign inserted', (text, dice) => insertAt(text, dice.pick(EDGE_VALUES), dice)),
  textTo('a line end lost', (text, dice) => {
    const lines = text.split('\n');
    const place = dice.int(0, Math.max(0, lines.length - 2));
    return [...lines.slice(0, place), `${lines[place] ?? ''}${lines[place + 1] ?? ''}`, ...lines.slice(place + 2)].join(
      '\n',
    );
  }),
  textTo('CRLF', (text) => text.replaceAll('\n', '\r\n')),
  textTo('CR', (text) => text.replaceAll('\n', '\r')),
  textTo('line ends mixed', (text, dice) => text.replace(/\n/g, () => dice.pick(['\n', '\r\n', '\r', '\n\n']))),
  textTo('a byte order mark', (text) => `\ufeff${text}`),
  textTo('cut', (text, dice) => text.slice(0, dice.int(0, text.length))),
  textTo('twice', (text) => text + text),
  textTo('semicolons', (text) => text.replaceAll(',', ';')),
  textTo('tabs', (text) => text.replaceAll(',', '\t')),
  (bytes) => [Buffer.from(`\ufeff${Buffer.from(bytes).toString('utf8')}`, 'utf16le'), 'UTF-16'],
  (bytes, dice) => {
    const flipped = Uint8Array.from(bytes);
    for (let count = dice.int(1, 4); count > 0; count--)
      flipped[dice.int(0, Math.max(0, bytes.length - 1))] = dice.int(0, 255);
    return [flipped, 'bytes flipped'];
  },
  (bytes, dice) => [Buffer.concat([Buffer.from([0x1f, 0x8b, 8, dice.int(0, 255)]), bytes]), 'called gzip'],
  () => [new Uint8Array(0), 'empty'],
];

/** Something of a file is otherwise, whatever it holds. */
export const changeBytes: OfBytes = (bytes, dice) => dice.pick(BYTE_WAYS)(bytes, dice);

/** Something of a document is otherwise. */
export function changeDocument(document: object, dice: Dice): readonly [text: Uint8Array, label: string] {
  if (dice.chance(0.15)) {
    return changeBytes(Buffer.from(JSON.stringify(document)), dice);
  }
  const copy = JSON.parse(JSON.stringify(document)) as unknown;
  const label = changeWithin(copy, dice, '');
  return [Buffer.from(JSON.stringify(copy)), label];
}

/** Goes down some way, and changes what is there. */
function changeWithin(value: unknown, dice: Dice, path: string): string {
  const holder = value as Record<string, unknown>;
  const keys = Object.keys(holder);
  const key = keys.length === 0 ? 'x' : dice.pick(keys);
  const inner = holder[key];
  if (typeof inner === 'object' && inner !== null && dice.chance(0.8))
    return changeWithin(inner, dice, `${path}/${key}`);
  const edge = dice.pick(EDGE_JSON);
  if (dice.chance(0.15)) {
    delete holder[key];
    return `without ${path}/${key}`;
  }
  if (dice.chance(0.2)) {
    const name = dice.pick(EDGE_VALUES);
    Object.defineProperty(holder, name, { value: inner ?? edge, enumerable: true, configurable: true, writable: true });
    return `${path}/${told(name)} added`;
  }
  holder[key] = edge;
  return `${path}/${key} = ${told(JSON.stringify(edge) ?? '')}`;
}

const bytesOf = (tables: Tables): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, Buffer.from(csvOf(table), 'utf8')]));

/** The files of a night as it is. */
export const untouched = ({ tables, documents }: Night): Readonly<Record<string, Uint8Array>> => ({
  ...bytesOf(tables),
  ...Object.fromEntries(
    Object.entries(documents).map(([name, document]) => [name, Buffer.from(JSON.stringify(document))]),
  ),
});

/** Does something to a night: to one file of it, mostly to few cells. */
export function mutate(night: Night, dice: Dice): Mutated {
  const files = untouched(night);
  const { tables, documents } = night;
  if (dice.chance(0.15)) {
    const name = dice.pick(Object.keys(documents));
    const [bytes, label] = changeDocument(documents[name] ?? {}, dice);
    return { files: { ...files, [name]: bytes }, tables, changed: 'everybody', name, label: `${name}: ${label}` };
  }
  // People write it by hand, and it says who is paid.
  const name = 'decisions' in tables && dice.chance(0.1) ? 'decisions' : dice.pick(Object.keys(tables));
  if (dice.chance(0.2)) {
    const [bytes, label] = dice.pick(BYTE_WAYS)(files[name] ?? new Uint8Array(0), dice);
    return { files: { ...files, [name]: bytes }, tables, changed: 'everybody', name, label: `${name}: ${label}` };
  }
  const { table, changed, label } = changeTable(tables[name] as CsvTable, dice);
  const mutated = { ...tables, [name]: table };
  const written = { ...files, ...bytesOf({ [name]: table }) };
  return { files: written, tables: mutated, changed, name, label: `${name}: ${label}` };
}
