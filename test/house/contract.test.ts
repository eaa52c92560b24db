import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { LAYOUTS } from '../../src/intake/schema/layouts.ts';
import { REJECT_CODES } from '../../src/intake/values/reject-codes.ts';
import { CLAUSES } from '../../src/policy/clauses.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { policyFile1Schema, policyFile2Schema } from '../../src/policy/policy-file.ts';
import { READINGS } from '../../src/policy/readings.ts';
import { REASONS, REVIEW_REASONS, STATUSES } from '../../src/policy/vocabulary.ts';
import { ROOT } from '../support/program.ts';
import { programCalledWith } from '../support/program-called.ts';

const contract = (name: string): string => readFileSync(join(ROOT, 'docs/contract', name), 'utf8');
const NOTICE = contract('1-notice.md');
const DATA = contract('2-data.md');
const RULES = contract('3-rules.md');
const COMMANDS = contract('4-cli.md');

/** The part of a document under a heading, up to the next one of its rank or a higher one. */
function under(document: string, heading: string): string {
  const rank = /^#+/.exec(heading)?.[0].length ?? 0;
  const [, behind = ''] = document.split(`\n${heading}`);
  return behind.split(new RegExp(`\\n#{1,${rank}} `))[0] ?? '';
}

/** Rows of the tables in a text, without heads and rules. */
const rowsIn = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter(
      (line, at, lines) => line.startsWith('|') && !/^\|[-| ]+$/.test(line) && !/^\|[-| ]+$/.test(lines[at + 1] ?? ''),
    )
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );

const ticked = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

describe('the notice', () => {
  const ids = CLAUSES.map(({ id }) => id);

  test('has each clause in our words, and the place where it stands', () => {
    expect(rowsIn(under(NOTICE, '## Clauses').split('### ')[0] ?? '').map(([id = '']) => ticked(id)[0])).toEqual(ids);
    const places = rowsIn(under(NOTICE, '### Where each clause stands'));
    expect(places.map(([id = '']) => ticked(id)[0])).toEqual(ids);
    expect(places.filter(([, heading, place]) => heading === '' || place === '')).toEqual([]);
  });

  test('prints each clause under the number that the program shows', () => {
    const printed = rowsIn(under(NOTICE, '## Clauses').split('### ')[0] ?? '').map(([, as]) => as);
    expect(printed.slice(1)).toEqual(CLAUSES.slice(1).map(({ printedAs }) => printedAs));
  });

  test('has each term of a policy with its clause, and the built-in figure', () => {
    const terms = rowsIn(under(NOTICE, '## Terms'));
    expect(terms.flatMap(([name = '']) => ticked(name)).sort()).toEqual(
      Object.keys(policyFile1Schema.shape.terms.shape).sort(),
    );
    for (const [name = '', value = '', clause = ''] of terms) {
      expect(ticked(clause).filter((id) => !ids.some((own) => own === id))).toEqual([]);
      expect(ticked(clause)).not.toEqual([]);
      for (const term of ticked(name)) expect(value).toContain(figureOf(term));
    }
  });

  test('has each term of version 2 that version 1 has not, with what it stands for', () => {
    const [first, second] = [policyFile1Schema, policyFile2Schema].map(({ shape }) => Object.keys(shape.terms.shape));
    const rows = rowsIn(under(NOTICE, '## Terms of version 2'));
    expect(rows.flatMap(([name = '']) => ticked(name))).toEqual(second?.filter((name) => !first?.includes(name)));
    const replaced = rows.flatMap(([, instead = '']) => ticked(instead));
    expect(new Set(replaced)).toEqual(new Set(first?.filter((name) => !second?.includes(name))));
  });

  test('has each reading, in order', () => {
    const readings = [...NOTICE.matchAll(/^- \*\*(R\d+), /gm)].map(([, id]) => id);
    expect(readings).toEqual(READINGS.map(({ id }) => id));
  });
});

/** How a figure of the built-in policy stands in the table. */
function figureOf(term: string): string {
  const value = (KAGOSHIMA.file.terms as Readonly<Record<string, string | number | undefined>>)[term];
  if (value === undefined) return 'none stated';
  // The second of two bounds on one day gives the time alone.
  return String(value)
    .replace(/^2023-02-24T/, '')
    .replace('T', ' ');
}

/** What the code calls a symbol, and how comments name it. */
const USES: readonly (readonly [identifier: string, symbol: RegExp])[] = [
  ['duringOutage', /\bW\b/],
  ['firstExtensionEnd', /\bt1\b/],
  ['secondExtensionEnd', /\bt2\b/],
  ['matchTolerance', /\bT\b/],
  ['repeatPressGap', /\bG\b/],
  ['rowsOfE', /\bE\b/],
  ['combined', /\bZ\b/],
  ['unsupported', /\b[uU]\b/],
  ['lowest', /\blo\b/],
  ['highest', /\bhi\b/],
  ['sparePayment', /\bspare\b/i],
  ["'sole'", /\bsole\b/],
];

describe('the rules', () => {
  test('say in §7 which reasons hold the coupon and which do not', () => {
    const section = under(RULES, '## 7. Review and decisions');
    const [held = '', free = ''] = ['Hold the coupon', 'Hold nothing'].map(
      (begin) => section.split('\n').find((line) => line.startsWith(begin)) ?? '',
    );
    const reasons = Object.entries(REVIEW_REASONS);
    // The findings on the ledger are named as such there, and told one by one in §2.
    const ledger = reasons.filter(([, words]) => 'ledger' in words).map(([code]) => code);
    expect([...ticked(held)].sort()).toEqual(
      reasons.flatMap(([code, words]) => (words.holds && !ledger.includes(code) ? [code] : [])).sort(),
    );
    expect([...ticked(free)].sort()).toEqual(reasons.flatMap(([code, words]) => (words.holds ? [] : [code])).sort());
    expect(ledger.filter((code) => !under(RULES, '## 2. Ledger').includes(`\`${code}\``))).toEqual([]);
  });

  test('have every status of eligibility.csv in the order in which the first that fits is taken', () => {
    const table = rowsIn(under(RULES, '## 8. Status, route, payout'));
    expect(table.flatMap(([status = '']) => ticked(status))).toEqual(Object.keys(STATUSES));
  });

  test('have every other reason', () => {
    expect(Object.keys(REASONS).filter((code) => !RULES.includes(`\`${code}\``))).toEqual([]);
  });

  const symbols = rowsIn(under(RULES, '## 0. Terms and symbols')).filter(([, , , uses]) => uses !== undefined);

  test.each(
    symbols.map(([symbol = '', , files = '']) => [symbol, files] as const),
  )('and the file that works out %s names it in a comment', (symbol, files) => {
    for (const name of symbol.replace(/\(.*\)/, '').split(', ')) {
      const comments = ticked(files).map((file) => commentsOf(readFileSync(join(ROOT, file), 'utf8')));
      expect(comments.some((text) => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text))).toBe(true);
    }
  });

  test.each(USES)('and whoever uses %s says %s in a comment', (identifier, symbol) => {
    const uses = ['rules', 'pairing'].flatMap((folder) =>
      readdirSync(join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `src/${folder}/${name}`,
      ),
    );
    const silent = uses
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => {
        const source = readFileSync(join(ROOT, file), 'utf8');
        const code = source.replace(COMMENTS, '').replace(/^import [\s\S]*?;$/gm, '');
        return new RegExp(`(?<!\\w)${identifier}(?!\\w)`).test(code) && !symbol.test(commentsOf(source));
      });
    expect(silent).toEqual([]);
  });

  test('define each symbol once', () => {
    const names = symbols.flatMap(([symbol = '']) => symbol.split(', '));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['E', 'U', 'Z', 'G', 'T', 'W', 'lo', 'hi', 'n', 'k', 'u', 't1', 't2']),
    );
  });
});

const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;
const commentsOf = (source: string): string => (source.match(COMMENTS) ?? []).join('\n');

describe('data and command line', () => {
  test('name every column of every input, the required ones with a star', () => {
    for (const { columns } of Object.values(LAYOUTS))
      for (const { name, required } of columns) expect(DATA).toContain(`\`${name}${required ? '*' : ''}\``);
  });

  test('name every code of a rejected row', () => {
    expect(Object.keys(REJECT_CODES).filter((code) => !`${DATA}${RULES}`.includes(`\`${code}\``))).toEqual([]);
  });

  test('name every code that a command ends with, in the table of codes', () => {
    const table = under(COMMANDS, '## Exit codes');
    const codes = codesIn(readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }));
    expect(codes.length).toBeGreaterThan(25);
    expect(codes.filter((code) => !table.includes(`\`${code}\``))).toEqual([]);
  });

  test('say each thing about codes once', () => {
    const section = under(COMMANDS, '## Exit codes');
    const listed = rowsIn(section).flatMap(([code = '']) => ticked(code));
    expect(listed.filter((code, place) => listed.indexOf(code) !== place)).toEqual([]);
    expect(section.match(/^0 done/gm)).toHaveLength(1);
  });

  test('name no code that nothing ends with any more', () => {
    const source = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
      .join('\n');
    const listed = rowsIn(under(COMMANDS, '## Exit codes')).flatMap(([code = '']) => ticked(code));
    expect(listed.length).toBeGreaterThan(30);
    // Put together where they arise, from what was read or what the system says.
    const made = listed.filter((code) => !/^BAD_(?:POLICY|PROFILE|CONFIG|REQUESTER|PROVIDER)$|^SYSTEM_/.test(code));
    expect(made.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
  });

  test('name every command and every option', async () => {
    const names = (await programCalledWith()).commands.map((command) => command.name());
    const programs = await Promise.all(names.map((name) => programCalledWith(name)));
    const all = programs.flatMap(optionsOf);
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter((option) => !`${DATA}${COMMANDS}`.includes(option))).toEqual([]);
  });
});

/** Codes of problems, as literals or as the type of what makes them; what sets a row aside is no code of a command. */
function codesIn(names: readonly string[]): readonly string[] {
  const found = names
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join(ROOT, 'src', name), 'utf8').matchAll(
        /(?:\bcode:\s*|\bfound\.add\(\s*|\bproblem\(\s*)'([A-Z]+(?:_[A-Z]+)*)'/g,
      ),
    ])
    .map(([, code = '']) => code);
  return [...new Set(found)].filter((code) => !(code in REJECT_CODES) && !(code in REVIEW_REASONS));
}

const optionsOf = (command: Command): readonly string[] => [
  ...command.options.flatMap(({ long }) => long ?? []).filter((long) => long !== '--version'),
  ...command.commands.flatMap(optionsOf),
];
