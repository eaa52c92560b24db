import { type ContenderName, DUCKDBS, FLOORS, TITLES, type Variant } from './contenders.ts';
import type { Agreement } from './same-result.ts';

export interface Took {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

export interface Measured {
  readonly name: ContenderName;
  readonly took: readonly Took[];
}

/** One set of files, and what it took everybody. */
export interface Result {
  readonly transactions: number;
  readonly variant: Variant;
  readonly rows: number;
  readonly bytes: number;
  readonly agreement: Agreement | undefined;
  readonly measured: readonly Measured[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

const medians = (took: readonly Took[]): Took => ({
  wallSeconds: median(took.map((each) => each.wallSeconds)),
  cpuSeconds: median(took.map((each) => each.cpuSeconds)),
  peakBytes: median(took.map((each) => each.peakBytes)),
});

/** The faster of those that were measured. */
function reference(measured: readonly Measured[], names: readonly ContenderName[]): Took | undefined {
  const candidates = measured.filter(({ name }) => names.includes(name)).map(({ took }) => medians(took));
  return candidates.sort((a, b) => a.wallSeconds - b.wallSeconds)[0];
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const ratio = (value: number, to: number): string => {
  const quotient = value / to;
  return quotient.toFixed(quotient < 10 ? 2 : 1);
};

function ratios(own: Took, to: Took | undefined): string {
  if (to === undefined) return '–';
  const { wallSeconds, cpuSeconds, peakBytes } = own;
  return [ratio(wallSeconds, to.wallSeconds), ratio(cpuSeconds, to.cpuSeconds), ratio(peakBytes, to.peakBytes)].join(
    ' / ',
  );
}

const HEADER = [
  'what',
  'n',
  'wall s: median (min–max)',
  'CPU s',
  'peak MB',
  'rows/s',
  '÷ DuckDB: wall / CPU / memory',
  '÷ floor: wall / CPU / memory',
];
const RULE = HEADER.map((_, index) => (index === 0 ? '---' : '---:'));

const VARIANT_WORDS: Readonly<Record<Variant, string>> = {
  plain: '',
  quoted: ', every field quoted',
  gz: ', gzip',
};

/** A heading, what was found to be equal, and a table. */
export function sectionOf({ transactions, variant, rows, bytes, agreement, measured }: Result): string {
  const [duckdb, floor] = [reference(measured, DUCKDBS), reference(measured, FLOORS)];
  const lines = measured.map(({ name, took }) => {
    const walls = took.map(({ wallSeconds }) => wallSeconds);
    const own = medians(took);
    return [
      TITLES[name],
      String(took.length),
      `${own.wallSeconds.toFixed(2)} (${Math.min(...walls).toFixed(2)}–${Math.max(...walls).toFixed(2)})`,
      own.cpuSeconds.toFixed(2),
      (own.peakBytes / 1e6).toFixed(0),
      count(rows / own.wallSeconds),
      ratios(own, duckdb),
      ratios(own, floor),
    ];
  });
  const table = [HEADER, RULE, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const heading = `### ${count(transactions)} transactions${VARIANT_WORDS[variant]}`;
  return `${heading}\n\n${count(rows)} rows in five files, ${(bytes / 1e6).toFixed(1)} MB. ${agreementText(agreement)}\n\n${table}`;
}

function agreementText(agreement: Agreement | undefined): string {
  if (agreement === undefined) return 'Results were not compared: not all who have one took part.';
  const { coupons, yen, doublyPaid, leftOpen } = agreement;
  return [
    `Found equal before timing: ${count(coupons)} coupons with ground (A) and their ${count(yen)} yen,`,
    `${count(doublyPaid)} coupons with a ground (B); SQL leaves ${count(leftOpen)} coupons' (B) open.`,
  ].join(' ');
}
