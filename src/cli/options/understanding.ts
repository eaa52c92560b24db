import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import type { Collected, GivenOptions } from './given.ts';

/** How much `check` tells of how it understood the files. */
export interface UnderstandingOptions {
  /** Each column in full. */
  readonly columns: boolean;
  /** Rows of each file that are shown. */
  readonly sampleRows: number;
}

export const understandingFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        '--columns',
        t(
          text(
            '列ごとに、値の例を三つと、ない列の扱いまで示す',
            'show each column in full: three values of each, and what follows where there is none',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--sample <n>',
        t(
          text(
            '各ファイルの n 行を、読み取ったとおりに列ごとに示す',
            'show n rows of each file as they are understood',
          ),
        ),
      ),
    );

/** Rows are taken of those that a file begins with: there are no more. */
const MOST_ROWS = 1000;

export function readUnderstanding({ columns, sample }: GivenOptions, found: Collected): UnderstandingOptions {
  return { columns: columns === true, sampleRows: sample === undefined ? 0 : (readRows(String(sample), found) ?? 0) };
}

function readRows(sample: string, found: Collected): number | undefined {
  const rows = Number(sample);
  if (/^\d{1,4}$/.test(sample) && rows >= 1 && rows <= MOST_ROWS) return rows;
  return found.add(
    'UNKNOWN_VALUE',
    `--sample ${sample}`,
    ['示せる行数ではありません', 'is no number of rows that can be shown'],
    [`1 から ${MOST_ROWS} までの数を書いてください`, `give a number from 1 to ${MOST_ROWS}`],
  );
}
