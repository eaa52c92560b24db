import type { EventEmitter } from 'node:events';
import type { Command } from 'commander';
import { type Text, text } from '../src/base/text.ts';
import { wholeProgram } from '../src/cli/program.ts';
import { type Translate, translateTo } from '../src/cli/terminal/language.ts';

/** A manual page (man(7)) of the whole command line, from what --help says of each command. */
export async function manPage(language: 'ja' | 'en'): Promise<string> {
  const t = translateTo(language);
  const program = await wholeProgram({
    t,
    signal: new AbortController().signal,
    threads: { script: new URL('file:///none'), count: 1, leastBytes: 1, chunkBytes: 1, ownChunks: 1 },
    program: { name: 'regionpay-reconcile', version: '', revision: '' },
  });
  const name = program.name();
  const commands = program.commands.filter((command) => command.name() !== 'help').flatMap(withSubcommands);
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name}" "${t(text('利用者の手引き', 'User commands'))}"`,
    // Long words of a command line leave gaps in lines of one width.
    '.ad l',
    heading(NAME, t),
    `${escaped(name)} \\- ${escaped(program.description())}`,
    heading(SYNOPSIS, t),
    `.B ${escaped(name)}\n${escaped(
      program
        .createHelp()
        .commandUsage(program)
        .slice(name.length + 1),
    )}`,
    heading(COMMANDS, t),
    ...commands.map((command) => commandText(command, name)),
    heading(EXIT_STATUS, t),
    ...EXIT_CODES.map(([code, words]) => `.TP\n.B ${code}\n${escaped(t(words))}`),
    '',
  ].join('\n');
}

const withSubcommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

const heading = (title: Text, t: Translate): string => `.SH ${t(title).toUpperCase()}`;
const NAME = text('名前', 'Name');
const SYNOPSIS = text('書式', 'Synopsis');
const COMMANDS = text('コマンド', 'Commands');
const EXIT_STATUS = text('終了コード', 'Exit status');

/** As in docs/contract/4-cli.md. */
const EXIT_CODES: readonly (readonly [number, Text])[] = [
  [0, text('終わった(verify・diff・explain では、違いがない)', 'done (verify, diff, explain: nothing differs)')],
  [1, text('違いがある、または確認に失敗した', 'a difference, or a verification that failed')],
  [2, text('コマンドの書き方・policy・profile の誤り', 'the command line, policy or profile is wrong')],
  [3, text('入力を受け付けられない、または不変条件が破れた', 'inputs refused, or an invariant broken')],
  [4, text('システムの失敗(容量・権限・ロック)', 'the system failed (disk full, no permission, locked)')],
  [70, text('プログラムの誤り', 'a bug')],
  [130, text('中断した', 'interrupted')],
];

function commandText(command: Command, program: string): string {
  const help = command.createHelp();
  const usage = help.commandUsage(command).slice(program.length + 1);
  const options = help
    .visibleOptions(command)
    .map((option) => `.TP\n.B ${escaped(help.optionTerm(option))}\n${escaped(help.optionDescription(option))}`);
  const takes = help
    .visibleArguments(command)
    .map(
      (argument) => `.TP\n.I ${escaped(help.argumentTerm(argument))}\n${escaped(help.argumentDescription(argument))}`,
    );
  const examples = examplesOf(command);
  return [
    `.SS ${escaped(usage)}`,
    escaped(help.commandDescription(command)),
    ...takes,
    ...options,
    ...(examples === '' ? [] : ['.PP', '.nf', escaped(examples), '.fi']),
  ].join('\n');
}

/** What help says behind the options. */
function examplesOf(command: Command): string {
  let said = '';
  (command as unknown as EventEmitter).emit('afterHelp', {
    error: false,
    command,
    write: (more: string) => (said += more),
  });
  return said.trim();
}

/** No sign of it is a request, and a minus is a minus. */
const escaped = (content: string): string =>
  content
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
