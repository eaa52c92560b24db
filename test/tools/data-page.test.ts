import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { markdownCell } from '../../src/cli/render/markdown.ts';
import { ABSENT_WORDS } from '../../src/intake/values/absent-words.ts';
import { declarationOf } from '../../src/tables/kinds/index.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import { dataPage } from '../../tools/data-page.ts';
import { counted, readTables } from '../intake/read-files.ts';
import { program, ROOT, withFolder } from '../support/program.ts';

const OPTION: Readonly<Record<InputKind, string>> = {
  issuance: '--issuance',
  transactions: '--transactions',
  sales: '--merchant-reports',
  claims: '--claims',
  applications: '--applications',
  decisions: '--decisions',
  paid: '--paid',
};

/** What the page says of a kind, without the others. */
const sectionOf = (page: string, kind: InputKind): string =>
  page
    .slice(page.indexOf(`<a id="${kind}"></a>`))
    .split('<a id=')
    .slice(0, 2)
    .join('');

/** The example files as somebody copies them from the page. */
const examplesOn = (page: string): Readonly<Record<InputKind, string>> =>
  Object.fromEntries(
    INPUT_KINDS.map((kind) => [kind, /```csv\n([^`]*)```/.exec(sectionOf(page, kind))?.[1] ?? '']),
  ) as Record<InputKind, string>;

const linesOf = (content: string): number => content.trimEnd().split('\n').length;

describe.each(['ja', 'en'] as const)('the page of inputs in %s', (language) => {
  const page = dataPage(language);
  const examples = examplesOn(page);

  test('has a section for each kind, with its option', () => {
    const missing = INPUT_KINDS.filter((kind) => !sectionOf(page, kind).includes(`\`${OPTION[kind]}\``));
    expect(missing).toEqual([]);
    expect(page.match(/^## /gm)).toHaveLength(2 + INPUT_KINDS.length);
  });

  test.each(INPUT_KINDS)('names every column, header and word of %s', (kind) => {
    const section = sectionOf(page, kind);
    const words = Object.values(declarationOf(kind).columns).flatMap((column) => [
      `| \`${column.name}\` |`,
      ...column.headers.split(' ').map(markdownCell),
      ...('values' in column
        ? Object.entries<string>(column.values ?? {}).flatMap(([ours, other]) => [`\`${ours}\``, ...other.split(' ')])
        : []),
    ]);
    expect(words.filter((word) => !section.includes(word))).toEqual([]);
  });

  test('names every word for nothing', () => {
    expect(ABSENT_WORDS.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });

  test('its examples are read together, every row of them, and name the same coupons', async () => {
    const { files } = await readTables(examples);
    const accepted = files.map((file) => [file.kind, Object.keys(counted(file)), file.rowsRead]);
    expect(accepted).toEqual(INPUT_KINDS.map((kind) => [kind, ['accepted'], linesOf(examples[kind]) - 1]));
    expect(files.map(({ coupons }) => coupons?.unknown.rows ?? 0)).toEqual(files.map(() => 0));
  });

  test('its examples are read by the program as they stand', () => {
    withFolder((folder) => {
      const given = (kinds: readonly InputKind[]) =>
        kinds.flatMap((kind) => {
          writeFileSync(join(folder, `${kind}.csv`), examples[kind]);
          return [OPTION[kind], join(folder, `${kind}.csv`)];
        });
      const told = ['--as-of', '2023-06-01T00:00:00+09:00', '--log-level', 'warn', '--lang', 'en'];
      const checked = program(['check', ...given(INPUT_KINDS), ...told]);
      expect([checked.status, checked.stderr]).toEqual([0, '']);
      // Decisions and what was paid speak of runs that made-up files have not.
      const kinds = INPUT_KINDS.filter((kind) => kind !== 'decisions' && kind !== 'paid');
      const settled = program(['run', ...given(kinds), ...told, '--out', join(folder, 'run')]);
      expect([settled.status, settled.stderr]).toEqual([0, '']);
    });
  });

  test('its links lead somewhere', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target as string);
    expect(targets.length).toBeGreaterThan(2);
    expect(targets.filter((target) => !existsSync(join(ROOT, 'docs', target)))).toEqual([]);
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => `<a id="${anchor}">`);
    expect(anchors.filter((anchor) => !page.includes(anchor))).toEqual([]);
    expect(anchors).toHaveLength(INPUT_KINDS.length);
  });
});
