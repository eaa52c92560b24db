import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import type { Answers } from '../src/synth/answers.ts';
import { LOAD_COMMANDS } from '../tools/torture/load-commands.ts';
import {
  CONTENDERS,
  type Contender,
  type ContenderName,
  contender,
  DUCKDBS,
  type Inputs,
  isAvailable,
  resultOf,
  runFolder,
  type Surroundings,
  VARIANTS,
  type Variant,
} from './contenders.ts';
import { type Result, sectionOf, type Took } from './report.ts';
import { type Agreement, compareResults } from './same-result.ts';
import { measureShapes, SHAPE_NAMES, shapesTable } from './shapes.ts';
import { type Marks, type Watched, watch } from './timeline.ts';
import { phasesOf, scalingOf, scalingSection, timelineSection } from './timeline-report.ts';
import { causesList, measureWaits, waitsTable } from './waits.ts';

const HELP = `The built program, DuckDB, a plain script and the floor on the same seeded files.

  npm run bench -- [options]

  --sizes 100000,1000000,10000000   rows of the transaction log
  --variants plain,quoted,gz        every field quoted; compressed
  --variants-up-to 1000000          larger sizes are measured plain only
  --contenders ${CONTENDERS.join(',')}
  --runs 3                          how often each is run, in turn
  --script-runs 1                   how often the plain script is run beyond --variants-up-to
  --seed 1
  --error-rate 0                    share of rows that are broken, repeated or contradicted
  --timeline                        instead: which thread of the program works when, by phase; one thread against two
  --write [--doc docs/performance.md]   put the tables between the markers of the document

  npm run bench -- --shapes [options]   runs in which one thing is very large: how processor time grows

  --only NAME,NAME                  these of the shapes (tools/torture/load-shapes.ts)
  --sizes 10000,100000,1000000      what n is
  --runs 1                          of so many the quickest counts
  --most-seconds 60                 a shape that took longer is not measured at the next size

  npm run bench -- --waits [options]    the same shapes: for how long each command hears no signal

  --only NAME,NAME                  these of the shapes
  --sizes 100000                    what n is
  --commands '${LOAD_COMMANDS.join(',')}'
  --causes                          profiles each command: which functions stand in gaps above a second
`;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, 'bench', '.cache');
const PROGRAM = join(ROOT, 'bin', 'regionpay-reconcile.js');
const MEASURE_VARIABLE = 'REGIONPAY_BENCH_MEASURE';
const WAITS_VARIABLE = 'REGIONPAY_BENCH_WAITS';

interface Options {
  readonly sizes: readonly number[];
  readonly variants: readonly Variant[];
  readonly variantsUpTo: number;
  readonly contenders: readonly ContenderName[];
  readonly runs: number;
  readonly scriptRuns: number;
  readonly seed: number;
  readonly errorRate: string;
  readonly timeline: boolean;
  readonly write: boolean;
  readonly doc: string;
}

async function main(): Promise<void> {
  if (process.argv.includes('--shapes')) {
    shapes();
    return;
  }
  if (process.argv.includes('--waits')) {
    waits();
    return;
  }
  const options = readOptions();
  mkdirSync(CACHE, { recursive: true });
  const surroundings: Surroundings = {
    program: PROGRAM,
    cache: CACHE,
    sql: join(ROOT, 'bench', 'same-work.sql'),
    scripts: {
      'duckdb-pass': transpile('duckdb-pass'),
      'plain-script': transpile('plain-script'),
      floor: transpile('floor'),
      'floor-coreutils': transpile('floor-coreutils'),
    },
  };
  const preload = transpile('measure');
  if (options.timeline) return tellTimelines(options, surroundings, preload);
  const sections = options.sizes.flatMap((size) =>
    options.variants
      .filter((variant) => variant === 'plain' || size <= options.variantsUpTo)
      .map((variant) => sectionOf(measureAll(size, variant, options, surroundings, preload))),
  );
  const report = `${conditionsOf(options)}\n\n${sections.join('\n\n')}\n`;
  process.stdout.write(report);
  if (options.write) writeInto(options.doc, 'bench', report);
}

/** Each size with one thread and with two, in turn; of each the run of the median wall time is told. */
async function tellTimelines(options: Options, surroundings: Surroundings, preload: string): Promise<void> {
  const sections: string[] = [];
  for (const size of options.sizes) {
    const { command } = contender('run', made(size, 'plain', options), surroundings);
    const watched: Record<'1' | '2', Watched[]> = { 1: [], 2: [] };
    for (let run = 0; run < options.runs; run++)
      for (const threads of ['1', '2'] as const) {
        tell(`${size} transactions, run ${run + 1} of ${options.runs}: ${threads} threads`);
        watched[threads].push(await watchProgram(command, threads, preload));
      }
    const [alone, withTwo] = [medianRun(watched[1]), medianRun(watched[2])];
    sections.push(timelineSection(size, withTwo), scalingSection(size, scalingOf(phasesOf(alone), phasesOf(withTwo))));
  }
  const report = `${conditionsOf(options)}\n\n${sections.join('\n\n')}\n`;
  process.stdout.write(report);
  if (options.write) writeInto(options.doc, 'timeline', report);
}

function watchProgram(command: readonly string[], threads: string, preload: string): Promise<Watched> {
  const file = join(CACHE, 'marks.jsonl');
  rmSync(file, { force: true });
  rmSync(runFolder({ cache: CACHE }), { recursive: true, force: true });
  const env = { ...process.env, NODE_OPTIONS: '', REGIONPAY_BENCH_MARKS: file, REGIONPAY_BENCH_THREADS: threads };
  return watch(['--import', preload, ...command], env, () => marksIn(readFileSync(file, 'utf8')));
}

function marksIn(lines: string): Marks {
  const told = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { name?: string; at?: number; reader?: number });
  return {
    marks: told.flatMap(({ name, at }) => (name === undefined || at === undefined ? [] : [{ name, at }])),
    readers: told.flatMap(({ reader }) => (reader === undefined ? [] : [reader])),
  };
}

function medianRun(runs: readonly Watched[]): Watched {
  const sorted = [...runs].sort((a, b) => a.ended - a.begun - (b.ended - b.begun));
  return sorted[Math.floor((sorted.length - 1) / 2)] as Watched;
}

function readOptions(): Options {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    options: {
      sizes: text('100000,1000000,10000000'),
      variants: text(VARIANTS.join(',')),
      'variants-up-to': text('1000000'),
      contenders: text(CONTENDERS.join(',')),
      runs: text('3'),
      'script-runs': text('1'),
      seed: text('1'),
      'error-rate': text('0'),
      timeline: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      doc: text(join(ROOT, 'docs', 'performance.md')),
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  return {
    sizes: values.sizes.split(',').map((size) => wholeNumber('--sizes', size)),
    variants: values.variants.split(',').map((each) => oneOf('--variants', each, VARIANTS)),
    variantsUpTo: wholeNumber('--variants-up-to', values['variants-up-to']),
    contenders: values.contenders.split(',').map((each) => oneOf('--contenders', each, CONTENDERS)),
    runs: Math.max(1, wholeNumber('--runs', values.runs)),
    scriptRuns: Math.max(1, wholeNumber('--script-runs', values['script-runs'])),
    seed: wholeNumber('--seed', values.seed),
    errorRate: values['error-rate'],
    timeline: values.timeline,
    write: values.write,
    doc: resolve(values.doc),
  };
}

/** The shapes share nothing with the comparison but how a process is measured. */
function shapes(): void {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    options: {
      shapes: { type: 'boolean' },
      only: text(SHAPE_NAMES.join(',')),
      sizes: text('10000,100000,1000000'),
      runs: text('1'),
      'most-seconds': text('60'),
      write: { type: 'boolean', default: false },
      doc: text(join(ROOT, 'docs', 'performance.md')),
    },
  });
  mkdirSync(CACHE, { recursive: true });
  const sizes = values.sizes.split(',').map((size) => wholeNumber('--sizes', size));
  const runs = Math.max(1, wholeNumber('--runs', values.runs));
  const measured = measureShapes({
    names: values.only.split(',').map((each) => oneOf('--only', each, SHAPE_NAMES)),
    sizes: sizes.sort((a, b) => a - b),
    runs,
    mostSeconds: wholeNumber('--most-seconds', values['most-seconds']),
    program: PROGRAM,
    cache: CACHE,
    preload: transpile('measure'),
    measureVariable: MEASURE_VARIABLE,
    tell,
  });
  const report = `${machineOf()};\nthe quickest of ${runs} ${runs === 1 ? 'run' : 'runs'}.\n\n${shapesTable(measured, sizes)}\n`;
  process.stdout.write(report);
  if (values.write) writeInto(resolve(values.doc), 'shapes', report);
}

/** The same shapes, and what each command does with them. */
function waits(): void {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    options: {
      waits: { type: 'boolean' },
      only: text(SHAPE_NAMES.join(',')),
      sizes: text('100000'),
      commands: text(LOAD_COMMANDS.join(',')),
      causes: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      doc: text(join(ROOT, 'docs', 'performance.md')),
    },
  });
  mkdirSync(CACHE, { recursive: true });
  const commands = values.commands.split(',').map((each) => oneOf('--commands', each, LOAD_COMMANDS));
  const names = values.only.split(',').map((each) => oneOf('--only', each, SHAPE_NAMES));
  const { causes } = values;
  const preload = transpile('event-loop');
  const sections = values.sizes.split(',').map((written) => {
    const size = wholeNumber('--sizes', written);
    const surroundings = { program: PROGRAM, cache: CACHE, preload, waitsVariable: WAITS_VARIABLE, tell };
    const measured = measureWaits({ names, size, commands, causes, ...surroundings });
    const parts = [
      `n = ${size.toLocaleString('en-US')}:`,
      waitsTable(measured, commands),
      causesList(measured, commands),
    ];
    return parts.filter((part) => part !== '').join('\n\n');
  });
  const report = `${machineOf()}; ms.\n\n${sections.join('\n\n')}\n`;
  process.stdout.write(report);
  if (values.write) writeInto(resolve(values.doc), 'waits', report);
}

function wholeNumber(option: string, written: string): number {
  if (!/^\d{1,9}$/.test(written)) throw new Error(`${option}: "${written}" is no whole number`);
  return Number(written);
}

function oneOf<T extends string>(option: string, written: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === written);
  if (found === undefined) throw new Error(`${option}: "${written}" is none of ${allowed.join(', ')}`);
  return found;
}

/** As plain JavaScript, so that no loader is measured with it. */
function transpile(name: string): string {
  const source = readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  const path = join(CACHE, `${name}.mjs`);
  writeFileSync(path, outputText);
  return path;
}

function measureAll(
  size: number,
  variant: Variant,
  options: Options,
  surroundings: Surroundings,
  preload: string,
): Result {
  const inputs = made(size, variant, options);
  const contenders = options.contenders
    .filter((name) => isAvailable(name, variant))
    .map((name) => contender(name, inputs, surroundings));
  const agreement = agree(contenders, surroundings, preload);
  const took = new Map<ContenderName, Took[]>(contenders.map(({ name }) => [name, []]));
  for (let run = 0; run < options.runs; run++) {
    for (const each of contenders) {
      if (each.name === 'script' && size > options.variantsUpTo && run >= options.scriptRuns) continue;
      tell(`${size} transactions, ${variant}, run ${run + 1} of ${options.runs}: ${each.name}`);
      took.get(each.name)?.push(measure(each, preload));
      if (agreement !== undefined) requireSameBytes(each.name, surroundings);
    }
  }
  const files = Object.values(inputs.answers.files);
  return {
    transactions: size,
    variant,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + statSync(join(inputs.folder, file.name)).size, 0),
    agreement,
    measured: [...took].map(([name, each]) => ({ name, took: each })),
  };
}

const REDUCED_WORK: readonly ContenderName[] = [...DUCKDBS, 'script'];

/** Before anything is timed: what the program and DuckDB find must be the same. */
function agree(contenders: readonly Contender[], surroundings: Surroundings, preload: string): Agreement | undefined {
  const checked = contenders.filter(({ name }) => name === 'run' || name === 'duckdb');
  if (checked.length < 2) return undefined;
  for (const each of checked) {
    tell(`checking ${each.name}`);
    measure(each, preload);
  }
  return compareResults(join(runFolder(surroundings), 'eligibility.csv'), resultOf(surroundings, 'duckdb'));
}

/** DuckDB through a pipe and the plain script must give the bytes that were compared with the program's. */
function requireSameBytes(name: ContenderName, surroundings: Surroundings): void {
  if (!REDUCED_WORK.includes(name)) return;
  const [own, duckdb] = [resultOf(surroundings, name), resultOf(surroundings, 'duckdb')];
  if (!readFileSync(own).equals(readFileSync(duckdb))) throw new Error(`${own} is not ${duckdb}`);
}

/** Made once for each size, variant, seed and state of the generator. */
function made(size: number, variant: Variant, { seed, errorRate }: Options): Inputs {
  const folder = join(CACHE, `${size}-${variant}-${seed}-${errorRate}`);
  const [answersFile, markFile] = [join(folder, 'answers.json'), `${folder}.mark`];
  const mark = generatorMark();
  if (!existsSync(markFile) || readFileSync(markFile, 'utf8') !== mark) {
    tell(`making ${size} transactions, ${variant}, seed ${seed}`);
    rmSync(folder, { recursive: true, force: true });
    const words = ['--transactions', String(size), '--seed', String(seed), '--error-rate', errorRate];
    const format = { plain: [], quoted: ['--quoting', 'all'], gz: ['--gzip'] }[variant];
    execFileSync(process.execPath, [PROGRAM, 'synth', '--out', folder, ...words, ...format, '--quiet'], {
      stdio: 'inherit',
    });
    writeFileSync(markFile, mark);
  }
  const { files, asOf } = JSON.parse(readFileSync(answersFile, 'utf8')) as Answers;
  return { folder, answers: { files, asOf } };
}

function generatorMark(): string {
  const hash = createHash('sha256');
  const folder = join(ROOT, 'src', 'synth');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function measure({ name, command, check }: Contender, preload: string): Took {
  const file = join(CACHE, 'took.json');
  rmSync(file, { force: true });
  // Onto a published run of the same content nothing would be put in place.
  if (name === 'run') rmSync(runFolder({ cache: CACHE }), { recursive: true, force: true });
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

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

function machineOf(): string {
  const machine = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${machine}, ${availableParallelism()} cores, ${memory}, ${type()} ${release()}; Node ${process.version}`;
}

function conditionsOf({ runs, seed, errorRate }: Options): string {
  const broken = errorRate === '0' ? '' : `, error rate ${errorRate}`;
  return [
    `${machineOf()},`,
    `@duckdb/node-api ${versionOf('@duckdb/node-api')}, csv-parse ${versionOf('csv-parse')};`,
    `seed ${seed}${broken}; ${runs} runs in turn (n says where it was less).`,
  ].join('\n');
}

const MARKERS = {
  bench: ['<!-- bench:begin (npm run bench -- --write) -->', '<!-- bench:end -->'],
  timeline: ['<!-- timeline:begin (npm run bench -- --timeline --write) -->', '<!-- timeline:end -->'],
  waits: ['<!-- waits:begin (npm run bench -- --waits --write) -->', '<!-- waits:end -->'],
  shapes: ['<!-- shapes:begin (npm run bench -- --shapes --write) -->', '<!-- shapes:end -->'],
} as const;

function writeInto(doc: string, part: keyof typeof MARKERS, report: string): void {
  const [beginMark, endMark] = MARKERS[part];
  const block = `${beginMark}\n\n${report}\n${endMark}`;
  const current = existsSync(doc) ? readFileSync(doc, 'utf8') : `# Performance\n\n${beginMark}\n${endMark}\n`;
  const [begin, end] = [current.indexOf(beginMark), current.indexOf(endMark)];
  if (begin < 0 || end < begin) throw new Error(`the document has no markers:\n${beginMark}\n${endMark}`);
  writeFileSync(doc, current.slice(0, begin) + block + current.slice(end + endMark.length));
  tell('the tables were put into the document');
}

await main();
