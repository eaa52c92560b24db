import { type FileHandle, open } from 'node:fs/promises';
import { entryAt } from '../../publish/folder-entries.ts';
import { cellsOf, RecordCutter, textOf } from '../../publish/record-cutter.ts';

/** A row by column. */
export type Cells = Readonly<Record<string, string>>;

/** A file of a run folder is not what a run writes there. */
export class DamagedRun extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`damaged: ${path}`);
    this.path = path;
  }
}

/** What stands there in the place of a file, or does not stand there, is not what a run wrote. */
export const NO_FILE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP']);

const damagedUnlessRefused = (error: unknown, path: string): unknown =>
  NO_FILE.has((error as NodeJS.ErrnoException).code) ? new DamagedRun(path) : error;

const CHUNK_BYTES = 262_144;

/**
 * A CSV file that a run wrote, record by record. A record is kept as its bytes, one character each: equal records are
 * equal texts, and their order is that of the code points, in which the file is sorted. Only what somebody asks for is
 * cut into cells.
 */
export class RecordFile {
  readonly path: string;
  header: readonly string[] = [];
  private readonly handle: FileHandle;
  private readonly buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  private records: readonly string[] = [];
  private at = 0;
  private readonly cutter = new RecordCutter('\n');
  private ended = false;
  private passed: string | undefined;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.handle = handle;
  }

  /** @throws DamagedRun, and what the system says where it may not be read */
  static async open(path: string): Promise<RecordFile> {
    // A pipe would be waited for.
    if (entryAt(path)?.kind !== 'file') throw new DamagedRun(path);
    const handle = await open(path).catch((error: unknown) => {
      throw damagedUnlessRefused(error, path);
    });
    try {
      const file = new RecordFile(path, handle);
      await file.fill();
      file.header = rawCells(file.record ?? '', path);
      file.at++;
      return file;
    } catch (error) {
      await handle.close();
      throw damagedUnlessRefused(error, path);
    }
  }

  get record(): string | undefined {
    return this.records[this.at];
  }

  get isSpent(): boolean {
    return this.at >= this.records.length;
  }

  get isEnded(): boolean {
    return this.ended && this.isSpent;
  }

  advance(): void {
    this.passed = this.record;
    this.at++;
  }

  /** The coupon of the record at hand, by which the file is sorted. @throws DamagedRun if it is not */
  key(): string {
    const key = this.keyOf(this.record ?? '');
    if (this.passed !== undefined && key < this.keyOf(this.passed)) throw new DamagedRun(this.path);
    return key;
  }

  cells(): Cells {
    const raw = rawCells(this.record ?? '', this.path);
    return Object.fromEntries(this.header.map((name, index) => [name, textOf(raw[index] ?? '')]));
  }

  /** The same, of which those of yen hold whole yen or nothing. @throws DamagedRun */
  soundCells(): Cells {
    const cells = this.cells();
    const isOdd = ([name, cell]: [string, string]): boolean => name.endsWith('_yen') && !isYen(cell);
    if (Object.entries(cells).some(isOdd)) throw new DamagedRun(this.path);
    return cells;
  }

  /** Reads on. Spent afterwards only at the end of the file. */
  async fill(): Promise<void> {
    this.records = [];
    this.at = 0;
    while (this.records.length === 0 && !this.ended) {
      const { bytesRead } = await this.handle.read(this.buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) {
        this.ended = true;
        const { rest } = this.cutter;
        this.records = rest === '' ? [] : [rest];
        return;
      }
      this.records = this.cutter.take(this.buffer.toString('latin1', 0, bytesRead));
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private keyOf(record: string): string {
    const isPlain = this.header[0] === 'coupon_number' && !record.startsWith('"');
    if (isPlain) return record.slice(0, record.indexOf(','));
    return rawCells(record, this.path)[this.header.indexOf('coupon_number')] ?? '';
  }
}

const isYen = (cell: string): boolean => cell === '' || (/^-?\d+$/.test(cell) && Number.isSafeInteger(Number(cell)));

function rawCells(record: string, path: string): readonly string[] {
  try {
    return cellsOf(record);
  } catch {
    throw new DamagedRun(path);
  }
}

/**
 * Files of one form that are sorted by coupon, read once side by side: for each coupon whose record in the first file is
 * not that in the last, its row in every file. Memory does not grow with the files.
 *
 * @throws DamagedRun, and what the signal was aborted with
 */
export async function* rowsThatDiffer(
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<readonly (Cells | undefined)[]> {
  const files: RecordFile[] = [];
  try {
    for (const path of paths) files.push(await RecordFile.open(path));
    const alike = files.every((file) => file.header.join() === files[0]?.header.join());
    while (await fillAll(files)) {
      signal?.throwIfAborted();
      if (alike) passEqual(files);
      const rows = files.some(needsFilling) ? undefined : takeNext(files, alike);
      if (rows !== undefined) yield rows;
    }
  } finally {
    for (const file of files) await file.close();
  }
}

const needsFilling = (file: RecordFile): boolean => file.isSpent && !file.isEnded;

/** False where all have ended. */
async function fillAll(files: readonly RecordFile[]): Promise<boolean> {
  for (const file of files) if (needsFilling(file)) await file.fill();
  return files.some((file) => !file.isEnded);
}

/** Most coupons come out alike: they are passed without a look into their records. */
function passEqual(files: readonly RecordFile[]): void {
  const [first] = files;
  for (let record = first?.record; record !== undefined; record = first?.record) {
    for (const file of files) if (file.record !== record) return;
    for (const file of files) file.advance();
  }
}

/** The rows of the coupon that comes first, if they differ. */
function takeNext(files: readonly RecordFile[], alike: boolean): readonly (Cells | undefined)[] | undefined {
  const keys = files.map((file) => (file.isEnded ? undefined : file.key()));
  const next = keys.reduce((least, key) => (least === undefined || (key !== undefined && key < least) ? key : least));
  if (next === undefined) return undefined;
  const isHere = (index: number): boolean => keys[index] === next;
  const records = files.map((file, index) => (isHere(index) ? file.record : undefined));
  const differs = records[0] !== records.at(-1) || (!alike && records[0] !== undefined);
  const rows = differs ? files.map((file, index) => (isHere(index) ? file.soundCells() : undefined)) : undefined;
  for (const [index, file] of files.entries()) if (isHere(index)) file.advance();
  return rows;
}

/**
 * The rows of a file that speak of certain coupons.
 *
 * @param column where a row names them, with blanks between several
 * @throws DamagedRun, and what the signal was aborted with
 */
export async function rowsAbout(
  path: string,
  coupons: ReadonlySet<string>,
  column = 'coupon_number',
  signal?: AbortSignal,
): Promise<readonly Cells[]> {
  const file = await RecordFile.open(path);
  const found: Cells[] = [];
  // As they stand in a record: most are passed without being cut into cells.
  const written = [...coupons].map((coupon) => Buffer.from(coupon.replaceAll('"', '""')).toString('latin1'));
  const take = (): void => {
    if (!written.some((coupon) => file.record?.includes(coupon))) return;
    const cells = file.cells();
    const named = cells[column] ?? '';
    if (coupons.has(named) || named.split(' ').some((each) => coupons.has(each))) found.push(cells);
  };
  try {
    for (;;) {
      if (file.isSpent) await file.fill();
      signal?.throwIfAborted();
      if (file.isEnded) return found;
      for (; !file.isSpent; file.advance()) take();
    }
  } finally {
    await file.close();
  }
}
