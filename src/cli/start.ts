import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/** The program (main.ts), as one file beside this one: an expression, in ASCII. */
interface Program {
  readonly main: (argv: readonly string[]) => Promise<void>;
}

/**
 * Node 20 has one optimizing compiler, and would start it six times as early: on two processors, what it compiles in threads
 * beside a run of a second takes more from the run than it gives. Later versions have a quicker one before it.
 */
const LATER_OPTIMIZING = { v8: '11.', flag: '--interrupt-budget=405504' } as const;

type Wrapped = (exports: object, require: NodeJS.Require, module: { exports: object }) => void;

const PROGRAM = fileURLToPath(new URL('main.cjs', import.meta.url));
/** What the build has compiled of it: half of a short run is compiling. */
export const COMPILED = `${PROGRAM}.compiled`;

/** Runs the command line. Sets the exit code; never throws. */
export const start = (argv: readonly string[]): Promise<void> => load(compiled()).main(argv);

const compiled = (): Buffer | undefined => (existsSync(COMPILED) ? readFileSync(COMPILED) : undefined);

/**
 * Loads the program. What was compiled by another version of Node, or with other flags, Node does not take: it then
 * compiles the source as it would have without.
 */
export function load(cachedData: Buffer | undefined): Program & { readonly script: Script } {
  if (process.versions.v8.startsWith(LATER_OPTIMIZING.v8)) setFlagsFromString(LATER_OPTIMIZING.flag);
  const script = new Script(readFileSync(PROGRAM, 'latin1'), {
    filename: PROGRAM,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  (script.runInThisContext() as Wrapped)(module.exports, createRequire(PROGRAM), module);
  return { script, ...(module.exports as Program) };
}
