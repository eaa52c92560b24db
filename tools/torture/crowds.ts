import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Form, Ground, Opened } from './attack.ts';
import { type Called, callProgram, endGroup } from './called.ts';
import { endingFaults, terminalFaults } from './judges.ts';
import { ROOT, runWords } from './writers.ts';

const NIGHT = join(ROOT, 'fixtures/outage-night');
const DAY = '2023-05-15';
const CROWD: Readonly<Record<Form, number>> = { short: 6, usual: 50, long: 50 };

function inFolder<T>(ground: Ground, act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(ground.folder, 'crowd-'));
  for (const kind of ['issuance', 'transactions', 'merchant_reports', 'claims', 'applications'])
    cpSync(join(NIGHT, `${kind}.csv`), join(folder, `${kind}.csv`));
  return act(folder).finally(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}

/** Hidden files that a run leaves are somebody's work later. */
const leftIn = (folder: string): readonly string[] => {
  const left = readdirSync(folder).filter((name) => name.startsWith('.'));
  return left.length === 0 ? [] : [`left behind: ${left.map((name) => name.replace(/[0-9a-f-]{6,}/g, 'N')).join(' ')}`];
};

/** What each of many is called with. */
const CROWDS: Readonly<Record<string, (place: number, dice: Dice) => readonly string[]>> = {
  'the same run into one place': () => runWords(DAY, 'o', '--archive'),
  'other runs into one place, each in the place of the other': (place) =>
    runWords(`2023-05-${10 + (place % 15)}`, 'o', '--replace'),
  'runs into one series': (place) => runWords(`2023-05-${10 + (place % 15)}`, 's/{date}'),
  'each into its own place': (place) => runWords(DAY, `o${place}`),
};

async function crowd(name: string, ground: Ground, dice: Dice): Promise<Attempt> {
  const words = CROWDS[name] ?? CROWDS['the same run into one place'];
  return inFolder(ground, async (folder) => {
    const all = await Promise.all(
      Array.from({ length: CROWD[ground.form] }, async (_, place) => {
        await sleep(dice.int(0, 300));
        return callProgram(ground.program, words?.(place, dice) ?? [], {
          folder,
          limits: { stillSeconds: 120, cpuSeconds: 20 },
        });
      }),
    );
    const isOwn = name.startsWith('each');
    const faults = all.flatMap((each) => [...endingFaults(each, isOwn ? [0] : [0, 2, 4]), ...terminalFaults(each)]);
    if (!all.some(({ exit }) => exit === 0)) faults.push('of all of them none has published');
    faults.push(...(await whole(all, folder, ground.program)), ...leftIn(folder));
    return { label: `${all.length} at once: ${name}`, faults: [...new Set(faults)], counts: all.length };
  });
}

/** What was published is whole, and in a series nobody was paid twice. */
async function whole(all: readonly Called[], folder: string, program: string): Promise<readonly string[]> {
  const runs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('/manifest.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'/manifest.json'.length));
  const faults: string[] = [];
  // Of fifty equal ones a few say enough.
  for (const run of runs.slice(0, 15)) {
    const chain = run.startsWith('s/') ? ['--chain'] : [];
    const called = await callProgram(program, ['verify', run, ...chain, '--lang', 'en'], { folder });
    const excused = [0, 1];
    faults.push(...endingFaults(called, excused));
    if (/failed|FAILED/.test(called.stdout))
      faults.push(`verify ${run.replace(/\d+/g, 'N')}: ${called.stdout.slice(0, 300)}`);
  }
  const twice = paidTwice(
    folder,
    runs.filter((run) => run.startsWith('s/')),
  );
  if (runs.length === 0 && all.some(({ exit }) => exit === 0)) faults.push('exit 0, and no run is there');
  return [...faults, ...twice];
}

function paidTwice(folder: string, runs: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  for (const run of runs)
    for (const line of readFileSync(join(folder, run, 'payouts.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)) {
      const id = line.split(',')[0] ?? '';
      seen.set(id, (seen.get(id) ?? 0) + 1);
    }
  return [...seen.values()].some((count) => count > 1) ? ['a payout is made by two runs of one series'] : [];
}

/** Waits until a run holds its lock, and stops it there. */
async function heldBy(
  ground: Ground,
  folder: string,
  act: (child: Parameters<typeof endGroup>[0]) => Promise<void>,
): Promise<Called> {
  let acted: Promise<void> = Promise.resolve();
  // Something to do after the lock is taken: rows that take a while.
  const onStart = (child: Parameters<typeof endGroup>[0]): void => {
    acted = (async () => {
      for (let tries = 0; tries < 2000 && !existsSync(join(folder, '.o.lock')); tries++) await sleep(2);
      endGroup(child, 'SIGSTOP');
      await act(child);
    })();
  };
  const called = await callProgram(ground.program, runWords(DAY, 'o'), {
    folder,
    onStart,
    limits: { stillSeconds: 300 },
  });
  await acted;
  return called;
}

type LockCase = (ground: Ground, folder: string, dice: Dice) => Promise<readonly string[]>;

const runHere = (ground: Ground, folder: string): Promise<Called> =>
  callProgram(ground.program, runWords(DAY, 'o'), { folder });

/** A lock as the program writes it, of a process that was killed. */
async function deadLock(ground: Ground, folder: string): Promise<string> {
  let content = '';
  await heldBy(ground, folder, async (child) => {
    content = existsSync(join(folder, '.o.lock')) ? readFileSync(join(folder, '.o.lock'), 'utf8') : '';
    endGroup(child);
  });
  return content;
}

/** A lock that says something else. */
const edited =
  (change: (holder: Record<string, unknown>) => object, allowed: readonly number[]): LockCase =>
  async (ground, folder) => {
    const content = await deadLock(ground, folder);
    const holder = JSON.parse(content === '' ? '{}' : content) as Record<string, unknown>;
    writeFileSync(join(folder, '.o.lock'), JSON.stringify(change(holder)));
    const called = await runHere(ground, folder);
    return endingFaults(called, allowed);
  };

const written =
  (content: string, allowed: readonly number[]): LockCase =>
  async (ground, folder) => {
    writeFileSync(join(folder, '.o.lock'), content);
    return endingFaults(await runHere(ground, folder), allowed);
  };

const LOCKS: Readonly<Record<string, LockCase>> = {
  'a run that lives, and stands still': async (ground, folder) => {
    const faults: string[] = [];
    const first = await heldBy(ground, folder, async (child) => {
      const second = await runHere(ground, folder);
      faults.push(...endingFaults(second, [4]).map((fault) => `beside it: ${fault}`));
      endGroup(child, 'SIGCONT');
    });
    return [...faults, ...endingFaults(first, [0]), ...leftIn(folder)];
  },
  'a run that was killed': async (ground, folder) => {
    await deadLock(ground, folder);
    return [...endingFaults(await runHere(ground, folder), [0]), ...leftIn(folder)];
  },
  'a run that was killed, and that nobody reaps': async (ground, folder) => {
    // The shell becomes a sleep, which knows of no child.
    const script = `"$0" "$@" >/dev/null 2>&1 & echo $!; exec sleep 60`;
    const parent = spawn('sh', ['-c', script, process.execPath, ground.program, ...runWords(DAY, 'o')], {
      cwd: folder,
      detached: true,
    });
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
    );
    for (let tries = 0; tries < 2000 && !existsSync(join(folder, '.o.lock')); tries++) await sleep(2);
    try {
      process.kill(pid, 'SIGKILL');
      await sleep(50);
      return [...endingFaults(await runHere(ground, folder), [0]), ...leftIn(folder)];
    } finally {
      endGroup(parent);
    }
  },
  'a process that has its number now, and began later': edited((holder) => ({ ...holder, pid: process.pid }), [0, 4]),
  'a number that nobody has': edited((holder) => ({ ...holder, pid: 4_194_303 }), [0]),
  'another host': edited(({ kernel: _, ...holder }) => ({ ...holder, host: 'elsewhere.example' }), [4]),
  'another host, on a kernel of its own': edited(
    (holder) => ({ ...holder, host: 'elsewhere.example', kernel: 'another boot' }),
    [4],
  ),
  // The system says that its lock has ended, where it knows of locks.
  'a container on this kernel, which has ended': edited((holder) => ({ ...holder, host: 'container' }), [0, 4]),
  'a number that is none': edited((holder) => ({ ...holder, pid: -1 }), [0, 4]),
  'nothing at all': written('', [0, 4]),
  'no JSON': written('somebody', [0, 4]),
  'a name that every object has': written('{"__proto__":{"pid":1},"pid":"constructor"}', [0, 4]),
  'a gigabyte': async (ground, folder) => {
    writeFileSync(join(folder, '.o.lock'), '{');
    truncateSync(join(folder, '.o.lock'), 1e9);
    return endingFaults(
      await callProgram(ground.program, runWords(DAY, 'o'), { folder, limits: { bytes: 6e8 } }),
      [0, 4],
    );
  },
  'drafts of locks that nobody has': async (ground, folder) => {
    writeFileSync(join(folder, '.o.lock.0b1f7a52-5b1f-4f4e-9a3e-2f6f3f6f0a11'), await deadLock(ground, folder));
    return [...endingFaults(await runHere(ground, folder), [0]), ...leftIn(folder)];
  },
  'a run into a name that begins alike': async (ground, folder) => {
    const [own, staging] = ['.o.old-x.lock', '.o.old-x.partial-1-abcd0123'];
    writeFileSync(join(folder, own), JSON.stringify({ pid: process.pid, host: 'elsewhere.example', started: '1' }));
    mkdirSync(join(folder, staging));
    const faults = endingFaults(await runHere(ground, folder), [0]);
    return [
      ...faults,
      ...[own, staging].filter((name) => !existsSync(join(folder, name))).map((name) => `${name} is gone`),
    ];
  },
};

async function open(ground: Ground): Promise<Opened> {
  const names = Object.keys(CROWDS);
  return { attempt: (index, dice) => crowd(names[index % names.length] ?? '', ground, dice) };
}

export const CROWDS_AT_ONCE: Attack = {
  name: 'crowds',
  done: 'fifty runs at once (six in the short form) into one folder, in each other’s place, into one series, into fifty folders',
  held: 'each is done or refused with words; what is published is whole and verifies; no payout is made twice; nothing is left behind',
  cases: { short: 1, usual: 4, long: 40 },
  alone: true,
  open,
};

export const LOCKED_FOLDERS: Attack = {
  name: 'locks',
  done: 'locks of runs that live, were killed, are not reaped, of other hosts, of numbers that others have now, empty, senseless, of a gigabyte; drafts and names that begin alike',
  held: 'one writer at a time; what a dead one left is taken over and cleared away; nobody else’s is touched',
  cases: { short: 6, usual: Object.keys(LOCKS).length, long: 10 * Object.keys(LOCKS).length },
  open: async (ground) => ({
    attempt: (index, dice) => {
      const entries = Object.entries(LOCKS);
      const [name, act] = entries[index % entries.length] as (typeof entries)[number];
      return inFolder(ground, async (folder) => ({
        label: `a lock of ${name}`,
        faults: await act(ground, folder, dice),
      }));
    },
  }),
};
