import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';
import { type Documents, danglingCitations, danglingLinks, danglingPaths } from './citations.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const markdownIn = (folder: string): readonly string[] =>
  existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md')) : [];

const DOCUMENTS: Documents = {
  contract: new Map(markdownIn('docs/contract').map((name) => [name, read(`docs/contract/${name}`)])),
  decisions: new Set(markdownIn('docs/decisions')),
};

const FOLDERS = ['src', 'test', 'bench', 'docs', 'bin', 'tools', '.ci', '.github'];
const WRITTEN = /\.(?:ts|mjs|js|md|sql|yml)$/;
/** Its table of citations that lead nowhere is the only place where they may. */
const OWN_TABLE = 'test/house/citations.test.ts';

const FILES: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  ),
].filter((file) => WRITTEN.test(file) && file !== OWN_TABLE);

describe('what is cited is there', () => {
  test('every citation of the contract and the decisions leads somewhere', () => {
    const dangling = FILES.flatMap((file) =>
      danglingCitations(file, read(file), DOCUMENTS).map((citation) => `${file}: ${citation}`),
    );
    expect(dangling).toEqual([]);
  });

  test('the contract is cited throughout the house, so the search does find citations', () => {
    const citing = (folder: string): number =>
      FILES.filter((file) => file.startsWith(folder) && /\d-(?:notice|data|rules|cli)\.md|§\d/.test(read(file))).length;
    expect(citing('src/')).toBeGreaterThan(30);
    expect(citing('test/')).toBeGreaterThan(15);
  });

  test('every link of a document leads to a file', () => {
    const dangling = FILES.filter((file) => file.endsWith('.md')).flatMap((file) =>
      danglingLinks(read(file), (path) => existsSync(join(ROOT, dirname(file), path))).map(
        (link) => `${file}: ${link}`,
      ),
    );
    expect(dangling).toEqual([]);
  });

  test('every file of the house that a document names is there', () => {
    const dangling = FILES.filter((file) => file.endsWith('.md')).flatMap((file) =>
      danglingPaths(read(file), (path) => existsSync(join(ROOT, path))).map((path) => `${file}: ${path}`),
    );
    expect(dangling).toEqual([]);
  });
});

describe('a citation that leads nowhere is told', () => {
  test.each([
    ['a section that there is not', 'src/a.ts', '// as 3-rules.md §12 says', ['3-rules.md §12']],
    ['one behind others', 'src/a.ts', '/** (3-rules.md §2, §5 and §13) */', ['3-rules.md §13']],
    ['one without a document', 'test/a.test.ts', "describe('what is due (§66)', () => {});", ['3-rules.md §66']],
    ['an item that there is not', 'src/a.ts', '/** §4.9: the shop wrote it down. */', ['3-rules.md §4.9']],
    ['an item of a section without a list', 'src/a.ts', '/** §6.1 */', ['3-rules.md §6.1']],
    ['a section of a document without sections', 'docs/a.md', 'see 2-data.md §3', ['2-data.md §3']],
    ['a document that there is not', 'bench/a.ts', '// 5-money.md tells', ['5-money.md']],
    ['a document under another name', 'src/a.ts', '// 3-laws.md §4', ['3-laws.md']],
    ['a document without its ending', 'docs/a.md', 'the same sales (3-rules §4)', ['3-rules']],
    [
      'a heading that there is not',
      'src/a.ts',
      '// (2-data.md, "Rows without a home")',
      ['2-data.md, "Rows without a home"'],
    ],
    [
      'a heading across two lines of a comment',
      'src/a.ts',
      '/**\n * (2-data.md, "Rows without\n * a home")\n */',
      ['2-data.md, "Rows without a home"'],
    ],
    ['half a word of a heading', 'src/a.ts', '// 1-notice.md, "Term"', ['1-notice.md, "Term"']],
    [
      'words that stand nowhere',
      'test/a.ts',
      '// 4-cli.md: "a lock is never taken over"',
      ['4-cli.md: "a lock is never taken over"'],
    ],
    ['a reading that was never taken', 'src/a.ts', '/** one recipient (R99) */', ['R99']],
    ['a decision that was never taken', 'docs/a.md', '[so](decisions/0999-so.md)', ['0999-so.md']],
  ])('%s', (_, file, content, told) => {
    expect(danglingCitations(file, content, DOCUMENTS)).toEqual(told);
  });

  test.each([
    ['a section', 'src/a.ts', '/** (3-rules.md §2, §5 and §8) */'],
    ['sections from one to another', 'src/a.ts', '/** (3-rules.md §6 to §8) */'],
    ['an item', 'src/a.ts', '/** §4.2: nameless bills. */'],
    ['a heading', 'src/a.ts', '// 2-data.md, "Rows that find no coupon"'],
    ['a heading that goes on', 'src/a.ts', '// 1-notice.md, "Terms"'],
    ['words in bold', 'src/a.ts', '// 2-data.md, "Words for nothing"'],
    ['words in italics behind a dash', 'src/a.ts', '// 2-data.md, "Late hours"'],
    ['words as they stand', 'test/a.ts', '// 4-cli.md: "a lock left by a dead process is\n  // taken over"'],
    ['a reading', 'src/a.ts', '/** one recipient (R10) */'],
    ['a sign alone', 'test/a.ts', '// The section signs (§) are those of the rules.'],
    ['a number of a report in a test', 'test/a.ts', "const row = 'R99,S1';"],
    ['a name that only ends like one', 'docs/a.md', 'see 2023-04-12-rules.mdx and x1-notes.md'],
  ])('but not %s', (_, file, content) => {
    expect(danglingCitations(file, content, DOCUMENTS)).toEqual([]);
  });

  test('a link and a path that lead nowhere', () => {
    const nothing = (): boolean => false;
    expect(danglingLinks('[a](b.md#c) [d](https://e.example) [f](#g)', nothing)).toEqual(['b.md']);
    expect(danglingPaths('`src/gone.ts`, `src/rules/*.ts`, `gone.ts`', nothing)).toEqual(['src/gone.ts']);
  });
});
