import { describe, expect, it } from 'vitest';
import { inTurns, wholeInTurns } from '../../src/run/turns.ts';

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

describe('work in steps', () => {
  /** After how many steps a turn was taken, where each takes so many milliseconds. */
  async function turnsBetween(count: number, each: number): Promise<{ turns: readonly number[]; whole: string }> {
    const turns: number[] = [];
    let [time, gone] = [0, 0];
    function* steps(): Generator<undefined, string> {
      for (; gone < count; gone++) {
        time += each;
        yield undefined;
      }
      return 'the whole';
    }
    const turn = async (): Promise<void> => {
      turns.push(gone + 1);
    };
    return { whole: await wholeInTurns(steps(), turn, () => time), turns };
  }

  it('gives a turn after each step that takes long, and what the steps come to', async () => {
    expect(await turnsBetween(3, 150)).toEqual({ whole: 'the whole', turns: [1, 2, 3] });
  });

  it('gives a turn after several steps that take less', async () => {
    expect(await turnsBetween(6, 50)).toEqual({ whole: 'the whole', turns: [2, 4, 6] });
  });

  it('gives none where nobody has waited', async () => {
    expect(await turnsBetween(50, 1)).toEqual({ whole: 'the whole', turns: [] });
  });

  it('ends where a turn says so', async () => {
    function* steps(): Generator<undefined, void> {
      for (;;) yield undefined;
    }
    let time = 0;
    const ended = wholeInTurns(
      steps(),
      () => Promise.reject(new Error('interrupted')),
      () => time++ * 60,
    );
    await expect(ended).rejects.toThrow('interrupted');
  });

  it('waits for what another thread does, with turns meanwhile, and ends it where one of them says so', async () => {
    const gone: string[] = [];
    function* steps(): Generator<Promise<void>, string> {
      try {
        yield new Promise((done) => setTimeout(done, 250));
        gone.push('kept');
      } finally {
        gone.push('ended');
      }
      return 'the whole';
    }
    let turns = 0;
    const turn = async (): Promise<void> => {
      turns++;
    };
    expect(await wholeInTurns(steps(), turn)).toBe('the whole');
    expect(turns).toBeGreaterThan(1);
    expect(gone).toEqual(['kept', 'ended']);
    const ended = wholeInTurns(steps(), () => Promise.reject(new Error('interrupted')));
    await expect(ended).rejects.toThrow('interrupted');
    expect(gone).toEqual(['kept', 'ended', 'ended']);
  });

  it('fails with what another thread fails with', async () => {
    function* steps(): Generator<Promise<void>, void> {
      yield Promise.reject(new Error('of a thread'));
    }
    await expect(wholeInTurns(steps(), async () => undefined)).rejects.toThrow('of a thread');
  });
});

it('work that is ended between its steps lets go what it holds', async () => {
  let isHeld = true;
  function* holding(): Generator<undefined, void> {
    try {
      for (;;) yield undefined;
    } finally {
      isHeld = false;
    }
  }
  let time = 0;
  const ended = wholeInTurns(
    holding(),
    () => Promise.reject(new Error('ended')),
    () => (time += 60),
  );
  await expect(ended).rejects.toThrow('ended');
  expect(isHeld).toBe(false);
});
