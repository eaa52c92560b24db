import type { Sample, Watched } from './timeline.ts';

/** What a phase took: seconds of wall time, and of each kind of thread. */
export interface Phase {
  readonly name: string;
  readonly wallSeconds: number;
  readonly mainSeconds: number;
  /** Threads that read beside the main one. */
  readonly readerSeconds: number;
  /** Node's own: compiling, collecting, writing. */
  readonly otherSeconds: number;
}

type Kind = 'main' | 'reader' | 'other';
type Work = Readonly<Record<Kind, number>>;

/** Before the program sets its first mark. */
const START = 'start';
const SECOND = 1000;

/** The phases of a run, in the order in which each first began. A phase that comes again is one. */
export function phasesOf(watched: Watched): readonly Phase[] {
  const { marks, begun, ended } = watched;
  const sums = new Map<string, Phase>();
  const borders = [{ name: START, at: begun }, ...marks];
  borders.forEach(({ name, at }, place) => {
    const until = borders[place + 1]?.at ?? ended;
    const work = workBetween(watched, at, until);
    const before = sums.get(name);
    sums.set(name, {
      name,
      wallSeconds: (before?.wallSeconds ?? 0) + (until - at) / SECOND,
      mainSeconds: (before?.mainSeconds ?? 0) + work.main,
      readerSeconds: (before?.readerSeconds ?? 0) + work.reader,
      otherSeconds: (before?.otherSeconds ?? 0) + work.other,
    });
  });
  return [...sums.values()];
}

/** Seconds that each kind of thread ran between two instants. */
export function workBetween(watched: Watched, from: number, until: number): Work {
  const [before, after] = [ranUntil(watched, from), ranUntil(watched, until)];
  return { main: after.main - before.main, reader: after.reader - before.reader, other: after.other - before.other };
}

/** Between two samples a thread is taken to have run evenly; one that has ended has run what it had. */
function ranUntil({ samples, pid, readers }: Watched, at: number): Work {
  const work = { main: 0, reader: 0, other: 0 };
  const after = samples.findIndex((sample) => sample.at > at);
  const [earlier, later] = after < 0 ? [samples.length - 1, samples.length - 1] : [after - 1, after];
  for (const thread of new Set(samples.flatMap(({ ranNs }) => [...ranNs.keys()]))) {
    const kind: Kind = thread === pid ? 'main' : readers.includes(thread) ? 'reader' : 'other';
    work[kind] += ranOf(samples, thread, [earlier, later], at) / 1e9;
  }
  return work;
}

function ranOf(
  samples: readonly Sample[],
  thread: number,
  [earlier, later]: readonly [number, number],
  at: number,
): number {
  const [from, to] = [lastKnown(samples, thread, earlier), lastKnown(samples, thread, later)];
  const [begins, ends] = [samples[earlier]?.at ?? at, samples[later]?.at ?? at];
  const share = ends > begins ? (at - begins) / (ends - begins) : 1;
  return from + (to - from) * Math.min(1, Math.max(0, share));
}

function lastKnown(samples: readonly Sample[], thread: number, place: number): number {
  for (let at = place; at >= 0; at--) {
    const ran = samples[at]?.ranNs.get(thread);
    if (ran !== undefined) return ran;
  }
  return 0;
}

const SIGNS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const COLUMNS = 72;

/** A line for each kind of thread: how much of one processor it had, from the start to the end. */
export function drawingOf(watched: Watched): string {
  const { begun, ended } = watched;
  const width = (ended - begun) / COLUMNS;
  const columns = Array.from({ length: COLUMNS }, (_, at) =>
    workBetween(watched, begun + at * width, begun + (at + 1) * width),
  );
  const lineOf = (kind: Kind): string =>
    columns.map((work) => SIGNS[Math.min(8, Math.round((work[kind] / (width / SECOND)) * 8))]).join('');
  const named = (['main', 'reader', 'other'] as const).map((kind) => `${kind.padEnd(7)}|${lineOf(kind)}|`);
  return [...named, `${'phase'.padEnd(7)}|${phaseLine(watched, width)}|`].join('\n');
}

/** Each phase by a letter, from where it begins. */
function phaseLine({ marks, begun }: Watched, width: number): string {
  const names = [...new Set([START, ...marks.map(({ name }) => name)])];
  return Array.from({ length: COLUMNS }, (_, at) => {
    const middle = begun + (at + 0.5) * width;
    const name = marks.findLast((mark) => mark.at <= middle)?.name ?? START;
    return letterOf(names.indexOf(name));
  }).join('');
}

const letterOf = (place: number): string => String.fromCharCode(97 + place);

/** A phase alone, with two threads, and what follows of it for more (Amdahl 1967). */
export interface Scaling {
  readonly name: string;
  readonly oneSeconds: number;
  readonly twoSeconds: number;
  /** Of its time alone, how much a second thread took over: from 0 to 1. */
  readonly sharedPart: number;
}

export function scalingOf(alone: readonly Phase[], withTwo: readonly Phase[]): readonly Scaling[] {
  return alone.map(({ name, wallSeconds: oneSeconds }) => {
    const twoSeconds = withTwo.find((phase) => phase.name === name)?.wallSeconds ?? oneSeconds;
    const gained = oneSeconds > 0 ? 2 * (1 - twoSeconds / oneSeconds) : 0;
    return { name, oneSeconds, twoSeconds, sharedPart: Math.min(1, Math.max(0, gained)) };
  });
}

/** What a phase would take with so many threads, if what two share as many would share. */
export const secondsWith = ({ oneSeconds, sharedPart }: Scaling, threads: number): number =>
  oneSeconds * (1 - sharedPart + sharedPart / threads);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const headed = (titles: readonly string[]): readonly string[] => [
  row(titles),
  row(titles.map((_, at) => (at < 2 ? '---' : '---:'))),
];
const seconds = (value: number): string => value.toFixed(2);

/** The table of a watched run, below its drawing. */
export function timelineSection(transactions: number, watched: Watched): string {
  const phases = phasesOf(watched);
  const lines = phases.map((phase, at) => {
    const { name, wallSeconds, mainSeconds, readerSeconds, otherSeconds } = phase;
    const busy = (mainSeconds + readerSeconds + otherSeconds) / (2 * wallSeconds || 1);
    const cells = [wallSeconds, mainSeconds, readerSeconds, otherSeconds].map(seconds);
    return row([letterOf(at), name, ...cells, `${Math.round(busy * 100)} %`]);
  });
  const titles = ['', 'phase', 'wall s', 'main s', 'reader s', 'Node’s own s', 'of two processors'];
  return [
    `### ${transactions.toLocaleString('en-US')} transactions: which thread works when`,
    '',
    '```',
    drawingOf(watched),
    '```',
    '',
    ...headed(titles),
    ...lines,
  ].join('\n');
}

const MORE = [2, 4, 8] as const;

/** One thread against two, phase by phase, and what Amdahl's law makes of it. */
export function scalingSection(transactions: number, scaling: readonly Scaling[]): string {
  const lines = scaling.map((phase) =>
    row([
      '',
      phase.name,
      seconds(phase.oneSeconds),
      seconds(phase.twoSeconds),
      `${Math.round(phase.sharedPart * 100)} %`,
      ...MORE.slice(1).map((threads) => seconds(secondsWith(phase, threads))),
    ]),
  );
  const sum = (of: (phase: Scaling) => number): string => seconds(scaling.reduce((total, each) => total + of(each), 0));
  const sums = MORE.slice(1).map((threads) => sum((each) => secondsWith(each, threads)));
  const titles = ['', 'phase', '1 thread s', '2 threads s', 'shared', ...MORE.slice(1).map((n) => `${n} threads s`)];
  return [
    `### ${transactions.toLocaleString('en-US')} transactions: one thread, two, and what more would give`,
    '',
    ...headed(titles),
    ...lines,
    row(['', '**all**', sum((each) => each.oneSeconds), sum((each) => each.twoSeconds), '', ...sums]),
  ].join('\n');
}
