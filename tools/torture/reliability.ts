import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Form } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import type { Outcome } from './run-attack.ts';
import { ROOT } from './writers.ts';

/** For whoever looks on. */
export function tableOf(outcomes: readonly Outcome[], seed: number): string {
  const rows = outcomes.map(({ attack, cases, broken, seconds, notRun }) =>
    notRun === undefined
      ? [attack.name, String(cases), String(broken), `${seconds.toFixed(0)} s`]
      : [attack.name, 'not run', '', notRun],
  );
  const table = [['attack', 'cases', 'broken', `seed ${seed}`], ...rows];
  const widths = [0, 1, 2].map((at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  return table
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

const DOCUMENT = join(ROOT, 'docs/reliability.md');
const HEAD = ['attack', 'what was done', 'cases', 'what was held', 'broken', 'seed'];

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

/** The counts of what was run are put in the place of those before; what was not run keeps its own. */
export function documentOf(outcomes: readonly Outcome[], seed: number, before: string): string {
  const known = rowsIn(before);
  const fresh = new Map(
    outcomes
      .filter(({ notRun }) => notRun === undefined)
      .map(({ attack, cases, broken }): [string, Row] => [
        attack.name,
        [`\`${attack.name}\``, attack.done, grouped(cases), attack.held, grouped(broken), String(seed)],
      ]),
  );
  const rows = ATTACKS.flatMap(({ name }) => {
    const row = fresh.get(name) ?? known.get(name);
    return row === undefined ? [] : [row];
  });
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [TITLE, line(HEAD), line(HEAD.map(() => '---')), ...rows.map(line), ''].join('\n');
}

const TITLE = `# Broken on purpose

What \`npm run torture\` has done to the program, and what it has held (\`tools/torture\`). \`npm run torture -- --long --write\` writes this
table; \`npm run torture -- --only NAME --seed N\` does a row again, with \`--case K\` one case of it. A short form is part of \`npm run check\`.
`;

/** Writes docs/reliability.md. */
export function writeReliability(outcomes: readonly Outcome[], seed: number, form: Form): void {
  if (form === 'short') throw new Error('the short form is too little to be written down');
  const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
  writeFileSync(DOCUMENT, documentOf(outcomes, seed, before));
}
