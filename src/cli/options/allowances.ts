import { type Command, Option } from 'commander';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import type { GivenOptions } from './given.ts';

/** What looks like half a file, or like another policy than before, and may be let through once. */
export interface Allowed {
  readonly cutFile: boolean;
  readonly emptyFile: boolean;
  readonly missingDays: boolean;
  readonly rowsGone: boolean;
  readonly otherTerms: boolean;
}

interface Allowance {
  readonly name: `allow${Capitalize<keyof Allowed>}`;
  readonly option: string;
  readonly words: Text;
}

/** Options of one run, that no config file may hold. */
export const ALLOWANCES: readonly Allowance[] = [
  {
    name: 'allowCutFile',
    option: '--allow-cut-file',
    words: text(
      '最後の行が途中で切れたファイルを、この実行だけ認める',
      'for this run, take a file whose last row is cut off',
    ),
  },
  {
    name: 'allowEmptyFile',
    option: '--allow-empty-file',
    words: text(
      '発行データや取引記録に行がなくても、この実行だけ認める',
      'for this run, take an issuance or a log without rows',
    ),
  },
  {
    name: 'allowMissingDays',
    option: '--allow-missing-days',
    words: text(
      '障害の時間帯や期限前の数日に行がなくても、この実行だけ認める',
      'for this run, take a file without rows in the outage, or in the last days before the balance is read',
    ),
  },
  {
    name: 'allowRowsGone',
    option: '--allow-rows-gone',
    words: text(
      '前回あった行がなくなっていても、この実行だけ認める',
      'for this run, take a file that lacks rows which the previous run read',
    ),
  },
  {
    name: 'allowOtherTerms',
    option: '--allow-other-terms',
    words: text(
      '同じ policy の条件が前回から改められていても、この実行だけ認める',
      'for this run, go on from a previous one although the terms of its policy have been amended since',
    ),
  },
];

export function allowanceFlags(made: Command, t: Translate): Command {
  for (const { option, words } of ALLOWANCES) made.addOption(new Option(option, t(words)));
  return made;
}

export const readAllowances = (options: GivenOptions): Allowed => ({
  cutFile: options.allowCutFile === true,
  emptyFile: options.allowEmptyFile === true,
  missingDays: options.allowMissingDays === true,
  rowsGone: options.allowRowsGone === true,
  otherTerms: options.allowOtherTerms === true,
});
