import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from '../terminal/log.ts';
import { type Collected, type GivenOptions, oneOf } from './given.ts';

/** What a command tells, and how. */
export interface TellingOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

/** Of every command. */
export const tellingFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(new Option('--json', t(text('機械が読む JSON で出力する', 'print JSON for machines'))))
    .addOption(new Option('--quiet', t(text('エラーのほかは何も表示しない', 'print nothing but errors'))))
    .addOption(new Option('--lang <ja|en>', t(text('表示の言語(既定は LANG から)', 'language (default: from LANG)'))))
    .addOption(new Option('--log-level <level>', 'silent | error | warn | info | debug'))
    .addOption(new Option('--log-format <format>', 'text | json'));

const LANGUAGES = ['ja', 'en'] as const;

export function readTelling({ json, quiet, lang, ...given }: GivenOptions, found: Collected): TellingOptions {
  const logLevel = oneOf('--log-level', given.logLevel, LOG_LEVELS, found) ?? (quiet === true ? 'error' : 'info');
  const logFormat = oneOf('--log-format', given.logFormat, LOG_FORMATS, found) ?? 'text';
  // Which it is, is known before anything is read (main.ts).
  oneOf('--lang', lang, LANGUAGES, found);
  return { json: json === true, quiet: quiet === true, logLevel, logFormat };
}
