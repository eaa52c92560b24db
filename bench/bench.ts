import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem, type } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { FILE_NAMES, type FileName, type Totals } from './generate.ts';

const HELP = `The built program against a plain csv-parse pass over the same bytes.

  npm run bench -- [--sizes 100000,1000000] [--runs 3] [--seed 1] [--write [--doc docs/performance.md]]

  --sizes   rows of transactions.csv, separated by commas
  --runs    how often each is run, in turn
  --write   also put the table between the markers of the document
`;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, 'bench', '.cache');
const PROGRAM = join(ROOT, 'bin', 'regionpay-reconcile.js');
const AS_OF = '2023-05-10T02:00:00+09:00';
const MEASURE_VARIABLE = 'REGIONPAY_BENCH_MEASURE';

interface Options {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly seed: number;
  readonly write: boolean;
  readonly doc: string;
}

interface Took {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  /** Fails where the process did not do what it is measured for. */
  readonly check: (output: string) => void;
}

interface Result {
  readonly size: number;
  readonly totals: Totals;
  /** In the order of the contenders; the last is the plain pass. */
  readonly took: readonly (readonly Took[])[];
}

function main(): void {
  const options = readOptions();
  mkdirSync(CACHE, { recursive: true });
  // Plain JavaScript, so that no loader is measured with it.
  const preload = transpile('measure');
  const pass = transpile('csv-parse-pass');
  const results = options.sizes.map((size) => measureSize(size, options, preload, pass));
  const report = `${tableOf(results)}\n\n${memoryOf(results)}\n\n${conditionsOf(options)}\n`;
  process.stdout.write(report);
  if (options.write) writeInto(options.doc, report);
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100000,1000000' },
      runs: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      doc: { type: 'string', default: join(ROOT, 'docs', 'performance.md') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  return {
    sizes: values.sizes.split(',').map((size) => wholeNumber('--sizes', size)),
    runs: Math.max(1, wholeNumber('--runs', values.runs)),
    seed: wholeNumber('--seed', values.seed),
    write: values.write,
    doc: resolve(values.doc),
  };
}

function wholeNumber(option: string, written: string): number {
  if (!/^\d{1,9}$/.test(written)) throw new Error(`${option}: "${written}" is no whole number`);
  return Number(written);
}

function transpile(name: string): string {
  const source = readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  const path = join(CACHE, `${name}.mjs`);
  writeFileSync(path, outputText);
  return path;
}

function measureSize(size: number, { runs, seed }: Options, preload: string, pass: string): Result {
  const folder = join(CACHE, `${size}-${seed}`);
  const totals = inputs(folder, size, seed);
  const contenders = [programOn(folder, totals), passOver(folder, totals, pass)];
  const took: Took[][] = contenders.map(() => []);
  for (let run = 0; run < runs; run++) {
    contenders.forEach((contender, index) => {
      tell(`${size} transactions, run ${run + 1} of ${runs}: ${contender.name}`);
      took[index]?.push(measure(contender, preload));
    });
  }
  return { size, totals, took };
}

/** Generated once for a size, a seed and a generator. */
function inputs(folder: string, size: number, seed: number): Totals {
  const file = join(folder, 'totals.json');
  const mark = generatorMark();
  const present = existsSync(file) ? readTotals(file) : undefined;
  if (present?.mark === mark) return present.totals;
  tell(`generating ${size} transactions, seed ${seed}`);
  rmSync(folder, { recursive: true, force: true });
  const generator = fileURLToPath(new URL('generate-cli.ts', import.meta.url));
  execFileSync(process.execPath, [...process.execArgv, generator, folder, String(size), String(seed), mark]);
  return readTotals(file).totals;
}

const readTotals = (file: string): { mark: string; totals: Totals } => JSON.parse(readFileSync(file, 'utf8'));

function generatorMark(): string {
  const hash = createHash('sha256');
  for (const name of ['generate', 'random', 'calendar', 'csv-file'])
    hash.update(readFileSync(new URL(`${name}.ts`, import.meta.url)));
  return hash.digest('hex');
}

const inputFile = (folder: string, name: FileName): string => join(folder, `${name}.csv`);

function programOn(folder: string, totals: Totals): Contender {
  const out = join(CACHE, 'out');
  const files = FILE_NAMES.flatMap((name) => [`--${name.replace('_', '-')}`, inputFile(folder, name)]);
  return {
    name: 'regionpay-reconcile run',
    command: [PROGRAM, 'run', ...files, '--as-of', AS_OF, '--out', out, '--replace', '--quiet'],
    check: () => checkRun(out, totals),
  };
}

/** Every row was read, and none was rejected or conflicts: else it would be a benchmark of something else. */
function checkRun(out: string, totals: Totals): void {
  const rejects = readFileSync(join(out, 'rejects.csv'), 'utf8').trimEnd().split('\n').length - 1;
  if (rejects > 0) throw new Error(`the program set ${rejects} generated rows aside`);
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { inputs: { rowsRead: number }[] };
  const read = manifest.inputs.reduce((sum, input) => sum + input.rowsRead, 0);
  if (read !== rowsIn(totals)) throw new Error(`the program read ${read} rows of ${rowsIn(totals)}`);
}

function passOver(folder: string, totals: Totals, pass: string): Contender {
  const records = rowsIn(totals) + FILE_NAMES.length;
  return {
    name: 'csv-parse pass',
    command: [pass, ...FILE_NAMES.map((name) => inputFile(folder, name))],
    check: (output) => {
      if (Number(output) !== records) throw new Error(`csv-parse read ${output.trim()} records of ${records}`);
    },
  };
}

const rowsIn = (totals: Totals): number => Object.values(totals.rows).reduce((sum, rows) => sum + rows, 0);

function measure({ name, command, check }: Contender, preload: string): Took {
  const file = join(CACHE, 'took.json');
  rmSync(file, { force: true });
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, ...command], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', [MEASURE_VARIABLE]: file },
    cwd: ROOT,
  });
  const wallSeconds = (performance.now() - from) / 1000;
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stderr}`);
  check(stdout);
  return { wallSeconds, ...(JSON.parse(readFileSync(file, 'utf8')) as Omit<Took, 'wallSeconds'>) };
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

const wallOf = (took: readonly Took[]): number => median(took.map((each) => each.wallSeconds));
const cpuOf = (took: readonly Took[]): number => median(took.map((each) => each.cpuSeconds));
const peakOf = (took: readonly Took[]): number => median(took.map((each) => each.peakBytes));
const count = (value: number): string => Math.round(value).toLocaleString('en-US');

const NAMES = ['`regionpay-reconcile run`', 'plain csv-parse pass'] as const;

function tableOf(results: readonly Result[]): string {
  const rows = results.flatMap(({ size, totals, took }) => {
    const pass = took.at(-1) ?? [];
    return took.map((each, index) => {
      const walls = each.map(({ wallSeconds }) => wallSeconds);
      return [
        count(size),
        (totals.bytes / 1e6).toFixed(1),
        NAMES[index] ?? '',
        `${wallOf(each).toFixed(2)} (${Math.min(...walls).toFixed(2)}–${Math.max(...walls).toFixed(2)})`,
        count(rowsIn(totals) / wallOf(each)),
        cpuOf(each).toFixed(2),
        (peakOf(each) / 1e6).toFixed(0),
        `${(wallOf(each) / wallOf(pass)).toFixed(2)} / ${(cpuOf(each) / cpuOf(pass)).toFixed(2)}`,
      ];
    });
  });
  const header = [
    'transactions',
    'MB',
    'what',
    'wall s, median (range)',
    'rows/s',
    'CPU s',
    'peak MB',
    'wall / CPU ÷ csv-parse',
  ];
  const rule = header.map((_, index) => (index === 2 ? '---' : '---:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Peak memory by transaction row; the rise from one size to the next leaves out what Node takes by itself. */
function memoryOf(results: readonly Result[]): string {
  const lines = results.map((result, index) => {
    const peak = peakOf(result.took[0] ?? []);
    const before = results[index - 1];
    const base = `- ${count(result.size)} transactions: ${count(peak / result.size)} bytes of peak memory a transaction row`;
    if (before === undefined || before.size >= result.size) return base;
    const rise = (peak - peakOf(before.took[0] ?? [])) / (result.size - before.size);
    return `${base}; ${count(rise)} for each row more than ${count(before.size)}`;
  });
  return lines.join('\n');
}

function conditionsOf({ runs, seed }: Options): string {
  const machine = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    `Median of ${runs} runs in turn; seed ${seed}; as of ${AS_OF}. Rows are those of all five files. CPU is user + system of`,
    `all threads. ${machine}, ${availableParallelism()} cores, ${memory}, ${type()}, Node ${process.version}.`,
  ].join('\n');
}

const BEGIN = '<!-- bench:begin (npm run bench -- --write) -->';
const END = '<!-- bench:end -->';

function writeInto(doc: string, report: string): void {
  const block = `${BEGIN}\n\n${report}\n${END}`;
  const current = existsSync(doc) ? readFileSync(doc, 'utf8') : `# Performance\n\n${BEGIN}\n${END}\n`;
  const [begin, end] = [current.indexOf(BEGIN), current.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the document has no markers:\n${BEGIN}\n${END}`);
  writeFileSync(doc, current.slice(0, begin) + block + current.slice(end + END.length));
  tell('the table was put into the document');
}

main();
