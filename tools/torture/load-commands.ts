import { crowdedCouponOf, LOAD_SHAPE_OPTIONS, type LoadShapeName, seenAt } from './load-shapes.ts';

/** What is done with a shape, by a command in the folder of its inputs. */
interface LoadCommand {
  /** Commands that must have been there before it, in turn. */
  readonly needs: readonly LoadCommandName[];
  readonly words: (shape: LoadShapeName) => readonly string[];
  /** Exit codes with which it has done what it was asked. */
  readonly exits: readonly number[];
}

const NAMES = [
  'check',
  'run',
  'run --archive',
  'run --previous',
  'verify',
  'verify --chain',
  'status',
  'show',
  'diff',
  'report',
  'report A B',
  'explain',
  'explain --json',
  'explain --short',
] as const;
export type LoadCommandName = (typeof NAMES)[number];
/** In an order in which each finds what it needs. */
export const LOAD_COMMANDS: readonly LoadCommandName[] = NAMES;

const FIRST = 'o';
const SERIES = 'series';
const NIGHT = `${SERIES}/{date}`;
const nightOf = (shape: LoadShapeName, daysLater: number): string =>
  `${SERIES}/${seenAt(shape, daysLater).slice(0, 10)}`;
const archived = (shape: LoadShapeName): string => nightOf(shape, 1);
const run = (...more: readonly string[]): readonly string[] => [
  'run',
  '--config',
  'run.json',
  ...LOAD_SHAPE_OPTIONS,
  ...more,
  '--quiet',
];
const explain =
  (...more: readonly string[]): LoadCommand['words'] =>
  (shape) => ['explain', archived(shape), crowdedCouponOf(shape), ...more];

const COMMANDS: Readonly<Record<LoadCommandName, LoadCommand>> = {
  check: {
    needs: [],
    words: () => [
      'check',
      '--config',
      'run.json',
      '--max-unmatched',
      '100%',
      '--allow-empty-file',
      '--allow-missing-days',
    ],
    exits: [0, 1],
  },
  run: { needs: [], words: () => wordsOfRunInto(FIRST), exits: [0] },
  'run --archive': {
    needs: [],
    words: (shape) => run('--archive', '--as-of', seenAt(shape, 1), '--out', NIGHT),
    exits: [0],
  },
  'run --previous': {
    needs: ['run --archive'],
    words: (shape) => run('--archive', '--as-of', seenAt(shape, 2), '--out', NIGHT, '--previous', archived(shape)),
    exits: [0],
  },
  verify: { needs: ['run --archive'], words: (shape) => ['verify', archived(shape)], exits: [0] },
  'verify --chain': {
    needs: ['run --archive', 'run --previous'],
    words: (shape) => ['verify', nightOf(shape, 2), '--chain'],
    exits: [0],
  },
  status: { needs: ['run --archive'], words: () => ['status', SERIES], exits: [0] },
  show: { needs: ['run'], words: () => ['show', FIRST], exits: [0] },
  diff: { needs: ['run', 'run --archive'], words: (shape) => ['diff', FIRST, archived(shape)], exits: [0, 1] },
  report: { needs: ['run'], words: () => ['report', FIRST, '--out', 'page.html', '--replace'], exits: [0] },
  'report A B': {
    needs: ['run', 'run --archive'],
    words: (shape) => ['report', FIRST, archived(shape), '--out', 'compared.html', '--replace'],
    exits: [0],
  },
  explain: { needs: ['run --archive'], words: explain(), exits: [0] },
  'explain --json': { needs: ['run --archive'], words: explain('--json'), exits: [0] },
  'explain --short': { needs: ['run --archive'], words: explain('--short'), exits: [0] },
};

/** The words of a run into a folder. */
export const wordsOfRunInto = (folder: string): readonly string[] => run('--out', folder, '--replace');

/** The words of a command on a shape; messages are English. */
export const wordsOf = (command: LoadCommandName, shape: LoadShapeName): readonly string[] => [
  ...COMMANDS[command].words(shape),
  '--lang',
  'en',
];

export const exitsOf = (command: LoadCommandName): readonly number[] => COMMANDS[command].exits;

/** Commands and what they need, each once, in an order in which each finds what it needs. */
export const withNeeds = (commands: readonly LoadCommandName[]): readonly LoadCommandName[] =>
  LOAD_COMMANDS.filter((each) => commands.includes(each) || commands.some((one) => COMMANDS[one].needs.includes(each)));
