import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heardFaults, signalledOn } from '../../tools/torture/load.ts';
import { LOAD_SHAPES } from '../../tools/torture/load-shapes.ts';
import { Dice } from '../simulation/dice.ts';
import { withFolder } from '../support/program.ts';

/** What is judged of a program that works for some seconds of CPU, in turns of so many. */
const faultsOf = (turnSeconds: number): Promise<readonly string[]> =>
  withFolder((folder) => {
    const program = join(folder, 'program.mjs');
    writeFileSync(
      program,
      `const usedSeconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
      const turn = () => {
        const until = usedSeconds() + ${turnSeconds};
        while (usedSeconds() < until);
        if (usedSeconds() < 4) setImmediate(turn);
      };
      process.on('SIGTERM', () => process.exit(130));
      turn();`,
    );
    const signalled = { command: 'verify', name: 'cancels', seconds: 0 } as const;
    return heardFaults({ program, form: 'short' }, signalled, folder, new Dice(1));
  });

describe('a signal', () => {
  it('that is heard soon is well', async () => {
    expect(await faultsOf(0.01)).toEqual([]);
  });

  it('that is not heard during a long turn is told, with the command', async () => {
    const [fault, ...more] = await faultsOf(4);
    expect(fault).toMatch(/^verify: SIGTERM is heard after \d\.\d s$/);
    expect(more).toEqual([]);
  });
});

it('over the shapes every command has its signal, and with another seed on other shapes', () => {
  const commandsOf = (seed: number) => Object.keys(LOAD_SHAPES).map((_, index) => signalledOn(index, seed));
  const all = ['check', 'diff', 'explain', 'explain --json', 'report', 'verify'];
  expect([...new Set(commandsOf(1))].sort()).toEqual(all);
  const ofFirst = new Set(Array.from({ length: 60 }, (_, seed) => signalledOn(0, seed)));
  expect([...ofFirst].sort()).toEqual(all);
});
