import { describe, expect, it } from 'vitest';
import { HEADERS, ROW } from '../intake/read-files.ts';
import { type Ended, INPUTS, inFolder, inputsWith, put, regionpay, toldCodes } from './command.ts';

/** What others write is data: no terminal obeys it, and no object answers to it. */

const ON_EVERY_OBJECT = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

/** Options that take one of some words, and how a command goes with them. */
const OPTIONS: readonly (readonly [words: (value: string) => readonly string[], exit: number])[] = [
  [(value) => ['check', ...INPUTS, '--encoding', value], 2],
  [(value) => ['check', ...INPUTS, '--reader', value], 2],
  [(value) => ['check', ...INPUTS, '--lang', value], 2],
  [(value) => ['check', ...INPUTS, '--log-level', value], 2],
  [(value) => ['check', ...INPUTS, '--log-format', value], 2],
  [(value) => ['check', ...INPUTS, '--memory', `1${value}`], 2],
  [(value) => ['check', ...INPUTS, '--max-rejects', value], 2],
  [(value) => ['check', ...INPUTS, '--as-of', value], 2],
  [(value) => ['check', ...INPUTS, '--policy', value], 2],
  [(value) => ['check', ...INPUTS, '--profile', value], 2],
  [(value) => ['policy', 'schema', value], 2],
  [(value) => ['policy', 'check', value], 2],
  [(value) => ['completion', value], 2],
  [(value) => [value], 2],
  [(value) => ['help', value], 2],
  [(value) => ['explain', value, value], 3],
  [(value) => ['show', value], 3],
];

const expectTold = ({ status, stderr }: Ended, ...exits: readonly number[]): void => {
  expect(exits, stderr).toContain(status);
  expect(stderr).not.toMatch(/\n\s+at /);
};

describe.each(ON_EVERY_OBJECT)('%s', (word) => {
  it('is no value of an option', async () => {
    await Promise.all(OPTIONS.map(async ([words, exit]) => expectTold(await regionpay(words(word)), exit)));
  });

  it('is no key of a config, a profile or a policy', async () => {
    await inFolder(async (folder) => {
      const file = (name: string, content: string): string => put(folder, name, content);
      const config = file('run.json', `{"${word}": true, "encoding": "${word}"}`);
      const configured = await regionpay(['check', '--config', config]);
      expectTold(configured, 2);
      expect(configured.stderr).not.toContain('is for one run');
      const profile = file('profile.json', `{"schemaVersion": 1, "id": "a", "${word}": 1, "inputs": {"${word}": {}}}`);
      expectTold(await regionpay(['check', ...INPUTS, '--profile', profile]), ...(word === '__proto__' ? [0, 2] : [2]));
      const values = `{"schemaVersion": 1, "id": "a", "inputs": {"transactions": {"headers": {"${word}": "${word}"}, "values": {"${word}": {"${word}": "${word}"}}}}}`;
      expectTold(
        await regionpay(['check', ...INPUTS, '--profile', file('values.json', values)]),
        ...(word === '__proto__' ? [0, 2] : [2]),
      );
      expectTold(await regionpay(['check', ...INPUTS, '--policy', file('policy.json', `{"${word}": 1}`)]), 2);
    });
  });

  it('is a header and a cell like any other', async () => {
    await inFolder(async (folder) => {
      const cells = ROW.transactions.split(',');
      const rows = cells.map((_, at) => [...cells.map((cell, place) => (place === at ? word : cell)), word].join(','));
      const path = put(folder, 't.csv', `${[`${HEADERS.transactions},${word}`, ...rows].join('\n')}\n`);
      const ended = await regionpay(['check', ...inputsWith('--transactions', path)]);
      expect(ended.stderr).not.toMatch(/\n\s+at /);
      expect([0, 3]).toContain(ended.status);
      expect(toldCodes(ended)).not.toEqual([]);
    });
  });
});

/** A sequence that clears the screen, a bell, a line of its own, C1, DEL, and marks of direction. */
const FOREIGN = 'x\u001b[2J\u0007\r\u009b31m\u007f\u202e\u2066\u200f\u061c\u2028y';
const OBEYED = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

describe('what a terminal would obey', () => {
  it.each([
    ['text'],
    ['json'],
  ])('is shown as its number in headers, cells and names of files, with logs as %s', async (format) => {
    await inFolder(async (folder) => {
      const known = ROW.transactions.split(',');
      const inCells = known.map((_, at) => known.map((cell, place) => (place === at ? FOREIGN : cell)).join(','));
      const files = {
        [`${FOREIGN}\nz.csv`]: `${HEADERS.transactions},${FOREIGN}\n${ROW.transactions},\n`,
        'headers.csv': `${HEADERS.transactions.replace('coupon_number', FOREIGN)}\n`,
        'cells.csv': `${[HEADERS.transactions, ...inCells].join('\n')}\n`,
        'title.csv': `${FOREIGN}\n`,
      };
      for (const [name, content] of Object.entries(files)) {
        const path = put(folder, name, content);
        const common = [...inputsWith('--transactions', path), '--log-level', 'debug', '--log-format', format];
        for (const words of [
          ['run', '--out', `${folder}/run`, ...common],
          ['check', '--max-rejects', '100%', '--lang', 'ja', ...common],
          ['check', '--json', ...common],
        ]) {
          const { stdout, stderr, status } = await regionpay(words);
          expect(status).not.toBe(70);
          expect(OBEYED.exec(stdout + stderr)).toBeNull();
          if (name.includes('z.csv')) expect(stdout + stderr).toMatch(/x\\u001b\[2J\\u0007\\(?:u000d|r)/);
        }
      }
    });
  });

  it.each([
    ['explain', [FOREIGN, FOREIGN]],
    ['show', [FOREIGN]],
    ['status', [FOREIGN]],
    ['diff', [FOREIGN, FOREIGN]],
    ['report', [FOREIGN]],
    ['report', [FOREIGN, FOREIGN, '--out', FOREIGN]],
    ['verify', [FOREIGN]],
    [FOREIGN, []],
    ['policy', ['schema', FOREIGN]],
    ['check', ['--encoding', FOREIGN, `--${FOREIGN}`]],
  ])('is shown as its number among the words of %j', async (command, words) => {
    const { stdout, stderr, status } = await regionpay([command, ...words]);
    expect(status).not.toBe(70);
    expect(stderr).toContain('x\\u001b[2J');
    expect(OBEYED.exec(stdout + stderr)).toBeNull();
  });
});
