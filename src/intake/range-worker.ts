import { parentPort, type Transferable } from 'node:worker_threads';
import { type RangeJob, readRangeRows } from './range-job.ts';

/** A thread that reads pieces of files. Whatever fails in one is left to the main thread, which reads the file anew. */
parentPort?.on('message', async (job: RangeJob) => {
  const piece = await readRangeRows(job).catch(() => undefined);
  const buffers = Object.values(piece?.columns ?? {}).map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage(piece, buffers as Transferable[]);
});
