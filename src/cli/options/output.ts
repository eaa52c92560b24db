import { resolve } from 'node:path';
import type { Collected, GivenOption, GivenOptions } from './given.ts';

/** What becomes of a run, and what it follows. */
export interface OutputOptions {
  readonly out: string | undefined;
  readonly countUnclaimed: boolean;
  readonly replace: boolean;
  readonly archive: boolean;
  /** The run before this one. */
  readonly previous: string | undefined;
  /** Runs that made the payouts of which paid rows speak as a whole. */
  readonly paidRuns: readonly string[];
  readonly excel: boolean;
  /** Paid rows that an earlier night has read may have gone. */
  readonly allowPaidRowsGone: boolean;
}

/** @param needsFolder whether there is something to be written */
export function readOutput(options: GivenOptions, needsFolder: boolean, found: Collected): OutputOptions {
  const { out, countUnclaimed, replace, archive, previous, paidRun, excel, allowPaidRowsGone } = options;
  if (needsFolder && typeof out !== 'string') addMissingFolder(found);
  return {
    out: pathOf(out),
    countUnclaimed: countUnclaimed === true,
    replace: replace === true,
    archive: archive === true,
    previous: pathOf(previous),
    paidRuns: typeof paidRun === 'boolean' ? [] : [paidRun ?? []].flat().map((path) => resolve(path)),
    excel: excel === true,
    allowPaidRowsGone: allowPaidRowsGone === true,
  };
}

const pathOf = (value: GivenOption): string | undefined => (typeof value === 'string' ? resolve(value) : undefined);

/** Nobody said where what is made goes. */
export const addMissingFolder = (found: Collected): undefined =>
  found.add(
    'MISSING_OPTION',
    '--out',
    ['出力フォルダーの指定がありません', 'no output folder was given'],
    ['--out フォルダー を足してください', 'add --out FOLDER'],
  );
