import type { Command } from 'commander';
import type { Language } from '../../src/base/text.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { translateTo } from '../../src/cli/terminal/language.ts';

/** The command line as it is put together for some words: the command that they call has its options, others have none. */
export const programCalledWith = (...words: readonly string[]): Promise<Command> => programIn('en', ...words);

/** The same in a language. */
export const programIn = (language: Language, ...words: readonly string[]): Promise<Command> =>
  buildProgram(['node', 'regionpay-reconcile', ...words], {
    t: translateTo(language),
    signal: new AbortController().signal,
    threads: { script: new URL('file:///none'), count: 1, leastBytes: 1, chunkBytes: 1, ownChunks: 1 },
    program: { name: 'regionpay-reconcile', version: '1', revision: 'test' },
  });

/** What `--help` shows of a command, on a terminal of so many columns. */
export function helpOf(command: Command, columns = 80): string {
  const shown: string[] = [];
  command.configureOutput({
    writeOut: (text) => shown.push(text),
    getOutHelpWidth: () => columns,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return shown.join('');
}
