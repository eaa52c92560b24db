import { dirname, resolve } from 'node:path';
import type { Language } from '../../base/text.ts';
import { SHARINGS, type Sharing } from '../../publish/archive.ts';
import { LATEST } from '../../publish/series.ts';
import { type Collected, type GivenOption, type GivenOptions, oneOf } from './given.ts';

/** What becomes of a run, and what it follows. */
export interface OutputOptions {
  readonly out: string | undefined;
  readonly countUnclaimed: boolean;
  /** An approval counts once another person has confirmed it. */
  readonly requireSecond: boolean;
  readonly replace: boolean;
  readonly archive: boolean;
  /** How it keeps what the run before has kept already. */
  readonly archiveSharing: Sharing;
  /** The run before this one; `latest`: what the chain of its series has come to. */
  readonly previous: string | undefined;
  /** A chain is begun, whatever there is. */
  readonly first: boolean;
  /** Runs that made the payouts of which paid rows speak as a whole. */
  readonly paidRuns: readonly string[];
  readonly excel: boolean;
  /** Paid rows that an earlier night has read may have gone. */
  readonly allowPaidRowsGone: boolean;
  /** The page, and what is made for it. */
  readonly report: boolean;
  /** Of review.xlsx: what is published follows no locale. */
  readonly excelLanguage: Language;
}

/** @param needsFolder whether there is something to be written */
export function readOutput(options: GivenOptions, needsFolder: boolean, found: Collected): OutputOptions {
  const { out, countUnclaimed, requireSecond, replace, archive, previous, first, paidRun, excel, allowPaidRowsGone } =
    options;
  if (needsFolder && typeof out !== 'string') addMissingFolder(found);
  if (typeof out === 'string') requireDateLast(out, found);
  if (first === true && previous !== undefined) addFirstWithPrevious(found);
  return {
    out: pathOf(out),
    countUnclaimed: countUnclaimed === true,
    requireSecond: requireSecond === true,
    replace: replace === true,
    archive: archive !== undefined && archive !== false,
    archiveSharing: (typeof archive === 'string' ? oneOf('--archive', archive, SHARINGS, found) : undefined) ?? 'link',
    previous: previous === LATEST ? LATEST : pathOf(previous),
    first: first === true,
    paidRuns: typeof paidRun === 'boolean' ? [] : [paidRun ?? []].flat().map((path) => resolve(path)),
    ...readExcel(excel, found),
    allowPaidRowsGone: allowPaidRowsGone === true,
    report: options.report !== false,
  };
}

/** Copies for spreadsheets, and the language of the one that a person fills in. */
function readExcel(value: GivenOption, found: Collected): Pick<OutputOptions, 'excel' | 'excelLanguage'> {
  const language = typeof value === 'string' ? oneOf('--excel', value, ['ja', 'en'] as const, found) : undefined;
  return { excel: value !== undefined && value !== false, excelLanguage: language ?? 'ja' };
}

const pathOf = (value: GivenOption): string | undefined => (typeof value === 'string' ? resolve(value) : undefined);

/** What `{date}` becomes in `--out`. */
export const DATE = '{date}';

/** A series holds its runs side by side: a folder a night would each begin a chain of its own. */
function requireDateLast(out: string, found: Collected): void {
  if (!dirname(out).includes(DATE)) return;
  found.add(
    'UNKNOWN_VALUE',
    `--out ${out}`,
    ['{date} はパスの最後の部分にだけ使えます', '{date} can only stand in the last part of the path'],
    [
      "--out 'runs/{date}' のように、実行結果が一つのフォルダーに並ぶようにしてください",
      "write --out 'runs/{date}', so that runs lie side by side in one folder",
    ],
  );
}

const addFirstWithPrevious = (found: Collected): undefined =>
  found.add(
    'UNKNOWN_VALUE',
    '--first',
    ['--previous と一緒には使えません', 'cannot stand beside --previous'],
    [
      '新しい鎖を始めるなら --first だけ、続けるなら --previous だけにしてください',
      'give --first to begin a chain, or --previous to go on with one',
    ],
  );

/** Nobody said where what is made goes. */
export const addMissingFolder = (found: Collected): undefined =>
  found.add(
    'MISSING_OPTION',
    '--out',
    ['出力フォルダーの指定がありません', 'no output folder was given'],
    ['--out フォルダー を足してください', 'add --out FOLDER'],
  );
