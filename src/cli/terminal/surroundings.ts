import { text } from '../../base/text.ts';
import type { Threads } from '../../intake/read-inputs.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { odditiesOf } from '../../policy/oddities.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Tables } from '../../tables/tables.ts';
import type { TellingOptions } from '../options/telling.ts';
import { grouped } from '../render/yen-words.ts';
import type { Translate } from './language.ts';
import { type Log, openLog } from './log.ts';
import { openProgress, type Progress } from './progress.ts';

/** What a command that reads inputs works in: who is told, who may end it, and who may help. */
export interface Surroundings {
  readonly log: Log;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly threads: Threads;
}

export const openSurroundings = (
  { logLevel, logFormat, quiet }: TellingOptions,
  { signal, threads }: Pick<Surroundings, 'signal' | 'threads'>,
  t: Translate,
): Surroundings => ({
  log: openLog(logLevel, logFormat, t),
  progress: openProgress(process.stderr, !quiet),
  signal,
  threads,
});

/** Tells the log and the line on the terminal how far a file is read; the log of each file once. */
export function tellingOfReading(
  { log, progress }: Surroundings,
  t: Translate,
  now: () => number = Date.now,
): (file: string, rows: number, share: number) => void {
  let current = '';
  const begunAt = now();
  return (file, rows, share) => {
    if (file !== current) {
      progress.clear();
      log.info('reading', { file });
    }
    current = file;
    const rowsSoFar = t(text(`${grouped(rows)} 行`, `${grouped(rows)} rows`));
    progress.show(`${percent(share)}  ${file}  ${rowsSoFar}${timeLeft(now() - begunAt, share, t)}`);
  };
}

const percent = (share: number): string => `${Math.floor(share * 100)}%`.padStart(4);

/** What the rest will take, if it goes on as so far; nothing while that would be a guess. */
export function timeLeft(milliseconds: number, share: number, t: Translate): string {
  if (milliseconds < LEAST_TIME || share < LEAST_SHARE || share >= 1) return '';
  const seconds = Math.ceil((milliseconds * (1 - share)) / share / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return t(text(`  残り約 ${seconds} 秒`, `  about ${seconds} s left`));
  return t(text(`  残り約 ${minutes} 分 ${seconds % 60} 秒`, `  about ${minutes} min ${seconds % 60} s left`));
}
const LEAST_TIME = 1000;
const LEAST_SHARE = 0.02;

/** One line of what is odd about a policy file. What the notice of the built-in one leaves open is known. */
export function tellPolicy(policy: Policy, { log }: Pick<Surroundings, 'log'>): void {
  const oddities = policy.id === KAGOSHIMA.id ? 0 : odditiesOf(policy).length;
  if (oddities > 0) log.warn('odd policy', { policy: policy.id, oddities });
}

/** Tells the log what was read. */
export function tellRead({ files }: Tables, { log, progress }: Surroundings): void {
  progress.clear();
  for (const { name, rowsRead, dispositions, encoding } of files)
    log.info('read', { file: name, rows: rowsRead, rejected: dispositions.rejected.rows, encoding });
  for (const { name, warnings, statedTotals } of files) {
    if (warnings.includes('MAY_BE_UTC')) log.warn('may be UTC', { file: name });
    const totals = statedTotals?.differing.length ?? 0;
    if (totals > 0) log.warn('totals differ', { file: name, totals });
  }
}
