import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../../src/cli/parts.ts';

const start = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist/cli/start.cjs');

/** What a new process says of the program that it loads with some bytes in place of what the build compiled. */
function told(bytes: string): unknown {
  const code = `
    const { compiledOf, load } = require(${JSON.stringify(start)});
    const compiled = require('node:fs').readFileSync(compiledOf('nightly'));
    const { main, script } = load('nightly', ${bytes});
    console.log(JSON.stringify({ isRefused: script.cachedDataRejected ?? 'not given', runs: typeof main === 'function' }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
}

describe('a start', () => {
  it('takes what the build compiled', () => {
    for (const part of Object.keys(PARTS))
      expect([part, existsSync(`${join(start, '..')}/${part}.cjs.compiled`)]).toEqual([part, true]);
    expect(told('compiled')).toEqual({ isRefused: false, runs: true });
  });

  it('compiles the program itself where nothing is kept', () => {
    expect(told('undefined')).toEqual({ isRefused: 'not given', runs: true });
  });

  // The first bytes tell which version of V8 made it, and of which source; the rest is summed up among them.
  it.each([
    ['of another version', 'compiled.fill(1, 4, 8)'],
    ['of another source', 'compiled.fill(1, 8, 12)'],
    ['cut short', 'compiled.subarray(0, 9000)'],
    ['no bytes', 'Buffer.alloc(0)'],
  ])('compiles the program itself where what is kept is %s', (_, bytes) => {
    expect(told(bytes)).toEqual({ isRefused: true, runs: true });
  });
});
