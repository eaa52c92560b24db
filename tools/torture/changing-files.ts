import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { callProgram } from './called.ts';
import { endingFaults, terminalFaults, treeFaults } from './judges.ts';
import { tracingImpossible } from './tracing.ts';
import { treeOf } from './tree.ts';
import { ROOT, runWords } from './writers.ts';

const NIGHT = join(ROOT, 'fixtures/outage-night');
const INPUTS = ['issuance', 'transactions', 'merchant_reports', 'claims', 'applications'];

/** What somebody does to a file while it is read. */
const CHANGES: Readonly<Record<string, (path: string) => void>> = {
  grows: (path) => appendFileSync(path, readFileSync(path, 'utf8').split('\n').at(-2) ?? ''),
  shrinks: (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
  'is emptied': (path) => truncateSync(path, 0),
  'is replaced': (path) => {
    writeFileSync(`${path}.new`, readFileSync(path, 'utf8').replaceAll('2023-02-24', '2023-02-23'));
    renameSync(`${path}.new`, path);
  },
  'is written over': (path) => writeFileSync(path, readFileSync(path, 'utf8').replaceAll('2000', '1999')),
  'is deleted': (path) => unlinkSync(path),
};

/** Reads of the file take so long that the change falls between them. */
const under = (path: string, dice: Dice): readonly string[] => {
  const call = dice.pick(['openat', 'read,pread64', 'close', 'fstat,statx,newfstatat']);
  const [first] = call.split(',');
  const place = `:when=${dice.int(1, 3)}`;
  const delays = call
    .split(',')
    .flatMap((name) => ['-e', `inject=${name}:delay_${dice.pick(['enter', 'exit'])}=400000${place}`]);
  return [
    'strace',
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-P',
    path,
    '-e',
    `trace=${call}`,
    ...(first === undefined ? [] : delays),
  ];
};

const DAY = '2023-05-15';
const words = (out: string): readonly string[] => runWords(DAY, out, '--archive');

async function change(base: string, clean: string, ground: Ground, dice: Dice): Promise<Attempt> {
  const folder = mkdtempSync(join(ground.folder, 'changing-'));
  try {
    cpSync(base, folder, { recursive: true });
    const input = dice.pick(INPUTS);
    const how = dice.pick(Object.keys(CHANGES));
    const path = join(folder, `${input}.csv`);
    const afterMs = dice.int(300, 2000);
    let timer: NodeJS.Timeout | undefined;
    const onStart = (): void => {
      timer = setTimeout(() => CHANGES[how]?.(path), afterMs);
    };
    const called = await callProgram(ground.program, words('o'), { folder, under: under(path, dice), onStart });
    // What comes too late would change what the next call reads.
    clearTimeout(timer);
    const faults = [...endingFaults(called, [0, 3]), ...terminalFaults(called)];
    const tree = treeOf(folder);
    faults.push(...treeFaults(new Map([...tree].filter(([name]) => name.startsWith('.'))), new Map()));
    if (called.exit === 0) faults.push(...(await oneOf(folder, clean, ground.program)));
    else if (tree.has('o')) faults.push('refused, and published');
    copyFileSync(join(base, `${input}.csv`), path);
    const again = await callProgram(ground.program, words('again'), { folder });
    faults.push(...endingFaults(again, [0]).map((fault) => `the next call: ${fault}`));
    return { label: `${input}.csv ${how} after ${afterMs} ms, read slowly`, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was published is of the file as it was or as it is now, and of no mixture of both. */
async function oneOf(folder: string, clean: string, program: string): Promise<readonly string[]> {
  const sums = readFileSync(join(folder, 'o/SHA256SUMS'), 'utf8');
  const verified = await callProgram(program, ['verify', 'o', '--lang', 'en'], { folder });
  const faults = endingFaults(verified, [0]).map((fault) => `verify: ${fault}`);
  if (sums === clean) return faults;
  const now = await callProgram(program, words('now'), { folder });
  const theirs = now.exit === 0 ? readFileSync(join(folder, 'now/SHA256SUMS'), 'utf8') : '';
  return theirs === sums ? faults : [...faults, 'published of neither the file before nor the one after'];
}

async function open(ground: Ground): Promise<Opened> {
  const base = join(ground.folder, 'inputs');
  for (const input of INPUTS) cpSync(join(NIGHT, `${input}.csv`), join(base, `${input}.csv`));
  const undisturbed = mkdtempSync(join(ground.folder, 'clean-'));
  cpSync(base, undisturbed, { recursive: true });
  await callProgram(ground.program, words('o'), { folder: undisturbed });
  const clean = readFileSync(join(undisturbed, 'o/SHA256SUMS'), 'utf8');
  return { attempt: (_, dice) => change(base, clean, ground, dice) };
}

export const CHANGING_FILES: Attack = {
  name: 'changing-files',
  done: 'inputs that grow, shrink, are emptied, replaced, written over or deleted while they are read slowly',
  held: 'exit 3 and nothing published or left behind, or a run of the file as it was or as it is, which verifies; the next call works',
  cases: { short: 2, usual: 60, long: 1_000 },
  impossible: tracingImpossible,
  open,
};
