import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Cells, parseCsv, readNight } from '../oracle/read-night.ts';
import { judgeNight, type Terms2 } from '../oracle/reference.ts';
import { program, ROOT, withFolder } from '../support/program.ts';

const EXAMPLE = join(ROOT, 'fixtures/two-evenings');
const FILES = ['eligibility', 'payouts', 'extensions', 'review'] as const;

/** A row a line, with the columns of the expectation alone. */
const linesOf = (rows: readonly Cells[], columns: readonly string[]): readonly string[] =>
  rows.map((row) => columns.map((name) => row[name] ?? '').join('|')).sort();

const expectedOf = (file: string) => {
  const rows = parseCsv(readFileSync(join(EXAMPLE, 'expected', `${file}.csv`), 'utf8'));
  const columns = Object.keys(rows[0] ?? {});
  return { columns, lines: linesOf(rows, columns) };
};

describe('two evenings, under a policy of version 2', () => {
  const published = new Map<string, string>();
  let printed = '';
  let summary: {
    readonly prefectures?: unknown;
    readonly capPerPerson?: unknown;
    readonly payouts: { readonly yen: number };
  };

  beforeAll(() => {
    withFolder((folder) => {
      const out = join(folder, 'run');
      const { status, stderr } = program(['run', '--config', join(EXAMPLE, 'run.json'), '--out', out, '--quiet']);
      expect([status, stderr]).toEqual([0, '']);
      for (const file of FILES) published.set(file, readFileSync(join(out, `${file}.csv`), 'utf8'));
      printed = readFileSync(join(out, 'summary.txt'), 'utf8');
      summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
      expect(program(['verify', out]).status).toBe(0);
    });
  });

  test.each(FILES)('the program comes to the %s that were worked out by hand', (file) => {
    const { columns, lines } = expectedOf(file);
    expect(linesOf(parseCsv(published.get(file) ?? ''), columns)).toEqual(lines);
  });

  test('each prefecture is told by itself, and together they are the payouts', () => {
    expect(summary.prefectures).toEqual({
      '13': { coupons: 6, residualYen: 7297, reinstateYen: 300, payableYen: 1900, payoutYen: 900 },
      '14': { coupons: 4, residualYen: 5699, reinstateYen: 0, payableYen: 800, payoutYen: 700 },
    });
    expect(summary.payouts.yen).toBe(650 + 700 + 250);
    // 1,850 would be due to the one account, and 1,600 are paid to it.
    expect(summary.capPerPerson).toEqual({ coupons: 1, cutYen: 250 });
    expect(printed).toMatch(/ひとりの上限により払わない +1 +250円/);
    expect(printed).toMatch(/■ 都道府県ごと.*\n +都道府県コード 13 +6 +900円\n +都道府県コード 14 +4 +700円\n/);
  });

  test('and so does the reference', () => {
    const { terms } = JSON.parse(readFileSync(join(EXAMPLE, 'policy.json'), 'utf8')) as { terms: Terms2 };
    const inJapan = ({ from, to }: Terms2['outages'][number]) => ({ from: `${from}:00+09:00`, to: `${to}:00+09:00` });
    const { asOf } = JSON.parse(readFileSync(join(EXAMPLE, 'run.json'), 'utf8')) as { asOf: string };
    const outcome = judgeNight(readNight(EXAMPLE), { asOf, terms: { ...terms, outages: terms.outages.map(inJapan) } });
    for (const file of FILES) {
      const { columns, lines } = expectedOf(file);
      expect(linesOf(outcome[file] as unknown as readonly Cells[], columns), file).toEqual(lines);
    }
  });
});
