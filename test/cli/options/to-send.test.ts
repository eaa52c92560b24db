import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runToSend } from '../../../src/cli/options/to-send.ts';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { inFolder } from '../command.ts';
import { type MadeRun, makeRun } from '../run-to-send.ts';

const codeOf = async (folder: string): Promise<string> => {
  try {
    const { rows } = await runToSend(folder, new AbortController().signal);
    return rows.map(({ route }) => route).join();
  } catch (error) {
    return error instanceof CommandFailure ? error.problems.map(({ code }) => code).join() : String(error);
  }
};

test('what a run has to send is read, in its order', () =>
  inFolder(async (series) => {
    expect(await codeOf(makeRun(series).folder)).toBe('bank_transfer,bank_transfer,app_url');
  }));

test.each<[string, string, MadeRun, (folder: string) => void]>([
  [
    'SUPERSEDED_RUN',
    'another rests on it',
    {},
    (folder) => {
      const { manifestSha256 } = makeRun(join(folder, '..'));
      makeRun(join(folder, '..'), { name: '2023-05-16', previous: manifestSha256 });
    },
  ],
  ['NO_TO_SEND', 'it is of an older version', { withoutToSend: true }, () => {}],
  ['DAMAGED_RUN', 'the file is gone', {}, (folder) => rmSync(join(folder, 'to_send.csv'))],
  ['NOT_A_RUN_FOLDER', 'it is no run', {}, (folder) => rmSync(join(folder, 'manifest.json'))],
])('%s where %s', (code, _, made, prepare) =>
  inFolder(async (series) => {
    const { folder } = makeRun(series, made);
    prepare(folder);
    expect(await codeOf(folder)).toBe(code);
  }));
