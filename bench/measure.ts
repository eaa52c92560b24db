import { appendFileSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into a measured process: when it ends, writes what it took to the file that the variable names. Where its
 * threads are watched, its readers tell their numbers, and its end tells the phases.
 */
const {
  REGIONPAY_BENCH_MEASURE: file,
  REGIONPAY_BENCH_MARKS: marksFile,
  REGIONPAY_BENCH_THREADS: threads,
} = process.env;
if (threads !== undefined) {
  // So many processors the program finds.
  (createRequire(import.meta.url)('node:os') as { availableParallelism: () => number }).availableParallelism = () =>
    Number(threads);
  syncBuiltinESMExports();
}
if (isMainThread && file !== undefined) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const took = {
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 + childrenSeconds(),
      peakBytes: peakBytes() ?? maxRSS * 1024,
    };
    writeFileSync(file, JSON.stringify(took));
  });
}
if (marksFile !== undefined) {
  if (!isMainThread) tell({ reader: Number(basename(readlinkSync('/proc/thread-self'))) });
  else
    process.on('exit', () => {
      for (const { name, startTime } of performance.getEntriesByType('mark'))
        tell({ name, at: performance.timeOrigin + startTime });
    });
}

function tell(line: object): void {
  appendFileSync(marksFile ?? '', `${JSON.stringify(line)}\n`);
}

/** Linux lets a process inherit `maxRSS` from the one that started it; VmHWM is its own. */
function peakBytes(): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

/** CPU of processes that it started and that have ended, such as gzip; Linux counts it in hundredths. */
function childrenSeconds(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // Counted from the state, which is field 3 of proc(5): cutime is 16 and cstime 17.
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
}
