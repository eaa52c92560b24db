import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { scripts, engines } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
};

/** What `npm run check` runs, in order: nothing else, and each only if all before it passed. */
const STEPS = (scripts.check ?? '').split(' && ');

/** The steps that CONTRIBUTING.md names, in its table of checks. */
const named = (document: string): readonly string[] =>
  (document.split('\n## Checks\n')[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, step = '']) => step));

describe('npm run check', () => {
  test('runs every step that CONTRIBUTING.md names, in its order', () => {
    expect(STEPS).toEqual(named(read('CONTRIBUTING.md')));
    expect(STEPS.length).toBeGreaterThan(7);
  });

  test('runs scripts that there are', () => {
    expect(STEPS.filter((step) => !((/^npm run ([\w:-]+)/.exec(step)?.[1] ?? '') in scripts))).toEqual([]);
  });

  test('would be told of a step that is named and not run', () => {
    const document = `\n## Checks\n\n| step | holds |\n| --- | --- |\n| \`npm run build\`, \`npm run lint\` | \`x\` |\n\n## More\n\n| \`npm run other\` | |\n`;
    expect(named(document)).toEqual(['npm run build', 'npm run lint']);
  });
});

describe('the workflow', () => {
  const workflow = read('.github/workflows/check.yml');

  test('installs and checks, on every push and pull request', () => {
    expect(workflow.match(/^ {2}(push|pull_request):$/gm)).toEqual(['  push:', '  pull_request:']);
    const check = workflow.slice(0, workflow.indexOf('\n  supply:\n'));
    expect([...check.matchAll(/- run: (.*)$/gm)].map(([, run]) => run)).toEqual(['npm ci', 'npm run check']);
  });

  test('may read and nothing else', () => {
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(workflow.match(/permissions:|: write/g)).toEqual(['permissions:']);
  });

  test('takes the oldest Node that package.json allows, and the current one', () => {
    expect(workflow).toContain(`node: ['${engines.node.replace('>=', '')}', '24']`);
  });
});
