import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber, startOfDay } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { type Contents, contentsOf } from '../../src/report/contents.ts';
import { pageOf } from '../../src/report/page.ts';
import { type PublishedTable, tableOf } from '../../src/report/published-table.ts';
import { program, ROOT, withFolder } from '../support/program.ts';

const HOUR = 3_600_000_000;
/** 2023-05-10 02:00 in Japan. */
export const AS_OF = startOfDay(dayNumber(2023, 5, 10)) + 2 * HOUR;
export const FACTS = { previousFingerprint: null };

const READ = [
  'summary.json',
  'figures.json',
  'eligibility.csv',
  'review.csv',
  'merchant_days.csv',
  'paid_template.csv',
  'outage_payments.csv',
];

/** What the worked night publishes, as far as a page is made of it. */
export const workedNight = (): ReadonlyMap<string, Uint8Array> =>
  withFolder((folder) => {
    const out = join(folder, 'night');
    const config = join(ROOT, 'fixtures/outage-night/run.json');
    const as = ['--as-of', '2023-05-10T02:00:00+09:00', '--out', out, '--quiet', '--log-level', 'silent'];
    const { status, stderr } = program(['run', '--config', config, ...as]);
    if (status !== 0) throw new Error(stderr);
    return new Map(READ.map((name) => [name, readFileSync(join(out, name))]));
  });

/** The same with some files in place of others, or without them. */
export function withFiles(
  published: ReadonlyMap<string, Uint8Array>,
  others: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map(published);
  for (const [name, content] of Object.entries(others))
    if (content === undefined) files.delete(name);
    else files.set(name, Buffer.from(content));
  return files;
}

export const contentsIn = (published: ReadonlyMap<string, Uint8Array>): Contents =>
  drained(contentsOf(published, KAGOSHIMA, AS_OF, FACTS));

/** A table as a run writes it. */
export const tableIn = (csv: string): PublishedTable => drained(tableOf(Buffer.from(csv)));

/** All cells of a column. */
export const cellsIn = (table: PublishedTable, column: string): readonly string[] => drained(table.column(column));

export const pageIn = (published: ReadonlyMap<string, Uint8Array>): string =>
  drained(pageOf(published, KAGOSHIMA, AS_OF, FACTS));

/** What somebody reads of it in one language. */
export const shownIn = (html: string, language: 'ja' | 'en'): string => {
  const other = language === 'ja' ? 'en' : 'ja';
  const without = html.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g, '');
  const spans = new RegExp(
    `<(span|text) class="${other}"[^>]*>(?:[^<]|<(?!/?\\1)[^>]*>|<\\1 class="figure"[^>]*>[^<]*</\\1>)*</\\1>`,
    'g',
  );
  return without
    .replace(spans, '')
    .replace(/<(?:\/(?:p|li|h\d|td|th|tr|dd|dt|text|option|summary|caption|div)|br)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/[ \n]*\n[ \n]*/g, '\n');
};
