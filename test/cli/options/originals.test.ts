import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { namesOriginals, originalsOf } from '../../../src/cli/options/originals.ts';
import { withFolder } from '../../support/program.ts';

describe('originals are looked for', () => {
  test('in the folder of --inputs, and nowhere else', () => {
    expect(originalsOf('/x/runs/r', { inputs: 'kept' })).toEqual({ folders: [resolve('kept')], files: [] });
  });

  test('here, beside the run and above it, where nothing says where', () => {
    expect(originalsOf('/x/runs/r', {})).toEqual({ folders: [resolve('.'), '/x/runs', '/x'], files: [] });
  });

  test('among the files of --config, and beside it, too', () =>
    withFolder((folder) => {
      const config = join(folder, 'run.json');
      writeFileSync(join(folder, 'log.csv'), '');
      writeFileSync(config, JSON.stringify({ transactions: 'log.csv' }));
      const { folders, files } = originalsOf('/x/runs/r', { config });
      expect([folders.at(-1), files]).toEqual([folder, [join(folder, 'log.csv')]]);
      expect(originalsOf('/x/runs/r', { config, inputs: '/y' })).toEqual({ folders: ['/y'], files });
    }));
});

test.each([
  [{}, false],
  [{ inputs: '.' }, true],
  [{ config: 'run.json' }, true],
])('of %j somebody says where they lie: %s', (given, says) => {
  expect(namesOriginals(given)).toBe(says);
});
