import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesCalled } from '../../../src/audit/record/originals.ts';
import { withFolder } from '../../support/program.ts';

/** Files of an office, and which of them may be an input of a name. */
const called = (name: string, folders: readonly string[], files: readonly string[]) =>
  withFolder((office) => {
    for (const folder of ['a', 'b', 'b/log.csv']) mkdirSync(join(office, folder));
    for (const file of ['log.csv', 'a/log.csv', 'a/catalog.csv']) writeFileSync(join(office, file), file);
    symlinkSync('a', join(office, 'linked'));
    const within = (each: string) => join(office, each);
    const found = filesCalled({ name }, { folders: folders.map(within), files: files.map(within) });
    return found.map((each) => each.slice(realpathSync(office).length + 1));
  });

describe('files that may be the original of an input', () => {
  test.each<readonly [string, string, readonly string[], readonly string[], readonly string[]]>([
    ['lie by its name in a folder that is named', 'log.csv', ['a'], [], ['a/log.csv']],
    [
      'are told in the order of the folders, each once',
      'log.csv',
      ['a', '.', 'a'],
      ['log.csv'],
      ['a/log.csv', 'log.csv'],
    ],
    ['are among those that a config names, by their last part', 'log.csv', [], ['a/log.csv'], ['a/log.csv']],
    ['are not those whose name only ends so', 'log.csv', [], ['a/catalog.csv'], []],
    ['lie by a name with folders below the folder that is named', 'a/log.csv', ['.'], [], ['a/log.csv']],
    ['are among those of a config by such a name, too', 'a/log.csv', [], ['a/log.csv', 'log.csv'], ['a/log.csv']],
    ['are those that links lead to', 'log.csv', ['linked'], [], ['a/log.csv']],
    ['are no folders', 'log.csv', ['b'], ['b/log.csv'], []],
  ])('%s', async (_, name, folders, files, found) => {
    expect(await called(name, folders, files)).toEqual(found);
  });
});
