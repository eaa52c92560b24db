import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callProgram, type Limits } from '../../tools/torture/called.ts';
import { withFolder } from '../support/program.ts';

const call = (script: string, limits: Partial<Limits> = {}) =>
  withFolder((folder) => {
    const path = join(folder, 'program.mjs');
    writeFileSync(path, script);
    return callProgram(path, ['a', 'b'], { folder, limits });
  });

describe('a call', () => {
  it('tells how it ended and what it said', async () => {
    const { exit, signal, stdout, stderr, cut } = await call(
      "console.log(process.argv.slice(2).join()); console.error('no'); process.exitCode = 3;",
    );
    expect([exit, signal, stdout, stderr, cut]).toEqual([3, undefined, 'a,b\n', 'no\n', undefined]);
  });

  it.each([
    ['does not stop working', 'for (;;);', { cpuSeconds: 0.5 }, 'still at work after 0.5 s of CPU'],
    ['waits for ever', 'setInterval(() => {}, 1e9);', { stillSeconds: 1 }, 'waits for 1 s, and does nothing'],
    [
      'takes ever more memory',
      'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));',
      { bytes: 200e6 },
      'takes more than 200 MB',
    ],
  ])('that %s is ended', async (_, script, limits, why) => {
    const { cut, signal } = await call(script, limits);
    expect([cut, signal]).toEqual([why, 'SIGKILL']);
  });
});
