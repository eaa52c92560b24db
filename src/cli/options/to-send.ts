import { basename, dirname, join } from 'node:path';
import type { Manifest } from '../../audit/record/run-record.ts';
import { text } from '../../base/text.ts';
import { runThatFollows } from '../../disbursement/later-runs.ts';
import { readToSend, TO_SEND_FILE, type ToSend } from '../../disbursement/to-send.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { shown } from '../terminal/path-problem.ts';
import { damagedRun, manifestOf } from './run-folder.ts';

/** A run that is to be sent from. */
export interface RunToSend {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly rows: readonly ToSend[];
}

/**
 * What the run in a folder has to send; of the last of its chain alone.
 *
 * @throws CommandFailure, and what the signal was aborted with
 */
export async function runToSend(folder: string, signal: AbortSignal): Promise<RunToSend> {
  const manifest = manifestOf(folder);
  const follows = runThatFollows(folder);
  if (follows !== undefined) throw supersededRun(folder, follows);
  const recorded = manifest.outputs.find(({ name }) => name === TO_SEND_FILE);
  if (recorded === undefined) throw withoutToSend(folder, manifest);
  const read = await wholeInTurns(readToSend(folder, recorded.sha256), () => mayEnd(signal));
  if ('unreadable' in read) throw damagedRun(shown(join(folder, TO_SEND_FILE)));
  return { folder, manifest, rows: read.rows };
}

const supersededRun = (folder: string, follows: string): CommandFailure =>
  new CommandFailure(EXIT.refused, [
    {
      code: 'SUPERSEDED_RUN',
      where: shown(folder),
      what: text(
        `この実行のあとに ${follows} が作られている。支払済みかもしれないものを送らないよう、古い実行からは送れません`,
        `${follows} was made after this run and knows better what was paid meanwhile; nothing is sent from an older run`,
      ),
      advice: text(
        `${join(dirname(shown(folder)), follows)} を指定してください`,
        `name ${join(dirname(shown(folder)), follows)}`,
      ),
    },
  ]);

const withoutToSend = (folder: string, { program }: Manifest): CommandFailure =>
  new CommandFailure(EXIT.refused, [
    {
      code: 'NO_TO_SEND',
      where: shown(join(folder, TO_SEND_FILE)),
      what: text(
        `${basename(folder)} を作った版(${program.version}、${program.revision})は to_send.csv を書かない`,
        `${basename(folder)} was made by a version (${program.version}, ${program.revision}) that writes no to_send.csv`,
      ),
      advice: text(
        '今お使いの版で run を実行し、その結果を指定してください',
        'make a run with the version that you call now, and name that',
      ),
    },
  ]);
