import { parentPort } from 'node:worker_threads';
import { isOfFile, isOutOfMemory } from '../bytes/refusals.ts';
import { TextKeys } from '../columns/packed-ids.ts';
import { TextTables } from '../schema/decoders.ts';
import { type PieceFile, PieceReader, type PieceRoom, type PieceRows } from './chunk-reader.ts';
import { beginWithShapes, newTextsOf } from './dictionary-merge.ts';
import { type PieceAnswer, type PieceJob, READY } from './worker-thread.ts';

/**
 * A thread that reads pieces of files. A piece that cannot be read here is left to the main thread, which reads the file
 * anew; a bug ends the thread, and is the main thread's to throw.
 */
const texts = new TextTables();
const couponTexts = new TextKeys();
const readers: { readonly reader: PieceReader; sent: PieceRoom | undefined }[] = [];

function answer({ file, piece, reader: index, shapes }: PieceJob): PieceAnswer {
  if (shapes !== undefined) beginWithShapes(couponTexts, texts, shapes);
  const own = readers[index] ?? { reader: new PieceReader(texts, couponTexts, true), sent: undefined };
  readers[index] = own;
  const read = rowsOf(() => own.reader.read(file, piece));
  const room = changedRoom(own, file);
  const told = read === undefined ? undefined : { ...read, columns: undefined, couponKeys: undefined };
  const bytes = piece.bytes as Uint8Array<ArrayBuffer>;
  return { rows: told, room, coupons: read?.couponKeys.length ?? 0, texts: newTextsOf(couponTexts, texts), bytes };
}

function rowsOf(read: () => PieceRows | undefined): PieceRows | undefined {
  try {
    return read();
  } catch (error) {
    if (isOfFile(error) || isOutOfMemory(error)) return undefined;
    throw error;
  }
}

/** What the reader's rows lie in, if it is other than the main thread knows: all columns grow together. */
function changedRoom(own: (typeof readers)[number], { kind }: PieceFile): PieceRoom | undefined {
  const room = own.reader.room(kind);
  const { columns, couponKeys } = own.sent ?? {};
  if (room.columns.line === columns?.line && room.couponKeys === couponKeys) return undefined;
  own.sent = { columns: { ...room.columns }, couponKeys: room.couponKeys };
  return own.sent;
}

parentPort?.on('message', (job: PieceJob) => {
  const told = answer(job);
  parentPort?.postMessage(told, [told.bytes.buffer]);
});
parentPort?.postMessage(READY);
