import type { PassedOver } from '../../tables/tables.ts';
import type { Block, Lines } from '../bytes/blocks.ts';
import type { Encoding } from '../bytes/file.ts';
import type { Builder } from '../schema/decoders.ts';
import { type ChunkedFile, ChunkReader } from './chunk-reader.ts';
import { absorb } from './dictionary-merge.ts';
import { ChunkTask, WorkerThread } from './worker-thread.ts';

/** How large files are read by several threads. */
export interface Threads {
  /** The file that a thread runs (worker.ts, as it is built). */
  readonly script: URL;
  /** Threads in all, the main one among them. */
  readonly count: number;
  /** Below this, all bulk files together, starting threads costs more than they save. */
  readonly leastBytes: number;
  readonly chunkBytes: number;
  /** Chunks that the main thread may have read before those in front of them have been: 0 leaves all to the others. */
  readonly ownChunks: number;
}

/** What all chunks of a file came to. */
export interface ChunksRead {
  readonly encoding: Encoding | undefined;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly rejectedYen: number;
  readonly absentCells: readonly number[];
  /** Records that count for none, by what they are. */
  readonly passedOver: PassedOverCounts;
  /** Of them, those that a profile leaves out, by the number of the reason. */
  readonly leftOut: readonly number[];
}

/** Threads that read chunks of files beside this one, which reads those that no other takes. */
export class ReaderPool {
  private readonly into: Builder;
  private readonly threads: readonly WorkerThread[];
  private readonly own: ChunkReader[] = [];
  private awaited = 0;
  private wake: () => void = () => undefined;

  constructor({ script, count, ownChunks }: Threads, into: Builder) {
    this.into = into;
    this.awaited = count - 1;
    this.threads = Array.from({ length: count - 1 }, () => new WorkerThread(script, into, () => this.settled()));
    for (let reader = 0; reader < ownChunks; reader++)
      this.own.push(new ChunkReader(into.texts, into.coupons.texts, false));
  }

  /**
   * Reads a file's rows and puts them into its table in their order. Undefined where a chunk could not be read by
   * itself: the file is then to be read as a whole, and what was put into the table to be forgotten.
   *
   * @throws the bug that ended a thread
   */
  async read(file: ChunkedFile, lines: Lines, onChunk: (rowsRead: number) => void): Promise<ChunksRead | undefined> {
    const read = await this.readInOrder(file, lines, onChunk);
    for (const thread of this.threads) thread.throwBug();
    return read;
  }

  private async readInOrder(
    file: ChunkedFile,
    lines: Lines,
    onChunk: (rowsRead: number) => void,
  ): Promise<ChunksRead | undefined> {
    const chunks = new ChunksInOrder(file, lines, this.into, onChunk);
    try {
      for await (const block of lines.blocks) {
        let task = this.begin(file, block, chunks.encoding, lines);
        while (task === undefined) {
          if (!(await chunks.takeNext()) && !(await this.someThread())) return undefined;
          task = this.begin(file, block, chunks.encoding, lines);
        }
        if (!chunks.add(task, block)) return undefined;
      }
      return (await chunks.takeAll()) ? chunks.read : undefined;
    } finally {
      await chunks.drop();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  /** Undefined where everyone has enough to do. */
  private begin(
    file: ChunkedFile,
    block: Block,
    encoding: Encoding | undefined,
    { release }: Lines,
  ): ChunkTask | undefined {
    const { bytes, from, to, last: isLast } = block;
    const chunk = { bytes, from, to, isLast, encoding };
    const thread = this.threads.find(({ isFree }) => isFree);
    if (thread !== undefined) return thread.read(file, chunk, release);
    const reader = this.own.pop();
    if (reader === undefined) return undefined;
    const task = new ChunkTask(() => this.own.push(reader));
    task.finish(reader.read(file, chunk));
    release(bytes);
    return task;
  }

  /** Waits until a thread is ready, or none will be. */
  private async someThread(): Promise<boolean> {
    while (this.awaited > 0 && !this.threads.some(({ isFree }) => isFree))
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    return this.threads.some(({ isFree }) => isFree);
  }

  private settled(): void {
    this.awaited--;
    this.wake();
  }
}

/** The chunks of a file that are read, taken into its table in their order. */
class ChunksInOrder {
  read: ChunksRead;
  private readonly file: ChunkedFile;
  private readonly into: Builder;
  private readonly likelyBytes: number;
  private readonly onChunk: (rowsRead: number) => void;
  private readonly tasks: { readonly task: ChunkTask; readonly bytes: number }[] = [];
  private readonly rowsBefore: number;
  private lines: number;
  private bytes = 0;

  constructor(file: ChunkedFile, lines: Lines, into: Builder, onChunk: (rowsRead: number) => void) {
    const nothing = { rowsRead: 0, yenRead: 0, rejectedYen: 0, absentCells: [], passedOver: {}, leftOut: [] };
    this.read = { encoding: lines.encoding, ...nothing };
    this.file = file;
    this.into = into;
    this.likelyBytes = lines.likelyBytes;
    this.onChunk = onChunk;
    this.rowsBefore = into[file.kind].rows;
    this.lines = lines.before;
  }

  get encoding(): Encoding | undefined {
    return this.read.encoding;
  }

  /** Takes those in front that have been read. False where one could not be. */
  add(task: ChunkTask, { from, to }: Block): boolean {
    this.tasks.push({ task, bytes: to - from });
    while (this.tasks[0]?.task.isDone === true) if (!this.takeFirst()) return false;
    return true;
  }

  /** Waits for the first. False where there is none, or it could not be read. */
  async takeNext(): Promise<boolean> {
    const [first] = this.tasks;
    if (first === undefined) return false;
    await first.task.done;
    return this.takeFirst();
  }

  async takeAll(): Promise<boolean> {
    while (this.tasks.length > 0) if (!(await this.takeNext())) return false;
    return true;
  }

  /** Those that are still read are waited for, so that their readers are free. */
  async drop(): Promise<void> {
    for (const { task } of this.tasks.splice(0)) {
      await task.done;
      task.close();
    }
  }

  private takeFirst(): boolean {
    const [first] = this.tasks;
    const chunk = first?.task.rows;
    if (first === undefined || chunk === undefined || this.contradicts(chunk.encoding)) return false;
    this.tasks.shift();
    this.bytes += first.bytes;
    const { kind, file } = this.file;
    const rows = this.into[kind].rows + chunk.rows - this.rowsBefore;
    const likelyRows = this.rowsBefore + rows * (this.likelyBytes / Math.max(1, this.bytes)) * MARGIN;
    absorb(this.into, chunk, { kind, file, lines: this.lines, likelyRows });
    this.lines += chunk.lines;
    const { read } = this;
    this.read = {
      encoding: read.encoding ?? chunk.encoding,
      rowsRead: read.rowsRead + chunk.rowsRead,
      yenRead: read.yenRead + chunk.yenRead,
      rejectedYen: read.rejectedYen + chunk.rejectedYen,
      absentCells: countedInAll(read.absentCells, chunk.absentCells),
      passedOver: passedOverInAll(read.passedOver, chunk.passedOver),
      leftOut: countedInAll(read.leftOut, chunk.leftOut),
    };
    first.task.close();
    this.onChunk(this.read.rowsRead);
    return true;
  }

  private contradicts(encoding: Encoding | undefined): boolean {
    return encoding !== undefined && this.read.encoding !== undefined && encoding !== this.read.encoding;
  }
}

/** Rows that come may be a little shorter than those that were read. */
const MARGIN = 1.02;

const countedInAll = (some: readonly number[], others: readonly number[]): readonly number[] =>
  others.map((count, at) => count + (some[at] ?? 0));

type PassedOverCounts = Readonly<Partial<Record<PassedOver, number>>>;

function passedOverInAll(some: PassedOverCounts, others: PassedOverCounts): PassedOverCounts {
  const all = { ...some };
  for (const [what, rows] of Object.entries(others) as [PassedOver, number][]) all[what] = (all[what] ?? 0) + rows;
  return all;
}
