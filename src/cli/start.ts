import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { type Part, partOf } from './parts.ts';

/** The program (main.ts), as a file for each part beside this one: an expression, in ASCII. */
interface Program {
  readonly main: (argv: readonly string[]) => Promise<void>;
}

/**
 * Node 20 has one optimizing compiler, and would start it six times as early: on two processors, what it compiles in threads
 * beside a run of a second takes more from the run than it gives. Later versions have a quicker one before it.
 */
const LATER_OPTIMIZING = { v8: '11.', flag: '--interrupt-budget=405504' } as const;

type Wrapped = (exports: object, require: NodeJS.Require, module: { exports: object }, thisFile: string) => void;

const urlOf = (part: Part): string => new URL(`${part}.cjs`, import.meta.url).href;
const fileOf = (part: Part): string => fileURLToPath(urlOf(part));
/** What the build has compiled of a part: half of a short run is compiling. */
export const compiledOf = (part: Part): string => `${fileOf(part)}.compiled`;

/** Runs the command line. Sets the exit code; never throws. */
export function start(argv: readonly string[]): Promise<void> {
  const part = partOf(argv);
  const compiled = compiledOf(part);
  return load(part, existsSync(compiled) ? readFileSync(compiled) : undefined).main(argv);
}

/**
 * Loads a part of the program. What was compiled by another version of Node, or with other flags, Node does not take: it
 * then compiles the source as it would have without.
 */
export function load(part: Part, cachedData: Buffer | undefined): Program & { readonly script: Script } {
  if (process.versions.v8.startsWith(LATER_OPTIMIZING.v8)) setFlagsFromString(LATER_OPTIMIZING.flag);
  const filename = fileOf(part);
  const script = new Script(readFileSync(filename, 'latin1'), {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  (script.runInThisContext() as Wrapped)(module.exports, createRequire(filename), module, urlOf(part));
  return { script, ...(module.exports as Program) };
}
