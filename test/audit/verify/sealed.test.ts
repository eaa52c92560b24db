import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Night } from '../../../src/audit/verify/night.ts';
import { checkSealed, type SealOptions } from '../../../src/audit/verify/sealed.ts';
import { sha256, sha256Of } from '../../../src/publish/hash.ts';
import { lineText, nextLine, type Sealable, type SealLine } from '../../../src/publish/seal-lines.ts';
import { withFolder } from '../../support/program.ts';

const of = (letter: string, previous: string | null): Sealable => ({
  policy: 'p',
  asOf: letter,
  fingerprint: letter.repeat(64),
  manifestSha256: sha256(letter),
  previous: previous === null ? null : previous.repeat(64),
});
const nightIn = (folder: string, letter: string, previous: string | null): Night => {
  mkdirSync(join(folder, letter));
  writeFileSync(join(folder, letter, 'manifest.json'), letter);
  const { asOf, fingerprint } = of(letter, null);
  const before = previous === null ? null : { manifestSha256: sha256(previous), fingerprint: previous.repeat(64) };
  return {
    folder: join(folder, letter),
    read: { manifest: { policy: { id: 'p' }, asOf, fingerprint, previous: before }, text: letter },
    run: { hashOf: () => sha256Of([Buffer.from(letter)]) },
  } as unknown as Night;
};
const fileOf = (...lines: readonly (Sealable & Partial<SealLine>)[]): string =>
  lines.reduce(
    (content, { signature, signer, ...run }) =>
      `${content}${lineText({ ...nextLine(content, run, signer), ...(signature === undefined ? {} : { signature }) })}\n`,
    '',
  );
const said = (nights: readonly Night[], options: SealOptions, isChain = true) =>
  checkSealed(nights, options, isChain).map(({ check, result, details }) => [
    check,
    result,
    ...details.map(({ en }) => en),
  ]);

describe('a run that was sealed', () => {
  const two = fileOf(of('a', null), of('b', 'a'));

  test('stands in the file, and so does every night of its chain', () =>
    withFolder((folder) => {
      const nights = [nightIn(folder, 'b', 'a'), nightIn(folder, 'a', null)];
      expect(said(nights, { content: two })).toEqual([['sealed', 'ok']]);
      expect(said(nights, { content: fileOf(of('b', 'a')) })).toEqual([['sealed', 'failed', 'a was not sealed']]);
      const other = fileOf(
        { ...of('a', null), fingerprint: 'c'.repeat(64) },
        { ...of('b', 'a'), previous: 'c'.repeat(64) },
      );
      expect(said(nights, { content: other })[0]).toEqual([
        'sealed',
        'failed',
        'b is not the run that was sealed in line 2 (fingerprint bbbbbbbbbbbbbbbb…)',
        'a is not the run that was sealed in line 1 (fingerprint cccccccccccccccc…)',
      ]);
      expect(said(nights, { content: `${two}x` })[0]?.[2]).toBe('the last line is cut off');
    }));

  test('last must still be among the folders where a chain is asked about: who deletes the last nights is found out', () =>
    withFolder((folder) => {
      const nights = [nightIn(folder, 'a', null)];
      expect(said(nights, { content: two })).toEqual([
        ['sealed', 'failed', 'the run that was sealed last (line 2, as of b) is not among the folders'],
      ]);
      expect(said(nights, { content: two }, false)).toEqual([['sealed', 'ok']]);
      nightIn(folder, 'b', 'a');
      expect(said(nights, { content: two })).toEqual([['sealed', 'ok']]);
    }));
});

describe('signatures of seals', () => {
  const signed = fileOf({ ...of('a', null), signature: 'AAAA', signer: 'office' });

  test('are never called ok unless somebody said who may sign', () =>
    withFolder((folder) => {
      expect(said([nightIn(folder, 'a', null)], { content: signed })[1]?.slice(0, 2)).toEqual([
        'signatures',
        'not checked',
      ]);
    }));

  test('must all be there, be of the line, and of whom it names', () =>
    withFolder((folder) => {
      const nights = [nightIn(folder, 'a', null)];
      const by = (verified: SealOptions['verified'], content = signed) => said(nights, { content, verified })[1];
      expect(by(() => ({ signer: 'office' }))).toEqual(['signatures', 'ok']);
      expect(by(() => ({ signer: 'other' }))).toEqual([
        'signatures',
        'failed',
        'line 1: was signed by another than it names',
      ]);
      expect(by(() => ({ fault: 'invalid' }))).toEqual([
        'signatures',
        'failed',
        'line 1: its signature is not of what it says',
      ]);
      expect(by(() => ({ fault: 'unknown signer' }))).toEqual([
        'signatures',
        'failed',
        'line 1: signed by none of those who may',
      ]);
      expect(by(() => ({ signer: 'office' }), fileOf(of('a', null)))).toEqual([
        'signatures',
        'failed',
        'line 1: is not signed',
      ]);
    }));
});
