import { parentPort } from 'node:worker_threads';
import { TextTables } from './decode.ts';
import { PieceReader } from './piece-reader.ts';
import { newTextsOf } from './piece-texts.ts';
import { type PieceAnswer, type PieceJob, READY } from './piece-thread.ts';
import { TextKeys } from './text-keys.ts';

/** A thread that reads pieces of files. Whatever fails in one is left to the main thread, which reads the file anew. */
const texts = new TextTables();
const couponTexts = new TextKeys();
const readers: PieceReader[] = [];

function answer({ file, piece, reader }: PieceJob): PieceAnswer {
  const own = readers[reader] ?? new PieceReader(texts, couponTexts, true);
  readers[reader] = own;
  try {
    return { rows: own.read(file, piece), texts: newTextsOf(couponTexts, texts) };
  } catch {
    return { rows: undefined, texts: newTextsOf(couponTexts, texts) };
  }
}

parentPort?.on('message', (job: PieceJob) => parentPort?.postMessage(answer(job)));
parentPort?.postMessage(READY);
