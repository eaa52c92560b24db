import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Preloaded into a measured process: when it ends, writes what it took to the file that the variable names. */
const file = process.env.REGIONPAY_BENCH_MEASURE;
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
