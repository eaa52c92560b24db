/** The program by its commands; what tells of all of them, completion, is of the part that has them all. */
const NIGHTLY = ['run', 'check'] as const;
const OTHERS = [
  'init',
  'show',
  'status',
  'explain',
  'review',
  'verify',
  'seal',
  'diff',
  'report',
  'purge',
  'zengin',
  'gift-order',
  'deliveries',
  'rules',
  'policy',
  'profiles',
  'synth',
  'completion',
] as const;

/**
 * The program is built in parts, each a program with some of the commands (tools/build.ts): what a nightly run does not do,
 * it need not read at its start. Without a command only a list of them is asked for.
 */
export const PARTS = { list: [], nightly: NIGHTLY, whole: [...NIGHTLY, ...OTHERS] } as const;

export type Part = keyof typeof PARTS;
export type CommandName = (typeof PARTS)['whole'][number];

const NAMES: ReadonlySet<string> = new Set(PARTS.whole);
const AT_NIGHT: ReadonlySet<string> = new Set(NIGHTLY);

/** The command that is called, or asked about: the first word that is the name of one. */
export const calledIn = (argv: readonly string[]): string | undefined => argv.slice(2).find((word) => NAMES.has(word));

/** The part that a command line needs. */
export function partOf(argv: readonly string[]): Part {
  const called = calledIn(argv);
  if (called === undefined) return 'list';
  return AT_NIGHT.has(called) ? 'nightly' : 'whole';
}
