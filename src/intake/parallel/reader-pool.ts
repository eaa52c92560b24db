import type { Block, Lines } from '../bytes/blocks.ts';
import type { Encoding } from '../bytes/file.ts';
import type { Builder } from '../schema/decoders.ts';
import { type PieceFile, PieceReader } from './chunk-reader.ts';
import { absorb } from './dictionary-merge.ts';
import { PieceThread, Turn } from './worker-thread.ts';

/** How large files are read by several threads. */
export interface Threads {
  /** The file that a thread runs (piece-worker). */
  readonly script: URL;
  /** Threads in all, the main one among them. */
  readonly count: number;
  /** Below this, all bulk files together, starting threads costs more than they save. */
  readonly leastBytes: number;
  readonly pieceBytes: number;
  /** Pieces that the main thread may have read before those in front of them have been: 0 leaves all to the others. */
  readonly ownPieces: number;
}

/** What all pieces of a file came to. */
export interface PiecesRead {
  readonly encoding: Encoding | undefined;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly rejectedYen: number;
  readonly absentCells: readonly number[];
}

/** Threads that read pieces of files beside this one, which reads those that no other takes. */
export class PieceReaders {
  private readonly into: Builder;
  private readonly threads: readonly PieceThread[];
  private readonly own: PieceReader[] = [];
  private awaited = 0;
  private wake: () => void = () => undefined;

  constructor({ script, count, ownPieces }: Threads, into: Builder) {
    this.into = into;
    this.awaited = count - 1;
    this.threads = Array.from({ length: count - 1 }, () => new PieceThread(script, into, () => this.settled()));
    for (let reader = 0; reader < ownPieces; reader++)
      this.own.push(new PieceReader(into.texts, into.coupons.texts, false));
  }

  /**
   * Reads a file's rows and puts them into its table in their order. Undefined where a piece could not be read by
   * itself: the file is then to be read as a whole, and what was put into the table to be forgotten.
   *
   * @throws the bug that ended a thread
   */
  async read(file: PieceFile, lines: Lines, onPiece: (rowsRead: number) => void): Promise<PiecesRead | undefined> {
    const read = await this.readInOrder(file, lines, onPiece);
    for (const thread of this.threads) thread.throwBug();
    return read;
  }

  private async readInOrder(
    file: PieceFile,
    lines: Lines,
    onPiece: (rowsRead: number) => void,
  ): Promise<PiecesRead | undefined> {
    const pieces = new PiecesInOrder(file, lines, this.into, onPiece);
    try {
      for await (const block of lines.blocks) {
        let turn = this.begin(file, block, pieces.encoding, lines);
        while (turn === undefined) {
          if (!(await pieces.takeNext()) && !(await this.someThread())) return undefined;
          turn = this.begin(file, block, pieces.encoding, lines);
        }
        if (!pieces.add(turn, block)) return undefined;
      }
      return (await pieces.takeAll()) ? pieces.read : undefined;
    } finally {
      await pieces.drop();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  /** Undefined where everyone has enough to do. */
  private begin(file: PieceFile, block: Block, encoding: Encoding | undefined, { release }: Lines): Turn | undefined {
    const { bytes, from, to, last: isLast } = block;
    const piece = { bytes, from, to, isLast, encoding };
    const thread = this.threads.find(({ isFree }) => isFree);
    if (thread !== undefined) return thread.read(file, piece, release);
    const reader = this.own.pop();
    if (reader === undefined) return undefined;
    const turn = new Turn(() => this.own.push(reader));
    turn.finish(reader.read(file, piece));
    release(bytes);
    return turn;
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

/** The pieces of a file that are read, taken into its table in their order. */
class PiecesInOrder {
  read: PiecesRead;
  private readonly file: PieceFile;
  private readonly into: Builder;
  private readonly likelyBytes: number;
  private readonly onPiece: (rowsRead: number) => void;
  private readonly turns: { readonly turn: Turn; readonly bytes: number }[] = [];
  private readonly rowsBefore: number;
  private lines: number;
  private bytes = 0;

  constructor(file: PieceFile, lines: Lines, into: Builder, onPiece: (rowsRead: number) => void) {
    this.read = { encoding: lines.encoding, rowsRead: 0, yenRead: 0, rejectedYen: 0, absentCells: [] };
    this.file = file;
    this.into = into;
    this.likelyBytes = lines.likelyBytes;
    this.onPiece = onPiece;
    this.rowsBefore = into[file.kind].rows;
    this.lines = lines.before;
  }

  get encoding(): Encoding | undefined {
    return this.read.encoding;
  }

  /** Takes those in front that have been read. False where one could not be. */
  add(turn: Turn, { from, to }: Block): boolean {
    this.turns.push({ turn, bytes: to - from });
    while (this.turns[0]?.turn.isDone === true) if (!this.takeFirst()) return false;
    return true;
  }

  /** Waits for the first. False where there is none, or it could not be read. */
  async takeNext(): Promise<boolean> {
    const [first] = this.turns;
    if (first === undefined) return false;
    await first.turn.done;
    return this.takeFirst();
  }

  async takeAll(): Promise<boolean> {
    while (this.turns.length > 0) if (!(await this.takeNext())) return false;
    return true;
  }

  /** Those that are still read are waited for, so that their readers are free. */
  async drop(): Promise<void> {
    for (const { turn } of this.turns.splice(0)) {
      await turn.done;
      turn.close();
    }
  }

  private takeFirst(): boolean {
    const [first] = this.turns;
    const piece = first?.turn.rows;
    if (first === undefined || piece === undefined || this.contradicts(piece.encoding)) return false;
    this.turns.shift();
    this.bytes += first.bytes;
    const { kind, file } = this.file;
    const rows = this.into[kind].rows + piece.rows - this.rowsBefore;
    const likelyRows = this.rowsBefore + rows * (this.likelyBytes / Math.max(1, this.bytes)) * MARGIN;
    absorb(this.into, piece, { kind, file, lines: this.lines, likelyRows });
    this.lines += piece.lines;
    const { read } = this;
    this.read = {
      encoding: read.encoding ?? piece.encoding,
      rowsRead: read.rowsRead + piece.rowsRead,
      yenRead: read.yenRead + piece.yenRead,
      rejectedYen: read.rejectedYen + piece.rejectedYen,
      absentCells: piece.absentCells.map((count, column) => count + (read.absentCells[column] ?? 0)),
    };
    first.turn.close();
    this.onPiece(this.read.rowsRead);
    return true;
  }

  private contradicts(encoding: Encoding | undefined): boolean {
    return encoding !== undefined && this.read.encoding !== undefined && encoding !== this.read.encoding;
  }
}

/** Rows that come may be a little shorter than those that were read. */
const MARGIN = 1.02;
