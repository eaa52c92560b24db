import type { Threads } from '../../intake/read-inputs.ts';
import type { Tables } from '../../tables/tables.ts';
import type { TellingOptions } from '../options/telling.ts';
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
export function tellingOfReading({ log, progress }: Surroundings): (file: string, rows: number) => void {
  let current = '';
  return (file, rows) => {
    if (file !== current) {
      progress.clear();
      log.info('reading', { file });
    }
    current = file;
    progress.show(`${file}  ${rows}`);
  };
}

/** Tells the log what was read. */
export function tellRead({ files }: Tables, { log, progress }: Surroundings): void {
  progress.clear();
  for (const { name, rowsRead, dispositions, encoding } of files)
    log.info('read', { file: name, rows: rowsRead, rejected: dispositions.rejected.rows, encoding });
  for (const { name, warnings } of files) if (warnings.includes('MAY_BE_UTC')) log.warn('may be UTC', { file: name });
}
