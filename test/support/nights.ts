import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './program.ts';
import { createRandom } from './random.ts';
import type { Inputs } from './run-tables.ts';

const NIGHT = join(ROOT, 'fixtures/outage-night');
const read = (name: string): string => readFileSync(join(NIGHT, name), 'utf8');

/** The worked night as CSV texts. */
export const outageNight = () => ({
  issuance: read('issuance.csv'),
  transactions: read('transactions.csv'),
  sales: read('merchant_reports.csv'),
  claims: read('claims.csv'),
  applications: read('applications.csv'),
});

const linesOf = (csv: string): [header: string, rows: string[]] => {
  const [header = '', ...rows] = csv.trimEnd().split('\n');
  return [header, rows];
};

export const withRows = (csv: string, ...rows: readonly string[]): string => `${csv.trimEnd()}\n${rows.join('\n')}\n`;

/** The same rows in another order, cut into several files. Texts without line ends inside quotes only. */
export function shuffledAndSplit(inputs: Inputs, seed: number): Inputs {
  const random = createRandom(seed);
  const split = (csv: string): string[] => {
    const [header, rows] = linesOf(csv);
    const shuffled = rows
      .map((row) => [random(), row] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, row]) => row);
    const cut = Math.floor(random() * (shuffled.length + 1));
    return [shuffled.slice(0, cut), shuffled.slice(cut)].map((part) => `${[header, ...part].join('\n')}\n`);
  };
  return Object.fromEntries(Object.entries(inputs).map(([kind, csv]) => [kind, [csv ?? ''].flat().flatMap(split)]));
}
