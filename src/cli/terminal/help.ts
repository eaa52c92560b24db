import { type Command, Help } from 'commander';
import { text } from '../../base/text.ts';
import type { Translate } from './language.ts';
import { displayWidth, wrapText } from './wrapped-text.ts';

/** Commander's own words in Japanese. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
};

/** What stands for a value, in Japanese. What is itself a value (`ja|en`, `n|p%`) stays. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  options: 'オプション',
  command: 'コマンド',
  file: 'ファイル',
  dir: 'フォルダー',
  folder: 'フォルダー',
  run: '実行結果',
  series: '実行の並び',
  before: '前の実行結果',
  after: '後の実行結果',
  old: '元の policy',
  new: '比べる policy',
  coupon: 'クーポン',
  instant: '日時',
  date: '日付',
  name: '名前',
  size: '大きさ',
  level: '段階',
  format: '形式',
  causes: '原因',
  n: '数',
  share: '割合',
  how: '方法',
  which: '種類',
  what: '種類',
  shell: 'シェル',
  who: '番号',
  fingerprint: '指紋',
  identity: '署名者',
  place: '場所',
};

/** `[options] <file...>` with its words in Japanese. */
export const inJapanese = (term: string): string =>
  term.replace(/([<[])([a-z]+)(\.\.\.)?([>\]])/g, (whole, open: string, word: string, more = '', close: string) => {
    const known = PLACEHOLDERS[word];
    return known === undefined ? whole : `${open}${known}${more}${close}`;
  });

/** A command in a list: every one takes options, so that goes without saying. */
export function commandTerm(name: string, takes: string | undefined, t: Translate): string {
  const term = takes === undefined || takes === '' ? name : `${name} ${takes}`;
  return t(text(inJapanese(term), term));
}

/** Below this many columns a description is not broken any more. */
const NARROWEST = 16;

/** Help in one language, as wide as the terminal that it is shown on. */
export function helpIn(made: Command, t: Translate): void {
  const plain = new Help();
  const worded = (term: string): string => t(text(inJapanese(term), term));
  made.configureHelp({
    sortSubcommands: false,
    showGlobalOptions: false,
    displayWidth,
    boxWrap: wrapText,
    styleTitle: (title) => t(text(TITLES[title] ?? title, title)),
    commandUsage: (command) => worded(plain.commandUsage(command)),
    optionTerm: (option) => worded(plain.optionTerm(option)),
    minWidthToWrap: NARROWEST,
    subcommandTerm: (command) => commandTerm(command.name(), takenBy(command), t),
    argumentTerm: (argument) => t(text(PLACEHOLDERS[argument.name()] ?? argument.name(), argument.name())),
  });
  made.helpOption('-h, --help', t(text('使い方を表示する', 'display help for command')));
}

const takenBy = (command: Command): string =>
  command.registeredArguments
    .map((argument) => {
      const name = argument.variadic ? `${argument.name()}...` : argument.name();
      return argument.required ? `<${name}>` : `[${name}]`;
    })
    .join(' ');
