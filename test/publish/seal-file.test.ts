import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NoPlainFile } from '../../src/publish/folder-entries.ts';
import { appendSeal, readSealFile, SealRefused } from '../../src/publish/seal-file.ts';
import { readSeals, type Sealable } from '../../src/publish/seal-lines.ts';
import { withFolder } from '../support/program.ts';

const of = (letter: string, previous: string | null): Sealable => ({
  policy: 'p',
  asOf: `2031-05-01T0${'abcdef'.indexOf(letter)}:00:00+09:00`,
  fingerprint: letter.repeat(64),
  manifestSha256: letter.repeat(64),
  previous: previous === null ? null : previous.repeat(64),
});
const refusal = (seal: () => unknown): readonly [string, ...string[]] => {
  try {
    seal();
  } catch (error) {
    if (error instanceof SealRefused) return [error.why, ...error.problems.map(({ en }) => en)];
    throw error;
  }
  return ['sealed'];
};

test('a file of seals only grows, and the run that is last is not sealed twice', () =>
  withFolder((folder) => {
    const path = join(folder, 'seals.txt');
    expect(appendSeal(path, of('a', null), undefined).result).toBe('sealed');
    const first = readFileSync(path, 'utf8');
    expect(appendSeal(path, of('a', null), undefined).result).toBe('already sealed');
    expect(readFileSync(path, 'utf8')).toBe(first);
    const { line } = appendSeal(path, of('b', 'a'), { signer: 'office', sign: () => 'AAAA' });
    expect([line.line, line.signer, line.signature]).toEqual([2, 'office', 'AAAA']);
    expect(readFileSync(path, 'utf8').startsWith(first)).toBe(true);
    expect(readdirSync(folder)).toEqual(['seals.txt']);
  }));

test('a run that was sealed gets its first signature in a line of its own, and no second', () =>
  withFolder((folder) => {
    const path = join(folder, 'seals.txt');
    const signing = { signer: undefined, sign: () => 'AAAA' };
    appendSeal(path, of('a', null), undefined);
    expect(appendSeal(path, of('a', null), signing).line.line).toBe(2);
    expect(appendSeal(path, of('a', null), signing).result).toBe('already sealed');
    expect(readSeals(readSealFile(path)).problems).toEqual([]);
  }));

test('what contradicts the file is refused, and so is a file that is damaged; nothing is written', () =>
  withFolder((folder) => {
    const path = join(folder, 'seals.txt');
    appendSeal(path, of('a', null), undefined);
    const before = readFileSync(path, 'utf8');
    const other = { ...of('b', 'a'), asOf: of('a', null).asOf };
    expect(refusal(() => appendSeal(path, other, undefined))[0]).toBe('contradicted');
    expect(refusal(() => appendSeal(path, of('c', 'b'), undefined))[0]).toBe('contradicted');
    expect(readFileSync(path, 'utf8')).toBe(before);
    appendFileSync(path, '{"line":2');
    expect(refusal(() => appendSeal(path, of('b', 'a'), undefined))).toEqual(['damaged', 'the last line is cut off']);
    expect(readFileSync(path, 'utf8')).toBe(`${before}{"line":2`);
  }));

test('where signing fails nothing is written', () =>
  withFolder((folder) => {
    const path = join(folder, 'seals.txt');
    const sign = (): string => {
      throw new Error('no key');
    };
    expect(() => appendSeal(path, of('a', null), { signer: undefined, sign })).toThrow('no key');
    expect(readdirSync(folder)).toEqual([]);
  }));

test('the file may be reached by a link, and a pipe is not waited for', () =>
  withFolder((folder) => {
    appendSeal(join(folder, 'seals.txt'), of('a', null), undefined);
    symlinkSync('seals.txt', join(folder, 'link'));
    appendSeal(join(folder, 'link'), of('b', 'a'), undefined);
    expect(readSeals(readSealFile(join(folder, 'seals.txt'))).lines).toHaveLength(2);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(() => appendSeal(join(folder, 'pipe'), of('a', null), undefined)).toThrow(NoPlainFile);
  }));
