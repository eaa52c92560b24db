import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { callProgram } from './called.ts';
import { endingFaults, terminalFaults } from './judges.ts';
import { ROOT, runWords } from './writers.ts';

const NIGHT = join(ROOT, 'fixtures/outage-night');
const LOG = readFileSync(join(NIGHT, 'transactions.csv'));
const HEADER = LOG.subarray(0, LOG.indexOf(0x0a));
const MEMBER_BYTES = 64e6;

/** Writes a file in pieces. */
type Write = (put: (bytes: Uint8Array | string) => void) => void;

/** So many bytes of one sign as gzip, member behind member: gigabytes that take no disk. */
const gzipOf = (sign: string, totalBytes: number): Write => {
  const member = gzipSync(Buffer.alloc(MEMBER_BYTES, sign), { level: 1 });
  return (put) => {
    put(gzipSync(Buffer.concat([HEADER, Buffer.from('\n')])));
    for (let left = totalBytes; left > 0; left -= MEMBER_BYTES) put(member);
  };
};

const plain =
  (begin: string, piece: string, count: number): Write =>
  (put) => {
    put(begin);
    const many = piece.repeat(1000);
    for (let left = count; left > 0; left -= 1000) put(many);
    put('\n');
  };

const columns =
  (count: number, name: (place: number) => string): Write =>
  (put) =>
    put(`${HEADER},${Array.from({ length: count }, (_, place) => name(place)).join(',')}\n`);

/** Logs that no office has; each is refused, or read as what it is, in time and in memory. */
const HEAVY: Readonly<Record<string, Write>> = {
  'one line of 5 GB, as gzip': gzipOf('a', 5e9),
  'NULs of 5 GB, as gzip': gzipOf('\0', 5e9),
  'a quote and 5 GB behind it, as gzip': (put) => {
    put(gzipSync(Buffer.concat([HEADER, Buffer.from('\n"')])));
    gzipOf('b', 5e9)(put);
  },
  'one line of 600 MB': plain(`${HEADER}\n`, 'abcdefghij', 60e6),
  'a header of 600 MB': plain('', 'abcdefghij', 60e6),
  'a quote never closed over 300 MB': plain(`${HEADER}\n"`, 'abcdefgh,\n', 30e6),
  'a million columns': columns(1e6, (place) => `c${place}`),
  'a million columns without names': columns(1e6, () => ''),
  '150,000 equal headers': columns(150_000, () => 'same'),
  'a million fields in a row': (put) => put(`${HEADER}\n${','.repeat(1e6)}\n`),
  '3,000,000 quotes': (put) => put(`${HEADER}\n${'"'.repeat(3e6)}\n`),
  '5,000,000 blank lines': (put) => put(`${HEADER}\n${'\n'.repeat(5e6)}`),
};

/** Of a file that is compressed wrongly: what it holds by right, or nothing where it must be refused. */
interface Damage {
  readonly bytes: Uint8Array;
  readonly holds: 'all' | 'nothing';
}

const zip = gzipSync(LOG);
const cutAt = LOG.indexOf('\n', LOG.length / 2) + 1;
const [first, second] = [gzipSync(LOG.subarray(0, cutAt)), gzipSync(LOG.subarray(cutAt))];
const join2 = (...parts: readonly (Uint8Array | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
const nuls = (count: number): Uint8Array => Buffer.alloc(count);

const DAMAGES: readonly (readonly [label: string, make: (dice: Dice) => Damage])[] = [
  ['two members', () => ({ bytes: join2(first, second), holds: 'all' })],
  ['an empty member between', () => ({ bytes: join2(first, gzipSync(''), second), holds: 'all' })],
  ['one NUL between members', () => ({ bytes: join2(first, [0], second), holds: 'nothing' })],
  ['NULs between members', (dice) => ({ bytes: join2(first, nuls(dice.int(2, 70_000)), second), holds: 'nothing' })],
  ['NULs behind', (dice) => ({ bytes: join2(zip, nuls(dice.int(1, 600))), holds: 'all' })],
  ['9 MB of NULs behind', () => ({ bytes: join2(zip, nuls(9e6)), holds: 'all' })],
  [
    'NULs and a word behind',
    (dice) => ({ bytes: join2(zip, nuls(dice.int(1, 100_000)), Buffer.from('word')), holds: 'nothing' }),
  ],
  ['a word behind', () => ({ bytes: join2(zip, Buffer.from('word')), holds: 'nothing' })],
  [
    'half a member behind',
    (dice) => ({ bytes: join2(zip, second.subarray(0, dice.int(1, second.length - 1))), holds: 'nothing' }),
  ],
  ['cut', (dice) => ({ bytes: zip.subarray(0, dice.int(2, zip.length - 1)), holds: 'nothing' })],
  [
    'a byte of its content flipped',
    (dice) => ({ bytes: flipped(zip, dice.int(10, zip.length - 1), dice), holds: 'nothing' }),
  ],
  ['its checksum wrong', (dice) => ({ bytes: flipped(zip, zip.length - dice.int(5, 8), dice), holds: 'nothing' })],
  ['its length wrong', (dice) => ({ bytes: flipped(zip, zip.length - dice.int(1, 4), dice), holds: 'nothing' })],
  ['its method unknown', () => ({ bytes: join2(zip.subarray(0, 2), [9], zip.subarray(3)), holds: 'nothing' })],
  [
    'its second member flipped',
    (dice) => ({ bytes: join2(first, flipped(second, dice.int(10, second.length - 1), dice)), holds: 'nothing' }),
  ],
];

function flipped(bytes: Uint8Array, place: number, dice: Dice): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[place] = (copy[place] ?? 0) ^ (1 << dice.int(0, 7));
  return copy;
}

const DAY = '2023-05-15';

/** A folder with inputs, of which the log is to be written. */
function inFolder<T>(ground: Ground, act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(ground.folder, 'heavy-'));
  cpSync(NIGHT, folder, { recursive: true });
  return act(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

const wordsWith = (log: string, more: readonly string[] = []): readonly string[] =>
  runWords(DAY, 'o', ...more).map((word) => (word === 'transactions.csv' ? log : word));

/** One line above its stated length is refused before it is gathered; what is a row has its size as memory. */
const MOST_BYTES = 2.5e9;

async function heavy(index: number, ground: Ground): Promise<Attempt> {
  const [label, write] = Object.entries(HEAVY)[Math.floor(index / 2)] ?? [];
  if (label === undefined || write === undefined) return { label: '', faults: [], counts: 0 };
  const reader = index % 2 === 0 ? [] : ['--reader', 'csv-parse'];
  return inFolder(ground, async (folder) => {
    const file = openSync(join(folder, 'heavy'), 'w');
    write((bytes) => writeSync(file, Buffer.from(bytes as string)));
    closeSync(file);
    const called = await callProgram(ground.program, wordsWith('heavy', reader), {
      folder,
      limits: { bytes: MOST_BYTES },
    });
    return {
      label: `${label} ${reader.join(' ')}`,
      faults: [...endingFaults(called, [0, 2, 3]), ...terminalFaults(called)],
    };
  });
}

export const HEAVY_FILES: Attack = {
  name: 'heavy-files',
  done: 'one line of 5 GB, quotes never closed, a million columns, equal headers, files of blank lines: as a log, by both readers',
  held: 'exit 0, 2 or 3 with words, in 10 s of CPU and 2.5 GB',
  cases: { short: 0, usual: 2 * Object.keys(HEAVY).length, long: 2 * Object.keys(HEAVY).length },
  alone: true,
  open: async (ground) => ({ attempt: (index) => heavy(index, ground) }),
};

async function damaged(index: number, dice: Dice, sound: string, ground: Ground): Promise<Attempt> {
  const [label, make] = DAMAGES[index % DAMAGES.length] as (typeof DAMAGES)[number];
  const reader = dice.chance(0.5) ? [] : ['--reader', 'csv-parse'];
  return inFolder(ground, async (folder) => {
    const { bytes, holds } = make(dice);
    writeFileSync(join(folder, 'log.gz'), bytes);
    const called = await callProgram(ground.program, wordsWith('log.gz', reader), { folder });
    const faults = [...endingFaults(called, holds === 'all' ? [0] : [3]), ...terminalFaults(called)];
    if (called.exit === 0 && readFileSync(join(folder, 'o/payouts.csv'), 'utf8') !== sound)
      faults.push('other payouts');
    return { label: `gzip with ${label} ${reader.join(' ')}`, faults };
  });
}

async function openDamaged(ground: Ground): Promise<Opened> {
  const sound = await inFolder(ground, async (folder) => {
    await callProgram(ground.program, wordsWith('transactions.csv'), { folder });
    return readFileSync(join(folder, 'o/payouts.csv'), 'utf8');
  });
  return { attempt: (index, dice) => damaged(index, dice, sound, ground) };
}

export const DAMAGED_GZIP: Attack = {
  name: 'damaged-gzip',
  done: 'gzip cut, flipped, in several members, with NULs or other bytes between and behind them',
  held: 'read whole where every byte is of a member or padding to the end; any other is refused with exit 3; the same payouts',
  cases: { short: 8, usual: 5 * DAMAGES.length, long: 100 * DAMAGES.length },
  open: openDamaged,
};
