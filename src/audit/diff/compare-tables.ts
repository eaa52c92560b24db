import { join } from 'node:path';
import { compareText } from '../../base/text.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { isThere, readText } from '../record/files.ts';
import { PURGED_FILE, readPurged } from '../record/purged.ts';
import type { RecordedRun } from '../record/re-execute.ts';
import { type Cells, DamagedRun, RecordFile } from '../record/records.ts';
import { COMPARED_TABLES, type ComparedTable } from './compared-tables.ts';
import type { RowDifference, TableDifference } from './difference.ts';

/** What differs in a table, and whether it is money that goes another way. */
export interface TableComparison {
  readonly table: TableDifference;
  readonly money: boolean;
}

/**
 * Holds every compared table of two runs against the other's, each read once side by side.
 *
 * @param limit how many rows of each are shown
 * @throws DamagedRun, and what the signal was aborted with
 */
export async function compareTables(
  before: RecordedRun,
  after: RecordedRun,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly TableComparison[]> {
  const found: TableComparison[] = [];
  for (const table of COMPARED_TABLES) {
    // What was taken out with its contacts is compared with nothing.
    if ([before, after].some((run) => isPurged(run.folder, table.name))) continue;
    const [was, is] = [before, after].map((run) => run.manifest.outputs.some(({ name }) => name === table.name));
    // Neither is of a version that writes it.
    if (was !== true && is !== true) continue;
    const rows = new TableRows(table, limit);
    if (was === true && is === true)
      await readBoth(join(before.folder, table.name), join(after.folder, table.name), rows, signal);
    found.push(rows.comparison(was !== true ? 'after' : is !== true ? 'before' : 'both'));
  }
  return found;
}

function isPurged(folder: string, name: string): boolean {
  const note = join(folder, PURGED_FILE);
  if (isThere(join(folder, name)) || !isThere(note)) return false;
  const read = readPurged(readText(note));
  return 'purged' in read && read.purged.some((file) => file.name === name);
}

/** @throws DamagedRun */
async function readBoth(
  before: string,
  after: string,
  rows: TableRows,
  signal: AbortSignal | undefined,
): Promise<void> {
  const was = await RecordFile.open(before);
  try {
    const is = await RecordFile.open(after);
    try {
      await readSides([new Side(was, rows.sortedBy), new Side(is, rows.sortedBy)], rows, signal);
    } finally {
      await is.close();
    }
  } finally {
    await was.close();
  }
}

async function readSides(
  sides: readonly [Side, Side],
  rows: TableRows,
  signal: AbortSignal | undefined,
): Promise<void> {
  const files = sides.map(({ file }) => file);
  const turn = (): Promise<void> => mayEnd(signal);
  while (!files.every(({ isEnded }) => isEnded)) {
    await wholeInTurns(takeHeld(sides, rows), turn);
    for (const file of files) if (needsFilling(file)) await file.fill();
    signal?.throwIfAborted();
  }
  await wholeInTurns(rows.settle(), turn);
}

/** Goes on until there is more to be read of a file, or both are through; in steps. */
function* takeHeld(sides: readonly [Side, Side], rows: TableRows): Generator<undefined, void> {
  const [was, is] = [sides[0].file, sides[1].file];
  const alike = was.header.join() === is.header.join();
  while (!(was.isEnded && is.isEnded)) {
    if (alike) passEqual(was, is);
    if (needsFilling(was) || needsFilling(is)) return;
    yield* takeNext(sides, rows);
  }
}

const needsFilling = (file: RecordFile): boolean => file.isSpent && !file.isEnded;

/** Most rows come out alike: they are passed without a look into them. */
function passEqual(was: RecordFile, is: RecordFile): void {
  while (was.record !== undefined && was.record === is.record) {
    was.advance();
    is.advance();
  }
}

/** One of the two files, and how far it has come in the order that it is sorted in. */
class Side {
  readonly file: RecordFile;
  private readonly sortedBy: string | undefined;
  private last = '';

  constructor(file: RecordFile, sortedBy: string | undefined) {
    this.file = file;
    this.sortedBy = sortedBy;
  }

  /** Undefined at the end. @throws DamagedRun if the file is not sorted */
  group(): string | undefined {
    if (this.file.isEnded) return undefined;
    if (this.sortedBy === undefined) return '';
    const group = this.file.cells()[this.sortedBy] ?? '';
    if (compareText(group, this.last) < 0) throw new DamagedRun(this.file.path);
    this.last = group;
    return group;
  }
}

function* takeNext([was, is]: readonly [Side, Side], rows: TableRows): Generator<undefined, void> {
  const [a, b] = [was.group(), is.group()];
  const next = a === undefined || (b !== undefined && compareText(b, a) < 0) ? b : a;
  if (next === undefined) return;
  yield* rows.begin(next);
  for (const [group, { file }, side] of [[a, was, 'before'] as const, [b, is, 'after'] as const]) {
    if (group !== next) continue;
    rows.take(file.soundCells(), side);
    file.advance();
  }
}

/** So many rows are counted in a step. */
const ROWS_A_STEP = 1 << 9;

/** Rows of one key that have no equal in the other run yet. */
interface Unpaired {
  readonly before: Cells[];
  readonly after: Cells[];
}

/** What differs in one table: rows wait for their equals until the value that the file is sorted by has passed. */
class TableRows {
  readonly sortedBy: string | undefined;
  private readonly table: ComparedTable;
  private readonly limit: number;
  private readonly counts = { added: 0, removed: 0, changed: 0 };
  private readonly yen = new Map<string, { moreYen: number; lessYen: number }>();
  private readonly shown: RowDifference[] = [];
  private readonly waiting = new Map<string, Unpaired>();
  private group = '';
  private money = false;

  constructor(table: ComparedTable, limit: number) {
    this.table = table;
    this.sortedBy = table.sortedBy;
    this.limit = limit;
  }

  *begin(group: string): Generator<undefined, void> {
    if (group !== this.group) yield* this.settle();
    this.group = group;
  }

  take(row: Cells, side: keyof Unpaired): void {
    const key = JSON.stringify(this.table.key.map((column) => row[column] ?? ''));
    const unpaired = this.waiting.get(key) ?? { before: [], after: [] };
    const others = unpaired[side === 'before' ? 'after' : 'before'];
    const equal = others.findIndex((other) => this.differing(other, row).length === 0);
    if (equal >= 0) others.splice(equal, 1);
    else unpaired[side].push(row);
    if (unpaired.before.length + unpaired.after.length === 0) this.waiting.delete(key);
    else this.waiting.set(key, unpaired);
  }

  /** No row will come any more that could be the equal of one that waits. In steps: all rows of a table may wait. */
  *settle(): Generator<undefined, void> {
    let added = 0;
    for (const { before, after } of this.waiting.values())
      for (let at = 0; at < Math.max(before.length, after.length); at++) {
        this.add(before[at], after[at]);
        if (++added % ROWS_A_STEP === 0) yield undefined;
      }
    this.waiting.clear();
  }

  comparison(writtenBy: TableDifference['writtenBy']): TableComparison {
    const { name } = this.table;
    const yen = Object.fromEntries(this.yen);
    return { table: { name, writtenBy, ...this.counts, yen, rows: this.shown }, money: this.money };
  }

  private differing(before: Cells | undefined, after: Cells | undefined): readonly string[] {
    const { key, passed = [] } = this.table;
    const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
    return [...columns].filter(
      (column) =>
        !key.includes(column) && !passed.includes(column) && (before?.[column] ?? '') !== (after?.[column] ?? ''),
    );
  }

  private add(before: Cells | undefined, after: Cells | undefined): void {
    const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    this.counts[change]++;
    const { key, money, personal = [] } = this.table;
    const columns = this.differing(before, after);
    this.money ||= money !== undefined && (change !== 'changed' || columns.some((column) => money.includes(column)));
    for (const column of columns) if (column.endsWith('_yen')) this.sum(column, before, after);
    if (this.shown.length >= this.limit) return;
    const row = after ?? before ?? {};
    this.shown.push({
      change,
      key: Object.fromEntries(key.map((column) => [column, row[column] ?? ''])),
      changes: Object.fromEntries(
        columns
          .filter((column) => !personal.includes(column))
          .map((column) => [column, { before: before?.[column] ?? '', after: after?.[column] ?? '' }]),
      ),
      hidden: change === 'changed' ? columns.filter((column) => personal.includes(column)) : [],
    });
  }

  private sum(column: string, before: Cells | undefined, after: Cells | undefined): void {
    const yen = Number(after?.[column] ?? 0) - Number(before?.[column] ?? 0);
    const { moreYen, lessYen } = this.yen.get(column) ?? { moreYen: 0, lessYen: 0 };
    this.yen.set(column, { moreYen: moreYen + Math.max(0, yen), lessYen: lessYen + Math.max(0, -yen) });
  }
}
