import { parentPort } from 'node:worker_threads';
import { isOfFile, isOutOfMemory } from '../bytes/refusals.ts';
import { PackedIds } from '../columns/packed-ids.ts';
import { TextTables } from '../schema/decoders.ts';
import { type ChunkedFile, ChunkReader, type ChunkRoom, type RowsOfChunk } from './chunk-reader.ts';
import { beginWithShapes, newTextsOf } from './dictionary-merge.ts';
import { type ChunkAnswer, type ChunkJob, READY } from './worker-thread.ts';

/**
 * A thread that reads chunks of files. A chunk that cannot be read here is left to the main thread, which reads the file
 * anew; a bug ends the thread, and is the main thread's to throw.
 */
const texts = new TextTables();
const couponTexts = new PackedIds();
const readers: { readonly reader: ChunkReader; sent: ChunkRoom | undefined }[] = [];

function answer({ file, chunk, reader: index, shapes }: ChunkJob): ChunkAnswer {
  if (shapes !== undefined) beginWithShapes(couponTexts, texts, shapes);
  const own = readers[index] ?? { reader: new ChunkReader(texts, couponTexts, true), sent: undefined };
  readers[index] = own;
  const read = rowsOf(() => own.reader.read(file, chunk));
  const room = changedRoom(own, file);
  const told = read === undefined ? undefined : { ...read, columns: undefined, couponKeys: undefined };
  const bytes = chunk.bytes as Uint8Array<ArrayBuffer>;
  return { rows: told, room, coupons: read?.couponKeys.length ?? 0, texts: newTextsOf(couponTexts, texts), bytes };
}

function rowsOf(read: () => RowsOfChunk | undefined): RowsOfChunk | undefined {
  try {
    return read();
  } catch (error) {
    if (isOfFile(error) || isOutOfMemory(error)) return undefined;
    throw error;
  }
}

/** What the reader's rows lie in, if it is other than the main thread knows: all columns grow together. */
function changedRoom(own: (typeof readers)[number], { kind }: ChunkedFile): ChunkRoom | undefined {
  const room = own.reader.room(kind);
  const { columns, couponKeys } = own.sent ?? {};
  if (room.columns.line === columns?.line && room.couponKeys === couponKeys) return undefined;
  own.sent = { columns: { ...room.columns }, couponKeys: room.couponKeys };
  return own.sent;
}

parentPort?.on('message', (job: ChunkJob) => {
  const told = answer(job);
  parentPort?.postMessage(told, [told.bytes.buffer]);
});
parentPort?.postMessage(READY);
