import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exponentOf } from '../tools/torture/load.ts';
import {
  answerQuestions,
  FIRST_RUN,
  isAnswered,
  LOAD_SHAPE_OPTIONS,
  LOAD_SHAPES,
  type LoadShapeName,
  writeLoadShape,
} from '../tools/torture/load-shapes.ts';

/** How a run of a shape is measured. */
export interface ShapesRequest {
  readonly names: readonly LoadShapeName[];
  /** Ascending. */
  readonly sizes: readonly number[];
  /** Of so many runs the quickest counts. */
  readonly runs: number;
  /** A shape that took longer is not measured at the next size. */
  readonly mostSeconds: number;
  readonly program: string;
  readonly cache: string;
  /** Preloaded; it writes what a process took to the file that the variable names. */
  readonly preload: string;
  readonly measureVariable: string;
  readonly tell: (line: string) => void;
}

/** What a shape took, by sizes that were measured. */
export interface MeasuredShape {
  readonly name: LoadShapeName;
  /** What a run of next to nothing takes. */
  readonly nothingSeconds: number;
  readonly took: readonly { readonly size: number; readonly cpuSeconds: number; readonly exit: number }[];
}

export const SHAPE_NAMES = Object.keys(LOAD_SHAPES) as LoadShapeName[];
const NEXT_TO_NOTHING = 10;
/** Done, or refused with words, as equal headers are. */
const ENDINGS: readonly (number | null)[] = [0, 3];
/** Below, what a process takes to begin is more than what grows. */
const LEAST_SECONDS = 0.5;

export function measureShapes(request: ShapesRequest): readonly MeasuredShape[] {
  return request.names.map((name) => {
    const nothing = measureOnce(name, NEXT_TO_NOTHING, request);
    const took: MeasuredShape['took'][number][] = [];
    for (const size of request.sizes) {
      const measured = measureOnce(name, size, request);
      request.tell(`${name}, ${size}: ${measured.cpuSeconds.toFixed(2)} s`);
      took.push({ size, ...measured });
      if (measured.cpuSeconds > request.mostSeconds) break;
    }
    return { name, nothingSeconds: nothing.cpuSeconds, took };
  });
}

/** Processor time of all threads and of ended child processes: what others do on the machine hardly counts. */
function measureOnce(name: LoadShapeName, size: number, request: ShapesRequest): { cpuSeconds: number; exit: number } {
  const { program, cache, preload, measureVariable, runs } = request;
  const folder = join(cache, 'shape');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeLoadShape(name, size, folder);
  const words = ['run', '--config', 'run.json', ...LOAD_SHAPE_OPTIONS, '--out', 'o', '--replace', '--quiet'];
  const took = join(cache, 'took.json');
  if (isAnswered(name)) {
    const first = words.map((word) => (word === 'o' ? FIRST_RUN : word));
    const { status, stderr } = spawnSync(process.execPath, [program, ...first], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} of ${size} ended with ${status} at first:\n${stderr}`);
    answerQuestions(folder);
  }
  let [best, exit] = [Number.POSITIVE_INFINITY, 0];
  for (let run = 0; run < runs; run++) {
    rmSync(took, { force: true });
    const { status, stderr } = spawnSync(process.execPath, ['--import', preload, program, ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', [measureVariable]: took },
    });
    if (!ENDINGS.includes(status)) throw new Error(`${name} of ${size} ended with ${status}:\n${stderr}`);
    exit = status ?? 0;
    best = Math.min(best, (JSON.parse(readFileSync(took, 'utf8')) as { readonly cpuSeconds: number }).cpuSeconds);
  }
  rmSync(folder, { recursive: true, force: true });
  return { cpuSeconds: best, exit };
}

/** By which processor time grows from the smallest size to the largest that were measured; undefined of too little. */
export function shapeExponent({ nothingSeconds, took }: MeasuredShape): number | undefined {
  const done = took.filter(({ exit }) => exit === 0);
  const many = done.at(-1);
  const few = done.find(({ cpuSeconds }) => cpuSeconds - nothingSeconds >= LEAST_SECONDS) ?? done.at(-2);
  if (few === undefined || many === undefined || few.size >= many.size) return undefined;
  if (many.cpuSeconds - nothingSeconds < LEAST_SECONDS) return undefined;
  return exponentOf(few.cpuSeconds, many.cpuSeconds, nothingSeconds, many.size / few.size);
}

/** A row for each shape, a column for each size. */
export function shapesTable(measured: readonly MeasuredShape[], sizes: readonly number[]): string {
  const grouped = (count: number): string => count.toLocaleString('en-US');
  const header = ['shape', 'what it is', ...sizes.map((size) => `n = ${grouped(size)}: CPU s`), 'exponent'];
  const rule = header.map((_, at) => (at < 2 ? '---' : '---:'));
  const lines = measured.map((shape) => [
    `\`${shape.name}\``,
    LOAD_SHAPES[shape.name],
    ...sizes.map((size) => cellOf(shape.took.find((each) => each.size === size))),
    shapeExponent(shape)?.toFixed(2) ?? '–',
  ]);
  return [header, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellOf(took: MeasuredShape['took'][number] | undefined): string {
  if (took === undefined) return '–';
  return `${took.cpuSeconds.toFixed(2)}${took.exit === 0 ? '' : ' (refused)'}`;
}
