import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { callProgram, endGroup } from './called.ts';
import { type Meant, pickOf, repeatFaults, type Stage, Stages, stateOf, verifyFaults, writersOf } from './stages.ts';
import { tracer, tracingImpossible } from './tracing.ts';
import type { Writer } from './writers.ts';

/** Afterwards: the folder is the old run or the new one, and the next call does it all. */
export async function killedFaults(folder: string, stage: Stage, program: string): Promise<readonly string[]> {
  const { writer, before } = stage;
  const wasThere = before !== undefined || stateOf(folder, stage) === 'new';
  // A run that was moved aside is put back by whoever looks there first.
  const verified = wasThere ? await verifyFaults(folder, writer, program) : [];
  const state = stateOf(folder, stage);
  return [
    ...verified,
    ...(state === 'neither' ? ['neither the old run nor the new one is in its place'] : []),
    ...(await repeatFaults(folder, stage, program)),
  ];
}

/** Before it begins, and after it has ended, too. */
const SHARE = 1.2;

async function killAtRandom(stages: Stages, dice: Dice, { program, form }: Ground): Promise<Attempt> {
  const writer = dice.pick(writersOf(form));
  return stages.on(writer, async (stage, folder) => {
    const afterMs = Math.round(dice.int(0, 1000) * SHARE * stage.wallSeconds);
    const onStart = (child: Parameters<typeof endGroup>[0]) => void setTimeout(() => endGroup(child), afterMs);
    await callProgram(program, writer.words, { folder, onStart });
    return { label: `${writer.name}: killed after ${afterMs} ms`, faults: await killedFaults(folder, stage, program) };
  });
}

export const KILLS: Attack = {
  name: 'kills',
  done: 'kill -9 at a random moment of every command that writes',
  held: 'the run in its place is the old one or the new one, and verifies; the next call does it all, byte by byte as undisturbed (so nobody is paid twice), and leaves no staging, lock or draft behind',
  cases: { short: 5, usual: 100, long: 2_000 },
  open: async (ground) => {
    const stages = new Stages(ground);
    return { attempt: (_, dice) => killAtRandom(stages, dice, ground) };
  },
};

/** Calls between which a folder is otherwise than before. */
const STEPS = [
  'mkdir',
  'openat',
  'write',
  'pwrite64',
  'fsync',
  'rename',
  'renameat2',
  'link',
  'unlink',
  'rmdir',
  'ftruncate',
];
const TO_STEP: Meant = { name: 'to step', of: (name, words) => name !== 'openat' || words.includes('O_CREAT') };

async function openSteps(ground: Ground): Promise<Opened> {
  const { program, seed, form } = ground;
  const stages = new Stages(ground);
  const writers = writersOf(form);
  return {
    attempt: async (index) => {
      const writer = writers[index % writers.length] as Writer;
      const calls = await stages.callsOf(writer, STEPS, TO_STEP);
      const call = pickOf(calls, Math.floor(index / writers.length), seed);
      if (call === undefined) return { label: writer.name, faults: [], counts: 0 };
      return stages.on(writer, async (stage, folder) => {
        const at = `${call.name}:signal=KILL:when=${call.place}`;
        await callProgram(program, writer.words, { folder, under: tracer('/dev/null', [call.name], at) });
        const faults = await killedFaults(folder, stage, program);
        return { label: `${writer.name}: killed at ${call.name} ${call.place}`, faults };
      });
    },
  };
}

export const KILLS_AT_CALLS: Attack = {
  name: 'kills-at-calls',
  done: 'kill -9 at every system call by which a command writes, in turn',
  held: 'the same',
  cases: { short: 5, usual: 100, long: 2_700 },
  impossible: tracingImpossible,
  open: openSteps,
};
