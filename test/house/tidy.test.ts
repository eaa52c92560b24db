import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ROOT, withFolder } from '../support/program.ts';

const inFolder = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();

/** Hand-written sources: what the build makes of the kernels and the page\u2019s script is none. */
const SOURCES = inFolder('src').filter((name) => !/(kernel\/compiled|report\/client-script)\.ts$/.test(name));

/** The linter\u2019s words on one file, by the project\u2019s own configuration, which goes by folders. */
const lint = (name: string, content: string): string =>
  withFolder((folder) => {
    writeFileSync(join(folder, 'biome.json'), readFileSync(join(ROOT, 'biome.json')));
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), content);
    const words = ['lint', '--colors=off', name];
    const { stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/biome'), words, {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout + stderr;
  });

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `  use(${at});`).join('\n');
const use = 'declare function use(value: number): void;\n';
/** A nested branch counts as deep as it lies: 1 + 2 + 3 + 4 + 5 is the most that is let through. */
const nested = (depth: number): string =>
  `${Array.from({ length: depth }, (_, at) => `if (n > ${at}) {`).join(' ')} use(n); ${'}'.repeat(depth)}`;

describe('functions fit a screen', () => {
  test.each([
    ['a body of 70 lines', `${use}export function long(): void {\n${lines(70)}\n}\n`, []],
    ['a body of 71 lines', `${use}export function long(): void {\n${lines(71)}\n}\n`, ['noExcessiveLinesPerFunction']],
    ['5 parameters', `${use}export const wide = (a: 1, b: 2, c: 3, d: 4, e: 5): void => use(a + b + c + d + e);\n`, []],
    [
      '6 parameters',
      `${use}export const wide = (a: 1, b: 2, c: 3, d: 4, e: 5, f: 6): void => use(a + b + c + d + e + f);\n`,
      ['useMaxParams'],
    ],
    ['a complexity of 15', `${use}export function deep(n: number): void { ${nested(5)} }\n`, []],
    [
      'a complexity of 16',
      `${use}export function deep(n: number): void { ${nested(5)}; if (n < 0) use(n); }\n`,
      ['noExcessiveCognitiveComplexity'],
    ],
  ])('%s', (_, content, refused) => {
    const told = lint('src/cli/tried.ts', content);
    const rules = ['noExcessiveLinesPerFunction', 'useMaxParams', 'noExcessiveCognitiveComplexity'];
    expect(rules.filter((rule) => told.includes(rule))).toEqual(refused);
  });

  /** Loops over every byte or row of the input, written by hand and measured. */
  const LET_THROUGH: readonly string[] = JSON.parse(
    readFileSync(join(ROOT, 'test/house/let-through.json'), 'utf8'),
  ) as readonly string[];

  test('but for a list of loops that may only shrink', () => {
    const found = SOURCES.flatMap((name) =>
      [...readFileSync(join(ROOT, name), 'utf8').matchAll(/biome-ignore lint\/complexity\/(\w+)/g)].map(
        ([, rule]) => `${name} ${rule}`,
      ),
    );
    expect(found).toEqual(LET_THROUGH);
  });
});

/** Words that tell nothing, and private ones that once stood here: what is declared by them, in any case. */
const BANNED = ['manager', 'helper', 'util', 'glance', 'stranger', 'sitting', 'court', 'desk', 'unspoken', 'misc'];

/** A name\u2019s words: `PieceReader`, `MOST_ROWS` and `case-sums` are two each. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());

function bannedIn(name: string, content: string): readonly string[] {
  const declared: string[] = [];
  const source = ts.createSourceFile(name, content, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const named = (node as ts.Node & { readonly name?: ts.Node }).name;
    if (named !== undefined && ts.isIdentifier(named) && !ts.isPropertyAccessExpression(node))
      declared.push(named.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const fileName = name.split('/').at(-1)?.replace('.ts', '') ?? '';
  return [fileName, ...declared].filter((each) =>
    wordsOf(each).some((word) => BANNED.some((banned) => word === banned || word === `${banned}s`)),
  );
}

describe('names are words of the field', () => {
  test('in src, tools and bench', () => {
    const found = [...SOURCES, ...inFolder('tools'), ...inFolder('bench')].flatMap((name) =>
      bannedIn(name, readFileSync(join(ROOT, name), 'utf8')).map((word) => `${name}: ${word}`),
    );
    expect(found).toEqual([]);
  });

  test.each([
    ['src/cli/date-utils.ts', 'export const one = 1;', ['date-utils']],
    ['src/cli/right.ts', 'export class RowManager {}', ['RowManager']],
    ['src/cli/right.ts', 'export const right = (deskOf: number): number => deskOf;', ['deskOf']],
    ['src/cli/right.ts', "export const utility = 'a helper in a text';", []],
  ])('would be found: %s: %s', (name, content, found) => {
    expect(bannedIn(name, content)).toEqual(found);
  });
});

/** `src/a/b.ts` is shown by `test/a/b.test.ts`. */
const testOf = (source: string): string => source.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');

function unmirrored(sources: readonly string[], tests: readonly string[]): readonly string[] {
  const known = new Set(tests);
  return sources.filter((source) => !known.has(testOf(source)));
}

describe('every source file has a test of its name', () => {
  const listed = JSON.parse(readFileSync(join(ROOT, 'test/house/without-test.json'), 'utf8')) as readonly string[];

  test('or stands on a list that may only shrink', () => {
    expect(unmirrored(SOURCES, inFolder('test'))).toEqual(listed);
  });

  test('and a new one without would be found', () => {
    expect(unmirrored(['src/rules/a.ts', 'src/rules/b.ts'], ['test/rules/b.test.ts'])).toEqual(['src/rules/a.ts']);
  });
});
