import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/base/text.ts';
import type { GivenOptions } from '../../src/cli/options/given.ts';
import { readRequest } from '../../src/cli/options/request.ts';
import { tooManyRejects } from '../../src/cli/render/refusals.ts';
import { CommandFailure } from '../../src/cli/terminal/exit.ts';
import { languageOf } from '../../src/cli/terminal/language.ts';
import type { InputFile, Tables } from '../../src/tables/tables.ts';
import { instant } from '../intake/read-files.ts';
import {
  BIN,
  type Ended,
  execute,
  INPUTS,
  inFolder,
  inputsWith,
  NIGHT,
  put,
  regionpay,
  toldAsJson,
  toldCodes,
} from './command.ts';

const night = (name: string): string => join(NIGHT, name);
const SALES_HEADER = 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen';
const sale = (id: number, total = 700): string => `S${id},M1,2023-02-24T18:00:00+09:00,${total},500,200`;
const STACK = /^ +at .*:\d+:\d+/m;

/** What 4-cli.md asks of every error: a code, where, what and what to do; never a stack trace. */
function expectTold(ended: Ended, status: number, ...codes: readonly string[]): void {
  expect(ended.status).toBe(status);
  expect(toldCodes(ended)).toEqual(codes);
  expect(ended.stderr).not.toMatch(STACK);
  expect(ended.stderr.match(/^ {2}→ ./gm)).toHaveLength(codes.length);
}

describe('exit code 0', () => {
  it.concurrent('is for a run that is published, and for the same run again', async () => {
    await inFolder(async (folder) => {
      const words = ['run', ...INPUTS, '--out', join(folder, 'run')];
      const first = await regionpay([...words, '--json']);
      expect(first.status).toBe(0);
      expect(JSON.parse(first.stdout).result).toBe('published');
      const again = await regionpay([...words, '--json', '--quiet']);
      expect(again.status).toBe(0);
      expect(JSON.parse(again.stdout).result).toBe('unchanged');
      expect(again.stderr).toBe('');
    });
  });

  it.concurrent.each([['--help'], ['--version'], ['run --help'], ['help check']])('is for %s', async (words) => {
    const ended = await regionpay(words.split(' '));
    expect(ended.status).toBe(0);
    expect(ended.stdout).not.toBe('');
    expect(ended.stderr).toBe('');
  });

  it.concurrent('keeps data on standard output and logs on standard error', async () => {
    const ended = await regionpay(['check', ...INPUTS, '--json', '--log-format', 'json']);
    expect(ended.status).toBe(0);
    expect(JSON.parse(ended.stdout).files).toHaveLength(5);
    const lines = ended.stderr.trimEnd().split('\n');
    for (const line of lines) expect(typeof JSON.parse(line).msg).toBe('string');
  });
});

describe('exit code 2, the command line is wrong', () => {
  const cases: readonly (readonly [string, readonly string[], string, RegExp])[] = [
    ['an unknown option, with what may be meant', ['check', '--isuance', 'x'], 'USAGE', /did you mean --issuance\?/],
    ['an unknown option like no other', ['check', '--bogus'], 'USAGE', /--bogus\n.*\n.*--help/],
    ['an unknown command, with what may be meant', ['chekc'], 'USAGE', /did you mean check\?/],
    ['an option without its value', ['check', '--as-of'], 'USAGE', /--as-of/],
    ['a run without --out', ['run', ...INPUTS], 'MISSING_OPTION', /add --out/],
    [
      'a policy file that is not there',
      ['check', ...INPUTS, '--policy', 'no-policy.json'],
      'BAD_POLICY',
      /no such file/,
    ],
    ['a profile that is a folder', ['check', ...INPUTS, '--profile', NIGHT], 'BAD_PROFILE', /is a folder/],
    [
      'a profile that there is not, with those that come along',
      ['check', ...INPUTS, '--profile', 'sqare'],
      'BAD_PROFILE',
      /built in are airpay,.* square/,
    ],
    ['a config file that is not there', ['check', '--config', 'no-config.json'], 'BAD_CONFIG', /no such file/],
    ['a schema that is none', ['policy', 'schema', 'sales'], 'UNKNOWN_VALUE', /policy, profile, config/],
  ];
  it.concurrent.each(cases)('%s', async (_, words, code, says) => {
    const ended = await regionpay(words);
    expectTold(ended, 2, code);
    expect(ended.stderr).toMatch(says);
    expect(ended.stdout).toBe('');
  });

  const values: readonly (readonly [string, GivenOptions, string])[] = [
    ['an unknown log level', { logLevel: 'loud' }, 'UNKNOWN_VALUE --log-level loud: silent, error, warn, info, debug'],
    ['an unknown log format', { logFormat: 'xml' }, 'UNKNOWN_VALUE --log-format xml: text, json'],
    ['an unknown language', { lang: 'fr' }, 'UNKNOWN_VALUE --lang fr: ja, en'],
    ['an unknown encoding', { encoding: 'latin1' }, 'UNKNOWN_VALUE --encoding latin1: utf-8 or windows-31j'],
    ['an as-of that is no instant', { asOf: 'soon' }, 'BAD_AS_OF --as-of soon: +09:00'],
    ['an as-of that does not exist', { asOf: '2023-02-30' }, 'BAD_AS_OF --as-of 2023-02-30: +09:00'],
    ['a limit above 100 %', { maxRejects: '101%' }, 'BAD_MAX_REJECTS --max-rejects 101%: rows'],
    ['a limit below 0', { maxRejects: '-1' }, 'BAD_MAX_REJECTS --max-rejects -1: rows'],
    ['a limit of half a row', { maxRejects: '0.5' }, 'BAD_MAX_REJECTS --max-rejects 0.5: rows'],
  ];
  it.each(values)('%s, with those that are known', (_, given, expected) => {
    const [told, advice = ''] = expected.split(': ');
    const inputs = { issuance: 'a.csv', transactions: 'b.csv', merchantReports: 'c.csv' };
    try {
      readRequest({ ...inputs, ...given }, 0, { out: false });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      expect(error.exitCode).toBe(2);
      expect(error.problems.map(({ code, where }) => `${code} ${where}`)).toEqual([told]);
      for (const words of [error.problems[0]?.advice.en, error.problems[0]?.advice.ja]) {
        expect(words).toContain(advice.replace(/ or .*|, .*|rows/, ''));
      }
    }
  });

  it.concurrent('tells several problems together', async () => {
    const ended = await regionpay([
      'run',
      ...['--issuance', night('issuance.csv'), '--as-of', 'soon', '--encoding', 'latin1', '--max-rejects', 'some'],
      ...['--policy', 'no-policy.json', '--profile', 'no-profile.json', '--lang', 'fr', '--reader', 'fast'],
    ]);
    expect(ended.status).toBe(2);
    expect(toldCodes(ended).sort()).toEqual(
      [
        ...['BAD_AS_OF', 'BAD_MAX_REJECTS', 'BAD_POLICY', 'BAD_PROFILE', 'MISSING_OPTION', 'MISSING_OPTION'],
        ...['MISSING_OPTION', 'UNKNOWN_VALUE', 'UNKNOWN_VALUE', 'UNKNOWN_VALUE'],
      ].sort(),
    );
  });

  it.concurrent('the built-in policy under another title, unless it has an id of its own', async () => {
    await inFolder(async (folder) => {
      const policy = JSON.parse((await regionpay(['policy', '--json'])).stdout);
      expect((await regionpay(['policy', 'check', put(folder, 'same.json', JSON.stringify(policy))])).status).toBe(0);
      policy.title.ja = '別の表題';
      const ended = await regionpay(['policy', 'check', put(folder, 'titled.json', JSON.stringify(policy))]);
      expectTold(ended, 2, 'BAD_POLICY');
      expect(ended.stderr).toContain('titled.json: title\n');
      policy.id = 'another';
      expect((await regionpay(['policy', 'check', put(folder, 'own.json', JSON.stringify(policy))])).status).toBe(0);
    });
  });

  it.concurrent('a policy with several bad fields, each with its path', async () => {
    await inFolder(async (folder) => {
      const policy = JSON.parse((await regionpay(['policy', '--json'])).stdout);
      policy.terms.secondExtension = '2023-02-30';
      policy.terms.minimumResidualYen = 0.5;
      policy.terms.typo = 1;
      const path = put(folder, 'policy.json', JSON.stringify(policy));
      const ended = await regionpay(['policy', 'check', path]);
      expectTold(ended, 2, 'BAD_POLICY', 'BAD_POLICY', 'BAD_POLICY');
      for (const field of ['terms.secondExtension', 'terms.minimumResidualYen']) {
        expect(ended.stderr).toContain(`${path}: ${field}\n`);
      }
      expect(ended.stderr).toContain(`${path}: terms.typo\n`);
    });
  });

  it.concurrent('JSON that is none, with its line', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'run.json', '{\n  "issuance": "a.csv",\n  oops\n}\n');
      const ended = await regionpay(['check', '--config', path]);
      expectTold(ended, 2, 'BAD_CONFIG');
      expect(ended.stderr).toContain(`${path}:3`);
    });
  });

  it.concurrent('another run is there, and --replace was not given', async () => {
    await inFolder(async (folder) => {
      const out = join(folder, 'run');
      expect((await regionpay(['run', ...INPUTS, '--out', out, '--quiet'])).status).toBe(0);
      const before = readFileSync(join(out, 'SHA256SUMS'), 'utf8');
      const other = ['run', ...inputsWith('--as-of', '2023-05-11'), '--out', out, '--quiet'];
      expectTold(await regionpay(other), 2, 'ALREADY_PUBLISHED');
      expect(readFileSync(join(out, 'SHA256SUMS'), 'utf8')).toBe(before);
      expect((await regionpay([...other, '--replace'])).status).toBe(0);
      expect(readFileSync(join(out, 'SHA256SUMS'), 'utf8')).not.toBe(before);
    });
  });

  it.concurrent('a folder of other files, or a file, in the place of the run', async () => {
    await inFolder(async (folder) => {
      put(folder, 'mine/notes.txt', 'mine');
      const words = ['run', ...INPUTS, '--quiet', '--replace', '--out'];
      expectTold(await regionpay([...words, join(folder, 'mine')]), 2, 'NOT_A_RUN_FOLDER');
      expectTold(await regionpay([...words, join(folder, 'mine/notes.txt')]), 2, 'NOT_A_RUN_FOLDER');
      expect(readFileSync(join(folder, 'mine/notes.txt'), 'utf8')).toBe('mine');
    });
  });

  // 4-cli.md: `--lang ja|en`; a value that is none is told by run and check, but passed over here.
  it('an unknown language of a command without inputs', async () => {
    expect((await regionpay(['policy', '--lang', 'fr'])).status).toBe(2);
  });
});

describe('exit code 3, inputs refused', () => {
  const refused = async (option: string, values: readonly string[], status: number, ...codes: readonly string[]) => {
    const ended = await regionpay(['check', ...inputsWith(option, ...values), '--quiet']);
    expectTold(ended, status, ...codes);
    return ended;
  };

  it.concurrent('a file that is not there', async () => {
    const ended = await refused('--claims', ['no-such-claims.csv'], 3, 'NO_SUCH_FILE');
    expect(ended.stderr).toContain('no-such-claims.csv');
  });

  it.concurrent('a folder where a file should be', async () => {
    const ended = await refused('--claims', [NIGHT], 3, 'IS_DIRECTORY');
    expect(ended.stderr).toContain('*.csv');
  });

  it.concurrent('what is no regular file', async () => {
    await refused('--claims', ['/dev/null'], 3, 'NOT_A_FILE');
  });

  it.concurrent('a pattern that matches nothing', async () => {
    const ended = await refused('--claims', [join(NIGHT, 'no-*.csv')], 3, 'NO_SUCH_FILE');
    expect(ended.stderr).toContain('--claims');
  });

  it.concurrent('several files, each told', async () => {
    const ended = await regionpay([
      ...['check', '--quiet', '--issuance', 'a.csv', 'b.csv', '--transactions', NIGHT],
      ...['--merchant-reports', 'no-*.csv', 'none-*.csv'],
    ]);
    expect(ended.status).toBe(3);
    expect(toldCodes(ended).length).toBeGreaterThanOrEqual(2);
  });

  // 4-cli.md: "all errors of a kind are reported, not only the first".
  it('a file that is not there beside a pattern that matches nothing, both told', async () => {
    await refused('--claims', ['no-such-claims.csv', 'no-*.csv'], 3, 'NO_SUCH_FILE', 'NO_SUCH_FILE');
  });

  it.concurrent('a file in another encoding than --encoding says', async () => {
    const ended = await regionpay(['check', ...INPUTS, '--encoding', 'sjis', '--quiet']);
    // Only the applications hold more than ASCII.
    expectTold(ended, 3, 'BAD_ENCODING');
    expect(ended.stderr).toContain('applications.csv');
    expect(ended.stderr).toContain('windows-31j');
  });

  it.concurrent('missing columns of several files, with the headers that were found', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'claims.csv', 'claim_id,coupon\nC1,1\n');
      const sales = put(folder, 'sales.csv', 'shop,total_yen\nM1,1\n');
      const ended = await regionpay([
        'check',
        ...inputsWith('--claims', path),
        ...['--merchant-reports', sales, '--quiet', '--json'],
      ]);
      expect(ended.status).toBe(3);
      const problems = toldAsJson(ended);
      expect(problems.map(({ where }) => where)).toEqual(
        [
          ...['report_id', 'merchant_id', 'sold_at', 'coupon_yen', 'cash_yen'].map((name) => `sales.csv:1:${name}`),
          ...['received_at', 'kind', 'coupon_number', 'expires_on', 'prefecture', 'merchant_id'].map(
            (name) => `claims.csv:1:${name}`,
          ),
        ].sort((a, b) => Number(a.startsWith('c')) - Number(b.startsWith('c'))),
      );
      expect(problems[0]?.what.en).toContain('shop, total_yen');
    });
  });

  it.concurrent('a file that may not be read', async ({ skip }) => {
    await inFolder(async (folder) => {
      chmodSync(folder, 0o755);
      const path = put(folder, 'claims.csv', 'claim_id\n');
      chmodSync(path, 0);
      const ended = await asNobody(['check', ...inputsWith('--claims', path), '--quiet']);
      if (ended === undefined) return skip();
      expectTold(ended, 3, 'NO_PERMISSION');
    });
  });

  // 4-cli.md: 3 "a file unreadable"; a stack trace is shown only for a bug.
  it('a path through a file', async () => {
    const ended = await regionpay(['check', ...inputsWith('--claims', join(NIGHT, 'claims.csv/more.csv')), '--quiet']);
    expect(ended.status).toBe(3);
  });

  it('a link that leads to itself', async () => {
    await inFolder(async (folder) => {
      symlinkSync('loop.csv', join(folder, 'loop.csv'));
      const ended = await regionpay(['check', ...inputsWith('--claims', join(folder, 'loop.csv')), '--quiet']);
      expect(ended.status).toBe(3);
    });
  });

  it.concurrent('nothing is left where the run would be', async () => {
    await inFolder(async (folder) => {
      const words = ['run', ...inputsWith('--claims', 'no-such-claims.csv'), '--quiet', '--out', join(folder, 'run')];
      expectTold(await regionpay(words), 3, 'NO_SUCH_FILE');
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

/** Runs as a user who may do little, where this one may do everything; undefined where even that cannot be had. */
async function asNobody(words: readonly string[]): Promise<Ended | undefined> {
  const surroundings = process.getuid?.() === 0 ? { uid: 65534 } : {};
  const able = await execute(process.execPath, [BIN, '--version'], surroundings).catch(() => undefined);
  if (able?.status !== 0) return undefined;
  return execute(process.execPath, [BIN, ...words], surroundings);
}

describe('exit code 4, the system failed', () => {
  const runInto = (out: string, ...more: readonly string[]): Promise<Ended> =>
    regionpay(['run', ...INPUTS, '--quiet', '--out', out, ...more]);

  it.concurrent('a place below a regular file', async () => {
    await inFolder(async (folder) => {
      put(folder, 'file', '');
      expectTold(await runInto(join(folder, 'file/deep/run')), 4, 'SYSTEM_ENOTDIR');
      expectTold(await runInto(join(folder, 'file/run')), 4, 'SYSTEM_ENOTDIR');
    });
  });

  it.concurrent('a place where the system has no folders made', async ({ skip }) => {
    if (!existsSync('/proc/self')) return skip();
    expectTold(await runInto('/proc/no-such-folder/run'), 4, 'SYSTEM_ENOENT');
  });

  it.concurrent('a folder whose name is too long', async () => {
    await inFolder(async (folder) => {
      expectTold(await runInto(join(folder, 'x'.repeat(300))), 4, 'SYSTEM_ENAMETOOLONG');
    });
  });

  it.concurrent('a full disk, which leaves nothing', async () => {
    await inFolder(async (folder) => {
      const out = join(folder, 'run');
      const line = [process.execPath, BIN, 'run', ...INPUTS, '--quiet', '--out', out].map((word) => `'${word}'`);
      const ended = await execute('bash', ['-c', `ulimit -f 1; ${line.join(' ')}`]);
      expectTold(ended, 4, 'SYSTEM_EFBIG');
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it.concurrent('an output that takes nothing', async ({ skip }) => {
    if (!existsSync('/dev/full')) return skip();
    for (const words of ['rules', `check ${INPUTS.map((word) => `'${word}'`).join(' ')}`]) {
      const ended = await execute('bash', [
        '-c',
        `'${process.execPath}' '${BIN}' ${words} --log-level error > /dev/full`,
      ]);
      expectTold(ended, 4, 'SYSTEM_ENOSPC');
    }
  });

  it.concurrent('a run folder that may not be read', async ({ skip }) => {
    await inFolder(async (folder) => {
      const out = join(folder, 'run');
      expect((await runInto(out)).status).toBe(0);
      chmodSync(folder, 0o755);
      chmodSync(out, 0o700);
      const ended = await asNobody(['verify', out]);
      if (ended === undefined) return skip();
      expectTold(ended, 4, 'SYSTEM_EACCES');
      expect(ended.stderr).toContain(out);
    });
  });

  it.concurrent.for([
    ['the run before this one', 'eligibility.csv', (out: string) => ['run', ...INPUTS, '--previous', out, '--quiet']],
    ['a run that is compared', 'eligibility.csv', (out: string) => ['diff', out, out]],
    ['a run that a page is made of', 'eligibility.csv', (out: string) => ['report', out]],
    ['a run that is explained', 'manifest.json', (out: string) => ['explain', out, '000000000201']],
  ] as const)('%s, of which a file may not be read', async ([, file, words], { skip }) => {
    await inFolder(async (folder) => {
      const out = join(folder, 'run');
      expect((await runInto(out)).status).toBe(0);
      for (const each of [folder, out]) chmodSync(each, 0o755);
      for (const name of readdirSync(out)) chmodSync(join(out, name), 0o644);
      chmodSync(join(out, file), 0);
      const next = join(folder, 'next');
      mkdirSync(next, { mode: 0o777 });
      chmodSync(next, 0o777);
      const ended = await asNobody([...words(out), ...(words(out)[0] === 'run' ? ['--out', join(next, 'run')] : [])]);
      if (ended === undefined) return skip();
      expectTold(ended, 4, 'SYSTEM_EACCES');
    });
  });

  it.concurrent.for([
    ['run --previous', (out: string) => ['run', ...INPUTS, '--previous', out, '--quiet']],
    ['run --paid-run', (out: string) => ['run', ...INPUTS, '--paid-run', out, '--quiet']],
    ['diff', (out: string) => ['diff', out, out]],
    ['report', (out: string) => ['report', out]],
    ['explain', (out: string) => ['explain', out, '000000000201']],
    ['verify', (out: string) => ['verify', out]],
    ['verify --chain', (out: string) => ['verify', out, '--chain']],
  ] as const)('a folder of another user, for %s: never said to be no run', async ([, words], { skip }) => {
    // The folder itself, and one above it.
    for (const closed of ['run', '.'])
      await inFolder(async (folder) => {
        const out = join(folder, 'run');
        expect((await runInto(out)).status).toBe(0);
        chmodSync(folder, 0o755);
        chmodSync(out, 0o755);
        chmodSync(join(folder, closed), 0o700);
        const next = mkdtempSync(join(tmpdir(), 'regionpay-'));
        chmodSync(next, 0o777);
        const ended = await asNobody([...words(out), ...(words(out)[0] === 'run' ? ['--out', join(next, 'run')] : [])]);
        rmSync(next, { recursive: true });
        if (ended === undefined) return skip();
        expectTold(ended, 4, 'SYSTEM_EACCES');
        expect(ended.stderr).not.toContain('NOT_A_RUN_FOLDER');
        expect(ended.stderr).not.toContain('EACCES:');
      });
  });

  it.concurrent('a folder where nobody may write', async ({ skip }) => {
    await inFolder(async (folder) => {
      chmodSync(folder, 0o755);
      mkdirSync(join(folder, 'closed'), { mode: 0o555 });
      const ended = await asNobody(['run', ...INPUTS, '--quiet', '--out', join(folder, 'closed/run')]);
      if (ended === undefined) return skip();
      expectTold(ended, 4, 'SYSTEM_EACCES');
    });
  });

  it.concurrent('a folder that is locked by another run', async () => {
    await inFolder(async (folder) => {
      const lock = JSON.stringify({ pid: process.pid, host: hostname(), started: '' });
      put(folder, '.run.lock', lock);
      const ended = await runInto(join(folder, 'run'));
      expectTold(ended, 4, 'LOCKED');
      expect(ended.stderr).toContain(`pid ${process.pid}`);
      expect(readdirSync(folder)).toEqual(['.run.lock']);
      expect(readFileSync(join(folder, '.run.lock'), 'utf8')).toBe(lock);
    });
  });
});

describe('problems', () => {
  const wrong = ['check', ...inputsWith('--as-of', 'soon')];

  it.concurrent('are JSON with --json, on one line, in both languages', async () => {
    const ended = await regionpay([...wrong, '--json', '--encoding', 'latin1']);
    expect(ended.status).toBe(2);
    expect(ended.stdout).toBe('');
    const problems = toldAsJson(ended);
    expect(problems.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'BAD_AS_OF --as-of soon',
      'UNKNOWN_VALUE --encoding latin1',
    ]);
    for (const { what, advice } of problems) {
      expect(Object.keys(what).sort()).toEqual(['en', 'ja']);
      expect(Object.keys(advice).sort()).toEqual(['en', 'ja']);
    }
  });

  it.concurrent.each([
    ['Japanese where LANG is', { LANG: 'ja_JP.UTF-8' }, [], /^エラー \[BAD_AS_OF\]/],
    ['English with --lang en, whatever LANG', { LANG: 'ja_JP.UTF-8' }, ['--lang', 'en'], /^error \[BAD_AS_OF\]/],
  ])('are in %s', async (_, env, more, says) => {
    const ended = await regionpay([...wrong, ...more], { env });
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(says);
  });

  const languages: readonly (readonly [Language, string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['ja', 'LANG is Japanese', { LANG: 'ja_JP.UTF-8' }, []],
    ['en', 'LANG is English', { LANG: 'en_US.UTF-8' }, []],
    ['en', 'LANG is neither', { LANG: 'de_DE.UTF-8' }, []],
    ['en', 'LANG is C', { LANG: 'C' }, []],
    ['en', 'there is no LANG', {}, []],
    ['ja', 'LC_ALL is Japanese, whatever LANG', { LANG: 'en_US.UTF-8', LC_ALL: 'ja_JP.UTF-8' }, []],
    ['ja', 'LC_ALL is empty and LANG Japanese', { LANG: 'ja_JP.UTF-8', LC_ALL: '' }, []],
    ['ja', '--lang says so, whatever LANG', { LANG: 'en_US.UTF-8' }, ['--lang', 'ja']],
    ['en', '--lang=en says so, whatever LANG', { LANG: 'ja_JP.UTF-8' }, ['--lang=en']],
  ];
  it.each(languages)('are in %s where %s', (language, _, environment, words) => {
    expect(languageOf(['node', 'regionpay-reconcile', 'check', ...words], environment)).toBe(language);
  });

  it.concurrent('of the command line are in Japanese too', async () => {
    const ended = await regionpay(['check', '--isuance', 'x', '--lang', 'ja']);
    expect(ended.stderr).toContain('知らないオプションです');
    expect(ended.stderr).toContain('--issuance のことですか');
  });

  // 4-cli.md: "Options can stand in a config file"; `lang` may stand there, but is not heeded.
  it('are in the language of the config file', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'run.json', JSON.stringify({ lang: 'ja', asOf: 'soon' }));
      expect((await regionpay(['check', '--config', path])).stderr).toMatch(/^エラー /);
    });
  });

  it('are JSON where the config file says so', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'run.json', JSON.stringify({ json: true, asOf: 'soon' }));
      expect(toldAsJson(await regionpay(['check', '--config', path])).length).toBeGreaterThan(0);
    });
  });
});

describe('what a run prints', () => {
  it.concurrent('is nothing but errors with --quiet', async () => {
    await inFolder(async (folder) => {
      const done = await regionpay(['run', ...INPUTS, '--quiet', '--out', join(folder, 'run')]);
      expect(done).toEqual({ status: 0, stdout: '', stderr: '' });
      const checked = await regionpay(['check', ...INPUTS, '--quiet']);
      expect(checked).toEqual({ status: 0, stdout: '', stderr: '' });
    });
  });

  it.concurrent('is in Japanese or English', async () => {
    await inFolder(async (folder) => {
      const words = ['run', ...INPUTS, '--out', join(folder, 'run'), '--log-level', 'silent'];
      const ja = await regionpay(words, { env: { LANG: 'ja_JP.UTF-8' } });
      const en = await regionpay(words);
      expect(ja.stdout).toContain('■ 支払えるもの');
      expect(en.stdout).toContain('■ Can be paid');
      expect(ja.stderr + en.stderr).toBe('');
    });
  });

  it.concurrent('has no colours and no progress where it is not shown on a terminal', async () => {
    const ended = await regionpay(['check', ...INPUTS]);
    expect(ended.stdout + ended.stderr).not.toContain('\u001b');
  });

  it.concurrent('has no colours on a terminal either, with NO_COLOR', async ({ skip }) => {
    const line = [process.execPath, BIN, 'check', ...INPUTS].map((word) => `'${word}'`).join(' ');
    const onTerminal = (env: Readonly<Record<string, string>>) =>
      execute('script', ['-qec', line, '/dev/null'], { env: { TERM: 'xterm', ...env } }).catch(() => undefined);
    const coloured = await onTerminal({});
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
    const colour = /\u001b\[\d+(;\d+)*m/;
    if (coloured?.status !== 0 || !colour.test(coloured.stdout)) return skip();
    const plain = await onTerminal({ NO_COLOR: '1' });
    expect(plain?.status).toBe(0);
    expect(plain?.stdout).toContain('issuance.csv');
    expect(plain?.stdout).not.toMatch(colour);
  });

  it.concurrent.each([['run'], ['check'], ['rules']])('of %s may go to a reader who goes away', async (command) => {
    await inFolder(async (folder) => {
      const options = command === 'rules' ? [] : INPUTS;
      const out = command === 'run' ? ['--out', join(folder, 'run')] : [];
      const line = [process.execPath, BIN, command, ...options, ...out, '--json'].map((word) => `'${word}'`).join(' ');
      const ended = await execute('bash', ['-c', `${line} | head -1; exit \${PIPESTATUS[0]}`]);
      expect(ended.stdout).toBe('{\n');
      expect(ended.status).toBe(0);
      expect(ended.stderr).not.toMatch(/EPIPE|bug/);
      if (command === 'run') expect(existsSync(join(folder, 'run/SHA256SUMS'))).toBe(true);
    });
  });
});

describe('input options', () => {
  it.concurrent('take patterns, and each file once however often it is named', async () => {
    await inFolder(async (folder) => {
      const whole = readFileSync(night('merchant_reports.csv'), 'utf8').trimEnd().split('\n');
      const [header = '', ...rows] = whole;
      put(folder, 'log/a.csv', `${[header, ...rows.slice(0, 5)].join('\n')}\n`);
      put(folder, 'log/b.csv', `${[header, ...rows.slice(5)].join('\n')}\n`);
      const values = ['log/*.csv', 'log/a.csv', './log/../log/b.csv', join(folder, 'log/a.csv')];
      const ended = await regionpay(['check', ...inputsWith('--merchant-reports', ...values), '--json', '--quiet'], {
        cwd: folder,
      });
      expect(ended.status).toBe(0);
      const files = (JSON.parse(ended.stdout).files as InputFile[]).filter(({ kind }) => kind === 'sales');
      expect(files.map(({ name, rowsRead }) => [name, rowsRead])).toEqual([
        ['a.csv', 5],
        ['b.csv', rows.length - 5],
      ]);
      expect(files.every(({ dispositions }) => dispositions.duplicate.rows === 0)).toBe(true);
    });
  });

  it.concurrent('may be repeated, and tell files of one name apart by their folders', async () => {
    await inFolder(async (folder) => {
      for (const month of ['02', '03']) put(folder, `${month}/sales.csv`, `${SALES_HEADER}\n${sale(Number(month))}\n`);
      const ended = await regionpay(
        [
          'check',
          ...inputsWith('--merchant-reports', '02/sales.csv'),
          ...['--merchant-reports', '03/sales.csv', '--json', '--quiet'],
        ],
        { cwd: folder },
      );
      const files = (JSON.parse(ended.stdout).files as InputFile[]).filter(({ kind }) => kind === 'sales');
      expect(files.map(({ name }) => name)).toEqual(['02/sales.csv', '03/sales.csv']);
    });
  });

  it.concurrent('take a file by its name before they take it for a pattern', async () => {
    await inFolder(async (folder) => {
      put(folder, 'sales[1].csv', `${SALES_HEADER}\n${sale(1)}\n`);
      put(folder, 'night (2) [x]/sales.csv', `${SALES_HEADER}\n${sale(2)}\n`);
      const ended = await regionpay(
        ['check', ...inputsWith('--merchant-reports', 'sales[1].csv', 'night (2) [x]/sales.csv'), '--json', '--quiet'],
        { cwd: folder },
      );
      expect(ended.status).toBe(0);
    });
  });
});

describe('a config file', () => {
  const NOW = instant('2023-05-10T02:00:00+09:00');
  const config = { issuance: 'in/issuance.csv', transactions: ['in/tx.csv'], merchantReports: 'in/sales.csv' };
  const requestOf = (folder: string, written: object, given: object = {}) =>
    readRequest({ config: put(folder, 'run.json', JSON.stringify(written)), ...given }, NOW, { out: false });

  it('has paths relative to itself', async () => {
    await inFolder(async (folder) => {
      const request = requestOf(folder, { ...config, out: '../out/{date}' });
      expect(request.paths.issuance).toEqual([join(folder, 'in/issuance.csv')]);
      expect(request.paths.transactions).toEqual([join(folder, 'in/tx.csv')]);
      expect(request.paths.claims).toEqual([]);
      expect(request.out).toBe(join(folder, '../out/{date}'));
    });
  });

  it('gives way to the command line', async () => {
    await inFolder(async (folder) => {
      const written = { ...config, asOf: '2023-04-01', maxRejects: 5, quiet: true, logLevel: 'warn' };
      expect(requestOf(folder, written).asOf).toBe(instant('2023-04-01 00:00'));
      expect(requestOf(folder, written).maxRejects).toEqual({ rows: 5 });
      const given = { asOf: '2023-04-02', maxRejects: '1%', logLevel: 'debug', issuance: ['other.csv'] };
      const request = requestOf(folder, written, given);
      expect(request.asOf).toBe(instant('2023-04-02 00:00'));
      expect(request.maxRejects).toEqual({ parts: 1, of: 100 });
      expect(request.logLevel).toBe('debug');
      expect(request.quiet).toBe(true);
      expect(request.paths.issuance).toEqual([join(process.cwd(), 'other.csv')]);
    });
  });

  it.concurrent('runs from anywhere', async () => {
    await inFolder(async (folder) => {
      const ended = await regionpay(
        ['run', '--config', night('run.json'), '--out', join(folder, 'run'), '--quiet', '--json'],
        { cwd: folder },
      );
      expect(ended.status).toBe(0);
      expect(JSON.parse(ended.stdout).summary.asOf).toBe('2023-05-10T02:00:00+09:00');
    });
  });

  it.concurrent('with a key that is none is refused, and the key is told', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'run.json', JSON.stringify({ ...config, merchantReport: 'x' }));
      const ended = await regionpay(['check', '--config', path]);
      expectTold(ended, 2, 'BAD_CONFIG');
      expect(ended.stderr).toContain(`${path}: merchantReport\n`);
    });
  });

  it.concurrent('with a value of the wrong kind is refused, with its path', async () => {
    await inFolder(async (folder) => {
      const path = put(
        folder,
        'run.json',
        JSON.stringify({ ...config, countUnclaimed: 'yes', transactions: ['a', 1] }),
      );
      const ended = await regionpay(['check', '--config', path]);
      expectTold(ended, 2, 'BAD_CONFIG', 'BAD_CONFIG');
      expect(ended.stderr).toMatch(/: countUnclaimed\n/);
      expect(ended.stderr).toMatch(/: transactions/);
    });
  });

  // 4-cli.md: "Options can stand in a config file"; on the command line --policy takes the built-in policy's id.
  it('may name the built-in policy', async () => {
    await inFolder(async (folder) => {
      expect(requestOf(folder, { ...config, policy: 'kagoshima-2023-02-24' }).policy.id).toBe('kagoshima-2023-02-24');
    });
  });
});

describe('--max-rejects', () => {
  const NOW = instant('2023-05-10T02:00:00+09:00');
  /** Whether a file of so many rows, so many of them rejected, is refused. */
  function isRefused(limit: string | undefined, rejected: number, rowsRead: number): boolean {
    const inputs = { issuance: 'a', transactions: 'b', merchantReports: 'c' };
    const limits = readRequest(limit === undefined ? inputs : { ...inputs, maxRejects: limit }, NOW, {
      out: false,
    });
    const file = { kind: 'sales', rowsRead, dispositions: { rejected: { rows: rejected, yen: 0 } } };
    return tooManyRejects({ files: [file] } as unknown as Tables, limits).length > 0;
  }

  const cases: readonly (readonly [limit: string | undefined, rejected: number, rows: number, refused: boolean])[] = [
    [undefined, 0, 0, false],
    [undefined, 0, 1, false],
    [undefined, 1, 1, true],
    [undefined, 1, 999, true],
    [undefined, 1, 1000, false],
    [undefined, 2, 1000, true],
    [undefined, 2, 1999, true],
    [undefined, 2, 2000, false],
    ['0', 0, 10, false],
    ['0', 1, 10, true],
    ['0%', 1, 1_000_000, true],
    ['3', 2, 4, false],
    ['3', 3, 4, false],
    ['3', 4, 4, true],
    ['15%', 2, 20, false],
    ['15%', 3, 20, false],
    ['15%', 4, 20, true],
    ['14.9%', 3, 20, true],
    ['15.1%', 3, 20, false],
    ['100%', 20, 20, false],
  ];
  it.each(cases)('of %s: %i of %i rows are refused: %s', (limit, rejected, rows, refused) => {
    expect(isRefused(limit, rejected, rows)).toBe(refused);
  });

  // 4-cli.md: refused are "more rejects than --max-rejects allows"; 29 of 100 rows are not more than 29 %.
  it('of a share that no double holds exactly allows exactly that share', () => {
    for (let percent = 1; percent <= 100; percent++)
      expect([percent, isRefused(`${percent}%`, percent, 100)]).toEqual([percent, false]);
  });

  it.concurrent('is held against each file, and the rows are told', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'sales.csv', `${SALES_HEADER}\n${sale(1)}\n${sale(2, 1)}\n${sale(3, 2)}\n`);
      const words = ['check', ...inputsWith('--merchant-reports', path), '--quiet', '--max-rejects'];
      expect((await regionpay([...words, '2'])).status).toBe(0);
      const refused = await regionpay([...words, '1']);
      expect(refused.status).toBe(3);
      expect(refused.stderr).toMatch(/2 of 3 rows/);
      const run = await regionpay(['run', ...words.slice(1), '1', '--out', join(folder, 'run'), '--json']);
      expect(run.status).toBe(3);
      expect(toldAsJson(run).map(({ code, where }) => `${code} ${where}`)).toEqual([
        'TOO_MANY_REJECTS sales.csv',
        'SALE_TOTAL sales.csv:3',
        'SALE_TOTAL sales.csv:4',
      ]);
      expect(existsSync(join(folder, 'run'))).toBe(false);
    });
  });
});
