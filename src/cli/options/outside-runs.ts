import { basename, dirname, relative, resolve } from 'node:path';
import type { Collected } from './given.ts';

/** The file that a command is to write, which must not lie in a run folder: that would hold more than the run wrote. */
export function readOutside(out: string, folders: readonly string[], found: Collected): string | undefined {
  const path = resolve(out);
  const around = folders.find((folder) => isWithin(path, folder));
  if (around === undefined) return path;
  return found.add(
    'UNKNOWN_VALUE',
    `--out ${out}`,
    ['実行結果のフォルダーの中には書けません', 'is inside the run folder'],
    [
      `フォルダーの外(${basename(dirname(around)) || dirname(around)} など)を指定してください。中に置くと verify が不一致になります`,
      'name a place outside of it: with a file more in it the run would not verify',
    ],
  );
}

/** On Windows the way to another disk is a whole path. */
function isWithin(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith('..') && resolve(inside) !== inside;
}
