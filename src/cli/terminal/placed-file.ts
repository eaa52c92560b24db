import { type FileToPlace, whatIsAt } from '../../disbursement/placed-files.ts';
import { stageFile } from '../../disbursement/whole-file.ts';
import { CommandFailure, EXIT } from './exit.ts';
import { problem } from './path-problem.ts';
import { systemFailureOf } from './system-failure.ts';

/**
 * Puts a file in the place of `--out`, whole or not at all; another that stands there only goes where it may be replaced.
 *
 * @param elsewhere what to do about a file that is there, in Japanese and English
 * @throws CommandFailure
 */
export function placeWhole(file: FileToPlace, replace: boolean, elsewhere: readonly [string, string]): void {
  const there = whatIsAt(file);
  if (there === 'other' && !replace)
    throw new CommandFailure(EXIT.refused, [
      problem(
        'FILE_EXISTS',
        file.path,
        ['内容の違うファイルがすでにあります', 'a file with other content is already there'],
        elsewhere,
      ),
    ]);
  try {
    const staged = stageFile(file.path, file.bytes);
    try {
      staged.replace();
    } finally {
      staged.discard();
    }
  } catch (error) {
    throw systemFailureOf(error, file.path, '--out');
  }
}
