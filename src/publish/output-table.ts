import type { Outcome } from '../settlement/outcome.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { Tables } from '../tables/tables.ts';
import type { Asked } from './asked.ts';
import type { CellOf, Row } from './csv-bytes.ts';
import type { PayoutPart } from './known-payout.ts';
import type { Carried } from './previous.ts';
import type { ToSend } from './to-send.ts';

/**
 * A column of a table to publish: its name in the header, and what stands in it. Methods, so that tables of all things
 * fit into one list: a thing only ever meets the columns of its own table.
 */
export type Column<Thing> = TextColumn<Thing> | YenColumn<Thing>;

interface ColumnFacts {
  readonly name: string;
  /** `diff` passes it by: it says nothing of what a coupon is worth. */
  readonly compared?: false;
}

interface TextColumn<Thing> extends ColumnFacts {
  /** @param payoutId of the payout that the coupon stands in, or empty */
  of(thing: Thing, payoutId: string): string;
}

/** Summed up for the control totals. Nothing stands in a cell where it is undefined. */
export interface YenColumn<Thing> extends ColumnFacts {
  yenOf(thing: Thing): number | undefined;
}

/** A file of a run folder that is a table, whatever its rows are of. */
export interface Table<Thing> {
  readonly name: string;
  readonly columns: readonly Column<Thing>[];
  /** A copy for people may have formulas disarmed; what a machine pays from never. */
  readonly forMachines: boolean;
}

/** A table with rows for each settlement, in the order of settlements: they can be told as each is made. */
export interface SettlementTable<Thing = unknown> extends Table<Thing> {
  rowsOf(settlement: Settlement): readonly Thing[];
  /** In which order they stand, where it is not the one in which they are given. */
  order?(a: Thing, b: Thing): number;
}

/** The rows of a settlement as they stand in its table. */
export function thingsInOrder<Thing>(table: SettlementTable<Thing>, settlement: Settlement): readonly Thing[] {
  const things = table.rowsOf(settlement);
  const { order } = table;
  return order === undefined || things.length < 2 ? things : [...things].sort(order);
}

/** A table that is made once, of all that a run came to. */
export interface RunTable<Thing = unknown> extends Table<Thing> {
  /** Made anew for whoever asks: all rows at once would be most of a run\u2019s memory. None: the file is not written. */
  rowsIn(contents: RunContents): Iterable<Thing> | undefined;
}

/** What the tables that do not follow the settlements are made of. */
export interface RunContents {
  readonly outcome: Outcome;
  readonly tables: Tables;
  /** What earlier runs of the chain paid, where there is one. */
  readonly carried: readonly Carried[] | undefined;
  /** Payouts of the chain that no paid row speaks of. */
  readonly toSend: readonly ToSend[];
  /** What earlier runs of the chain asked, where there is one. */
  readonly asked: readonly Asked[] | undefined;
  /** Of payouts that paid rows speak of as a whole. */
  readonly paidPayouts: readonly PayoutPart[];
}

export const headerOf = ({ columns }: Pick<Table<never>, 'columns'>): Row => columns.map(({ name }) => name);

/** What writes each cell of a row: asked once for a table, as rows are many. */
export const cellsOf = <Thing>(columns: readonly Column<Thing>[]): readonly CellOf<Thing>[] =>
  columns.map((column) => ('of' in column ? column.of : ofYen(column)));

const ofYen =
  <Thing>({ yenOf }: YenColumn<Thing>): CellOf<Thing> =>
  (thing) => {
    const yen = yenOf(thing);
    return yen === undefined ? '' : String(yen);
  };

/** Those that are summed up. */
export const yenColumnsOf = <Thing>(columns: readonly Column<Thing>[]): readonly YenColumn<Thing>[] =>
  columns.filter((column) => 'yenOf' in column);
