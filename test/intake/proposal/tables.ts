import type { FileBegin } from '../../../src/intake/proposal/file-begin.ts';
import { type FoundTable, foundTable, type LookedAtFile, lookAt } from '../../../src/intake/proposal/found-table.ts';
import { type Proposal, propose, type Surroundings } from '../../../src/intake/proposal/propose.ts';

export const CLOCK = { zoneMinutes: 540, lateHours: true, aroundYear: 2023 };

/** What a file of these lines begins with; no cell holds a comma or a quote. */
export const beginOf = (lines: readonly string[], name = 'file.csv'): FileBegin => ({
  name,
  format: {
    what: 'text',
    encoding: 'utf-8',
    isToState: false,
    hasByteOrderMark: false,
    delimiter: 'comma',
    lineEnd: 'lf',
    isGzip: false,
  },
  records: lines.flatMap((line, at) => (line === '' ? [] : [{ fields: line.split(','), line: at + 1 }])),
});

export function tableOf(...lines: readonly string[]): FoundTable {
  const table = foundTable(beginOf(lines), CLOCK);
  if (table === undefined) throw new Error('no table');
  return table;
}

export const lookedAt = (name: string, ...lines: readonly string[]): LookedAtFile =>
  lookAt(beginOf(lines, name), CLOCK);

export const SURROUNDINGS: Surroundings = {
  clock: CLOCK,
  builtIn: [],
  meaningOf: (_, column) => ({ ja: `${column} の意味`, en: `what ${column} means` }),
};

export const proposed = (files: readonly LookedAtFile[], answers: Readonly<Record<string, string>> = {}): Proposal =>
  propose(files, new Map(Object.entries(answers)), SURROUNDINGS);

/** What is proposed for the sales of one file. */
export function salesOf(lines: readonly string[], answers: Readonly<Record<string, string>> = {}, name = 'till.csv') {
  const proposal = proposed([lookedAt(name, ...lines)], answers);
  return { proposal, input: proposal.profile?.inputs.sales as Record<string, unknown> | undefined };
}
