import type { Called } from './called.ts';

/** What must hold of any call, whatever was done to it. Each judge gives what does not hold, a sentence each. */

/** Exit codes (4-cli.md) with which a command says that it could not do what it was asked. */
export const REFUSED = [2, 3, 4] as const;

const firstLines = (text: string): string => shown(text.split('\n').slice(0, 3).join(' | ').slice(0, 300));

/** Control signs as they can be told. */
export const shown = (text: string): string =>
  text.replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/** It ends by itself, in time, with one of these exit codes, and without a stack trace. */
export function endingFaults(called: Called, allowed: readonly number[]): readonly string[] {
  const { cut, signal, exit, stderr } = called;
  if (cut !== undefined) return [cut];
  if (signal !== undefined) return [`ended by ${signal}: ${firstLines(stderr)}`];
  if (exit === 70) return [`exit 70: ${firstLines(stderr)}`];
  const faults = exit !== undefined && allowed.includes(exit) ? [] : [`exit ${exit}: ${firstLines(stderr)}`];
  if (/^\s+at .+:\d+:\d+\)?$/m.test(stderr)) return [...faults, `a stack trace: ${firstLines(stderr)}`];
  if (exit !== 0 && REFUSED.some((code) => code === exit) && stderr.trim() === '')
    return [...faults, `exit ${exit}, and not a word why`];
  return faults;
}

/** Signs that steer a terminal or turn the order of what is read; line ends and tabs are what texts are made of. */
const STEERING = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u;

/** No control sign of the input goes to the terminal. */
export function terminalFaults({ stdout, stderr }: Pick<Called, 'stdout' | 'stderr'>): readonly string[] {
  return Object.entries({ stdout, stderr }).flatMap(([stream, text]) => {
    const found = STEERING.exec(text);
    if (found === null) return [];
    return [`${stream} has a control sign raw: ${shown(text.slice(Math.max(0, found.index - 40), found.index + 40))}`];
  });
}

/** A folder's files by name, with what stands for their content. */
export type Tree = ReadonlyMap<string, string>;

/** It is what it should be, and nothing else is there. */
export function treeFaults(tree: Tree, wanted: Tree): readonly string[] {
  const gone = [...wanted.keys()].filter((name) => !tree.has(name));
  const more = [...tree.keys()].filter((name) => !wanted.has(name));
  const other = [...wanted].filter(([name, content]) => tree.has(name) && tree.get(name) !== content);
  return [
    ...(gone.length > 0 ? [`not there: ${named(gone)}`] : []),
    ...(more.length > 0 ? [`left behind: ${named(more)}`] : []),
    ...(other.length > 0 ? [`otherwise than without the fault: ${named(other.map(([name]) => name))}`] : []),
  ];
}

/** What differs from call to call in the names of hidden files says nothing. */
const named = (names: readonly string[]): string =>
  names
    .slice(0, 4)
    .map((name) => name.replace(/[0-9a-f]{8}(-[0-9a-f-]+)?|\d{2,}/g, 'N'))
    .join(', ');

/** What is said of a run that failed is what is on disk. */
export function toldFaults(called: Called, state: 'old' | 'new' | 'both'): readonly string[] {
  if (called.exit === 0 || called.signal !== undefined || state === 'both') return [];
  const nothing = /nothing was published/.test(called.stderr);
  const published = /(?<!nothing )(?:was|is) published/.test(called.stderr);
  if (state === 'new' && nothing) return ['says that nothing was published, and the run is in its place'];
  if (state === 'new' && !published)
    return [`the run is in its place, and nobody is told: ${firstLines(called.stderr)}`];
  if (state === 'old' && published) return ['says that it was published, and it is not there'];
  return [];
}
