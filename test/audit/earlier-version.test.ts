import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest } from '../../src/audit/record/run-record.ts';
import { verifyRun } from '../../src/audit/verify/verify.ts';
import { summaryFile } from '../../src/cli/render/summary-file.ts';
import { pageOf } from '../../src/report/page.ts';
import { program, ROOT, readRows, withFolder } from '../support/program.ts';

/**
 * A run of the version before ids rested on nothing personal, as it wrote it: two people apply for one coupon, and somebody
 * has approved the earlier one on an evidence hash that is of names and telephone numbers.
 */
const RUN = join(ROOT, 'fixtures/earlier-version');

/** A copy of it as runs lie on disk: a checkout gives files other modes. */
const withRun = <T>(use: (folder: string) => T): T =>
  withFolder((folder) => {
    const run = join(folder, 'run');
    cpSync(RUN, run, { recursive: true });
    for (const name of ['.', 'inputs']) chmodSync(join(run, name), 0o700);
    const sums = readFileSync(join(run, 'SHA256SUMS'), 'utf8');
    for (const [, name = ''] of sums.matchAll(/^.{64} {2}(.+)$/gm)) chmodSync(join(run, name), 0o600);
    chmodSync(join(run, 'SHA256SUMS'), 0o600);
    return use(run);
  });

const PROGRAM = { name: 'regionpay-reconcile', version: '0.1.0', revision: 'this one' };
/** Words may be put better; these hold ids, hashes and yen. */
const TABLES = ['eligibility.csv', 'payouts.csv', 'paid_template.csv', 'review.csv', 'to_send.csv', 'extensions.csv'];

const otherwise = async (folder: string): Promise<readonly string[] | undefined> => {
  const { checks } = await verifyRun(folder, {
    program: PROGRAM,
    summaryText: summaryFile,
    page: pageOf,
    chain: false,
  });
  const check = checks.find((each) => each.check === 're-execution');
  if (check === undefined || check.result === 'not checked') return undefined;
  return TABLES.filter((name) => check.details.some(({ en }) => en.startsWith(`${name} `)));
};

test('a manifest without an instant is none', () =>
  withRun((run) => {
    const path = join(run, 'manifest.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"asOf": "[^"]*"/, '"asOf": "some day"'));
    expect(readManifest(run)).toHaveProperty(
      'unreadable.en',
      'manifest.json lacks these entries, or has them in another form: asOf',
    );
  }));

describe('a run of an earlier version', () => {
  test('names no key, and holds an approval on evidence with contacts', () => {
    const read = readManifest(RUN);
    expect('manifest' in read && read.manifest.options.evidenceKey).toBeUndefined();
    const asked = readRows(join(RUN, 'review.csv')).find(({ reason }) => reason === 'COMPETING_APPLICATIONS');
    expect(asked?.decision).toBe('approved');
  });

  test('comes out with the same ids, hashes and yen once it is executed again', () =>
    withRun(async (run) => {
      expect(await otherwise(run)).toEqual([]);
    }));

  test('and otherwise where it says that its ids rest on no contacts', () =>
    withRun(async (run) => {
      const path = join(run, 'manifest.json');
      const manifest = JSON.parse(readFileSync(path, 'utf8')) as { options: Record<string, unknown> };
      manifest.options.evidenceKey = null;
      writeFileSync(path, JSON.stringify(manifest));
      // What is altered is not executed: the sums no longer speak of the manifest.
      const sums = join(run, 'SHA256SUMS');
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
      const lines = readFileSync(sums, 'utf8').replace(/^.{64} {2}manifest\.json$/m, `${hash}  manifest.json`);
      rmSync(sums);
      writeFileSync(sums, lines, { mode: 0o600 });
      expect(await otherwise(run)).toEqual([
        'eligibility.csv',
        'payouts.csv',
        'paid_template.csv',
        'review.csv',
        'to_send.csv',
      ]);
    }));

  test('is explained as it was published', () =>
    withRun((run) => {
      expect(program(['explain', run, '102', '--quiet', '--lang', 'en'])).toMatchObject({ status: 0, stderr: '' });
    }));
});
