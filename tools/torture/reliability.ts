import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack, Form } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import type { Outcome } from './run-attack.ts';
import { seedsIn, seedsText } from './seeds.ts';
import { ROOT } from './writers.ts';

/** What an attack came to, by all seeds that it was done with. */
const summed = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  ATTACKS.flatMap(({ name }) => {
    const own = outcomes.filter(({ attack }) => attack.name === name);
    const sum = (of: (outcome: Outcome) => number): number => own.reduce((total, outcome) => total + of(outcome), 0);
    const counts = { cases: sum(({ cases }) => cases), broken: sum(({ broken }) => broken) };
    return own.slice(0, 1).map((first) => ({ ...first, ...counts, seconds: sum(({ seconds }) => seconds) }));
  });

/** For whoever looks on. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = summed(outcomes).map(({ attack, cases, broken, seconds, notRun }) =>
    notRun === undefined
      ? [attack.name, String(cases), String(broken), `${seconds.toFixed(0)} s`]
      : [attack.name, 'not run', '', notRun],
  );
  const seeds = seedsText(outcomes.map(({ seed }) => seed));
  const table = [['attack', 'cases', 'broken', `seed ${seeds}`], ...rows];
  const widths = [0, 1, 2].map((at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  return table
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

const DOCUMENT = join(ROOT, 'docs/reliability.md');
const HEAD = ['attack', 'what was done', 'cases', 'what was held', 'broken', 'seeds'];

/** A row of the document. */
export type Row = readonly string[];

/** The rows of the document as it stands, by attack. */
export const rowsIn = (document: string): ReadonlyMap<string, Row> =>
  new Map(
    document
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.slice(2, -2).split(' | '))
      .map((row) => [(row[0] ?? '').replaceAll('`', ''), row]),
  );

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
const ungrouped = (count: string): number => Number(count.replaceAll(',', ''));

/** What a row of the document says. */
interface Told {
  readonly cases: number;
  readonly broken: number;
  readonly seeds: readonly number[];
}

const NOTHING: Told = { cases: 0, broken: 0, seeds: [] };

/** @throws if the same cases were counted twice, or others under one name */
function withOutcome(told: Told, { attack, cases, broken, seed }: Outcome): Told {
  if (told.seeds.includes(seed)) throw new Error(`${attack.name} of seed ${seed} is counted already`);
  return { cases: told.cases + cases, broken: told.broken + broken, seeds: [...told.seeds, seed] };
}

/** @throws if it tells of an attack that did something else */
function toldBy(row: Row | undefined, { name, done, held }: Attack): Told {
  if (row === undefined) return NOTHING;
  const [, didBefore, cases = '', heldBefore, broken = '', seeds = ''] = row;
  if (didBefore !== done || heldBefore !== held) throw new Error(`${name} did or held something else: count it anew`);
  return { cases: ungrouped(cases), broken: ungrouped(broken), seeds: seedsIn(seeds) };
}

/** Whether counts are put in the place of those before, or added to them. */
export type Counting = 'anew' | 'added';

/** With the counts of what was run; what was not run keeps its own. */
export function documentOf(outcomes: readonly Outcome[], before: string, counting: Counting = 'anew'): string {
  const known = rowsIn(before);
  const rowOf = (attack: Attack): Row | undefined => {
    const own = outcomes.filter((outcome) => outcome.attack === attack && outcome.notRun === undefined);
    if (own.length === 0) return known.get(attack.name);
    const first = counting === 'added' ? toldBy(known.get(attack.name), attack) : NOTHING;
    const { cases, broken, seeds } = own.reduce(withOutcome, first);
    return [`\`${attack.name}\``, attack.done, grouped(cases), attack.held, grouped(broken), seedsText(seeds)];
  };
  const rows = ATTACKS.map(rowOf).filter((row) => row !== undefined);
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [TITLE, line(HEAD), line(HEAD.map(() => '---')), ...rows.map(line), ''].join('\n');
}

const TITLE = `# Broken on purpose

What \`npm run torture\` has done to the program, and what it has held (\`tools/torture\`). \`npm run torture -- --long --write\` writes this
table; \`npm run torture -- --only NAME --seed N\` does a row again, with \`--case K\` one case of it. A short form is part of \`npm run check\`.
A row of several seeds was added up from several calls (\`--add\`, \`--seeds K\`): each case was done once, by the program as it was on its day.
`;

/** Writes docs/reliability.md. */
export function writeReliability(outcomes: readonly Outcome[], form: Form, counting: Counting): void {
  if (form === 'short') throw new Error('the short form is too little to be written down');
  const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
  writeFileSync(DOCUMENT, documentOf(outcomes, before, counting));
}
