import { type TypedCommand, type Value, withInner } from './command-line.ts';

/**
 * A completion script for bash, from 3.2 on and without the bash-completion package. It starts no program: what may be
 * typed is known when the script is made.
 *
 * @param program the name that is typed
 */
export function bashCompletion(program: string, root: TypedCommand): string {
  const name = functionName(program);
  const commands = withInner(root);
  return `# bash completion for ${program}
${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} called='' word
  # --option=value is three words where = breaks words.
  if [ "$cur" = '=' ]; then cur=''
  elif [ "$prev" = '=' ]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$called $word" in
      ${commands.slice(1).map(calling).join(' | ')}) called=\${called:+$called }$word ;;
    esac
  done
  local IFS=$'\\n'
  COMPREPLY=()
  case "$called:$prev" in
${commands.flatMap(valuesOfOptions).join('\n')}
  esac
  case "$called:$cur" in
${commands.map(optionsOf).join('\n')}
${commands.map(wordsOf).join('\n')}
  esac
}
complete -F ${name} ${program}
`;
}

const functionName = (program: string): string => `_${program.replaceAll('-', '_')}`;

/** `' run'` behind the program, `'policy check'` behind another command. */
function calling({ name }: TypedCommand): string {
  return name.includes(' ') ? `'${name}'` : `' ${name}'`;
}

const LIST_WORDS = (words: readonly string[]): string => `COMPREPLY=($(compgen -W $'${words.join('\\n')}' -- "$cur"))`;

function listed(value: Value): string {
  switch (value.kind) {
    case 'file':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
    case 'folder':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
    case 'words':
      return LIST_WORDS(value.words);
    default:
      return ':';
  }
}

const valuesOfOptions = ({ name, options }: TypedCommand): readonly string[] =>
  options.flatMap(({ long, value }) =>
    value === undefined ? [] : [`    '${name}:${long}') ${listed(value)}; return ;;`],
  );

const optionsOf = ({ name, options }: TypedCommand): string =>
  `    '${name}:-'*) ${LIST_WORDS(options.map(({ long }) => long))} ;;`;

/** Behind a command: those that it has, or what it takes; files for an option that takes more than one. */
function wordsOf({ name, commands, values }: TypedCommand): string {
  const words = commands.map((inner) => inner.name.split(' ').at(-1) as string);
  const value: Value = words.length > 0 ? { kind: 'words', words } : (values[0] ?? { kind: 'file' });
  return `    '${name}:'*) ${listed(value)} ;;`;
}
