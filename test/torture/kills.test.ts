import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killedFaults } from '../../tools/torture/kills.ts';
import type { Stage } from '../../tools/torture/stages.ts';
import { stageOf, WRITERS, type Writer } from '../../tools/torture/writers.ts';
import { withFolder } from '../support/program.ts';
import { type Fault, fakeProgram } from './fake-program.ts';

const REPLACES = WRITERS.find(({ name }) => name === 'run --replace') as Writer;

/** What is judged of a folder that somebody left so, where the next call is of a program with this fault. */
function faultsOf(fault: Fault, leave: (folder: string) => void): Promise<readonly string[]> {
  return withFolder(async (around) => {
    const [before, folder] = [join(around, 'stage'), join(around, 'folder')];
    mkdirSync(before);
    const staged = await stageOf(REPLACES, before, fakeProgram(around, 'none'));
    const stage: Stage = { ...staged, writer: REPLACES, clean: new Map(staged.clean) };
    cpSync(staged.template, folder, { recursive: true });
    leave(folder);
    return killedFaults(folder, stage, fakeProgram(around, fault));
  });
}

const movedAside = (folder: string): void => {
  renameSync(join(folder, 'o'), join(folder, '.o.old'));
  writeFileSync(join(folder, '.o.lock'), '{}');
};

describe('after a kill', () => {
  it('all is well if the old run comes back, and the next call does it all', async () => {
    expect(await faultsOf('none', movedAside)).toEqual([]);
  });

  it('a run that was moved aside and stays there is told', async () => {
    const faults = await faultsOf('a run moved aside stays there', movedAside);
    expect(faults[0]).toMatch(/^verify: exit 3/);
    expect(faults[1]).toBe('neither the old run nor the new one is in its place');
  });

  it('a lock that stays is told', async () => {
    expect(await faultsOf('its lock stays', () => {})).toEqual(['the next call: left behind: .o.lock']);
  });

  it('a run that is neither the old one nor the new one is told', async () => {
    const half = (folder: string): void => writeFileSync(join(folder, 'o/SHA256SUMS'), 'half');
    expect(await faultsOf('none', half)).toEqual(['neither the old run nor the new one is in its place']);
  });

  it('a run that is gone is told', async () => {
    const gone = (folder: string): void => rmSync(join(folder, 'o'), { recursive: true });
    expect(await faultsOf('none', gone)).toHaveLength(2);
  });
});
