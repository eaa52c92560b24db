import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  entriesBelow,
  entryAt,
  hashPlainFile,
  NoPlainFile,
  readManifestBytes,
  readPlainFile,
} from '../../src/publish/folder-entries.ts';
import { withFolder } from '../support/program.ts';

test('everything is told by its kind, and only the folders of a run are looked into', () =>
  withFolder((folder) => {
    mkdirSync(join(folder, 'inputs'));
    mkdirSync(join(folder, 'other'));
    for (const name of ['a', 'inputs/b', 'other/c']) writeFileSync(join(folder, name), 'x', { mode: 0o600 });
    symlinkSync('nowhere', join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(entriesBelow(folder).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'a file',
      'inputs folder',
      'inputs/b file',
      'link link',
      'other folder',
      'pipe pipe',
    ]);
    expect(entryAt(join(folder, 'a'))?.mode).toBe(0o600);
    expect(entryAt(join(folder, 'nothing'))).toBeUndefined();
  }));

test('a plain file is read and hashed; a link, a pipe, a folder and what is too large are not waited for', () =>
  withFolder((folder) => {
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('a'), 'abc');
    symlinkSync('a', at('link'));
    execFileSync('mkfifo', [at('pipe')]);
    mkdirSync(at('folder'));
    expect(readPlainFile(at('a')).toString()).toBe('abc');
    expect(hashPlainFile(at('a'))).toBe(createHash('sha256').update('abc').digest('hex'));
    for (const name of ['link', 'pipe', 'folder']) {
      expect(() => readPlainFile(at(name)), name).toThrow(NoPlainFile);
      expect(() => hashPlainFile(at(name)), name).toThrow(NoPlainFile);
    }
    expect(() => readPlainFile(at('a'), 2)).toThrow(NoPlainFile);
    expect(() => readPlainFile(at('nothing'))).toThrow('ENOENT');
    writeFileSync(at('manifest.json'), '');
    truncateSync(at('manifest.json'), 1 << 27);
    expect(() => readManifestBytes(folder)).toThrow(NoPlainFile);
  }));
