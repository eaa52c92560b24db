/**
 * Breaks the program on purpose, and says what did not hold.
 *
 *   npm run torture -- [--short | --long] [--seed N] [--seeds K] [--only NAME…] [--case N] [--cases N] [--workers K]
 *                     [--program FILE] [--write | --add]
 *
 * --seeds K does all of it with so many seeds, from N on. --write puts the counts into docs/reliability.md, --add adds them to
 * those of other seeds there, both seed by seed: what was done until it was stopped is counted. Needs the built program (npm run build).
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fastFolder } from '../../test/simulation/simulate.ts';
import type { Attack, Form } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { tableOf, writeReliability } from './reliability.ts';
import { type Outcome, runAttack } from './run-attack.ts';
import { seedsFrom } from './seeds.ts';
import { ROOT } from './writers.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    case: { type: 'string' },
    cases: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    program: { type: 'string', default: join(ROOT, 'bin/regionpay-reconcile.js') },
    write: { type: 'boolean', default: false },
    add: { type: 'boolean', default: false },
  },
});
const form: Form = values.short ? 'short' : values.long ? 'long' : 'usual';
const seeds = seedsFrom(Number(values.seed), Number(values.seeds));

const unknown = (values.only ?? []).filter((name) => !ATTACKS.some((attack) => attack.name === name));
if (unknown.length > 0) {
  console.error(`no attack ${unknown.join(', ')}; there are ${ATTACKS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const folder = mkdtempSync(join(fastFolder(), 'regionpay-torture-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => process.exit(code));

const program = copied(values.program);
const casesOf = (attack: Attack): readonly number[] => {
  if (values.case !== undefined) return [Number(values.case)];
  return Array.from({ length: Number(values.cases ?? attack.cases[form]) }, (_, index) => index);
};

/** The program as it was built when this began: a build beside would make other manifests. */
function copied(script: string): string {
  const [from, to] = [dirname(dirname(script)), join(folder, 'program')];
  if (!existsSync(join(from, 'dist'))) return script;
  for (const name of ['bin', 'dist', 'package.json']) cpSync(join(from, name), join(to, name), { recursive: true });
  symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
  return join(to, 'bin', basename(script));
}

async function attackWith(attack: Attack, seed: number): Promise<Outcome> {
  const shared = join(folder, `shared-${seed}`);
  mkdirSync(shared, { recursive: true });
  const ground = { folder, shared, program, seed, form };
  return runAttack(attack, casesOf(attack), ground, Number(values.workers), (index, { label, faults }) => {
    const again = `npm run torture -- --only ${attack.name} --seed ${seed} --case ${index}${form === 'usual' ? '' : ` --${form}`}`;
    console.log(`${attack.name}: ${label}\n${faults.map((fault) => `  ${fault}\n`).join('')}  again: ${again}`);
  });
}

const outcomes: Outcome[] = [];
for (const attack of ATTACKS.filter(({ name }) => values.only === undefined || values.only.includes(name)))
  for (const seed of seeds) {
    const outcome = await attackWith(attack, seed);
    outcomes.push(outcome);
    const counting = values.add || seed !== seeds[0] ? 'added' : 'anew';
    if (values.write || values.add) writeReliability([outcome], form, counting);
  }
console.log(tableOf(outcomes));
process.exitCode = outcomes.some(({ broken }) => broken > 0) ? 1 : 0;
