import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** The promises of a document: each row of its table, by what it is tested by. */
function testsOf(document: string): readonly (readonly string[])[] {
  const rows = document.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  return rows.slice(1).map((row) => {
    const last = row.split(' | ').at(-1) ?? '';
    return [...last.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path);
  });
}

describe.each(['SECURITY.md', 'SECURITY.ja.md'])('each promise of %s', (name) => {
  test('is tested, by tests that there are', () => {
    const promises = testsOf(read(name));
    expect(promises.length).toBeGreaterThan(8);
    expect(promises.filter((tests) => tests.length === 0)).toEqual([]);
    const gone = promises.flat().filter((path) => !/^test\/.*\.test\.ts$/.test(path) || !existsSync(join(ROOT, path)));
    expect(gone).toEqual([]);
  });

  test('and each document that it names is there', () => {
    const linked = [...read(name).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
    expect(linked.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('goes with the package', () => {
    expect((JSON.parse(read('package.json')) as { files: string[] }).files).toContain(name);
  });
});

test('both languages promise the same, tested by the same', () => {
  expect(testsOf(read('SECURITY.ja.md'))).toEqual(testsOf(read('SECURITY.md')));
});

test('a promise without a test would be found', () => {
  expect(testsOf('| promise | limits | tested by |\n| --- | --- | --- |\n| nothing | none | nobody |')).toEqual([[]]);
});
