import { availableParallelism } from 'node:os';
import type { Threads } from '../intake/read-inputs.ts';

/** Measured: below this, starting threads and compiling once more takes as long as they save. */
const LEAST_BYTES_FOR_THREADS = 200_000_000;
/** One thread reads, hashes and puts rows together; more than three others would wait for it. */
const MOST_THREADS = 4;

/** Which threads may help to read large files. Beside main.ts, for in the bundle every file has its address. */
export const readingThreads = (): Threads => ({
  script: new URL('../intake/parallel/worker.js', import.meta.url),
  count: Math.min(MOST_THREADS, availableParallelism()),
  leastBytes: LEAST_BYTES_FOR_THREADS,
  chunkBytes: 2 << 20,
  ownChunks: 4,
});
