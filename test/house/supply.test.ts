import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { dependencies, scripts } = JSON.parse(read('package.json')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
};
const { packages } = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly hasInstallScript?: boolean }>>;
};
const bundled = JSON.parse(read('dist/bundled.json')) as readonly { readonly name: string }[];
const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);

describe('what is installed with the program', () => {
  test('has no install script', () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
    expect(installed.length).toBeGreaterThan(20);
  });

  test('is needed by what was built, each package by its name', () => {
    const built = ['dist/cli/whole.cjs', 'dist/intake/parallel/worker.js'].map(read).join('\n');
    const idle = Object.keys(dependencies).filter(
      (name) => !built.includes(`("${name}`) && !built.includes(`('${name}`),
    );
    expect(idle).toEqual([]);
  });

  test('is not bundled as well', () => {
    expect(bundled.filter(({ name }) => name in dependencies)).toEqual([]);
    const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
      forbidden: readonly { readonly name: string; readonly to: { readonly pathNot: readonly string[] } }[];
    };
    const allowed = forbidden.find(({ name }) => name === 'no-development-packages')?.to.pathNot[1] ?? '';
    const named = /\((.*)\)/.exec(allowed)?.[1]?.split('|') ?? [];
    expect(bundled.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
    expect(named.length).toBeGreaterThan(5);
  });

  test('runs nothing when it is installed: our own scripts are none of npm\u2019s for that', () => {
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  test('leaves no licence of the bundle out', () => {
    const licences = read('dist/THIRD-PARTY-LICENSES.txt');
    expect(bundled.filter(({ name }) => !new RegExp(`^${name} \\d`, 'm').test(licences))).toEqual([]);
    expect(bundled.length).toBeGreaterThan(5);
  });
});

describe('what was built', () => {
  const built = ['dist/cli/start.cjs', 'dist/cli/whole.cjs', 'dist/intake/parallel/worker.js'].map(read).join('\n');

  test('asks no network', () => {
    const loaded = [...built.matchAll(/(?:require\(|from |import\()["'](?:node:)?([a-z0-9_/]+)["']/g)].map(
      ([, name]) => name,
    );
    expect(loaded).toEqual(expect.arrayContaining(['fs', 'path']));
    const asking = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises', 'inspector'];
    expect(loaded.filter((name) => name !== undefined && asking.includes(name))).toEqual([]);
    expect(built.match(/\b(fetch|WebSocket|EventSource|XMLHttpRequest)\(/g)).toBeNull();
  });
});

describe('a workflow', () => {
  const workflows = readdirSync(join(ROOT, '.github/workflows')).map(
    (name) => [name, read(`.github/workflows/${name}`)] as const,
  );

  test.each(workflows)('%s takes every action by its commit, and says which version that is', (_, content) => {
    const used = [...content.matchAll(/uses: (.*)$/gm)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test.each(workflows)('%s may only read, but for a job that runs nothing of the pull request', (_, content) => {
    expect(content).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    const writing = content.split(/^ {2}(?=[\w-]+:\n)/m).filter((job) => /: write$/m.test(job));
    expect(writing.filter((job) => /checkout|npm |npx /.test(job))).toEqual([]);
  });

  test('writes over its own comment alone, found by its author and its mark', () => {
    const content = read('.github/workflows/rule-impact.yml');
    expect(content).not.toContain('--edit-last');
    expect(content).toContain('.user.login == "github-actions[bot]"');
    const mark = /MARKER = '(.*)'/.exec(read('tools/impact.ts'))?.[1];
    expect(content).toContain(`startswith("${mark}")`);
  });

  test('runs the tests beside the nights, and fails on a version that was not raised', () => {
    const content = read('.github/workflows/rule-impact.yml');
    expect(content).toContain('- run: npm test\n');
    expect(content).toContain('run: test "$STATUS" -le 1\n');
  });

  test('asks for advisories on everything that is bundled or installed, and says what the program is made of', () => {
    const content = read('.github/workflows/check.yml');
    expect(content).toContain('- run: npm audit --audit-level=low\n');
    expect(content).toContain('- run: npx tsx tools/sbom.ts > sbom.cdx.json\n');
  });
});

describe('the bill of materials', () => {
  test('names what is installed and what is bundled, as CycloneDX', () => {
    const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsx'), ['tools/sbom.ts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const { bomFormat, components } = JSON.parse(stdout) as {
      bomFormat: string;
      components: readonly { name: string }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const names = components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(dependencies), ...bundled.map(({ name }) => name)]));
    expect(names).not.toContain('vitest');
  });
});
