import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import type { Collected, GivenOption, GivenOptions } from './given.ts';

/** How many of a file’s rows may be otherwise: so many, or such a share. */
export type RowLimit = { readonly rows: number } | { readonly parts: number; readonly of: number };

/** How many rows of a file may be otherwise than they should, before the inputs are refused. */
export interface LimitOptions {
  readonly maxRejects: RowLimit;
  /** The same of the files of which people write the rows, or a few: all but issuance, log and merchant reports. */
  readonly maxSmallRejects: RowLimit;
  /** Rows whose coupon the issuance does not know. */
  readonly maxUnmatched: RowLimit;
  /** Decisions on questions that no known run asks or has asked: rows. */
  readonly maxUnknownDecisions: number;
}

export const limitFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        '--max-rejects <n|p%>',
        t(
          text(
            '発行データ・取引記録・店の報告のファイルごとに許す読めない行(既定 0.1%)',
            'rows that a file of issuance, log or reports may have that cannot be read (default 0.1%)',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--max-small-rejects <n|p%>',
        t(
          text(
            '申出・申請・決定・支払済みのファイルごとに許す読めない行(既定 0)',
            'the same of a file of claims, applications, decisions or paid rows (default 0)',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--max-unmatched <n|p%>',
        t(
          text(
            'ファイルごとに許す、番号が発行データにない行(件数か金額。既定 0.5%)',
            'rows a file may have whose coupon the issuance does not know, or their yen (default 0.5%)',
          ),
        ),
      ),
    );
const MOST_REJECTS: RowLimit = { parts: 1, of: 1000 };
/** Each of these rows is somebody’s, and was written by somebody who can mend it. */
const MOST_SMALL_REJECTS: RowLimit = { rows: 0 };
const MOST_UNMATCHED: RowLimit = { parts: 5, of: 1000 };

export function readLimits(
  { maxRejects, maxSmallRejects, maxUnmatched, maxUnknownDecisions }: GivenOptions,
  found: Collected,
): LimitOptions {
  const rejects = readLimit('--max-rejects', maxRejects, found) ?? MOST_REJECTS;
  // Whoever lets every row of every file pass means the small ones too.
  const small = isEverything(rejects) ? rejects : MOST_SMALL_REJECTS;
  return {
    maxRejects: rejects,
    maxSmallRejects: readLimit('--max-small-rejects', maxSmallRejects, found) ?? small,
    maxUnmatched: readLimit('--max-unmatched', maxUnmatched, found) ?? MOST_UNMATCHED,
    maxUnknownDecisions: readCount('--max-unknown-decisions', maxUnknownDecisions, found) ?? 0,
  };
}

const isEverything = (limit: RowLimit): boolean => 'of' in limit && limit.parts === limit.of;

const LIMITS = {
  '--max-rejects': {
    code: 'BAD_MAX_REJECTS',
    advice: [
      '5(行)か 0.1%(ファイルの行数に対する割合)のように書いてください',
      'write 5 (rows) or 0.1% (of a file\u2019s rows)',
    ],
  },
  '--max-small-rejects': {
    code: 'BAD_MAX_REJECTS',
    advice: ['5(行)か 1%(ファイルの行数に対する割合)のように書いてください', 'write 5 (rows) or 1% (of a file’s rows)'],
  },
  '--max-unmatched': {
    code: 'BAD_MAX_UNMATCHED',
    advice: [
      '5(行)か 0.5%(ファイルの行数または金額に対する割合)のように書いてください',
      'write 5 (rows) or 0.5% (of a file\u2019s rows, or of their yen)',
    ],
  },
} as const;

function readLimit(option: keyof typeof LIMITS, value: GivenOption, found: Collected): RowLimit | undefined {
  if (value === undefined) return undefined;
  const parts = /^(\d+)(?:\.(\d+))?(%?)$/.exec(String(value));
  const [whole, fraction] = [parts?.[1] ?? '', parts?.[2] ?? ''];
  const limit = { parts: Number(whole + fraction), of: 100 * 10 ** fraction.length };
  if (parts?.[3] === '%' && fraction.length <= 6 && limit.parts <= limit.of) return limit;
  if (parts?.[3] === '' && fraction === '' && Number.isSafeInteger(Number(whole))) return { rows: Number(whole) };
  const { code, advice } = LIMITS[option];
  const what = ['行数でも割合でもありません', 'is neither a number of rows nor a share'] as const;
  return found.add(code, `${option} ${String(value)}`, what, advice);
}

function readCount(option: string, value: GivenOption, found: Collected): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (/^\d+$/.test(String(value)) && Number.isSafeInteger(count)) return count;
  return found.add(
    'UNKNOWN_VALUE',
    `${option} ${String(value)}`,
    ['行数ではありません', 'is no number of rows'],
    ['5 のように書いてください', 'write 5, for instance'],
  );
}

/** Only of `run`: the inputs alone do not tell what is asked. */
export const unknownDecisionsFlag = (t: Translate): Option =>
  new Option(
    '--max-unknown-decisions <n>',
    t(
      text(
        '許す、知らない確認ID への決定の行(既定 0)',
        'decisions that may be on a review id that no run has asked (default 0)',
      ),
    ),
  );
