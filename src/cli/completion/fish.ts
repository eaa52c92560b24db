import { type TypedCommand, type TypedOption, type Value, withInner } from './command-line.ts';

/**
 * A completion script for fish, one line for each word that may be typed.
 *
 * @param program the name that is typed
 */
export function fishCompletion(program: string, root: TypedCommand): string {
  const line = (where: string, rest: string): string => `complete -c ${program} -n ${quoted(where)} ${rest}`;
  const lines = withInner(root).flatMap((command) => [
    ...command.commands.map((inner) =>
      line(calledOf(command), `-f -a ${lastWord(inner)} -d ${quoted(inner.description)}`),
    ),
    ...command.options.map((option) => line(calledOf(command), optionOf(option))),
    ...command.values.slice(0, 1).map((value) => line(calledOf(command), valuesTyped(value))),
  ]);
  return `# fish completion for ${program}\n${lines.join('\n')}\n`;
}

const lastWord = ({ name }: TypedCommand): string => name.split(' ').at(-1) as string;

/** Where a command is what was typed last of all commands. */
function calledOf({ name, commands }: TypedCommand): string {
  const inner = commands.map(lastWord).join(' ');
  if (name === '') return '__fish_use_subcommand';
  const seen = name
    .split(' ')
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');
  return inner === '' ? seen : `${seen}; and not __fish_seen_subcommand_from ${inner}`;
}

function optionOf({ long, description, value }: TypedOption): string {
  const named = `-l ${long.slice(2)} -d ${quoted(description)}`;
  return value === undefined ? named : `${named} -r ${valuesTyped(value)}`;
}

function valuesTyped(value: Value): string {
  switch (value.kind) {
    case 'file':
      return '-F';
    case 'folder':
      return `-f -a '(__fish_complete_directories)'`;
    case 'words':
      return `-f -a ${quoted(value.words.join(' '))}`;
    default:
      return '-f';
  }
}

const quoted = (word: string): string => `'${word.replace(/['\\]/g, '\\$&')}'`;
