import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Verification, verifyRun } from '../../../src/audit/verify/verify.ts';
import { summaryFile } from '../../../src/cli/render/summary-file.ts';
import type { ProgramIdentity } from '../../../src/publish/manifest.ts';
import type { PageOf } from '../../../src/publish/page.ts';
import { pageOf } from '../../../src/report/page.ts';
import { alter, redoAll, redoSums } from '../../support/forged-run.ts';
import { copied, madeBy, makeNight, nightsInChain } from '../../support/nights-in-chain.ts';
import { program as called, ROOT } from '../../support/program.ts';

let nights = '';
let program: ProgramIdentity;
beforeAll(() => {
  nights = nightsInChain(2);
  makeNight(nights, 'without', '2023-05-10T02:00:00+09:00', '--archive', '--no-report');
  program = madeBy(join(nights, 'second'));
});
afterAll(() => rmSync(nights, { recursive: true }));

/** Puts another page in the place of a run's own, with everything that vouches for it. */
function withAnotherPage(run: string): void {
  writeFileSync(join(run, 'report.html'), 'another page', { mode: 0o600 });
  redoAll(run);
}

const checkOf = ({ checks }: Verification, name: string) => {
  const check = checks.find((each) => each.check === name);
  return [check?.result, ...(check?.details.map(({ en }) => en) ?? [])];
};
const verify = (run: string, more: { readonly page?: PageOf; readonly program?: ProgramIdentity } = {}) =>
  verifyRun(run, { program, summaryText: summaryFile, page: pageOf, chain: false, ...more });
const verifiedAfter = (harm: (run: string) => void, more?: Parameters<typeof verify>[1], name = 'second') =>
  copied(nights, async (folder) => {
    harm(join(folder, name));
    return verify(join(folder, name), more);
  });

describe('figures.json', () => {
  it('is as a run writes it', async () =>
    expect(checkOf(await verify(join(nights, 'second')), 'report')).toEqual(['ok']));

  test.each<readonly [string, (content: string) => string]>([
    ['lacks an entry', (content) => content.replace('"binMinutes"', '"minutes"')],
    ['is no JSON', (content) => content.slice(1)],
  ])('is told where it %s, though everything vouches for it', async (_, change) => {
    const found = await verifiedAfter((run) => {
      alter(run, 'figures.json', change);
      redoAll(run);
    });
    expect(checkOf(found, 'report')).toEqual([
      'failed',
      'figures.json lacks entries, or has them in another form than a run writes',
    ]);
    expect(checkOf(found, 're-execution')).toEqual(['failed', 'figures.json comes out otherwise']);
  });

  it('is told where the manifest leaves it out', async () => {
    const found = await verifiedAfter((run) => {
      rmSync(join(run, 'figures.json'));
      redoAll(run);
    });
    expect(checkOf(found, 'report')).toEqual(['failed', 'manifest.json records nothing of figures.json']);
  });

  it.each([
    'figures.json',
    'eligibility.csv',
    'report.html',
  ])('is not looked at where %s is gone, which is told elsewhere, though SHA256SUMS has no line of it', async (name) => {
    const found = await verifiedAfter((run) => {
      rmSync(join(run, name));
      redoSums(run);
    });
    expect(checkOf(found, 'checksums')).toEqual(['ok']);
    expect(checkOf(found, 'report')).toEqual(['not checked', 'because files were altered']);
    expect(checkOf(found, 'manifest')).toEqual(['failed', expect.stringContaining(name)]);
  });

  it('is not looked at where files were altered, which is told elsewhere', async () => {
    const found = await verifiedAfter((run) => alter(run, 'figures.json', (content) => content.slice(1)));
    expect(checkOf(found, 'report')).toEqual(['not checked', 'because files were altered']);
  });
});

it('a run without a page has nothing to be checked, and neither has its re-execution', async () => {
  const found = await verify(join(nights, 'without'));
  expect(found.checks.map(({ check }) => check)).not.toContain('report');
  expect(checkOf(found, 're-execution')).toEqual(['ok']);
});

test('--no-report leaves out what is made for a page, and the config may say so, too', async () => {
  const madeForPage = (run: string) =>
    ['figures.json', 'outage_payments.csv', 'previous_summary.json'].filter((name) =>
      existsSync(join(nights, run, name)),
    );
  expect(madeForPage('first')).toEqual(['figures.json', 'outage_payments.csv']);
  expect(madeForPage('second')).toEqual(['figures.json', 'outage_payments.csv', 'previous_summary.json']);
  expect(readFileSync(join(nights, 'second/previous_summary.json'))).toEqual(
    readFileSync(join(nights, 'first/summary.json')),
  );
  expect(madeForPage('without')).toEqual([]);
  await copied(nights, (folder) => {
    const config = JSON.parse(readFileSync(join(ROOT, 'fixtures/outage-night/run.json'), 'utf8')) as object;
    const inputs = Object.entries(config).map(([name, value]) => [
      name,
      name === 'out' || name === 'asOf' ? value : join(ROOT, 'fixtures/outage-night', value),
    ]);
    const path = join(folder, 'run.json');
    writeFileSync(path, JSON.stringify({ ...Object.fromEntries(inputs), report: false }));
    const run = (name: string, ...more: readonly string[]): boolean => {
      const words = ['run', '--config', path, '--out', join(folder, name), '--quiet', ...more];
      expect(called(words).status).toBe(0);
      return existsSync(join(folder, name, 'figures.json'));
    };
    expect([run('as-config-says'), run('as-asked', '--report')]).toEqual([false, true]);
  });
});

test('outage_payments.csv is due where a page was asked for', async () => {
  const found = await verifiedAfter((run) => {
    rmSync(join(run, 'outage_payments.csv'));
    rmSync(join(run, 'excel/outage_payments.csv'));
    redoAll(run);
  });
  expect(checkOf(found, 'totals')).toEqual([
    'failed',
    'manifest.json records nothing of outage_payments.csv',
    'manifest.json records nothing of excel/outage_payments.csv',
  ]);
});

describe('report.html', () => {
  it('is the page that the files beside it make', async () => {
    const found = await verify(join(nights, 'second'));
    expect(checkOf(found, 'report')).toEqual(['ok']);
    expect(checkOf(found, 're-execution')).toEqual(['ok']);
  });

  it('is told where it is another one, or cannot be made, or is missing', async () => {
    const other = await verifiedAfter(withAnotherPage);
    expect(checkOf(other, 'report')).toEqual(['failed', 'report.html is not the page that the files beside it make']);
    expect(checkOf(other, 're-execution')).toEqual(['failed', 'report.html comes out otherwise']);
    const broken: PageOf = () => {
      throw new Error('no such column');
    };
    expect(checkOf(await verify(join(nights, 'second'), { page: broken }), 'report')).toEqual([
      'failed',
      'report.html cannot be made of the files beside it: no run writes what stands there',
    ]);
    const missing = await verifiedAfter((run) => {
      rmSync(join(run, 'report.html'));
      redoAll(run);
    });
    expect(checkOf(missing, 'report')).toEqual(['failed', 'manifest.json records nothing of report.html']);
  });

  it('is not held against the page of another program', async () => {
    const another = { ...program, revision: 'another' };
    const found = await verifiedAfter(withAnotherPage, { program: another });
    expect(checkOf(found, 'report')).toEqual([
      'not checked',
      'report.html was made by another version of the program, and this one makes another page',
    ]);
    expect(checkOf(found, 're-execution')).toEqual(['ok']);
  });
});
