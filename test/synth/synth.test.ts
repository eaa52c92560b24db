import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { BIN, type Ended, inFolder, put, regionpay, toldAsJson, toldCodes } from '../cli/command.ts';
import { FIVE_POLICIES } from '../support/five-policies.ts';
import { filesOf } from '../support/program.ts';
import { type AnswersFile, readAnswers, whatDiffers } from './hold.ts';

const TRANSACTIONS = 10_000;
const SMALL = ['--transactions', '2000'];

const synth = (out: string, ...words: readonly string[]): Promise<Ended> =>
  regionpay(['synth', '--out', out, ...words]);

/** The inputs that `synth` wrote, as options of `check` and `run`. */
function inputsIn(folder: string, { files, asOf }: AnswersFile): string[] {
  const options = Object.entries(files).flatMap(([kind, file]) => [
    `--${kind.replace('_', '-')}`,
    join(folder, file.name),
  ]);
  return [
    ...options,
    '--as-of',
    asOf,
    '--max-rejects',
    '100%',
    '--max-small-rejects',
    '100%',
    '--max-unmatched',
    '100%',
  ];
}

async function made(folder: string, ...words: readonly string[]): Promise<AnswersFile> {
  const ended = await synth(folder, '--quiet', ...words);
  expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
  return readAnswers(join(folder, 'answers.json'));
}

describe('the answers hold when the program is run', () => {
  it.concurrent.each([
    ['--encoding utf-8 --quoting minimal --line-end lf'],
    ['--encoding utf-8 --quoting all --line-end lf --gzip --error-rate 2%'],
    ['--encoding windows-31j --quoting minimal --line-end crlf --error-rate 5%'],
    ['--encoding windows-31j --quoting all --line-end crlf --gzip --error-rate 0.3'],
    ['--affected 100% --error-rate 1% --seed 9'],
    ['--affected 0'],
  ])('%s', async (format) => {
    await inFolder(async (folder) => {
      const inputs = join(folder, 'inputs');
      const answers = await made(inputs, '--transactions', String(TRANSACTIONS), ...format.split(' '));
      const ended = await regionpay(['run', ...inputsIn(inputs, answers), '--out', join(folder, 'run'), '--quiet']);
      expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(whatDiffers(answers, join(folder, 'run'))).toEqual([]);
      const withErrors = format.includes('--error-rate');
      expect(Object.keys(answers.files.transactions?.rejects ?? {}).length > 3).toBe(withErrors);
    });
  });

  it.concurrent('and `check` finds the same rows', async () => {
    await inFolder(async (folder) => {
      const answers = await made(folder, ...SMALL, '--error-rate', '3%', '--encoding', 'windows-31j');
      const ended = await regionpay(['check', ...inputsIn(folder, answers), '--json', '--quiet']);
      const { files } = JSON.parse(ended.stdout) as {
        files: { name: string; rowsRead: number; encoding: string; dispositions: Record<string, { rows: number }> }[];
      };
      for (const { name, rows, rejected, duplicate, conflicting } of Object.values(answers.files)) {
        const file = files.find((each) => each.name === name);
        const found = ['rejected', 'duplicate', 'conflicting'].map((each) => file?.dispositions[each]?.rows);
        expect([name, file?.rowsRead, ...found]).toEqual([name, rows, rejected, duplicate, conflicting]);
      }
      expect(files.find((file) => file.name === 'applications.csv')?.encoding).toBe('windows-31j');
    });
  });

  it.concurrent('and one that is changed is noticed', async () => {
    await inFolder(async (folder) => {
      const inputs = join(folder, 'inputs');
      const answers = await made(inputs, '--transactions', '20000', '--error-rate', '1%');
      const run = join(folder, 'run');
      await regionpay(['run', ...inputsIn(inputs, answers), '--out', run, '--quiet']);
      const { transactions } = answers.files;
      if (transactions === undefined) throw new Error('no answer for the transactions');
      const holding = answers.cohort.findIndex((coupon) => coupon.groundA);
      const cohort = (change: object) =>
        answers.cohort.map((coupon, index) => (index === holding ? { ...coupon, ...change } : coupon));
      const file = (change: object) => ({ files: { ...answers.files, transactions: { ...transactions, ...change } } });
      const [event] = answers.tillEvents.filter(({ expected }) => expected === 'B2');
      const changed: readonly Partial<AnswersFile>[] = [
        file({ duplicate: transactions.duplicate + 1 }),
        file({ acceptedYen: transactions.acceptedYen + 1 }),
        file({ rejects: { ...transactions.rejects, BAD_AMOUNT: 0 } }),
        { cohort: cohort({ residualYen: 1 }) },
        { cohort: cohort({ groundA: false }) },
        { cohort: answers.cohort.slice(1) },
        { tillEvents: event === undefined ? [] : [{ ...event, expected: 'B1' }] },
      ];
      expect(event).toBeDefined();
      expect(changed.map((change) => whatDiffers({ ...answers, ...change }, run).length > 0)).toEqual(
        changed.map(() => true),
      );
    });
  });
});

describe('under a policy of its own', () => {
  it.concurrent.each(FIVE_POLICIES.slice(1))('$name: the answers hold when the program is run', async ({ policy }) => {
    await inFolder(async (folder) => {
      const named = ['--policy', put(folder, 'policy.json', JSON.stringify(policy.file))];
      const inputs = join(folder, 'inputs');
      const answers = await made(inputs, ...named, '--transactions', '4000', '--affected', '30%', '--error-rate', '1%');
      expect(answers.policyId).toBe(policy.id);
      expect(answers.cohortTotals.withGroundA).toBeGreaterThan(100);
      const words = [...inputsIn(inputs, answers), ...named, '--no-report', '--log-level', 'error', '--quiet'];
      const ended = await regionpay(['run', ...words, '--out', join(folder, 'run')]);
      expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(whatDiffers(answers, join(folder, 'run'))).toEqual([]);
    });
  });

  it.concurrent('the built-in one gives the same bytes as none', async () => {
    await inFolder(async (folder) => {
      await made(join(folder, 'a'), ...SMALL);
      await made(join(folder, 'b'), ...SMALL, '--policy', KAGOSHIMA.id);
      expect(filesOf(join(folder, 'b'))).toEqual(filesOf(join(folder, 'a')));
    });
  });

  it.concurrent('one that cannot be meant is refused', async () => {
    await inFolder(async (folder) => {
      const ended = await synth(join(folder, 'out'), '--policy', put(folder, 'policy.json', '{}'));
      expect([ended.status, new Set(toldCodes(ended))]).toEqual([2, new Set(['BAD_POLICY'])]);
      expect(existsSync(join(folder, 'out'))).toBe(false);
    });
  });
});

describe('the same options', () => {
  it.concurrent('give the same bytes, and another seed others', async () => {
    await inFolder(async (folder) => {
      const words = [...SMALL, '--error-rate', '2%', '--gzip', '--encoding', 'windows-31j'];
      const files = [];
      for (const [name, seed] of [
        ['a', '5'],
        ['b', '5'],
        ['c', '6'],
      ] as const) {
        await made(join(folder, name), ...words, '--seed', seed);
        files.push(filesOf(join(folder, name)));
      }
      const [first, second, other] = files;
      expect(Object.keys(first ?? {}).length).toBe(6);
      expect(first).toEqual(second);
      for (const name of ['answers.json', 'issuance.csv.gz', 'transactions.csv.gz', 'merchant_reports.csv.gz'])
        expect(other?.[name]).not.toBe(first?.[name]);
    });
  });

  it.concurrent('but for encoding, quotes, line ends and compression hold the same rows', async () => {
    await inFolder(async (folder) => {
      await made(join(folder, 'a'), ...SMALL);
      const other = ['--encoding', 'windows-31j', '--quoting', 'all', '--line-end', 'crlf', '--gzip'];
      await made(join(folder, 'b'), ...SMALL, ...other);
      for (const name of ['transactions', 'applications']) {
        const plain = readFileSync(join(folder, 'a', `${name}.csv`), 'utf8');
        const bytes = gunzipSync(readFileSync(join(folder, 'b', `${name}.csv.gz`)));
        const read = new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
        expect(read.replaceAll('\r\n', '\n').replaceAll('"', '')).toBe(plain);
        expect(read.startsWith('"')).toBe(true);
      }
    });
  });

  it.concurrent('but for the error rate make the same night', async () => {
    await inFolder(async (folder) => {
      await made(join(folder, 'a'), ...SMALL);
      const { files } = await made(join(folder, 'b'), ...SMALL, '--error-rate', '10%');
      const lines = (name: string): string[] =>
        readFileSync(join(folder, name, 'transactions.csv'), 'utf8')
          .trimEnd()
          .split('\n');
      const clean = new Set(lines('a'));
      const { rejected = 0, conflicting = 0 } = files.transactions ?? {};
      expect(lines('b').filter((line) => !clean.has(line)).length).toBe(rejected + conflicting / 2);
    });
  });
});

describe('what is wrong with its options', () => {
  it.concurrent('is told together, with exit code 2', async () => {
    await inFolder(async (folder) => {
      const out = join(folder, 'out');
      const bad = ['--seed', '-1', '--affected', '2', '--error-rate', 'x', '--quoting', 'some', '--line-end', 'cr'];
      const ended = await synth(out, '--transactions', '10', ...bad, '--encoding', 'latin1');
      expect(ended.status).toBe(2);
      expect(toldCodes(ended)).toEqual(Array(7).fill('UNKNOWN_VALUE'));
      expect(existsSync(out)).toBe(false);
      expect((await regionpay(['synth'])).status).toBe(2);
    });
  });

  it.concurrent('includes a folder that is not empty', async () => {
    await inFolder(async (folder) => {
      await made(folder, ...SMALL);
      const before = filesOf(folder);
      const again = await synth(folder, ...SMALL, '--seed', '2', '--json');
      expect([again.status, toldAsJson(again).map(({ code }) => code)]).toEqual([2, ['FOLDER_NOT_EMPTY']]);
      expect(filesOf(folder)).toEqual(before);
      await made(folder, ...SMALL, '--gzip', '--replace');
      expect(readdirSync(folder).filter((name) => name.endsWith('.csv'))).toEqual([]);
      writeFileSync(join(folder, 'letter.txt'), '');
      const strange = await synth(folder, ...SMALL, '--replace');
      expect([strange.status, toldCodes(strange)]).toEqual([2, ['FOLDER_NOT_EMPTY']]);
    });
  });

  it.concurrent('does not include a place that cannot be written: exit code 4', async () => {
    await inFolder(async (folder) => {
      const file = put(folder, 'file', '');
      const onto = await synth(file, ...SMALL);
      expect([onto.status, toldCodes(onto)]).toEqual([2, ['NOT_A_FOLDER']]);
      const below = await synth(join(file, 'below'), ...SMALL);
      expect([below.status, toldCodes(below)]).toEqual([4, ['SYSTEM_ENOTDIR']]);
    });
  });
});

it.concurrent('a notice whose days no input can have is refused, and nothing is written', async () => {
  await inFolder(async (folder) => {
    const out = join(folder, 'made');
    const far = { ...KAGOSHIMA.file.terms, secondExtension: '2053-03-31', receiveBy: '2053-05-31' };
    const file = { ...KAGOSHIMA.file, id: 'far', terms: far };
    const policy = put(folder, 'policy.json', JSON.stringify(file));
    const refused = await synth(out, ...SMALL, '--policy', policy);
    expect([refused.status, toldCodes(refused)]).toEqual([2, ['POLICY_WITHOUT_SEASON']]);
    expect(readdirSync(folder)).toEqual(['policy.json']);
  });
});

it.concurrent('an interrupted `synth` leaves no file', async () => {
  await inFolder(async (folder) => {
    const child = spawn(process.execPath, [BIN, 'synth', '--out', folder, '--transactions', '5000000', '--quiet']);
    const status = new Promise((resolve) => child.on('close', resolve));
    while (readdirSync(folder).length === 0 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    expect(await status).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});

it.concurrent('`synth` says what it wrote, in both languages and as JSON', async () => {
  await inFolder(async (folder) => {
    const words = [...SMALL, '--answers', join(folder, 'known.json')];
    const english = await synth(join(folder, 'a'), ...words, '--lang', 'en');
    expect(english.stdout).toContain('transactions.csv: 2,000 rows');
    expect(readAnswers(join(folder, 'known.json')).cohort.length).toBeGreaterThan(0);
    expect(readdirSync(join(folder, 'a'))).not.toContain('answers.json');
    const japanese = await synth(join(folder, 'b'), ...words, '--lang', 'ja');
    expect(japanese.stdout).toContain('2,000 行');
    const json = JSON.parse((await synth(join(folder, 'c'), ...words, '--json')).stdout);
    expect(json.files.transactions.rows).toBe(2000);
    expect(json.out).toBe(join(folder, 'c'));
  });
});
