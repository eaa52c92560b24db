import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Problem } from '../../../src/base/problem.ts';
import { schemaText } from '../../../src/cli/commands/policy.ts';
import { readConfig } from '../../../src/cli/options/config-file.ts';
import { readRequest } from '../../../src/cli/options/request.ts';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { withFolder } from '../../support/program.ts';
import { put } from '../command.ts';

const withConfig = (config: object, use: (path: string, folder: string) => void): void =>
  withFolder((folder) => {
    put(folder, 'run.json', JSON.stringify(config));
    use(join(folder, 'run.json'), folder);
  });

describe('a config file', () => {
  it('names files beside it, and keeps the words that are no files', () => {
    withConfig({ issuance: 'a.csv', out: 'runs/{date}', previous: 'latest', archive: 'copy' }, (path, folder) => {
      expect(readConfig(path)).toEqual({
        issuance: [join(folder, 'a.csv')],
        out: join(folder, 'runs/{date}'),
        previous: 'latest',
        archive: 'copy',
      });
    });
  });

  it.each([
    { issuance: 'a\0' },
    { transactions: ['a', '\0b'] },
    { paidRun: ['a\0b'] },
    { out: '\0' },
    { policy: 'a\0b' },
    { profile: 'a\0b' },
    { previous: 'a\0b' },
    { tempDirectory: 'a\0b' },
  ])('with a NUL in the path of %j is refused before anything is looked for', (config) => {
    withConfig(config, (path) => {
      let failure: unknown;
      try {
        readConfig(path);
      } catch (error) {
        failure = error;
      }
      expect(failure).toBeInstanceOf(CommandFailure);
      const { exitCode, problems } = failure as CommandFailure;
      expect(exitCode).toBe(2);
      expect(problems.map(({ code, what }) => [code, what.en])).toEqual([
        ['BAD_CONFIG', 'no path can hold a NUL (\\u0000)'],
      ]);
    });
  });
});

/** Options of a config file, and whether they can be meant: by the reader of each, and by what editors go by. */
describe('the JSON Schema of a config file', () => {
  const schema = z.fromJSONSchema(JSON.parse(schemaText('config')));

  it.each([
    [{ maxRejects: '0.1%' }, true],
    [{ maxRejects: 5 }, true],
    [{ maxRejects: -1 }, false],
    [{ maxRejects: 'many' }, false],
    [{ maxSmallRejects: '1.5' }, false],
    [{ maxUnmatched: '0.1234567%' }, false],
    [{ maxUnknownDecisions: '3' }, true],
    [{ maxUnknownDecisions: '3%' }, false],
    [{ memory: '2 GB' }, true],
    [{ memory: '512mib' }, true],
    [{ memory: '2 G' }, false],
    [{ memory: '' }, false],
    [{ encoding: 'Shift_JIS' }, true],
    [{ encoding: 'latin1' }, false],
    [{ reader: 'fast' }, false],
    [{ lang: 'fr' }, false],
    [{ excel: 'fr' }, false],
    [{ archive: 'copy' }, true],
    [{ archive: 'move' }, false],
    [{ asOf: '2031/1/31 02:00' }, true],
    [{ asOf: 'today' }, false],
    [{ asOf: '' }, false],
    [{ evidenceKey: 'a\0' }, false],
    [{ claims: ['a', 'b\0'] }, false],
    [{ first: true }, false],
    [{ isuance: 'a.csv' }, false],
  ])('%j is taken as the check takes it', (config, isTaken) => {
    expect(schema.safeParse(config).success).toBe(isTaken);
    withConfig(config, (path) => {
      const [name = ''] = Object.keys(config);
      const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const told = problemsOf(() => readRequest({ config: path }, 0, { out: false })).filter(
        ({ code, where }) => code === 'BAD_CONFIG' || where.startsWith(`--${option} `),
      );
      expect(told.length > 0).toBe(!isTaken);
    });
  });
});

function problemsOf(call: () => void): readonly Problem[] {
  try {
    call();
    return [];
  } catch (error) {
    if (error instanceof CommandFailure) return error.problems;
    throw error;
  }
}
