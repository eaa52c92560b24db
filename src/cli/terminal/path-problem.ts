import { relative } from 'node:path';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';

/** A path as a reader finds it from where the command was called. */
export const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near !== '' && !near.startsWith('..') ? near : path;
};

/** A problem with a file or folder; words in Japanese, then in English. */
export const problem = (
  code: string,
  path: string,
  what: readonly [string, string],
  advice: readonly [string, string],
): Problem => ({
  code,
  where: shown(path),
  what: text(...what),
  advice: text(...advice),
});
