import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnlinkedFile } from '../../../src/intake/spill/unlinked-file.ts';
import { inFolder } from '../read-files.ts';

const nameOf = (pid: number): string => `.regionpay-${pid}-0123456789ab`;
const ended = (): number => spawnSync(process.execPath, ['-e', '0']).pid;

describe('a file for rows on disk', () => {
  it('has no name while it is open, and reads back what was written', () =>
    inFolder((folder) => {
      const file = new UnlinkedFile(folder);
      file.append(Buffer.from('rows'));
      const read = Buffer.alloc(4);
      file.read(read, 0);
      expect([readdirSync(folder), read.toString()]).toEqual([[], 'rows']);
      file.close();
    }));

  it('clears away the empty one that an ended process could not give up', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, nameOf(ended())), '');
      new UnlinkedFile(folder).close();
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('leaves those of processes that run, files with content, and what is named otherwise', () =>
    inFolder((folder) => {
      const others = [nameOf(process.pid), nameOf(ended()), '.regionpay-1-x'];
      writeFileSync(join(folder, others[0] as string), '');
      writeFileSync(join(folder, others[1] as string), 'not ours');
      writeFileSync(join(folder, others[2] as string), '');
      new UnlinkedFile(folder).close();
      expect(readdirSync(folder).sort()).toEqual([...others].sort());
    }));
});
