import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Verification, type VerifyOptions, verifyRun } from '../../../src/audit/verify/verify.ts';
import { summaryFile } from '../../../src/cli/render/summary-file.ts';
import type { ProgramIdentity } from '../../../src/publish/manifest.ts';
import { pageOf } from '../../../src/report/page.ts';
import { alter, redoAll, redoManifest, redoSums } from '../../support/forged-run.ts';
import { copied, madeBy, nightsInChain } from '../../support/nights-in-chain.ts';

let nights = '';
let program: ProgramIdentity;
beforeAll(() => {
  nights = nightsInChain(3);
  program = madeBy(join(nights, 'third'));
});
afterAll(() => rmSync(nights, { recursive: true }));

const verify = (folder: string, more: Partial<VerifyOptions> = {}): Promise<Verification> =>
  verifyRun(join(folder, 'third'), { program, summaryText: summaryFile, page: pageOf, chain: true, ...more });
const chainOf = ({ checks }: Verification) => {
  const chain = checks.find(({ check }) => check === 'chain');
  return { result: chain?.result, says: chain?.details.map(({ en }) => en) ?? [] };
};
const after = (harm: (folder: string) => void, more: Partial<VerifyOptions> = {}) =>
  copied(nights, async (folder) => {
    harm(folder);
    return verify(folder, more);
  });

test('each night that was walked is told, with what it is known by and what was checked', async () => {
  const { nights: walked, checks } = await verify(nights);
  expect(checks.every(({ result }) => result === 'ok')).toBe(true);
  expect(walked?.map(({ folder, asOf }) => [folder, asOf])).toEqual([
    ['third', '2023-05-20T02:00:00+09:00'],
    ['second', '2023-05-10T02:00:00+09:00'],
    ['first', '2023-04-05T02:00:00+09:00'],
  ]);
  for (const { folder, fingerprint } of walked ?? [])
    expect(readFileSync(join(nights, folder, 'manifest.json'), 'utf8')).toContain(`"fingerprint": "${fingerprint}"`);
  expect(walked?.map((night) => night.checks.map(({ check }) => check))).toEqual([
    ['checksums', 'modes', 'manifest', 'totals', 'inputs', 're-execution', 'report', 'statements'],
    ['checksums', 'modes', 'manifest', 'inputs', 'pin'],
    ['checksums', 'modes', 'manifest', 'inputs', 'pin'],
  ]);
});

test.each([
  [2, ['third', 'second']],
  [Number.POSITIVE_INFINITY, ['third', 'second', 'first']],
])('of %s nights the latest are executed again', async (execute, executed) => {
  const { nights: walked } = await verify(nights, { execute });
  const ok = walked?.filter(({ checks }) =>
    checks.some(({ check, result }) => check === 're-execution' && result === 'ok'),
  );
  expect(ok?.map(({ folder }) => folder)).toEqual(executed);
});

describe('an older night', () => {
  test.each<readonly [string, (folder: string) => void, string]>([
    [
      'whose recipient was changed, with its sums',
      (folder) => {
        alter(join(folder, 'first'), 'payouts.csv', (content) => content.replace(/0[789]0\d{8}/, '09099999999'));
        redoSums(join(folder, 'first'));
      },
      'first: payouts.csv differs from manifest.json',
    ],
    [
      'whose payouts.csv is gone, with its line',
      (folder) => {
        rmSync(join(folder, 'first/payouts.csv'));
        redoSums(join(folder, 'first'));
      },
      'first: payouts.csv is missing',
    ],
    [
      'that was made anew as a whole',
      (folder) => {
        alter(join(folder, 'first'), 'payouts.csv', (content) => content.replace(/0[789]0\d{8}/, '09099999999'));
        redoAll(join(folder, 'first'));
      },
      'the run before second is not among the folders beside it',
    ],
    [
      'whose archived input was changed, with its sums',
      (folder) => {
        const [name = ''] = readdirSync(join(folder, 'first/inputs'));
        writeFileSync(join(folder, 'first/inputs', name), 'x');
        redoSums(join(folder, 'first'));
      },
      'first: the archived input',
    ],
    [
      'that gives the night before it another fingerprint',
      (folder) => {
        redoManifest(join(folder, 'third'), (body) => ({
          ...body,
          previous: { ...(body.previous as object), fingerprint: '0'.repeat(64) },
        }));
      },
      'the fingerprint that manifest.json of third gives the run before is not that of second',
    ],
  ])('%s is found', async (_, harm, says) => {
    const chain = chainOf(await after(harm));
    expect(chain.result).not.toBe('ok');
    expect(chain.says).toContainEqual(expect.stringContaining(says));
  });
});

test('a night that was to be executed again, and keeps no inputs, leaves the chain unproved', async () => {
  const verification = await after(
    (folder) => {
      const known = { first: fingerprintOf(join(folder, 'first')), second: fingerprintOf(join(folder, 'second')) };
      rmSync(join(folder, 'first/inputs'), { recursive: true });
      redoManifest(join(folder, 'first'), (body) => ({
        ...body,
        options: { ...(body.options as object), archive: false },
      }));
      followed(folder, 'second', 'first', known.first);
      followed(folder, 'third', 'second', known.second);
    },
    { execute: Number.POSITIVE_INFINITY },
  );
  expect(chainOf(verification)).toEqual({
    result: 'not checked',
    says: ['first: was not executed again, because the inputs are not complete'],
  });
});

const fingerprintOf = (run: string): string =>
  (JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { fingerprint: string }).fingerprint;

/** A night follows another one as that is now, and its page names it so. */
function followed(folder: string, name: string, before: string, known: string): void {
  const [run, earlier] = [join(folder, name), join(folder, before)];
  const fingerprint = fingerprintOf(earlier);
  alter(run, 'report.html', (content) => content.replaceAll(known, fingerprint));
  redoAll(run, (body) => ({ ...body, previous: { fingerprint, manifestSha256: hashOf(earlier) } }));
}

const hashOf = (run: string): string => {
  const line = readFileSync(join(run, 'SHA256SUMS'), 'utf8')
    .split('\n')
    .find((each) => each.endsWith('  manifest.json'));
  return line?.slice(0, 64) ?? '';
};

test('one damaged byte of an archived file is told with all nights that share the file, and who has it whole', async () => {
  const verification = await after((folder) => {
    const [name = ''] = readdirSync(join(folder, 'third/inputs'));
    for (const night of ['second', 'third']) rmSync(join(folder, night, 'inputs', name));
    writeFileSync(join(folder, 'third/inputs', name), 'x', { mode: 0o600 });
    linkSync(join(folder, 'third/inputs', name), join(folder, 'second/inputs', name));
  });
  const { result, says } = chainOf(verification);
  expect(result).toBe('failed');
  expect(says).toContainEqual(
    expect.stringMatching(/is one file that third, second share: it is damaged in all of them/),
  );
  expect(says).toContainEqual(expect.stringMatching(/is whole in first, which has a copy of its own/));
});

test.each<readonly [string, (run: string) => void]>([
  [
    'says something else than that one',
    (run) => alter(run, 'previous_summary.json', (content) => content.replace('"casesJudged"', '"cases"')),
  ],
  ['has gone', (run) => rmSync(join(run, 'previous_summary.json'))],
])('a copy of the summary of the night before that %s is found', async (_, harm) => {
  const found = await after((folder) => {
    harm(join(folder, 'third'));
    redoAll(join(folder, 'third'));
  });
  expect(chainOf(found)).toEqual({
    result: 'failed',
    says: ['previous_summary.json of third is not summary.json of the run before it'],
  });
});
