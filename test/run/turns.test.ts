import { expect, it } from 'vitest';
import { inTurns } from '../../src/run/turns.ts';

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
