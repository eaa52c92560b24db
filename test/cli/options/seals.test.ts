import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readableSigners, sealContentOf, sealProblem, signingFailureOf } from '../../../src/cli/options/seals.ts';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { CannotSign } from '../../../src/publish/ssh-signature.ts';
import { withFolder } from '../../support/program.ts';

const failureOf = (use: () => unknown): string => {
  try {
    use();
  } catch (error) {
    if (error instanceof CommandFailure) return `${error.exitCode} ${error.message}`;
    throw error;
  }
  return 'none';
};

test('what cannot be read is told as that, before anything is verified', () =>
  withFolder((folder) => {
    expect(failureOf(() => sealContentOf(join(folder, 'nothing')))).toBe('3 BAD_SEAL_FILE');
    expect(failureOf(() => sealContentOf(folder))).toBe('3 BAD_SEAL_FILE');
    expect(failureOf(() => readableSigners(join(folder, 'nothing')))).toBe('3 NO_SUCH_FILE');
    writeFileSync(join(folder, 'seals.txt'), 'x');
    expect(sealContentOf(join(folder, 'seals.txt'))).toBe('x');
  }));

test.each([
  ['no program', '4 NO_SSH_KEYGEN'],
  ['old program', '4 NO_SSH_KEYGEN'],
  ['no key', '3 CANNOT_SIGN'],
  ['passphrase', '3 CANNOT_SIGN'],
  ['not in the agent', '3 CANNOT_SIGN'],
  ['refused', '3 CANNOT_SIGN'],
] as const)('where there is %s it is told in plain words', (why, told) => {
  expect(
    failureOf(() => {
      throw signingFailureOf(new CannotSign(why), '--key');
    }),
  ).toBe(told);
});

test('any other error stays what it is', () => {
  const error = new Error('x');
  expect(signingFailureOf(error, '--key')).toBe(error);
});

test('what is at odds with the file is told with what to do about it', () => {
  const why = { ja: 'なぜ', en: 'why' };
  const [damaged, contradicted] = [sealProblem('BAD_SEAL_FILE', 'f', why), sealProblem('SEAL_CONTRADICTED', 'f', why)];
  expect([damaged.what, contradicted.what]).toEqual([why, why]);
  expect(damaged.advice).not.toEqual(contradicted.advice);
});
