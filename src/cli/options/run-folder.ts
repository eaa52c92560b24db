import { basename, dirname } from 'node:path';
import { type Manifest, readManifest } from '../../audit/record/run-record.ts';
import { text } from '../../base/text.ts';
import { restoreRuns } from '../../publish/run-place.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { publishFailureOf } from '../terminal/publish-failure.ts';

export const runFolderWords = (t: Translate): string => t(text('実行結果のフォルダー', 'a run folder'));

/**
 * What a run that was killed while it replaced another has left aside comes back before anybody looks: the run itself, and
 * those beside it.
 *
 * @throws CommandFailure where it is being replaced at this moment
 */
export function restoreAt(folder: string): void {
  try {
    restoreRuns(dirname(folder), basename(folder));
  } catch (error) {
    throw publishFailureOf(error, folder);
  }
}

/** The manifest of a run folder that a command was given. @throws CommandFailure */
export function manifestOf(folder: string): Manifest {
  restoreAt(folder);
  const read = readManifest(folder);
  if ('manifest' in read) return read.manifest;
  throw new CommandFailure(EXIT.refused, [
    {
      code: 'NOT_A_RUN_FOLDER',
      where: folder,
      what: text(
        `実行のフォルダーではありません: ${read.unreadable.ja}`,
        `not the folder of a run: ${read.unreadable.en}`,
      ),
      advice: text('run が作ったフォルダーを指定してください', 'name a folder that run made'),
    },
  ]);
}

/** A file of a run folder is not what a run writes there. */
export const damagedRun = (path: string): CommandFailure =>
  new CommandFailure(EXIT.refused, [
    {
      code: 'DAMAGED_RUN',
      where: path,
      what: text('読めないか、実行が書いたままではありません', 'cannot be read, or is not as the run wrote it'),
      advice: text('verify で確かめ、控えから戻してください', 'see verify, and restore the run from a copy'),
    },
  ]);
