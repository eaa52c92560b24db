import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { NotARun, readPrevious } from '../../src/publish/previous.ts';
import { alter, redoAll, redoManifest, redoSums, withOneYenPayable } from '../support/forged-run.ts';
import { program, ROOT, withFolder } from '../support/program.ts';

const CONFIG = join(ROOT, 'fixtures/outage-night/run.json');
const words = (out: string, asOf: string): readonly string[] => [
  'run',
  '--config',
  CONFIG,
  '--as-of',
  asOf,
  '--out',
  out,
  '--quiet',
];
let base = '';

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const run = (name: string, asOf: string, ...more: readonly string[]) =>
    expect(program([...words(join(base, name), asOf), '--archive', ...more])).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  run('first', '2023-04-05T02:00:00+09:00');
  run('second', '2023-05-10T02:00:00+09:00', '--previous', join(base, 'first'));
});
afterAll(() => rmSync(base, { recursive: true }));

/** What is said of the second night, once harm was done to it or to the night before it. */
const saidAfter = (harm: (second: string, first: string) => void): readonly string[] | 'nothing' =>
  withFolder((folder) => {
    cpSync(base, folder, { recursive: true });
    harm(join(folder, 'second'), join(folder, 'first'));
    try {
      drained(readPrevious(join(folder, 'second')));
      return 'nothing';
    } catch (error) {
      if (!(error instanceof NotARun)) throw error;
      expect(error.why).toBe('damaged');
      for (const { ja, en } of error.problems) expect(ja).not.toBe(en);
      return error.problems.map(({ en }) => en);
    }
  });

interface SummaryParts {
  readonly sending: { toSend?: unknown };
  readonly statuses: Readonly<Record<string, object>>;
}

function changed(summary: string, change: (parts: SummaryParts) => unknown): string {
  const parts = JSON.parse(summary) as SummaryParts;
  change(parts);
  return JSON.stringify(parts);
}

const ELIGIBILITY = 'eligibility.csv';

describe('the run before this one', () => {
  test('is read in steps', () => {
    const steps = readPrevious(join(base, 'second'));
    let turns = 0;
    while (steps.next().done !== true) turns++;
    expect(turns).toBeGreaterThan(10);
  });

  test('is read where nobody touched it', () => {
    const { carried, unsent, asked, coupons, asOf } = drained(readPrevious(join(base, 'second')));
    expect(carried.length).toBeGreaterThan(1);
    expect(unsent.length).toBeGreaterThan(0);
    expect(asked.length).toBeGreaterThan(0);
    expect(coupons.size).toBeGreaterThan(carried.length);
    expect(asOf).toBe(Date.parse('2023-05-10T02:00:00+09:00') * 1000);
  });

  test('is read where it was copied with wider modes, or the night before it is elsewhere', () => {
    expect(saidAfter((second) => chmodSync(join(second, ELIGIBILITY), 0o644))).toBe('nothing');
    expect(saidAfter((_, first) => rmSync(first, { recursive: true }))).toBe('nothing');
  });

  test.each<readonly [string, (second: string, first: string) => void, string]>([
    [
      'a payable yen, with SHA256SUMS redone',
      (run) => {
        alter(run, ELIGIBILITY, withOneYenPayable);
        redoSums(run);
      },
      'eligibility.csv differs from manifest.json',
    ],
    [
      'a yen that it carries, with SHA256SUMS redone',
      (run) => {
        alter(run, 'carried.csv', (content) => content.replace(/,\d+,2023/, ',7,2023'));
        redoSums(run);
      },
      'carried.csv differs from manifest.json',
    ],
    [
      'a table that no next run reads',
      (run) => alter(run, 'extensions.csv', (content) => `${content}x\n`),
      'extensions.csv differs from SHA256SUMS (one of them was altered)',
    ],
    [
      'a table that is gone, with its line of SHA256SUMS',
      (run) => {
        rmSync(join(run, 'merchant_days.csv'));
        redoSums(run);
      },
      'merchant_days.csv is missing',
    ],
    ...(
      [
        ['that is no JSON', (content) => `\ufeff${content}`],
        ['with nothing to send', (content) => changed(content, ({ sending }) => delete sending.toSend)],
        [
          'that counts words',
          (content) =>
            changed(content, ({ statuses }) => Object.assign(Object.values(statuses)[0] ?? {}, { payableYen: 'many' })),
        ],
      ] satisfies readonly (readonly [string, (content: string) => string])[]
    ).map(
      ([what, change]) =>
        [
          `a summary ${what}, with all sums redone`,
          (run: string) => {
            alter(run, 'summary.json', change);
            redoAll(run);
          },
          'summary.json cannot be read',
        ] as const,
    ),
    ['a file too many', (run) => writeFileSync(join(run, 'notes.txt'), 'x'), 'notes.txt is not in SHA256SUMS'],
    [
      'a file too many, that SHA256SUMS lists',
      (run) => {
        writeFileSync(join(run, 'paid_payouts.csv'), 'payout_id,coupon_number,amount_yen\n');
        redoSums(run, ['paid_payouts.csv']);
      },
      'paid_payouts.csv is not in manifest.json',
    ],
    ['an archived input that is gone', (run) => execFileSync('sh', ['-c', 'rm "$1"/inputs/*', 'sh', run]), 'inputs/'],
    [
      'a manifest that says another yen, and nothing else redone',
      (run) => alter(run, 'manifest.json', (content) => content.replace(/("payable_yen": )\d+/, '$11')),
      'the fingerprint in manifest.json is not of its content',
    ],
    [
      'a manifest in another form',
      (run) => {
        appendFileSync(join(run, 'manifest.json'), '\n');
        redoSums(run);
      },
      'manifest.json is not in canonical form',
    ],
    [
      'bytes in the manifest that are no UTF-8',
      (run) => {
        redoManifest(run, (body) => ({ ...body, asOf: '2023-05-10T02:00:00+09:00\ufffd' }));
        const bytes = readFileSync(join(run, 'manifest.json'));
        const at = bytes.indexOf(Buffer.from('\ufffd'));
        writeFileSync(
          join(run, 'manifest.json'),
          Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]),
        );
        redoSums(run);
      },
      'manifest.json is not in canonical form',
    ],
    [
      'a manifest that is none',
      (run) => {
        writeFileSync(join(run, 'manifest.json'), '{');
        redoSums(run);
      },
      'manifest.json cannot be read',
    ],
    [
      'a link in the place of a table',
      (run) => {
        renameSync(join(run, ELIGIBILITY), join(run, '../eligibility.csv'));
        symlinkSync('../eligibility.csv', join(run, ELIGIBILITY));
      },
      'eligibility.csv is a link, no file',
    ],
    [
      'a link that leads nowhere',
      (run) => symlinkSync('nowhere', join(run, 'to_pay.csv')),
      'to_pay.csv is a link, no file',
    ],
    [
      'a pipe in the place of a table',
      (run) => {
        rmSync(join(run, 'payouts.csv'));
        execFileSync('mkfifo', [join(run, 'payouts.csv')]);
      },
      'payouts.csv is a pipe (FIFO), no file',
    ],
    [
      'a pipe in the place of the sums',
      (run) => {
        rmSync(join(run, 'SHA256SUMS'));
        execFileSync('mkfifo', [join(run, 'SHA256SUMS')]);
      },
      'SHA256SUMS is missing',
    ],
    ['a folder too many', (run) => mkdirSync(join(run, 'more')), 'more is a folder, no file'],
    [
      'a name that stands twice in SHA256SUMS',
      (run) => alter(run, 'SHA256SUMS', (content) => `${content}${'0'.repeat(64)}  payouts.csv\n`),
      'payouts.csv stands twice in SHA256SUMS',
    ],
    [
      'a name in SHA256SUMS that leads out of the folder',
      (run) => alter(run, 'SHA256SUMS', (content) => `${content}${'0'.repeat(64)}  ../first/payouts.csv\n`),
      '../first/payouts.csv in SHA256SUMS is no name of a file in the run folder',
    ],
    [
      'another manifest of the night before it',
      (_, first) => {
        alter(first, ELIGIBILITY, withOneYenPayable);
        redoAll(first);
      },
      'nothing',
    ],
    [
      'a manifest of the night before it that was altered',
      (_, first) => appendFileSync(join(first, 'manifest.json'), '\n'),
      'manifest.json of first, the run before it, is not the one that it followed',
    ],
    [
      'another fingerprint of the night before it',
      (run) =>
        redoManifest(run, (body) => ({
          ...body,
          previous: { ...(body.previous as object), fingerprint: '0'.repeat(64) },
        })),
      'the fingerprint that manifest.json gives the run before is not that of first',
    ],
    [
      'yen that are none, with everything redone',
      (run) => {
        alter(run, 'carried.csv', (content) => content.replace(/,\d+,2023/, ',NaN,2023'));
        redoAll(run);
      },
      'carried.csv cannot be read',
    ],
    [
      'an instant that is none, with everything redone',
      (run) => {
        alter(run, 'carried.csv', (content) => content.replace('2023-04-05T', '2023-44-05T'));
        redoAll(run);
      },
      'carried.csv cannot be read',
    ],
  ])('is refused for %s', (_, harm, says) => {
    const said = saidAfter(harm);
    if (says === 'nothing') expect(said).toBe('nothing');
    else expect(said).toContainEqual(expect.stringContaining(says));
  });
});

test('a night that was forged with its sums is not gone on with, and the run says which file it is', () => {
  withFolder((folder) => {
    cpSync(base, folder, { recursive: true });
    alter(join(folder, 'second'), ELIGIBILITY, withOneYenPayable);
    redoSums(join(folder, 'second'));
    const { status, stderr } = program([
      ...words(join(folder, 'third'), '2023-05-20T02:00:00+09:00'),
      '--previous',
      join(folder, 'second'),
      '--lang',
      'en',
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('BAD_PREVIOUS');
    expect(stderr).toContain('eligibility.csv differs from manifest.json');
    expect(() => readFileSync(join(folder, 'third/manifest.json'))).toThrow('ENOENT');
  });
});
