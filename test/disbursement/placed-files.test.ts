import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeFiles, whatIsAt } from '../../src/disbursement/placed-files.ts';
import { withFolder } from '../support/program.ts';

const bytes = (content: string): Uint8Array => Buffer.from(content);
const visible = (folder: string): string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));

test('what stands in a place is nothing, the same, or something else', () => {
  withFolder((folder) => {
    writeFileSync(join(folder, 'a'), 'x');
    mkdirSync(join(folder, 'b'));
    const at = (name: string, content: string) => whatIsAt({ path: join(folder, name), bytes: bytes(content) });
    expect([at('a', 'x'), at('a', 'y'), at('b', 'x'), at('c', 'x')]).toEqual(['same', 'other', 'other', 'nothing']);
  });
});

describe('files are put in place', () => {
  test('once they are noted, for their owner alone, in a folder that is made', () => {
    withFolder((folder) => {
      const path = join(folder, 'orders', 'a.csv');
      placeFiles([{ path, bytes: bytes('x') }], () => {
        // Whole on the disk, and not there yet.
        expect(visible(join(folder, 'orders'))).toEqual([]);
        expect(readdirSync(join(folder, 'orders'))).toHaveLength(1);
        return () => {};
      });
      expect(readdirSync(join(folder, 'orders'))).toEqual(['a.csv']);
      expect(readFileSync(path, 'utf8')).toBe('x');
      expect([statSync(path).mode & 0o777, statSync(join(folder, 'orders')).mode & 0o777]).toEqual([0o600, 0o700]);
    });
  });

  test('none of them where they cannot be noted, and nothing is left', () => {
    withFolder((folder) => {
      const files = ['a', 'b'].map((name) => ({ path: join(folder, name), bytes: bytes(name) }));
      const note = () => {
        throw new Error('no');
      };
      expect(() => placeFiles(files, note)).toThrow('no');
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  // Found by failing link(2): the order stood in orders.csv, its file was nowhere, and no call made it again.
  test('none of them where one cannot be put in its place, and the note is taken back', () => {
    withFolder((folder) => {
      const files = ['a', 'b'].map((name) => ({ path: join(folder, name), bytes: bytes(name) }));
      const told: string[] = [];
      const note = () => {
        told.push('noted');
        // Somebody else was quicker with the second one.
        writeFileSync(join(folder, 'b'), 'other');
        return () => {
          told.push('taken back');
        };
      };
      expect(() => placeFiles(files, note)).toThrow('EEXIST');
      expect(told).toEqual(['noted', 'taken back']);
      expect(readdirSync(folder)).toEqual(['b']);
      expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('other');
    });
  });

  test('but for those that are there already', () => {
    withFolder((folder) => {
      const path = join(folder, 'a');
      writeFileSync(path, 'x');
      placeFiles([{ path, bytes: bytes('x') }], () => () => {});
      expect(readdirSync(folder)).toEqual(['a']);
    });
  });
});
