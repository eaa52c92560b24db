import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { inTurns } from '../../src/run/turns.ts';

const turns = fileURLToPath(new URL('../../src/run/turns.ts', import.meta.url));

/** What a process has seen of a signal that comes while it works in a callback of the file system. */
function seenAfter(wait: string): string {
  const code = `
    import { readFile } from 'node:fs';
    import { whereSignalsAreSeen } from ${JSON.stringify(turns)};
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

/** After how many of the things a turn was taken, where each takes so many milliseconds. */
async function turnsAmong(things: readonly (number | undefined)[], each: number): Promise<readonly number[]> {
  const turns: number[] = [];
  let [time, given] = [0, 0];
  function* slowly() {
    for (const thing of things) {
      time += each;
      given++;
      yield thing;
    }
  }
  const turn = async (): Promise<void> => {
    turns.push(given);
  };
  await inTurns(
    slowly(),
    () => undefined,
    turn,
    () => time,
  );
  return turns;
}

it('things that take long are taken a few at a time, and quick ones many', async () => {
  const things = Array.from({ length: 64 }, (_, at) => at);
  expect(await turnsAmong(things, 30)).toEqual([16, 32, 48, 64, 64]);
  expect(await turnsAmong(things, 1)).toEqual([64]);
});

it('a turn is taken while nothing comes, too', async () => {
  expect(await turnsAmong([undefined, undefined, undefined, undefined, 1], 60)).toEqual([2, 4, 5]);
});
