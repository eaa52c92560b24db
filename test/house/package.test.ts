import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';

const CONFIG = join(ROOT, 'fixtures/outage-night/run.json');
/** What npm says where it cannot ask the registry for what it has not kept. */
const NOT_REACHED = /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E40[35]/;

const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
const home = join(folder, 'home');
const npm = (cwd: string, ...words: string[]) => spawnSync('npm', words, { cwd, encoding: 'utf8' });
let files: readonly string[] = [];

/** As npm would install it by the lock file, of the packages that lie here: where no registry can be reached. */
function installByHand(tarball: string): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(packages)) {
    if (path === '' || dev === true || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(home, path)), { recursive: true });
    cpSync(join(ROOT, path), join(home, path), { recursive: true, dereference: true });
  }
  const own = join(home, 'node_modules/regionpay-reconcile');
  mkdirSync(own);
  expect(spawnSync('tar', ['xzf', tarball, '-C', own, '--strip-components', '1']).status).toBe(0);
  mkdirSync(join(home, 'node_modules/.bin'), { recursive: true });
  symlinkSync('../regionpay-reconcile/bin/regionpay-reconcile.js', join(home, 'node_modules/.bin/regionpay-reconcile'));
}

beforeAll(() => {
  // What is packed was built by the tests: npm would build it again.
  const packed = npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  expect(packed.status).toBe(0);
  const [made] = JSON.parse(packed.stdout) as [{ filename: string; files: readonly { path: string }[] }];
  files = made.files.map(({ path }) => path);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"private":true}');
  const tarball = join(folder, made.filename);
  const how = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries', '0'];
  const installed = npm(home, 'install', tarball, ...how);
  if (installed.status === 0) return;
  expect(installed.stderr).toMatch(NOT_REACHED);
  rmSync(join(home, 'node_modules'), { recursive: true, force: true });
  installByHand(tarball);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

const installedProgram = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(join(home, 'node_modules/.bin/regionpay-reconcile'), words, {
    cwd: home,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
  });
  return { status, stdout, stderr };
};
const packageFile = (path: string): string => readFileSync(join(home, 'node_modules', path), 'utf8');

describe('the package, as npm installs it', () => {
  test('holds the program, its documents, examples and licences, and nothing else', () => {
    const meant = [
      /^(package\.json|LICENSE|(README|SECURITY)(\.ja)?\.md|CHANGELOG\.md)$/,
      /^bin\/(regionpay-reconcile\.js|package\.json)$/,
      /^dist\/(revision\.txt|bundled\.json|THIRD-PARTY-LICENSES\.txt)$/,
      /^dist\/cli\/(start\.cjs|(list|nightly|whole)\.cjs(\.compiled|\.LEGAL\.txt)?)$/,
      /^dist\/intake\/parallel\/worker\.js$/,
      /^docs\/.*\.(md|json|svg|1)$/,
      /^docs\/report(\.en)?\.png$/,
      /^examples\//,
    ];
    expect(files.filter((path) => !meant.some((pattern) => pattern.test(path)))).toEqual([]);
    for (const needed of ['dist/cli/whole.cjs', 'dist/intake/parallel/worker.js', 'dist/THIRD-PARTY-LICENSES.txt'])
      expect(files).toContain(needed);
  });

  test('brings nothing along that its bundle holds already', () => {
    const bundled = JSON.parse(packageFile('regionpay-reconcile/dist/bundled.json')) as readonly { name: string }[];
    const own = Object.keys(
      (JSON.parse(packageFile('regionpay-reconcile/package.json')) as { dependencies: object }).dependencies,
    );
    // What another package needs for itself is there for it: safe-stable-stringify, for pino.
    const neededBy = (name: string): readonly string[] =>
      Object.keys((JSON.parse(packageFile(`${name}/package.json`)) as { dependencies?: object }).dependencies ?? {});
    const neededByOthers = new Set(own.flatMap(neededBy));
    for (const name of neededByOthers) for (const further of neededBy(name)) neededByOthers.add(further);
    const idle = bundled.map(({ name }) => name).filter((name) => !neededByOthers.has(name));
    expect(idle).toEqual(expect.arrayContaining(['zod', 'commander', 'date-fns', 'libphonenumber-js']));
    expect(idle.filter((name) => existsSync(join(home, 'node_modules', name)))).toEqual([]);
  });

  test('says its version', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(installedProgram('--version').stdout).toContain(version);
  });

  test('runs, proves and explains the worked night, with its workbook and its order for the bank', () => {
    const run = installedProgram('run', '--config', CONFIG, '--out', 'run', '--archive', '--excel', '--quiet');
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(existsSync(join(home, 'run/excel/review.xlsx'))).toBe(true);
    const verified = installedProgram('verify', 'run', '--json');
    expect([verified.status, verified.stderr]).toEqual([0, '']);
    const explained = installedProgram('explain', 'run', '000000000101', '--short', '--lang', 'en');
    expect([explained.status, explained.stdout.includes('yen')]).toEqual([0, true]);
    const requester = {
      requesterCode: '0123456789',
      requesterName: 'カゴシマケン　カンコウカ',
      bankCode: '0185',
      bankName: 'カゴシマ',
      branchCode: '100',
      branchName: 'チュウオウ',
      accountType: '1',
      accountNumber: '7654',
    };
    writeFileSync(join(home, 'requester.json'), JSON.stringify(requester));
    const words = ['zengin', 'run', '--requester', 'requester.json', '--transfer-date', '2023-05-17', '--out', 'z.txt'];
    const ordered = installedProgram(...words, '--lang', 'en');
    expect(ordered.stderr).toBe('');
    expect(ordered.status).toBe(0);
    expect(readFileSync(join(home, 'z.txt')).length).toBeGreaterThan(0);
  });
});
