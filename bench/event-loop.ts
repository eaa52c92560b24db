import { openSync, readSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into a measured process: when it ends, writes the longest time that its main thread let nobody else have a
 * turn (a signal, for one, is not heard meanwhile), and each that was long, to the file that the variable names.
 */
const { REGIONPAY_BENCH_WAITS: file } = process.env;
const LOOK_MS = 4;
const LONG_MS = 1000;

if (isMainThread && file !== undefined) {
  const waitedMs = waitedForProcessor();
  const longGaps: { fromUs: number; toUs: number; ms: number }[] = [];
  let longestMs = 0;
  let [lastMs, lastWaitedMs] = [nowMs(), waitedMs()];
  const look = (): void => {
    const [now, waited] = [nowMs(), waitedMs()];
    const ms = now - lastMs - (waited - lastWaitedMs);
    longestMs = Math.max(longestMs, ms);
    if (ms >= LONG_MS) longGaps.push({ fromUs: lastMs * 1000, toUs: now * 1000, ms });
    [lastMs, lastWaitedMs] = [now, waited];
  };
  setInterval(look, LOOK_MS).unref();
  process.on('exit', () => {
    look();
    writeFileSync(file, JSON.stringify({ longestMs, longGaps }));
  });
}

/** By the clock of V8's profiles. */
function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** For how long the main thread could have gone on, and others had the processors; never, where the system does not tell. */
function waitedForProcessor(): () => number {
  try {
    const statistics = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    const bytes = Buffer.alloc(64);
    return () =>
      Number(bytes.toString('latin1', 0, readSync(statistics, bytes, 0, bytes.length, 0)).split(' ')[1]) / 1e6;
  } catch {
    return () => 0;
  }
}
