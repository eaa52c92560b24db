import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KeptContents } from '../../../src/audit/record/kept-contents.ts';
import { filesCalled, originalAmong } from '../../../src/audit/record/originals.ts';
import { sha256 } from '../../../src/publish/hash.ts';
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

describe('of files that are called like an input', () => {
  const among = (given: readonly string[], wanted: string, signal?: AbortSignal) =>
    withFolder(async (office) => {
      const paths = given.map((content, place) => {
        const path = join(office, `${place}.csv`);
        writeFileSync(path, content);
        return path;
      });
      const input = { name: 'log.csv', sha256: sha256(wanted), gzip: false };
      const found = await originalAmong(paths, input as never, new KeptContents(signal));
      return found === undefined ? undefined : [paths.indexOf(found.path), found.sizeBytes];
    });

  test('the first with its content is the original', async () => {
    expect(await among(['other', 'rows', 'rows'], 'rows')).toEqual([1, 4]);
  });

  test('none is where none has its content', async () => {
    expect(await among(['other', 'rows\n'], 'rows')).toBeUndefined();
  });

  test('a signal ends the search', async () => {
    await expect(among(['other'], 'rows', AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});
