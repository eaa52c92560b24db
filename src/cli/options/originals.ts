import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Originals } from '../../audit/record/originals.ts';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { readConfig } from './config-file.ts';
import type { GivenOptions } from './given.ts';
import { filesNamed } from './inputs.ts';

/** Where the original inputs lie of a run that keeps none. */
export const originalsFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        '--inputs <dir>',
        t(text('保存がないとき、元の入力を探すフォルダー', 'where the original inputs lie, if the run keeps none')),
      ),
    )
    .addOption(
      new Option(
        '--config <file>',
        t(
          text(
            '保存がないとき、元の入力の場所を知る run の設定ファイル',
            'the config of run that says where the original inputs lie',
          ),
        ),
      ),
    );

/** Whether originals are asked for by name. */
export const namesOriginals = ({ inputs, config }: GivenOptions): boolean =>
  inputs !== undefined || config !== undefined;

/**
 * Where originals may lie: where --inputs or --config say; without --inputs also here, and in the folders above the run, for
 * runs mostly are put beside what they read. What is found is held against the manifest.
 *
 * @throws CommandFailure if the config cannot be read
 */
export function originalsOf(folder: string, given: GivenOptions): Originals {
  const config = typeof given.config === 'string' ? resolve(given.config) : undefined;
  const files = config === undefined ? [] : filesNamed(readConfig(config) as GivenOptions);
  if (typeof given.inputs === 'string') return { folders: [resolve(given.inputs)], files };
  const above = [dirname(folder), dirname(dirname(folder))];
  return {
    folders: ['.', ...above, ...(config === undefined ? [] : [dirname(config)])].map((each) => resolve(each)),
    files,
  };
}
