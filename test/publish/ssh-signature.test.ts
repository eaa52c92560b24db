import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { CannotSign, sshSign, sshVerify } from '../../src/publish/ssh-signature.ts';
import { withFolder } from '../support/program.ts';

const makeKey = (path: string, passphrase = '') =>
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'made-up', '-f', path]);
const allow = (folder: string, ...names: readonly string[]): string => {
  const path = join(folder, 'allowed');
  writeFileSync(path, names.map((name) => `${name} ${readFileSync(join(folder, `${name}.pub`), 'utf8')}`).join(''));
  return path;
};
const faultOf = (sign: () => string): string => {
  try {
    return sign();
  } catch (error) {
    if (error instanceof CannotSign) return error.why;
    throw error;
  }
};

describe('a signature by an SSH key', () => {
  test('is verified by the same tool, and is of that text, key and person alone', () =>
    withFolder((folder) => {
      for (const name of ['office', 'audit', 'other']) makeKey(join(folder, name));
      const allowed = allow(folder, 'office', 'audit');
      const signature = sshSign('text\n', join(folder, 'office'));
      expect(signature).toMatch(/^[A-Za-z0-9+/=]+$/);
      expect(sshVerify('text\n', signature, allowed, undefined)).toEqual({ signer: 'office' });
      expect(sshVerify('text\n', signature, allowed, 'office')).toEqual({ signer: 'office' });
      expect(sshVerify('text\n', signature, allowed, 'audit')).toEqual({ fault: 'another signer' });
      expect(sshVerify('other\n', signature, allowed, undefined)).toEqual({ fault: 'invalid' });
      expect(sshVerify('text\n', 'AAAA', allowed, undefined)).toEqual({ fault: 'unknown signer' });
      const strange = sshSign('text\n', join(folder, 'other'));
      expect(sshVerify('text\n', strange, allowed, undefined)).toEqual({ fault: 'unknown signer' });
    }));

  test('made for another purpose is none', () =>
    withFolder((folder) => {
      makeKey(join(folder, 'office'));
      const made = execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-n', 'git', '-f', join(folder, 'office')], {
        input: 'text\n',
        encoding: 'utf8',
      });
      const signature = made.split('\n').slice(1, -2).join('');
      expect(sshVerify('text\n', signature, allow(folder, 'office'), undefined)).toEqual({ fault: 'invalid' });
    }));

  test('is not made without a key, with one that needs a passphrase, or by an agent that does not hold it', () =>
    withFolder((folder) => {
      makeKey(join(folder, 'locked'), 'a made-up passphrase');
      makeKey(join(folder, 'office'));
      expect(faultOf(() => sshSign('x', join(folder, 'nothing')))).toBe('no key');
      expect(faultOf(() => sshSign('x', join(folder, 'locked')))).toBe('passphrase');
      writeFileSync(join(folder, 'alone.pub'), readFileSync(join(folder, 'office.pub')));
      expect(faultOf(() => sshSign('x', join(folder, 'alone.pub')))).toMatch(/^(not in the agent|no key)$/);
    }));

  test('is told apart from a machine without ssh-keygen', () =>
    withFolder((folder) => {
      vi.stubEnv('PATH', folder);
      try {
        expect(faultOf(() => sshSign('x', 'key'))).toBe('no program');
      } finally {
        vi.unstubAllEnvs();
      }
    }));
});
