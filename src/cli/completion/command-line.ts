import type { Argument, Command, Option } from 'commander';
import { READERS } from '../../intake/bytes/file.ts';
import { LOG_FORMATS, LOG_LEVELS } from '../terminal/log.ts';

/** What may stand where a value is typed. */
export type Value =
  | { readonly kind: 'file' | 'folder' | 'any' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

/** An option as a shell completes it. */
export interface TypedOption {
  readonly long: string;
  readonly description: string;
  /** Undefined where it takes none. */
  readonly value: Value | undefined;
}

/** A command as a shell completes it: what may be typed behind its name. */
export interface TypedCommand {
  /** Without the program's own: `policy check`. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly TypedOption[];
  /** In their order; the last one again and again where it is taken more than once. */
  readonly values: readonly Value[];
  readonly commands: readonly TypedCommand[];
}

/** Values that help does not name one by one. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  '--log-level': LOG_LEVELS,
  '--log-format': LOG_FORMATS,
  '--encoding': ['utf-8', 'windows-31j'],
  '--reader': READERS,
  '--quoting': ['minimal', 'all'],
  '--line-end': ['lf', 'crlf'],
};

const FOLDERS: ReadonlySet<string> = new Set(['dir', 'folder', 'run', 'before', 'after', 'series']);
const FILES: ReadonlySet<string> = new Set(['file']);

function valueNamed(name: string): Value {
  if (name.includes('|') && /^[a-z|]+$/.test(name)) return { kind: 'words', words: name.split('|') };
  if (FOLDERS.has(name)) return { kind: 'folder' };
  return { kind: FILES.has(name) ? 'file' : 'any' };
}

function optionTyped({ long, description, flags }: Option): TypedOption {
  const words = WORDS[long ?? ''];
  const name = /[<[]([^>\]]+?)(?:\.\.\.)?[>\]]/.exec(flags)?.[1];
  const value: Value | undefined =
    name === undefined ? undefined : words === undefined ? valueNamed(name) : { kind: 'words', words };
  return { long: long ?? '', description, value };
}

const valueTyped = (argument: Argument): Value =>
  / \| /.test(argument.description) && /^[a-z| ]+$/.test(argument.description)
    ? { kind: 'words', words: argument.description.split(' | ') }
    : valueNamed(argument.name());

/** The command line as commander knows it: what help shows is what is completed. */
export function commandTyped(command: Command, parents = ''): TypedCommand {
  const help = command.createHelp();
  const inner = (child: Command): TypedCommand =>
    commandTyped(child, parents === '' ? child.name() : `${parents} ${child.name()}`);
  return {
    name: parents,
    description: command.description(),
    options: help.visibleOptions(command).map(optionTyped),
    values: command.registeredArguments.map(valueTyped),
    commands: help
      .visibleCommands(command)
      .filter(
        ({ commands, options, registeredArguments }) =>
          commands.length + options.length + registeredArguments.length > 0,
      )
      .map(inner),
  };
}

/** It, and all that can be called behind it. */
export const withInner = (command: TypedCommand): readonly TypedCommand[] => [
  command,
  ...command.commands.flatMap(withInner),
];
