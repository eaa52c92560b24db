import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { placeWhole } from '../../../src/cli/terminal/placed-file.ts';
import { withFolder } from '../../support/program.ts';

const ADVICE = ['別の場所へ', 'elsewhere'] as const;
const place = (path: string, replace: boolean): readonly string[] => {
  try {
    placeWhole({ path, bytes: Buffer.from('new') }, replace, ADVICE);
    return [];
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return error.problems.map(({ code }) => code);
  }
};

test('a file is put where nothing is, or the same, with nothing beside it', () =>
  withFolder((folder) => {
    const path = join(folder, 'page.html');
    for (let times = 0; times < 2; times++) expect(place(path, false)).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['page.html']);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  }));

test('another file is only replaced where that is asked for', () =>
  withFolder((folder) => {
    const path = join(folder, 'page.html');
    writeFileSync(path, 'old');
    expect(place(path, false)).toEqual(['FILE_EXISTS']);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(place(path, true)).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('new');
  }));

test('a folder is no file that could be replaced, and one that is missing is not made', () =>
  withFolder((folder) => {
    const path = join(folder, 'page.html');
    mkdirSync(path);
    expect([place(path, false), place(path, true)]).toEqual([['FILE_EXISTS'], ['SYSTEM_EISDIR']]);
    expect(place(join(folder, 'missing/page.html'), false)).toEqual(['SYSTEM_ENOENT']);
    expect(existsSync(join(folder, 'missing'))).toBe(false);
    expect(readdirSync(folder)).toEqual(['page.html']);
  }));
