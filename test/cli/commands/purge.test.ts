import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NIGHT, regionpay, toldAsJson } from '../command.ts';

const made = mkdtempSync(join(tmpdir(), 'regionpay-'));
const CONFIG = join(NIGHT, 'run.json');
/** Someone to whom the worked night pays. */
const CONTACT = '09000000004';

beforeAll(async () => {
  const run = (name: string, ...more: string[]) =>
    regionpay(['run', '--config', CONFIG, '--archive', '--excel', '--out', join(made, name), '--quiet', ...more]);
  expect((await run('first')).status).toBe(0);
  const next = ['--as-of', '2023-05-11T02:00:00+09:00', '--previous', join(made, 'first')];
  expect((await run('second', ...next)).status).toBe(0);
});
afterAll(() => rmSync(made, { recursive: true }));

/** The two nights, in a folder of their own. */
async function inSeries(use: (at: (name: string) => string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    cpSync(made, folder, { recursive: true });
    await use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Told {
  readonly checks: readonly {
    readonly check: string;
    readonly result: string;
    readonly details: readonly { readonly en: string }[];
  }[];
}
const verified = async (run: string, ...more: string[]) => {
  const { status, stdout } = await regionpay(['verify', run, '--json', ...more]);
  const { checks } = JSON.parse(stdout) as Told;
  return { status, results: Object.fromEntries(checks.map(({ check, result }) => [check, result])), checks };
};
/** Everything in a folder, as one text. */
const contentOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe('purge', () => {
  test('takes contacts out of an old run, says what it took, and leaves the rest verifiable', () =>
    inSeries(async (at) => {
      expect(contentOf(at('first'))).toContain(CONTACT);
      const { status, stdout } = await regionpay(['purge', at('first'), '--by', 'Yamada']);
      expect(status).toBe(0);
      for (const name of ['payouts.csv', 'to_send.csv', 'excel/payouts.csv']) {
        expect(stdout).toContain(`  ${name}\n`);
        expect(existsSync(join(at('first'), name))).toBe(false);
      }
      // The second night keeps the same inputs.
      expect(stdout).toMatch(/inputs\/[0-9a-f]{64}\.gz \(issuance\.csv\)\n {6}the same content is still in second/);
      expect(contentOf(at('first'))).not.toContain(CONTACT);
      const { results, checks, status: proved } = await verified(at('first'));
      expect(results).toEqual({
        checksums: 'ok',
        modes: 'ok',
        manifest: 'ok',
        totals: 'ok',
        purged: 'not checked',
        inputs: 'not checked',
        're-execution': 'not checked',
        report: 'ok',
        statements: 'not checked',
      });
      expect(proved).toBe(0);
      const told = checks.find(({ check }) => check === 'purged')?.details.map(({ en }) => en) ?? [];
      expect(told).toContainEqual(expect.stringMatching(/^payouts\.csv was purged at .* by Yamada, .*; not checked$/));
    }));

  test('leaves a chain that can be followed, with what of it nobody can check any more', () =>
    inSeries(async (at) => {
      expect((await regionpay(['purge', at('first')])).status).toBe(0);
      const { status, results, checks } = await verified(at('second'), '--chain');
      expect([status, results.chain]).toEqual([0, 'ok']);
      const told = checks.find(({ check }) => check === 'chain')?.details.map(({ en }) => en) ?? [];
      expect(told).toContainEqual(expect.stringMatching(/^first: payouts\.csv was purged/));
    }));

  test('hides no other change: what was altered, or deleted without the note, still fails', () =>
    inSeries(async (at) => {
      expect((await regionpay(['purge', at('first')])).status).toBe(0);
      const file = join(at('first'), 'eligibility.csv');
      const content = readFileSync(file, 'utf8');
      writeFileSync(file, content.replace(',2000,', ',2007,'));
      expect((await verified(at('first'))).results).toMatchObject({ checksums: 'failed', manifest: 'failed' });
      writeFileSync(file, content);
      expect((await verified(at('first'))).status).toBe(0);
      // A note that names what may not be purged is none: then even what was purged is missing.
      const note = join(at('first'), 'purged.json');
      writeFileSync(note, readFileSync(note, 'utf8').replace('to_send.csv', 'eligibility.csv'));
      rmSync(file);
      const forged = await verified(at('first'));
      expect([forged.status, forged.results.checksums, forged.results.purged]).toEqual([1, 'failed', 'failed']);
    }));

  test('believes no hash but the one that the run was made with', () =>
    inSeries(async (at) => {
      expect((await regionpay(['purge', at('first')])).status).toBe(0);
      const note = join(at('first'), 'purged.json');
      const told = JSON.parse(readFileSync(note, 'utf8')) as { purged: { name: string; sha256: string }[] };
      for (const file of told.purged) if (file.name === 'payouts.csv') file.sha256 = 'f'.repeat(64);
      writeFileSync(note, JSON.stringify(told));
      expect((await verified(at('first'))).results).toMatchObject({ checksums: 'failed', manifest: 'failed' });
    }));

  test('goes on where it was interrupted, and says so until then', () =>
    inSeries(async (at) => {
      cpSync(join(at('first'), 'payouts.csv'), at('kept.csv'));
      expect((await regionpay(['purge', at('first')])).status).toBe(0);
      cpSync(at('kept.csv'), join(at('first'), 'payouts.csv'));
      const before = await verified(at('first'));
      expect([before.status, before.results.purged]).toEqual([1, 'failed']);
      expect((await regionpay(['purge', at('first')])).stdout).toContain('  payouts.csv\n');
      expect((await verified(at('first'))).status).toBe(0);
      expect((await regionpay(['purge', at('first')])).stdout).toContain('holds no file with contacts any more');
    }));

  test('refuses the last run of its chain, unless all is over; and before it has touched any', () =>
    inSeries(async (at) => {
      const refused = await regionpay(['purge', at('first'), at('second'), '--json']);
      expect(refused.status).toBe(3);
      expect(toldAsJson(refused).map(({ code }) => code)).toEqual(['LAST_OF_CHAIN']);
      expect(existsSync(join(at('first'), 'payouts.csv'))).toBe(true);
      expect((await regionpay(['purge', at('first'), at('second'), '--last'])).status).toBe(0);
      expect(contentOf(at('second'))).not.toContain(CONTACT);
    }));

  test('takes nothing with --dry-run, and the log only where all inputs are meant', () =>
    inSeries(async (at) => {
      const before = contentOf(at('first'));
      const tried = await regionpay(['purge', at('first'), '--dry-run']);
      expect(tried.stdout).toContain('first: would be taken:\n');
      expect(tried.stdout).not.toContain('transactions.csv');
      expect((await regionpay(['purge', at('first'), '--dry-run', '--all-inputs'])).stdout).toContain(
        'transactions.csv',
      );
      expect(contentOf(at('first'))).toBe(before);
    }));

  test('does not take a file that was altered: that it was would be gone with it', () =>
    inSeries(async (at) => {
      const file = join(at('first'), 'payouts.csv');
      writeFileSync(file, readFileSync(file, 'utf8').replace(CONTACT, '09000000005'));
      const refused = await regionpay(['purge', at('first'), '--json']);
      expect([refused.status, toldAsJson(refused)[0]?.code]).toEqual([3, 'DAMAGED_RUN']);
      expect(existsSync(file)).toBe(true);
    }));

  test('is no difference to diff, and a name that would steer a terminal is none', () =>
    inSeries(async (at) => {
      cpSync(at('first'), at('copy'), { recursive: true });
      expect((await regionpay(['purge', at('first')])).status).toBe(0);
      expect((await regionpay(['diff', at('first'), at('copy')])).status).toBe(0);
      expect((await regionpay(['purge', at('first'), '--by', '\u001b[2J'])).status).toBe(2);
    }));
});
