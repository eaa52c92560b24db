import { Worker } from 'node:worker_threads';
import { isOfFile } from '../bytes/refusals.ts';
import type { Builder, BulkKind } from '../schema/decoders.ts';
import type { Chunk, ChunkedFile, ChunkRoom, RowsOfChunk } from './chunk-reader.ts';
import { type NewTexts, type Shapes, shapesOf, TextTranslation } from './dictionary-merge.ts';

export interface ChunkJob {
  readonly file: ChunkedFile;
  /** Its bytes are handed over, and come back with the answer: shared ones would be copied slowly. */
  readonly chunk: Chunk;
  /** Which of the thread's readers takes it: the rows of the others stand until they are taken over. */
  readonly reader: number;
  /** Of the main thread's texts, with the first chunk. */
  readonly shapes: Shapes | undefined;
}

export interface ChunkAnswer {
  /** Undefined where the chunk cannot be read by itself. */
  readonly rows: Omit<RowsOfChunk, 'columns' | 'couponKeys'> | undefined;
  /** What the reader's rows lie in, where it is other than before. */
  readonly room: ChunkRoom | undefined;
  readonly coupons: number;
  readonly texts: NewTexts;
  /** Those of the chunk. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a thread says first. */
export const READY = 'ready';

/** A chunk while it is read, and its rows once it was. */
export class ChunkTask {
  /** Undefined until it was read, or where it cannot be. */
  rows: RowsOfChunk | undefined;
  isDone = false;
  readonly done: Promise<void>;
  private tell: () => void = () => undefined;
  private readonly take: () => void;

  /** @param take told once the rows are no longer needed */
  constructor(take: () => void) {
    this.take = take;
    this.done = new Promise((resolve) => {
      this.tell = resolve;
    });
  }

  finish(rows: RowsOfChunk | undefined): void {
    this.rows = rows;
    this.isDone = true;
    this.tell();
  }

  close(): void {
    this.take();
  }
}

/** Chunks that a thread may hold: some to be taken over, and enough to read until the main thread looks again. */
const READERS_A_THREAD = 6;

type Release = (bytes: Uint8Array) => void;

interface Begun {
  readonly task: ChunkTask;
  readonly kind: BulkKind;
  readonly reader: number;
  readonly release: Release;
}

/** A thread that reads chunks, from the main thread's side. */
export class WorkerThread {
  private readonly into: Builder;
  private readonly worker: Worker;
  private readonly translation: TextTranslation;
  private readonly tasks: Begun[] = [];
  private readonly rooms: ChunkRoom[] = [];
  /** What ended the thread, if nobody foresaw it. */
  private bug: unknown;
  private isReady = false;
  private hasBegun = false;
  private held = 0;
  private next = 0;

  /** @param onReady told when it takes chunks, or never will */
  constructor(script: URL, into: Builder, onReady: () => void) {
    this.into = into;
    this.translation = new TextTranslation(into);
    this.worker = new Worker(script);
    this.worker.on('message', (answer: ChunkAnswer | typeof READY) => {
      if (answer !== READY) this.take(answer);
      else {
        this.isReady = true;
        onReady();
      }
    });
    this.worker.on('error', (error: unknown) => {
      this.isReady = false;
      // There is no script, or no room for a thread: others do its work.
      if (!isOfFile(error)) this.bug = error;
      for (const { task } of this.tasks.splice(0)) task.finish(undefined);
      onReady();
    });
  }

  get isFree(): boolean {
    return this.isReady && this.held < READERS_A_THREAD;
  }

  /** @throws the bug that ended it, as the thread threw it */
  throwBug(): void {
    if (this.bug !== undefined) throw this.bug;
  }

  /** @param release told of the chunk's bytes once they are back */
  read(file: ChunkedFile, chunk: Chunk, release: Release): ChunkTask {
    const task = new ChunkTask(() => this.held--);
    this.tasks.push({ task, kind: file.kind, reader: this.next, release });
    this.held++;
    const shapes = this.hasBegun ? undefined : shapesOf(this.into);
    this.hasBegun = true;
    const job: ChunkJob = { file, chunk, reader: this.next, shapes };
    this.next = (this.next + 1) % READERS_A_THREAD;
    this.worker.postMessage(job, [chunk.bytes.buffer as ArrayBuffer]);
    return task;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private take({ rows: read, room: sent, coupons, texts, bytes }: ChunkAnswer): void {
    this.translation.take(texts);
    const begun = this.tasks.shift();
    if (begun === undefined) return;
    const { task, kind, reader, release } = begun;
    release(bytes);
    if (sent !== undefined) this.rooms[reader] = sent;
    const room = this.rooms[reader];
    if (read === undefined || room === undefined) {
      task.finish(undefined);
      return;
    }
    const cut = Object.entries(room.columns).map(([name, column]) => [name, column.subarray(0, read.rows)]);
    const rows = { ...read, columns: Object.fromEntries(cut), couponKeys: room.couponKeys.subarray(0, coupons) };
    this.translation.translate(kind, rows);
    task.finish(rows);
  }
}
