import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program, ROOT } from '../../support/program.ts';
import { toldCodes } from '../command.ts';

const CONFIG = join(ROOT, 'fixtures/outage-night/run.json');
let base = '';
const at = (name: string): string => join(base, name);
const run = (name: string, ...more: readonly string[]): void =>
  expect(program(['run', '--config', CONFIG, '--out', at(name), '--quiet', ...more])).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
const report = (...words: readonly string[]) => program(['report', ...words, '--lang', 'en']);
const codesOf = (told: ReturnType<typeof report>): readonly unknown[] => [told.status, ...toldCodes(told)];

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-report-'));
  run('night');
  run('plain', '--no-report');
  run('unclaimed', '--count-unclaimed');
});
afterAll(() => rmSync(base, { recursive: true }));

describe('report of one run', () => {
  test('writes its page, readable by its owner alone, and says where', () => {
    const told = report(at('night'), '--out', at('page.html'));
    expect(told).toEqual({ status: 0, stdout: `page: ${at('page.html')}\n`, stderr: '' });
    expect(readFileSync(at('page.html'), 'utf8')).toMatch(/^<!doctype html>/);
    if (process.platform !== 'win32') expect(statSync(at('page.html')).mode & 0o777).toBe(0o600);
  });

  test('is of one that was made without a page, too', () => {
    expect(existsSync(join(at('plain'), 'figures.json'))).toBe(false);
    expect(report(at('plain'), '--out', at('of-plain.html'), '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(at('of-plain.html'), 'utf8')).toContain('data-figure="payouts.yen"');
  });

  test('and of one by an earlier version', () => {
    const folder = join(ROOT, 'fixtures/earlier-version');
    expect(report(folder, '--out', at('earlier.html')).status).toBe(0);
  });

  test('holds nobody\u2019s contacts: it is made without the files that have them', () => {
    cpSync(at('night'), at('purged'), { recursive: true });
    for (const name of ['payouts.csv', 'to_send.csv']) rmSync(join(at('purged'), name));
    report(at('night'), '--out', at('whole.html'));
    expect(report(at('purged'), '--out', at('purged.html')).status).toBe(0);
    expect(readFileSync(at('purged.html'), 'utf8')).toBe(readFileSync(at('whole.html'), 'utf8'));
    expect(readFileSync(at('whole.html'), 'utf8')).not.toMatch(/0900000|0800000|@example\.jp/);
  });
});

describe('report of two runs', () => {
  test('writes the page that compares them, and says what they come to', () => {
    const told = report(at('night'), at('unclaimed'), '--out', at('compared.html'));
    // Without waiting for calls 205 is put back two presses of 900 yen.
    expect(told.stdout).toBe(
      `Net +1,800 yen to pay, +1,800 yen to put back: 1 coupon comes out otherwise.\npage: ${at('compared.html')}\n`,
    );
    expect(told.status).toBe(0);
    const page = readFileSync(at('compared.html'), 'utf8');
    expect(page).toContain('000000000205');
    expect(page).not.toMatch(/0900000|@example\.jp/);
  });

  test('says with --json where it is, and of which runs', () => {
    const { stdout } = report(at('night'), at('unclaimed'), '--out', at('json.html'), '--json');
    const fingerprints = ['night', 'unclaimed'].map(
      (name) => JSON.parse(readFileSync(join(at(name), 'manifest.json'), 'utf8')).fingerprint as string,
    );
    expect(JSON.parse(stdout)).toMatchObject({ file: at('json.html'), fingerprints });
  });

  test('tells as many coupons as --limit says', () => {
    report(at('night'), at('unclaimed'), '--out', at('none.html'), '--limit', '0');
    const page = readFileSync(at('none.html'), 'utf8');
    expect(page).not.toContain('<th scope="row" class="id line">');
    expect(page).toContain('and 1 more (see --limit)');
  });
});

describe('is refused', () => {
  test('where another file is, unless it may be replaced; the same once more changes nothing', () => {
    writeFileSync(at('mine.html'), 'mine');
    expect(codesOf(report(at('night'), '--out', at('mine.html')))).toEqual([3, 'FILE_EXISTS']);
    expect(readFileSync(at('mine.html'), 'utf8')).toBe('mine');
    for (let times = 0; times < 2; times++)
      expect(report(at('night'), '--out', at('mine.html'), ...(times === 0 ? ['--replace'] : [])).status).toBe(0);
  });

  test.each([
    ['the run', () => [at('night'), '--out', join(at('night'), 'x.html')]],
    ['the earlier of two', () => [at('night'), at('unclaimed'), '--out', join(at('night'), 'x.html')]],
    ['the later of two', () => [at('night'), at('unclaimed'), '--out', join(at('unclaimed'), 'excel/x.html')]],
  ])('within the folder of %s, which would not verify then', (_, words) => {
    const told = report(...words());
    expect(codesOf(told)).toEqual([2, 'UNKNOWN_VALUE']);
    expect(told.stderr).toContain('is inside the run folder');
  });

  test.each([
    ['a limit that is none', () => [at('night'), at('unclaimed'), '--limit', 'all'], [2, 'UNKNOWN_VALUE']],
    ['what is no run', () => [at('no-run')], [3, 'NOT_A_RUN_FOLDER']],
    ['what is no run, beside one', () => [at('night'), at('no-run')], [3, 'NOT_A_RUN_FOLDER']],
    ['a place that there is not', () => [at('night'), '--out', at('no/such/page.html')], [4, 'SYSTEM_ENOENT']],
    ['three runs', () => [at('night'), at('night'), at('night')], [2, 'USAGE']],
  ])('for %s', (_, words, ends) => {
    const given = words();
    const out = given.includes('--out') ? [] : ['--out', at('refused.html')];
    expect(codesOf(report(...given, ...out))).toEqual(ends);
    expect(existsSync(at('refused.html'))).toBe(false);
  });

  test.each([
    'eligibility.csv',
    'summary.json',
    'figures.json',
    'review.csv',
  ])('of a run whose %s is not as the manifest says, or is gone', (name) => {
    const damaged = at(`damaged-${name}`);
    cpSync(at('night'), damaged, { recursive: true });
    chmodSync(join(damaged, name), 0o600);
    writeFileSync(join(damaged, name), `${readFileSync(join(damaged, name), 'utf8')}\n`);
    for (const _ of ['altered', 'gone']) {
      const told = report(damaged, '--out', at('damaged.html'));
      expect(codesOf(told)).toEqual([3, 'DAMAGED_RUN']);
      expect(told.stderr).toContain(name);
      rmSync(join(damaged, name), { force: true });
    }
    expect(existsSync(at('damaged.html'))).toBe(false);
  });

  test('of two, of which one is damaged', () => {
    const damaged = at('damaged-second');
    cpSync(at('unclaimed'), damaged, { recursive: true });
    rmSync(join(damaged, 'eligibility.csv'));
    expect(codesOf(report(at('night'), damaged, '--out', at('damaged.html')))).toEqual([3, 'DAMAGED_RUN']);
  });
});
