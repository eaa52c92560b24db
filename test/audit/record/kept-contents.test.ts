import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { linkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { KeptContents } from '../../../src/audit/record/kept-contents.ts';
import { withFolder } from '../../support/program.ts';

const content = Buffer.from('a,b\n1,2\n');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const plain = { gzip: false } as never;
const packed = { gzip: true } as never;

test('what came uncompressed is told by what is packed, what came compressed as it lies there', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'one');
    const bytes = gzipSync(content);
    writeFileSync(path, bytes);
    const contents = new KeptContents(undefined);
    expect(await contents.at(path, plain)).toEqual({ sha256: sha256(content), sizeBytes: content.length });
    expect(await contents.at(path, packed)).toEqual({ sha256: sha256(bytes), sizeBytes: bytes.length });
  }));

test('a file that nights share is read once', () =>
  withFolder(async (folder) => {
    const contents = new KeptContents(undefined);
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    writeFileSync(one, gzipSync(content));
    linkSync(one, two);
    const first = await contents.at(one, plain);
    expect(first?.sizeBytes).toBe(content.length);
    expect(await contents.at(two, plain)).toBe(first);
  }));

test('nothing is told of what is no gzip, no file or not there, and a pipe is not waited for', () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, 'text'), 'x');
    symlinkSync('text', join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const contents = new KeptContents(undefined);
    for (const name of ['text', 'link', 'pipe', 'nothing'])
      expect(await contents.at(join(folder, name), plain), name).toBeUndefined();
  }));

test('whoever ends the command ends the reading', () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, 'one'), gzipSync(content));
    const ending = new AbortController();
    ending.abort(new Error('ended'));
    await expect(new KeptContents(ending.signal).at(join(folder, 'one'), plain)).rejects.toThrow('ended');
  }));
