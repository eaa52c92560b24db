import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';
import { translateTo } from '../../src/cli/terminal/language.ts';

/** The command line as it is put together for some words: the command that they call has its options, others have none. */
export const programCalledWith = (...words: readonly string[]): Promise<Command> =>
  buildProgram(['node', 'regionpay-reconcile', ...words], {
    t: translateTo('en'),
    signal: new AbortController().signal,
    threads: { script: new URL('file:///none'), count: 1, leastBytes: 1, chunkBytes: 1, ownChunks: 1 },
    program: { name: 'regionpay-reconcile', version: '1', revision: 'test' },
  });
