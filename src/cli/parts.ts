/**
 * The program is built in parts, each a whole program with some of the commands (tools/build.ts): what a nightly run does not
 * do, it need not read at its start.
 */
export const PARTS = {
  nightly: ['run', 'check'],
  audit: ['show', 'status', 'explain', 'verify', 'seal', 'diff', 'report', 'purge'],
  occasional: ['init', 'review', 'zengin', 'gift-order', 'deliveries', 'rules', 'policy', 'profiles', 'synth'],
  // What tells of all commands asks each of them.
  whole: ['completion'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Part = keyof typeof PARTS | 'list';
export const ALL_PARTS: readonly Part[] = ['list', ...(Object.keys(PARTS) as (keyof typeof PARTS)[])];
export type CommandName = (typeof PARTS)[keyof typeof PARTS][number];

const PART_OF: ReadonlyMap<string, Part> = new Map(
  Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part as Part] as const)),
);

/** The command that is called, or asked about: the first word that is the name of one. */
export const calledIn = (argv: readonly string[]): string | undefined =>
  argv.slice(2).find((word) => PART_OF.has(word));

/** The part that a command line needs: without a command, the one that can only list them. */
export const partOf = (argv: readonly string[]): Part => PART_OF.get(calledIn(argv) ?? '') ?? 'list';
