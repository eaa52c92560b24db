import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/cli/options/config-file.ts';
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
