import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Form, Ground, Opened } from './attack.ts';
import { callProgram, endGroup, ownCpuSeconds } from './called.ts';
import { endingFaults } from './judges.ts';
import {
  answerQuestions,
  FIRST_RUN,
  isAnswered,
  LOAD_SHAPE_OPTIONS,
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
const CUT = { cpuSeconds: 120, stillSeconds: 60, bytes: 6e9 };
const HEARD_SECONDS = 2;

interface Cost {
  readonly seconds: number;
  readonly faults: readonly string[];
}

const words = [
  'run',
  '--config',
  'run.json',
  ...LOAD_SHAPE_OPTIONS,
  '--out',
  'o',
  '--replace',
  '--quiet',
  '--lang',
  'en',
];

async function costOf(program: string, name: LoadShapeName, n: number, folder: string, tries: number): Promise<Cost> {
  writeLoadShape(name, n, folder);
  if (isAnswered(name)) {
    const first = words.map((word) => (word === 'o' ? FIRST_RUN : word));
    const called = await callProgram(program, first, { folder, limits: CUT });
    const faults = endingFaults(called, [0]);
    if (faults.length > 0) return { seconds: called.cpuSeconds, faults };
    answerQuestions(folder);
  }
  let best: Cost = { seconds: Number.POSITIVE_INFINITY, faults: [] };
  for (let count = 0; count < tries; count++) {
    const called = await callProgram(program, words, { folder, limits: CUT });
    const cost = { seconds: called.cpuSeconds, faults: endingFaults(called, [0, 3]) };
    if (cost.seconds < best.seconds) best = cost;
    // What took long once is not measured better for taking long again.
    if (called.cpuSeconds > 60 || cost.faults.length > 0) break;
  }
  return best;
}

/** The exponent by which cost has grown, beyond what nothing costs. */
export const exponentOf = (few: number, many: number, nothing: number, times = TIMES): number =>
  Math.log(Math.max(many - nothing, 1e-3) / Math.max(few - nothing, 1e-3)) / Math.log(times);

async function measure(name: LoadShapeName, ground: Ground, dice: Dice): Promise<Attempt> {
  const { form, program } = ground;
  const n = ROWS[form];
  const folder = mkdtempSync(join(ground.folder, 'load-'));
  const sizes = [10, n, TIMES * n].map((rows) => ({ rows, own: join(folder, String(rows)) }));
  try {
    const costs: Cost[] = [];
    for (const { rows, own } of sizes) {
      costs.push(await costOf(program, name, rows, own, TRIES[form]));
      if (costs.at(-1)?.faults.length !== 0) break;
    }
    const [nothing = 0, few = 0, many = 0] = costs.map(({ seconds }) => seconds);
    const faults = costs.flatMap((cost) => cost.faults);
    const exponent = exponentOf(few, many, nothing);
    if (costs.length === sizes.length && many - nothing > LEAST_SECONDS[form] && exponent > MOST_EXPONENT)
      faults.push(
        `exponent ${exponent.toFixed(2)}: ${few.toFixed(1)} s of CPU for ${n}, ${many.toFixed(1)} s for ${TIMES * n}`,
      );
    if (costs.length === sizes.length) faults.push(...(await heardFaults(program, sizes[2]?.own ?? '', many, dice)));
    return { label: `${name}: ${LOAD_SHAPES[name]}`, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A signal at a random moment of it ends it soon: by CPU, for others may be at work, too. */
async function heardFaults(program: string, folder: string, seconds: number, dice: Dice): Promise<readonly string[]> {
  const afterSeconds = 0.3 + (seconds * dice.int(0, 100)) / 100;
  let heard = Number.NaN;
  const onStart = (child: Parameters<typeof endGroup>[0]): void => {
    const timer = setInterval(() => {
      const used = ownCpuSeconds(child.pid ?? 0);
      if (used < afterSeconds || !Number.isNaN(heard)) return;
      heard = used;
      endGroup(child, 'SIGTERM');
    }, 20);
    child.on('exit', () => clearInterval(timer));
  };
  const called = await callProgram(program, words, { folder, onStart, limits: CUT });
  const late = called.cpuSeconds - heard;
  const faults = endingFaults(called, [0, 3, 130]);
  return late > HEARD_SECONDS ? [...faults, `SIGTERM is heard after ${late.toFixed(1)} s of CPU`] : faults;
}

async function open(ground: Ground): Promise<Opened> {
  return {
    attempt: (index, dice) => measure(NAMES[index % NAMES.length] as LoadShapeName, ground, dice),
  };
}

export const LOADS: Attack = {
  name: 'loads',
  done: 'one coupon, till, account, shop, recipient or question with very many rows, a log of very many columns or files: n and four times n (250,000 and a million), and SIGTERM at a random moment',
  held: 'CPU grows with an exponent of at most 1.1 (the best of three); the signal is heard within 2 s of CPU',
  cases: { short: 0, usual: NAMES.length, long: NAMES.length },
  alone: true,
  open,
};
