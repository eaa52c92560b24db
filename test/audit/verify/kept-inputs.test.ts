import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { KeptContents } from '../../../src/audit/record/kept-contents.ts';
import type { Manifest } from '../../../src/audit/record/run-record.ts';
import { archivedName, checkInputs } from '../../../src/audit/verify/kept-inputs.ts';
import { withPurged } from '../../../src/audit/verify/purged-files.ts';
import { wholeRunAt } from '../../../src/publish/whole-run.ts';
import { withFolder } from '../../support/program.ts';

const content = Buffer.from('a,b\n1,2\n');
const input = {
  kind: 'issuance',
  name: 'i.csv',
  gzip: false,
  sha256: createHash('sha256').update(content).digest('hex'),
};
const manifest = (archive: boolean) => ({ options: { archive }, inputs: [input] }) as unknown as Manifest;

const checked = (folder: string, archive = true) =>
  checkInputs(withPurged(wholeRunAt(folder)), manifest(archive), new KeptContents(undefined));

test('an input is held against its content, and its size is that of what was given', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'inputs'));
    writeFileSync(join(folder, archivedName(input as never)), gzipSync(content));
    const { check, damaged, sizeOf } = await checked(folder);
    expect([check.result, damaged, sizeOf(input as never)]).toEqual(['ok', [], content.length]);
  }));

test('what is no gzip, or is gone, is told by the name of the input; what was never kept is not checked', () =>
  withFolder(async (folder) => {
    expect((await checked(folder)).check.details.map(({ en }) => en)).toEqual(['the archived input i.csv is missing']);
    mkdirSync(join(folder, 'inputs'));
    writeFileSync(join(folder, archivedName(input as never)), 'x');
    const { check, damaged } = await checked(folder);
    expect(check.details.map(({ en }) => en)).toEqual(['the archived input i.csv was altered']);
    expect(damaged).toEqual([{ file: archivedName(input as never), input: 'i.csv' }]);
    expect((await checked(folder, false)).check.result).toBe('not checked');
  }));

describe('of a run that kept no inputs', () => {
  const among = (folder: string, ...folders: readonly string[]) =>
    checkInputs(withPurged(wholeRunAt(folder)), manifest(false), new KeptContents(undefined), { folders, files: [] });

  test('an original with the content that the run read is as good as a copy', () =>
    withFolder(async (folder) => {
      writeFileSync(join(folder, 'i.csv'), content);
      const { check, pathOf, sizeOf } = await among(folder, folder);
      expect(check.result).toBe('ok');
      expect(check.details.map(({ en }) => en)).toEqual([
        'by 1 original file, whose content is that which the run read',
      ]);
      expect(pathOf(input as never).endsWith('/i.csv')).toBe(true);
      expect(sizeOf(input as never)).toBe(content.length);
    }));

  test('the first folder in which its content lies counts, whatever lies in those before it, and links are followed', () =>
    withFolder(async (folder) => {
      for (const name of ['other', 'linked', 'kept']) mkdirSync(join(folder, name));
      writeFileSync(join(folder, 'other/i.csv'), 'of another night');
      writeFileSync(join(folder, 'kept/i.csv'), content);
      symlinkSync(join(folder, 'kept/i.csv'), join(folder, 'linked/i.csv'));
      const { check, pathOf } = await among(folder, join(folder, 'other'), join(folder, 'linked'));
      expect(check.result).toBe('ok');
      expect(pathOf(input as never).endsWith('/kept/i.csv')).toBe(true);
    }));

  test.each<readonly [string, string | undefined, string]>([
    ['an original that is not there', undefined, 'no original of the input i.csv was found'],
    [
      'a file that is of another night by now',
      'a,b\n1,3\n',
      'there is a file i.csv, but it does not hold what the run read',
    ],
  ])('%s says nothing against the run: it is not checked', (_, written, says) =>
    withFolder(async (folder) => {
      if (written !== undefined) writeFileSync(join(folder, 'i.csv'), written);
      const { check, damaged, sizeOf } = await among(folder, folder);
      expect([check.result, damaged]).toEqual(['not checked', []]);
      expect(check.details.map(({ en }) => en)).toEqual([says]);
      expect(sizeOf(input as never)).toBeNaN();
    }));
});
