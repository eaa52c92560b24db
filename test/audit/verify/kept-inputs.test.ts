import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
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
