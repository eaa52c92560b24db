import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import {
  otherFailureOf,
  spillFailureOf,
  systemCodeOf,
  systemFailureOf,
} from '../../../src/cli/terminal/system-failure.ts';
import { DiskFailure } from '../../../src/intake/spill/unlinked-file.ts';

/** As Node 20 throws it: with a code of its own where it knows no name. */
const refusal = (name: string, errno: number, known = true) =>
  Object.assign(new Error(name), {
    errno: -errno,
    code: known ? name : `Unknown system error -${errno}`,
    syscall: 'mkdir',
  });

const told = (failure: unknown) => {
  expect(failure).toBeInstanceOf(CommandFailure);
  const { exitCode, problems } = failure as CommandFailure;
  return { exitCode, ...problems[0] };
};

describe('whatever the system refuses', () => {
  it.each(
    Object.entries(constants.errno),
  )('%s has a sentence and an advice in both languages, and ends with 4', (name, errno) => {
    for (const known of [true, false]) {
      for (const option of ['--out', '--temp-directory', undefined]) {
        const { exitCode, code, what, advice } = told(systemFailureOf(refusal(name, errno, known), 'place', option));
        expect([exitCode, code?.startsWith('SYSTEM_E')]).toEqual([4, true]);
        for (const words of [what, advice]) {
          expect(words?.ja).toMatch(/[ぁ-ん]/);
          expect(words?.en).toMatch(/[a-z]/);
        }
      }
    }
  });

  it('is called by its name where Node has none for it', () => {
    expect(systemCodeOf(refusal('EDQUOT', constants.errno.EDQUOT, false))).toBe('EDQUOT');
    expect(told(systemFailureOf(refusal('EDQUOT', constants.errno.EDQUOT, false), 'o', '--out')).what?.en).toContain(
      'no space left',
    );
    // Of a file system that is damaged: no name anywhere.
    expect(told(systemFailureOf(refusal('', 117, false), 'o', '--out'))).toMatchObject({
      exitCode: 4,
      code: 'SYSTEM_117',
      what: { en: 'the system refused it (117)' },
    });
  });

  it('of what is read, without an option, names the file', () => {
    const error = Object.assign(refusal('EMFILE', constants.errno.EMFILE), { path: '/in.csv' });
    expect(told(otherFailureOf(error))).toMatchObject({ code: 'SYSTEM_EMFILE', where: '/in.csv' });
  });

  it('of rows on disk names their folder, even where less comes back than was written', () => {
    expect(told(spillFailureOf(new DiskFailure(refusal('EIO', 5)), '/tmp/x'))).toMatchObject({
      code: 'SYSTEM_EIO',
      where: '/tmp/x',
    });
    expect(told(spillFailureOf(new DiskFailure(new Error('cut short')), '/tmp/x')).exitCode).toBe(4);
    expect(told(otherFailureOf(new DiskFailure(refusal('EIO', 5)))).exitCode).toBe(4);
  });
});

describe('what is no refusal of the system', () => {
  it('is left as it is', () => {
    for (const error of [new Error('bug'), new TypeError('bug'), undefined, 'text'])
      expect(systemFailureOf(error, 'o', '--out')).toBe(error);
  });
});

it('a NUL in a path that another file names is a wrong path, and is not printed', async () => {
  const error = await import('node:fs').then(({ openSync }) => {
    try {
      return openSync('a\0b', 'r');
    } catch (thrown) {
      return thrown;
    }
  });
  const { exitCode, code, where } = told(otherFailureOf(error));
  expect([exitCode, code]).toEqual([2, 'BAD_PATH']);
  expect(where).not.toContain('\0');
  expect(where).toContain('a');
});
