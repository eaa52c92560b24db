import type { Command } from 'commander';
import { type Text, text } from '../../base/text.ts';
import type { Threads } from '../../intake/read-inputs.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import type { Translate } from '../terminal/language.ts';

/** What a command is called with, beside its words. */
export interface Invocation {
  readonly t: Translate;
  readonly signal: AbortSignal;
  readonly threads: Threads;
  readonly program: ProgramIdentity;
}

/**
 * What the file of a command gives: it adds arguments, flags and examples, and what the command does. Options get no
 * defaults, so that a config file can tell what was given.
 */
export type Declare = (made: Command, invocation: Invocation) => void;

/** A command by its name and the one line that help says of it. */
export function addCommand(parent: Command, name: string, description: Text, t: Translate): Command {
  const made = parent.command(name).description(t(description));
  inLanguage(made, t);
  return made;
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
};

/** Commander's own words, where help is shown in Japanese. */
export function inLanguage(made: Command, t: Translate): void {
  made.configureHelp({
    styleTitle: (title) => t(text(TITLES[title] ?? title, title)),
    sortSubcommands: false,
    showGlobalOptions: false,
  });
  made.helpOption('-h, --help', t(text('使い方を表示する', 'display help for command')));
}
