import type { TypedCommand, TypedOption, Value } from './command-line.ts';

/**
 * A completion script for zsh: a file `_PROGRAM` in a folder of `fpath`, or to be evaluated.
 *
 * @param program the name that is typed
 */
export function zshCompletion(program: string, root: TypedCommand): string {
  const name = `_${program}`;
  return `#compdef ${program}
${functionsOf(name, root).join('\n')}
if [ "$funcstack[1]" = ${name} ]; then ${name} "$@"; else compdef ${name} ${program}; fi
`;
}

/** A function for each command, those that it has first. */
function functionsOf(name: string, command: TypedCommand): readonly string[] {
  const inner = command.commands.flatMap((each) => functionsOf(`${name}_${lastWord(each)}`, each));
  return [...inner, command.commands.length > 0 ? withCommands(name, command) : withValues(name, command)];
}

const lastWord = ({ name }: TypedCommand): string => name.split(' ').at(-1) as string;

function withCommands(name: string, { options, commands }: TypedCommand): string {
  return `${name}() {
  local state line
  local -a commands=(
${commands.map((each) => `    ${quoted(`${lastWord(each)}:${each.description}`)}`).join('\n')}
  )
  _arguments -C ${options.map(optionSpec).join(' ')} '1: :->command' '*:: :->words'
  case $state in
    command) _describe command commands ;;
    words)
      case $line[1] in
${commands.map((each) => `        ${lastWord(each)}) ${name}_${lastWord(each)} ;;`).join('\n')}
      esac ;;
  esac
}`;
}

function withValues(name: string, { options, values }: TypedCommand): string {
  const words = values.length === 0 ? [`'*: :_files'`] : values.map((value) => `'*: :${actionOf(value)}'`).slice(0, 1);
  return `${name}() { _arguments ${[...options.map(optionSpec), ...words].join(' ')}; }`;
}

/** `*` in front: it may be given again, as lists of files are. */
const optionSpec = ({ long, description, value }: TypedOption): string =>
  quoted(`*${long}[${bracketed(description)}]${value === undefined ? '' : `: :${actionOf(value)}`}`);

function actionOf(value: Value): string {
  switch (value.kind) {
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'words':
      return `(${value.words.join(' ')})`;
    default:
      return '';
  }
}

const bracketed = (description: string): string => description.replace(/[[\]:\\]/g, '\\$&');
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
