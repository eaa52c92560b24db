import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemLock } from '../../src/publish/system-lock.ts';
import { withFolder } from '../support/program.ts';

/** Two open files of one path, as two programs have them. */
const withTwo = (use: (one: number, other: number) => void): void =>
  withFolder((folder) => {
    const files = [0, 1].map(() => openSync(join(folder, 'lock'), 'a+'));
    try {
      use(files[0] as number, files[1] as number);
    } finally {
      for (const file of files) closeSync(file);
    }
  });

describe('the lock of the system', () => {
  it('belongs to the open file, long after the program that asked for it has ended', () => {
    withTwo((one, other) => {
      expect(systemLock(one, 'exclusive', 'flock')).toBe('held');
      expect(systemLock(other, 'exclusive', 'flock')).toBe('busy');
      expect(systemLock(other, 'shared', 'flock')).toBe('busy');
    });
  });

  it('lets any number look at once', () => {
    withTwo((one, other) => {
      expect(systemLock(one, 'shared', 'flock')).toBe('held');
      expect(systemLock(other, 'shared', 'flock')).toBe('held');
    });
  });

  it('ends with the open file', () => {
    withFolder((folder) => {
      const gone = openSync(join(folder, 'lock'), 'a+');
      systemLock(gone, 'exclusive', 'flock');
      closeSync(gone);
      const file = openSync(join(folder, 'lock'), 'a+');
      expect(systemLock(file, 'exclusive', 'flock')).toBe('held');
      closeSync(file);
    });
  });

  it('is none where there is no such program', () => {
    withTwo((one) => expect(systemLock(one, 'exclusive', 'no-such-program')).toBe('none'));
  });
});
