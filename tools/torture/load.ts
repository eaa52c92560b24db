import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Form, Ground, Opened } from './attack.ts';
import { type Called, callProgram, endGroup, type Limits, ownCpuSeconds } from './called.ts';
import { endingFaults } from './judges.ts';
import { exitsOf, type LoadCommandName, withNeeds, wordsOf, wordsOfRunInto } from './load-commands.ts';
import {
  answerQuestions,
  FIRST_RUN,
  isAnswered,
  LOAD_SHAPES,
  type LoadShapeName,
  writeLoadShape,
} from './load-shapes.ts';

const NAMES = Object.keys(LOAD_SHAPES) as LoadShapeName[];
/** The most by which cost may grow: with n, and a logarithm. */
const MOST_EXPONENT = 1.1;
const TIMES = 4;
const ROWS: Readonly<Record<Form, number>> = { short: 4_000, usual: 25_000, long: 250_000 };
const TRIES: Readonly<Record<Form, number>> = { short: 1, usual: 3, long: 3 };
/** Below, what a process takes to begin is more than what grows. */
const LEAST_SECONDS: Readonly<Record<Form, number>> = { short: 1.5, usual: 1, long: 1 };
/** Beyond, it hangs: of n the longest takes a quarter of it, on a machine where others are at work. */
const CUT_CPU_SECONDS: Readonly<Record<Form, number>> = { short: 120, usual: 300, long: 2_400 };
const limitsOf = (form: Form): Limits => ({ cpuSeconds: CUT_CPU_SECONDS[form], stillSeconds: 60, bytes: 6e9 });
const HEARD_SECONDS = 1;
/** Refused with words, as equal headers are. */
const REFUSED = 3;
/** What is sent a signal beside `run`. */
const SIGNALLED: readonly LoadCommandName[] = ['check', 'verify', 'explain', 'explain --json', 'diff', 'report'];

interface Cost {
  readonly seconds: number;
  readonly faults: readonly string[];
}

const RUN = 'run';

async function costOf({ program, form }: Ground, name: LoadShapeName, n: number, folder: string): Promise<Cost> {
  const limits = limitsOf(form);
  writeLoadShape(name, n, folder);
  const words = wordsOf(RUN, name);
  if (isAnswered(name)) {
    const called = await callProgram(program, wordsOfRunInto(FIRST_RUN), { folder, limits });
    const faults = endingFaults(called, [0]);
    if (faults.length > 0) return { seconds: called.cpuSeconds, faults };
    answerQuestions(folder);
  }
  let best: Cost = { seconds: Number.POSITIVE_INFINITY, faults: [] };
  for (let count = 0; count < TRIES[form]; count++) {
    const called = await callProgram(program, words, { folder, limits });
    const cost = { seconds: called.cpuSeconds, faults: endingFaults(called, [...exitsOf(RUN), REFUSED]) };
    if (cost.seconds < best.seconds) best = cost;
    // What took long once is not measured better for taking long again.
    if (called.cpuSeconds > 60 || cost.faults.length > 0) break;
  }
  return best;
}

/** The exponent by which cost has grown, beyond what nothing costs. */
export const exponentOf = (few: number, many: number, nothing: number, times = TIMES): number =>
  Math.log(Math.max(many - nothing, 1e-3) / Math.max(few - nothing, 1e-3)) / Math.log(times);

async function measure(index: number, ground: Ground, dice: Dice): Promise<Attempt> {
  const name = NAMES[index % NAMES.length] as LoadShapeName;
  const { form } = ground;
  const n = ROWS[form];
  const folder = mkdtempSync(join(ground.folder, 'load-'));
  const sizes = [10, n, TIMES * n].map((rows) => ({ rows, own: join(folder, String(rows)) }));
  try {
    const costs: Cost[] = [];
    for (const { rows, own } of sizes) {
      costs.push(await costOf(ground, name, rows, own));
      if (costs.at(-1)?.faults.length !== 0) break;
    }
    const [nothing = 0, few = 0, many = 0] = costs.map(({ seconds }) => seconds);
    const faults = costs.flatMap((cost) => cost.faults);
    const exponent = exponentOf(few, many, nothing);
    if (costs.length === sizes.length && many - nothing > LEAST_SECONDS[form] && exponent > MOST_EXPONENT)
      faults.push(
        `exponent ${exponent.toFixed(2)}: ${few.toFixed(1)} s of CPU for ${n}, ${many.toFixed(1)} s for ${TIMES * n}`,
      );
    const own = sizes[2]?.own ?? '';
    const other = signalledOn(index, ground.seed);
    if (costs.length === sizes.length)
      faults.push(
        ...(await heardFaults(ground, { command: RUN, name, seconds: many }, own, dice)),
        ...(await heardOnceMade(ground, other, name, own, dice)),
      );
    return { label: `${name} (signals to run and ${other}): ${LOAD_SHAPES[name]}`, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Over the shapes each of them has its turn; with another seed, on another shape. */
export const signalledOn = (index: number, seed: number): LoadCommandName => {
  const first = new Dice(seed, 'signalled').int(0, SIGNALLED.length - 1);
  return SIGNALLED[(first + index) % SIGNALLED.length] as LoadCommandName;
};

/** Once what it needs is there, a command goes through to its end, and then again with a signal. */
async function heardOnceMade(
  ground: Ground,
  command: LoadCommandName,
  name: LoadShapeName,
  folder: string,
  dice: Dice,
): Promise<readonly string[]> {
  let seconds = 0;
  // The run itself has been made before.
  for (const each of withNeeds([command]).filter((needed) => needed !== RUN)) {
    const called = await callProgram(ground.program, wordsOf(each, name), { folder, limits: limitsOf(ground.form) });
    const faults = endingFaults(called, [...exitsOf(each), REFUSED]);
    if (faults.length > 0) return faults.map((fault) => `${each}: ${fault}`);
    if (called.exit === REFUSED) return [];
    seconds = called.cpuSeconds;
  }
  return heardFaults(ground, { command, name, seconds }, folder, dice);
}

/** What is sent a signal, and how long it takes without one. */
interface Signalled {
  readonly command: LoadCommandName;
  readonly name: LoadShapeName;
  readonly seconds: number;
}

/** A signal at a random moment of it ends it soon: by CPU too, for others may be at work. */
export async function heardFaults(
  { program, form }: Pick<Ground, 'program' | 'form'>,
  { command, name, seconds }: Signalled,
  folder: string,
  dice: Dice,
): Promise<readonly string[]> {
  const afterSeconds = 0.3 + (seconds * dice.int(0, 100)) / 100;
  let sent: { readonly cpuSeconds: number; readonly wallSeconds: number } | undefined;
  const onStart = (child: Parameters<typeof endGroup>[0]): void => {
    const started = performance.now();
    const timer = setInterval(() => {
      const cpuSeconds = ownCpuSeconds(child.pid ?? 0);
      if (cpuSeconds < afterSeconds || sent !== undefined) return;
      sent = { cpuSeconds, wallSeconds: (performance.now() - started) / 1000 };
      endGroup(child, 'SIGTERM');
    }, 20);
    child.on('exit', () => clearInterval(timer));
  };
  const called = await callProgram(program, wordsOf(command, name), { folder, onStart, limits: limitsOf(form) });
  const faults = [...endingFaults(called, [...exitsOf(command), REFUSED, 130])];
  const late = lateSeconds(called, sent ?? called);
  if (late > HEARD_SECONDS) faults.push(`SIGTERM is heard after ${late.toFixed(1)} s`);
  return faults.map((fault) => `${command}: ${fault}`);
}

/** By the clock or by CPU, whichever is less: it waits for others who are at work, and has several threads. */
const lateSeconds = (
  ended: Pick<Called, 'cpuSeconds' | 'wallSeconds'>,
  sent: Pick<Called, 'cpuSeconds' | 'wallSeconds'>,
): number => Math.min(ended.cpuSeconds - sent.cpuSeconds, ended.wallSeconds - sent.wallSeconds);

async function open(ground: Ground): Promise<Opened> {
  return {
    attempt: (index, dice) => measure(index, ground, dice),
  };
}

export const LOADS: Attack = {
  name: 'loads',
  done: 'one coupon, till, account, shop, recipient or question with very many rows, a log of very many columns or files: n and four times n (250,000 and a million), and SIGTERM at a random moment of `run` and of `check`, `verify`, `explain`, `diff` or `report`',
  held: 'CPU grows with an exponent of at most 1.1 (the best of three); the signal is heard within a second (by the clock or by CPU)',
  cases: { short: 0, usual: NAMES.length, long: NAMES.length },
  alone: true,
  // Writing a million rows, and counting what a process of minutes has used.
  mostCpuSeconds: 900,
  open,
};
