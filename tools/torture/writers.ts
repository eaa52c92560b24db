import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Called, callProgram } from './called.ts';
import { treeOf } from './tree.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NIGHT = join(ROOT, 'fixtures/outage-night');

/** A command that writes, with what is there before it. Its words are said in the folder, by relative paths. */
export interface Writer {
  readonly name: string;
  readonly words: readonly string[];
  /** One of the few of the short form. */
  readonly inShort?: boolean;
  /** The run folder that it makes. */
  readonly target: string | undefined;
  /** How the same call once more may end: done, or refused because all is done. */
  readonly again: readonly number[];
  readonly prepare: (folder: string, call: Call) => Promise<void>;
}

type Call = (words: readonly string[]) => Promise<void>;

const INPUTS = [
  ...['--issuance', 'issuance.csv', '--transactions', 'transactions.csv', '--merchant-reports', 'merchant_reports.csv'],
  ...['--claims', 'claims.csv', '--applications', 'applications.csv'],
];
const TOLD = ['--lang', 'en', '--quiet'];
export const runWords = (asOf: string, out: string, ...more: readonly string[]): readonly string[] => [
  ...['run', ...INPUTS, '--as-of', asOf, '--out', out],
  ...TOLD,
  ...more,
];

const DAY = '2023-05-15';
const nothing = async (): Promise<void> => {};

export const WRITERS: readonly Writer[] = [
  {
    name: 'run',
    words: runWords(DAY, 'o', '--archive', '--excel'),
    target: 'o',
    again: [0],
    prepare: nothing,
  },
  {
    name: 'run into folders that are not there, with rows on disk',
    words: runWords(DAY, 'a/b/o', '--memory', '1KB', '--temp-directory', 'rows'),
    target: 'a/b/o',
    again: [0],
    prepare: async (folder) => mkdirSync(join(folder, 'rows')),
  },
  {
    name: 'run --replace',
    inShort: true,
    words: runWords(DAY, 'o', '--replace', '--archive'),
    target: 'o',
    again: [0],
    prepare: (_, call) => call(runWords('2023-05-14', 'o', '--archive')),
  },
  {
    name: 'run in a series',
    inShort: true,
    words: runWords('2023-05-16', 's/{date}', '--archive'),
    target: 's/2023-05-16',
    again: [0],
    prepare: async (_, call) => {
      await call(runWords('2023-05-14', 's/{date}', '--archive'));
      await call(runWords('2023-05-15', 's/{date}', '--archive'));
    },
  },
  {
    name: 'run --replace in a series',
    words: runWords('2023-05-16', 's/{date}', '--replace', '--excel'),
    target: 's/2023-05-16',
    again: [0],
    prepare: async (_, call) => {
      await call(runWords('2023-05-15', 's/{date}', '--archive'));
      await call(runWords('2023-05-16', 's/{date}', '--archive'));
    },
  },
  {
    name: 'run --previous',
    words: runWords('2023-05-16', 'q', '--previous', 'p'),
    target: 'q',
    again: [0],
    prepare: (_, call) => call(runWords('2023-05-15', 'p', '--archive')),
  },
  {
    name: 'zengin',
    words: [
      'zengin',
      's/2023-05-15',
      '--transfer-date',
      DAY,
      '--requester',
      'requester.json',
      '--out',
      'z.txt',
      ...TOLD,
    ],
    target: undefined,
    again: [0],
    prepare: async (folder, call) => {
      writeFileSync(join(folder, 'requester.json'), JSON.stringify(REQUESTER));
      await call(runWords(DAY, 's/{date}'));
    },
  },
  {
    name: 'gift-order',
    words: [
      'gift-order',
      's/2023-05-15',
      ...['--provider', 'provider.json', '--out', 'order'],
      '--trust-numbers',
      '--skip-unusable',
      ...TOLD,
    ],
    target: undefined,
    again: [0, 3],
    prepare: async (folder, call) => {
      cpSync(join(ROOT, 'fixtures/providers/hinode-points.json'), join(folder, 'provider.json'));
      await call(runWords(DAY, 's/{date}'));
    },
  },
  {
    name: 'seal',
    words: ['seal', 's/2023-05-15', '--to', 'seals.jsonl', ...TOLD],
    target: undefined,
    again: [0],
    prepare: (_, call) => call(runWords(DAY, 's/{date}')),
  },
  {
    name: 'purge',
    words: ['purge', 's/2023-05-14', ...TOLD],
    target: undefined,
    again: [0],
    prepare: async (_, call) => {
      await call(runWords('2023-05-14', 's/{date}', '--archive'));
      await call(runWords('2023-05-15', 's/{date}', '--archive'));
    },
  },
  {
    name: 'synth --replace',
    words: ['synth', '--out', 'made', '--transactions', '2000', '--seed', '2', '--gzip', '--replace', ...TOLD],
    target: undefined,
    again: [0],
    prepare: (_, call) => call(['synth', '--out', 'made', '--transactions', '1000', '--gzip', ...TOLD]),
  },
];

export const REQUESTER = {
  requesterCode: '1234567890',
  requesterName: 'カゴシマクーポン',
  bankCode: '0185',
  bankName: 'カゴシマ',
  branchCode: '001',
  branchName: 'ホンテン',
  accountType: '1',
  accountNumber: '1234567',
};

/** A writer's folder as it is before, and what comes of it where nobody disturbs it. */
export interface Staged {
  /** Folders before and after the call. */
  readonly template: string;
  readonly clean: readonly (readonly [name: string, content: string])[];
  /** SHA256SUMS of the run in the target, before and after. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly wallSeconds: number;
}

/** The inputs of the worked night. */
export function copyInputs(folder: string): void {
  for (const kind of ['issuance', 'transactions', 'merchant_reports', 'claims', 'applications'])
    cpSync(join(NIGHT, `${kind}.csv`), join(folder, `${kind}.csv`));
}

/** @throws if the program does not do undisturbed what is to be disturbed */
export async function stageOf(writer: Writer, folder: string, program: string): Promise<Staged> {
  const [template, done] = [join(folder, 'before'), join(folder, 'after')];
  mkdirSync(template, { recursive: true });
  copyInputs(template);
  await writer.prepare(template, async (words) => {
    sound(await callProgram(program, words, { folder: template }));
  });
  cpSync(template, done, { recursive: true });
  const { wallSeconds } = sound(await callProgram(program, writer.words, { folder: done }));
  const [before, after] = [sumsOf(template, writer), sumsOf(done, writer)];
  return { template, clean: [...treeOf(done)], before, after, wallSeconds };
}

function sound(called: Called): Called {
  if (called.exit !== 0)
    throw new Error(`${called.words.join(' ')} undisturbed: exit ${called.exit}\n${called.stderr}`);
  return called;
}

/** What stands in the target of a run by its checksums. */
export function sumsOf(folder: string, { target }: Writer): string | undefined {
  if (target === undefined) return undefined;
  try {
    return readFileSync(join(folder, target, 'SHA256SUMS'), 'utf8');
  } catch {
    return undefined;
  }
}
