import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seeingSignals } from '../../src/intake/signals.ts';

const signals = fileURLToPath(new URL('../../src/intake/signals.ts', import.meta.url));

/** What a process has seen of a signal that comes while it works in a callback of the file system. */
function seenAfter(wait: string): string {
  const code = `
    import { readFile } from 'node:fs';
    import { whereSignalsAreSeen } from ${JSON.stringify(signals)};
    let seen = 'nothing';
    process.on('SIGINT', () => { seen = 'the signal'; });
    readFile(process.execPath, async () => {
      process.kill(process.pid, 'SIGINT');
      for (const end = Date.now() + 50; Date.now() < end; );
      await ${wait};
      console.log(seen);
      process.exit();
    });`;
  const options = ['--import', 'tsx', '--input-type=module', '-e', code];
  return execFileSync(process.execPath, options, { encoding: 'utf8' }).trim();
}

it('a signal that came while nothing else could run is seen', () => {
  expect(seenAfter('whereSignalsAreSeen()')).toBe('the signal');
});

// Why it takes a turn more: if this one sees it too, the test above shows nothing.
it('and one turn is not enough for that', () => {
  expect(seenAfter('new Promise((resume) => setImmediate(resume))')).toBe('nothing');
});

it('steps are gone through until a signal is seen between two of them', async () => {
  const controller = new AbortController();
  const gone: number[] = [];
  function* steps(): Generator<undefined, string> {
    for (let step = 1; step <= 3; step++) {
      gone.push(step);
      if (step === 2) controller.abort(new Error('interrupted'));
      yield undefined;
    }
    return 'the whole';
  }
  expect(await seeingSignals(steps(), undefined)).toBe('the whole');
  expect(gone).toEqual([1, 2, 3]);
  gone.length = 0;
  await expect(seeingSignals(steps(), new AbortController().signal)).resolves.toBe('the whole');
  gone.length = 0;
  await expect(seeingSignals(steps(), controller.signal)).rejects.toThrow('interrupted');
  expect(gone).toEqual([1]);
});
