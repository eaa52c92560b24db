import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { callProgram } from './called.ts';
import { endingFaults, terminalFaults, treeFaults } from './judges.ts';
import { treeOf } from './tree.ts';
import { runWords, stageOf, WRITERS } from './writers.ts';

/** What may stand where a file or a folder is expected. Each gives back what takes it away again. */
const OBSTACLES: Readonly<Record<string, (path: string) => Promise<() => void>>> = {
  'a FIFO': async (path) => {
    spawnSync('mkfifo', [path]);
    return () => unlinkSync(path);
  },
  'a FIFO into which somebody writes without end': async (path) => {
    spawnSync('mkfifo', [path]);
    const writer = spawn('sh', ['-c', `yes '"' > '${path}'`], { stdio: 'ignore', detached: true });
    return () => {
      killGroup(writer.pid);
      unlinkSync(path);
    };
  },
  'a socket': async (path) => {
    const server = createServer().listen(path);
    await once(server, 'listening');
    return () => server.close();
  },
  '/dev/zero': async (path) => linked('/dev/zero', path),
  '/dev/null': async (path) => linked('/dev/null', path),
  '/dev/full': async (path) => linked('/dev/full', path),
  '/proc/self/mem': async (path) => linked('/proc/self/mem', path),
  'a folder': async (path) => {
    mkdirSync(path);
    return () => rmSync(path, { recursive: true, force: true });
  },
  'a loop of links': async (path) => {
    symlinkSync(`${path}-b`, path);
    symlinkSync(path, `${path}-b`);
    return () => {
      unlinkSync(path);
      unlinkSync(`${path}-b`);
    };
  },
  'a link to nothing': async (path) => linked('nowhere/at/all', path),
  'an empty file': async (path) => written(path, ''),
  'one quote': async (path) => written(path, '"'),
  NULs: async (path) => written(path, '\0'.repeat(100_000)),
  'a deep JSON': async (path) => written(path, '['.repeat(200_000)),
};

/** Somebody who writes to a FIFO ends by himself once its reader has gone. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined) throw new Error('nobody writes');
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function linked(to: string, path: string): () => void {
  symlinkSync(to, path);
  return () => unlinkSync(path);
}

function written(path: string, content: string): () => void {
  writeFileSync(path, content);
  return () => rmSync(path, { force: true });
}

/** Where a name can be given, with the words that give it; `x` is the obstacle. */
const PLACES: readonly (readonly [place: string, words: readonly string[]])[] = [
  ...['issuance', 'transactions', 'merchant-reports', 'claims', 'applications', 'decisions', 'paid'].map(
    (name): readonly [string, readonly string[]] => [`--${name}`, ['run', ...withInput(`--${name}`)]],
  ),
  ...['policy', 'profile', 'config', 'previous', 'paid-run', 'temp-directory'].map(
    (name): readonly [string, readonly string[]] => [
      `--${name}`,
      [...runWords(day(), 'o'), `--${name}`, 'x', ...(name === 'temp-directory' ? ['--memory', '1KB'] : [])],
    ],
  ),
  ['--out', runWords(day(), 'x')],
  ['above --out', runWords(day(), 'x/o')],
  ['the lock', runWords(day(), 'locked')],
  ['verify', ['verify', 'x', '--lang', 'en']],
  ['explain', ['explain', 'x', '000000000201', '--lang', 'en']],
  ['diff', ['diff', 'x', 'x', '--lang', 'en']],
  ['report', ['report', 'x', '--out', 'page.html', '--lang', 'en']],
  ['report of two', ['report', 'x', 'x', '--out', 'page.html', '--lang', 'en']],
  ['show', ['show', 'x', '--lang', 'en']],
  ['status', ['status', 'x', '--lang', 'en']],
  ['policy check', ['policy', 'check', 'x', '--lang', 'en']],
  [
    'zengin --requester',
    ['zengin', 'run', '--transfer-date', '2023-05-15', '--requester', 'x', '--out', 'z', '--lang', 'en'],
  ],
  ['gift-order --provider', ['gift-order', 'run', '--provider', 'x', '--out', 'g', '--lang', 'en']],
  ['deliveries', ['deliveries', 'x', '--provider', 'provider.json', '--out', 'd.csv', '--lang', 'en']],
  ['zengin read', ['zengin', 'read', 'x', '--lang', 'en']],
  ['synth --out', ['synth', '--out', 'x', '--transactions', '1000', '--lang', 'en']],
  ['verify --sealed', ['verify', 'run', '--sealed', 'x', '--lang', 'en']],
  ...['manifest.json', 'SHA256SUMS', 'eligibility.csv', 'to_send.csv', 'carried.csv', 'summary.json'].flatMap(
    (name): (readonly [string, readonly string[]])[] => [
      [`${name} of verify`, ['verify', 'run', '--lang', 'en']],
      [`${name} of --previous`, [...runWords('2023-05-16', 'o'), '--previous', 'run']],
      [`${name} of explain`, ['explain', 'run', '000000000201', '--lang', 'en']],
    ],
  ),
];

function day(): string {
  return '2023-05-15';
}

function withInput(option: string): readonly string[] {
  const words = runWords(day(), 'o').slice(1);
  const place = words.indexOf(option);
  return place < 0 ? [...words, option, 'x'] : words.map((word, at) => (at === place + 1 ? 'x' : word));
}

/** Where the obstacle is put for a place. */
function pathOf(place: string, folder: string): string {
  if (place === 'the lock') return join(folder, '.locked.lock');
  const name = / of (verify|--previous|explain)$/.test(place) ? place.split(' ')[0] : undefined;
  return name === undefined ? join(folder, 'x') : join(folder, 'run', name);
}

/** Done where what stands there is nothing bad; otherwise refused. For commands that compare, a difference. */
const ENDINGS = [0, 1, 2, 3, 4];
/** Memory that nothing of these inputs asks for: an endless file was read on and on. */
const MOST_BYTES = 1.2e9;

async function openPlaces(ground: Ground): Promise<Opened> {
  const { program } = ground;
  const base = await readyFolder(ground);
  const names = Object.keys(OBSTACLES);
  return {
    attempt: async (index, dice): Promise<Attempt> => {
      const at = (index * 7919 + ground.seed * 31) % (PLACES.length * names.length);
      if (index >= PLACES.length * names.length) return { label: '', faults: [], counts: 0 };
      const [place, words] = PLACES[at % PLACES.length] as (typeof PLACES)[number];
      const name = names[Math.floor(at / PLACES.length)] ?? dice.pick(names);
      const folder = mkdtempSync(join(ground.folder, 'place-'));
      try {
        cpSync(base, folder, { recursive: true });
        const path = pathOf(place, folder);
        rmSync(path, { recursive: true, force: true });
        const undo = await OBSTACLES[name]?.(path);
        const called = await callProgram(program, words, { folder, limits: { bytes: MOST_BYTES } });
        undo?.();
        return { label: `${name} as ${place}`, faults: [...endingFaults(called, ENDINGS), ...terminalFaults(called)] };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Inputs, and a run of them. */
async function readyFolder({ folder, program }: Ground): Promise<string> {
  const writer = WRITERS.find(({ name }) => name === 'run --previous');
  if (writer === undefined) throw new Error('no such writer');
  const own = join(folder, 'ready');
  const { template } = await stageOf(
    {
      ...writer,
      prepare: async (_, call) => call(runWords(day(), 'run', '--archive')),
      words: ['show', 'run'],
      target: undefined,
    },
    own,
    program,
  );
  copyFileSync(
    join(import.meta.dirname, '../../fixtures/providers/hinode-points.json'),
    join(template, 'provider.json'),
  );
  return template;
}

export const PLACES_TAKEN: Attack = {
  name: 'odd-files',
  done: 'a FIFO, socket, device, folder, loop of links, link to nothing, endless or senseless file as every input, option, output, lock and file of a run folder',
  held: 'exit 0 to 4 with words, in 10 s of CPU and 1.2 GB, no waiting; no control sign on the terminal',
  cases: { short: 12, usual: 200, long: 2_000 },
  open: openPlaces,
};

/** Disks of which so many KiB are left, and folders that may not be written. */
async function openDisks(ground: Ground): Promise<Opened> {
  const base = await readyFolder(ground);
  return { attempt: (_, dice) => onDisk(base, ground, dice) };
}

async function onDisk(base: string, { folder, program }: Ground, dice: Dice): Promise<Attempt> {
  const disk = mkdtempSync(join(folder, 'disk-'));
  const sizeKiB = dice.pick([dice.int(4, 200), dice.int(4, 200), dice.int(200, 1000)]);
  const inodes = dice.chance(0.3) ? `,nr_inodes=${dice.int(2, 30)}` : '';
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKiB}k${inodes}`, 'tmpfs', disk]);
  try {
    const out = join(disk, dice.pick(['o', 'a/b/o']));
    const spill = dice.chance(0.4) ? ['--memory', '1KB'] : [];
    const words = [...runWords(day(), out, '--archive'), ...spill];
    const called = await callProgram(program, words, { folder: base });
    const left = treeOf(disk);
    const whole = called.exit === 0;
    const hidden = [...left.keys()].filter((name) => /(^|\/)\.[^/]*$/.test(name));
    const faults = [
      ...endingFaults(called, [0, 4]),
      ...(whole || !left.has('o/manifest.json') ? [] : ['refused, and published']),
      ...treeFaults(new Map(hidden.map((name) => [name, ''])), new Map()),
    ];
    spawnSync('mount', ['-o', 'remount,size=50m,nr_inodes=10000', disk]);
    const again = await callProgram(program, words, { folder: base });
    faults.push(...endingFaults(again, [0]).map((fault) => `once there is room: ${fault}`));
    return { label: `a disk of ${sizeKiB} KiB${inodes}${spill.length > 0 ? ', rows on it' : ''}`, faults };
  } finally {
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

function mountingImpossible(): string | undefined {
  const folder = mkdtempSync('/tmp/regionpay-mount-');
  try {
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status !== 0)
      return 'no disk may be mounted here';
    spawnSync('umount', [folder]);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const DISKS: Attack = {
  name: 'tiny-disks',
  done: 'runs onto disks of a few KiB, or of a few files, with rows on disk and without',
  held: 'whole, or exit 4 with nothing published and nothing left; once there is room, the same call does it',
  cases: { short: 3, usual: 60, long: 500 },
  impossible: mountingImpossible,
  open: openDisks,
};
