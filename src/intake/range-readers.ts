import { Worker } from 'node:worker_threads';
import type { Range } from './blocks.ts';
import { lineStartAfter } from './bulk-file.ts';
import type { TableBuilder } from './decode.ts';
import { absorb, type RangeJob, type RangeRows } from './range-job.ts';
import type { Encoding } from './source.ts';

/** How large files are read by several threads. */
export interface Threads {
  /** The file that a thread runs (range-worker). */
  readonly script: URL;
  readonly count: number;
  /** Below this, all bulk files together, starting threads costs more than they save. */
  readonly leastBytes: number;
  readonly pieceBytes: number;
}

/** What all pieces of a file came to. */
export interface PiecesRead {
  readonly encoding: Encoding | undefined;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly rejectedYen: number;
}

/** Threads that read pieces of files, each one at a time. */
export class RangeReaders {
  private readonly threads: Threads;
  private readonly idle: Worker[] = [];
  private readonly all: Worker[] = [];

  constructor(threads: Threads) {
    this.threads = threads;
  }

  /**
   * Reads a plain file's rows in pieces and puts them into its table in their order. Undefined where a piece could not
   * be read by itself: the file is then to be read as a whole, and what was put into the table to be forgotten.
   *
   * @param job all but the range
   * @param start where the first row begins, and the lines before it
   */
  async read(
    job: Omit<RangeJob, 'range' | 'isEnd'>,
    sizeBytes: number,
    start: { readonly next: number; readonly line: number },
    into: TableBuilder,
    onPiece: (rowsRead: number) => void,
  ): Promise<PiecesRead | undefined> {
    const ranges = await this.piecesOf(job.path, start.next, sizeBytes);
    const answers = ranges.map((range) => this.later({ ...job, range, isEnd: range.to === sizeBytes }));
    let read: PiecesRead = { encoding: undefined, rowsRead: 0, yenRead: 0, rejectedYen: 0 };
    let lines = start.line - 1;
    // As many as there are threads are under way; the next begins when one ends, and they are taken in order.
    const running: (Promise<RangeRows | undefined> | undefined)[] = answers
      .slice(0, this.threads.count)
      .map((begin) => begin());
    for (let place = 0; place < answers.length; place++) {
      const piece = await running[place];
      running[place] = undefined;
      const contradicts =
        piece?.encoding !== undefined && read.encoding !== undefined && piece.encoding !== read.encoding;
      if (piece === undefined || contradicts) {
        await Promise.all(running);
        return undefined;
      }
      const begin = answers[place + this.threads.count];
      if (begin !== undefined) running.push(begin());
      if (place === 0) into[job.kind].reserve(estimate(into[job.kind].rows, piece.rows, ranges, sizeBytes));
      absorb(into, job.kind, piece, lines);
      lines += piece.lines;
      read = {
        encoding: read.encoding ?? piece.encoding,
        rowsRead: read.rowsRead + piece.rowsRead,
        yenRead: read.yenRead + piece.yenRead,
        rejectedYen: read.rejectedYen + piece.rejectedYen,
      };
      onPiece(read.rowsRead);
    }
    return read;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.terminate()));
  }

  private async piecesOf(path: string, from: number, sizeBytes: number): Promise<readonly Range[]> {
    const ranges: Range[] = [];
    for (let at = from; at < sizeBytes; ) {
      const near = at + this.threads.pieceBytes;
      const to = near >= sizeBytes ? sizeBytes : await lineStartAfter(path, near, sizeBytes);
      ranges.push({ from: at, to });
      at = to;
    }
    return ranges;
  }

  /** A piece that is to be read when it is called for. A thread that fails is not used again. */
  private later(job: RangeJob): () => Promise<RangeRows | undefined> {
    return () =>
      new Promise((resolve) => {
        const worker = this.idle.pop() ?? this.start();
        const failed = (): void => resolve(undefined);
        worker.once('error', failed);
        worker.once('message', (piece: RangeRows | undefined) => {
          worker.off('error', failed);
          this.idle.push(worker);
          resolve(piece);
        });
        worker.postMessage(job);
      });
  }

  private start(): Worker {
    const worker = new Worker(this.threads.script);
    this.all.push(worker);
    return worker;
  }
}

/** Rows in all, as far as the first piece tells, and a little more. */
function estimate(present: number, first: number, ranges: readonly Range[], sizeBytes: number): number {
  const [range] = ranges;
  if (range === undefined || ranges.length === 1) return present + first;
  const bytes = sizeBytes - range.from;
  return present + Math.ceil((first / (range.to - range.from)) * bytes * 1.02);
}
