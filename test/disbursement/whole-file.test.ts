import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stageFile } from '../../src/disbursement/whole-file.ts';
import { withFolder } from '../support/program.ts';

const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);
const seen = (folder: string): readonly string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));

describe('a staged file', () => {
  test('is not there before it is put in its place, and is whole then', () => {
    withFolder((folder) => {
      const path = join(folder, 'order');
      const staged = stageFile(path, bytes('all of it'));
      expect(seen(folder)).toEqual([]);
      staged.create();
      expect(readFileSync(path, 'utf8')).toBe('all of it');
      expect(readdirSync(folder)).toEqual(['order']);
    });
  });

  test('is read by its owner alone', () => {
    withFolder((folder) => {
      stageFile(join(folder, 'order'), bytes('x')).create();
      expect(statSync(join(folder, 'order')).mode & 0o777).toBe(0o600);
    });
  });

  test('is never created over another', () => {
    withFolder((folder) => {
      const path = join(folder, 'order');
      writeFileSync(path, 'sent already');
      const staged = stageFile(path, bytes('other'));
      expect(() => staged.create()).toThrow('EEXIST');
      staged.discard();
      expect(readFileSync(path, 'utf8')).toBe('sent already');
      expect(readdirSync(folder)).toEqual(['order']);
    });
  });

  test('replaces what may be replaced', () => {
    withFolder((folder) => {
      const path = join(folder, 'order');
      writeFileSync(path, 'before');
      const staged = stageFile(path, bytes('after'));
      staged.replace();
      staged.discard();
      expect(readFileSync(path, 'utf8')).toBe('after');
      expect(readdirSync(folder)).toEqual(['order']);
    });
  });

  test('leaves nothing where it cannot be written', () => {
    withFolder((folder) => {
      expect(() => stageFile(join(folder, 'nowhere', 'order'), bytes('x'))).toThrow('ENOENT');
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});
