import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Form, Ground } from './attack.ts';
import { type Called, callProgram } from './called.ts';
import { endingFaults, type Tree, treeFaults } from './judges.ts';
import { madeOnce } from './shared.ts';
import { callsIn, type SystemCall, tracer } from './tracing.ts';
import { treeOf } from './tree.ts';
import { type Staged, stageOf, sumsOf, WRITERS, type Writer } from './writers.ts';

/** A writer on its stage. */
export interface Stage extends Omit<Staged, 'clean'> {
  readonly writer: Writer;
  readonly clean: Tree;
}

/** Stages, each made when it is first asked for. */
export class Stages {
  private readonly ground: Ground;

  constructor(ground: Ground) {
    this.ground = ground;
  }

  private async of(writer: Writer): Promise<Stage> {
    const { shared, program } = this.ground;
    const name = `stage of ${writer.name.replaceAll('/', '')}`;
    const staged = await madeOnce(shared, name, (folder) => stageOf(writer, folder, program));
    return { ...staged, writer, clean: new Map(staged.clean) };
  }

  /** Does something in a folder as it is before the writer's call; it is gone afterwards. */
  async on<T>(writer: Writer, act: (stage: Stage, folder: string) => Promise<T>): Promise<T> {
    const stage = await this.of(writer);
    const around = mkdtempSync(join(this.ground.folder, 'case-'));
    const folder = join(around, 'f');
    try {
      cpSync(stage.template, folder, { recursive: true });
      return await act(stage, folder);
    } finally {
      rmSync(around, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  /** The system calls of these names by which a writer's call touches its folder. */
  callsOf(writer: Writer, names: readonly string[], meant: Meant): Promise<readonly SystemCall[]> {
    const name = `calls of ${writer.name.replaceAll('/', '')} ${meant.name}`;
    return madeOnce(this.ground.shared, name, () =>
      this.on(writer, async (_, folder) => {
        const file = join(folder, '..', 'trace');
        await callProgram(this.ground.program, writer.words, { folder, under: tracer(file, names) });
        return callsIn(readFileSync(file, 'utf8'), folder, meant.of);
      }),
    );
  }
}

/** Which calls are meant, by their names and words. */
export interface Meant {
  readonly name: string;
  readonly of: (name: string, words: string) => boolean;
}

/** The short form has no time for all writers. */
export const writersOf = (form: Form): readonly Writer[] =>
  form === 'short' ? WRITERS.filter(({ inShort }) => inShort) : WRITERS;

/** Cases by number: writers take turns, and what is done to each comes in an order of the seed. Undefined behind the last. */
export function pickOf<T>(things: readonly T[], turn: number, seed: number): T | undefined {
  if (turn >= things.length) return undefined;
  const step = STEPS.find((each) => things.length % each !== 0) ?? 1;
  return things[(turn * step + seed * SPREAD) % things.length];
}

/** So that lists of many lengths do not all begin at their first things. */
const SPREAD = 15_485_863;
/** Primes: with one that does not divide how many there are, each comes once. */
const STEPS = [7919, 104_729, 1_299_709];

/** What stands in the target now: the run from before (or still nothing), the new one, or neither. */
export function stateOf(folder: string, { writer, before, after }: Stage): 'old' | 'new' | 'both' | 'neither' {
  if (writer.target === undefined) return 'both';
  const now = sumsOf(folder, writer);
  if (now === after) return before === after ? 'both' : 'new';
  return now === before ? 'old' : 'neither';
}

/** The run that stands there is whole by its own word, and so says the program. */
export async function verifyFaults(folder: string, { target }: Writer, program: string): Promise<readonly string[]> {
  if (target === undefined) return [];
  const called = await callProgram(program, ['verify', target, '--lang', 'en'], { folder });
  return endingFaults(called, [0]).map((fault) => `verify: ${fault}`);
}

/** The same call once more does what it should have done, and nothing else is there afterwards. */
export async function repeatFaults(folder: string, stage: Stage, program: string): Promise<readonly string[]> {
  const { writer, clean } = stage;
  const called: Called = await callProgram(program, writer.words, { folder });
  return [...endingFaults(called, writer.again), ...treeFaults(treeOf(folder), clean)].map(
    (fault) => `the next call: ${fault}`,
  );
}
