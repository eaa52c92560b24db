import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { windows31j } from '../intake/read-files.ts';
import { filesOf, readRows } from '../support/program.ts';
import type { Row } from '../support/run-tables.ts';
import { type Ended, NIGHT, put, regionpay, toldAsJson } from './command.ts';

/** Questions are answered in what a run has written, and handed in as a spreadsheet saves it. */
const base = mkdtempSync(join(tmpdir(), 'regionpay-decisions-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const at = (name: string): string => join(base, name);

const run = (name: string, night: string, ...words: readonly string[]): Promise<Ended> =>
  regionpay([
    'run',
    '--config',
    join(NIGHT, 'run.json'),
    '--as-of',
    `2023-05-${night}T02:00:00+09:00`,
    '--out',
    at(name),
    '--archive',
    '--json',
    ...words,
  ]);
const done = async (name: string, night: string, ...words: readonly string[]) => {
  const ended = await run(name, night, ...words);
  expect(ended.stderr.split('\n').filter((line) => line.includes('"problems"'))).toEqual([]);
  expect(ended.status).toBe(0);
  return JSON.parse(ended.stdout).summary;
};

const review = (name: string): readonly Row[] => readRows(join(at(name), 'review.csv'));
let first: readonly Row[] = [];
let header: readonly string[] = [];

/** The first six are approved but for every third; the others are left open. */
const filledIn = (rows: readonly Row[], decidedBy = '佐藤'): readonly Row[] =>
  rows.map((row, place) =>
    place > 5
      ? row
      : {
          ...row,
          decision: place % 3 === 0 ? '却下' : '承認',
          decided_by: decidedBy,
          decided_at: '2023/5/10 10:00',
          note: '店長に電話\n間違いないとのこと',
        },
  );
const csvOf = (rows: readonly Row[], delimiter = ',', lineEnd = '\r\n'): string =>
  stringify([[...header], ...rows.map((row) => header.map((name) => row[name] ?? ''))], {
    delimiter,
    record_delimiter: lineEnd,
    quoted_match: /[\r\n]/,
  });

beforeAll(async () => {
  await done('first', '10');
  first = review('first');
  header = Object.keys(first[0] ?? {});
  put(base, 'answers.csv', csvOf(filledIn(first)));
  await done('second', '11', '--previous', at('first'), '--decisions', at('answers.csv'));
});

const decided = (rows: readonly Row[]) => rows.map((row) => `${row.review_id} ${row.decision}`);
const expected = () =>
  first.map((row, place) => `${row.review_id} ${place > 5 ? '' : place % 3 === 0 ? 'rejected' : 'approved'}`);

test('a review.csv has the columns of decisions, empty', () => {
  expect(header.slice(-4)).toEqual(['decision', 'decided_by', 'decided_at', 'note']);
  expect(first.length).toBe(8);
  for (const row of first) expect(header.slice(-4).map((name) => row[name])).toEqual(['', '', '', '']);
});

describe('a review.csv that was filled in is a file of decisions', () => {
  // Windows-31J has no wave dash: a spreadsheet writes another sign in the column of details, which nobody reads.
  it.each([
    ['as CSV in Windows-31J', (rows: readonly Row[]) => windows31j(csvOf(rows).replaceAll('〜', '?'))],
    ['as CSV in UTF-8', (rows: readonly Row[]) => `\uFEFF${csvOf(rows)}`],
    ['as Unicode text', (rows: readonly Row[]) => Buffer.from(`\uFEFF${csvOf(rows, '\t')}`, 'utf16le')],
    ['with LF', (rows: readonly Row[]) => csvOf(rows, ',', '\n')],
  ])('%s', async (form, written) => {
    const name = `form ${form}`;
    put(base, `${name}.csv`, written(filledIn(first)));
    const summary = await done(name, '11', '--previous', at('first'), '--decisions', at(`${name}.csv`));
    expect(decided(review(name))).toEqual(expected());
    const { decided: count, approved, rejected, stale, unknown, undecided } = summary.decisions;
    // Places 0 and 3 were rejected; the stakes are those of the first night's review.csv.
    const yenOf = (places: readonly number[]) =>
      places.reduce((sum, place) => sum + Number(first[place]?.amount_at_stake_yen), 0);
    expect({ count, approved, rejected, stale: stale.questions, unknown, undecided }).toEqual({
      count: 6,
      approved: { questions: 4, stakeYen: yenOf([1, 2, 4, 5]) },
      rejected: { questions: 2, stakeYen: yenOf([0, 3]) },
      stale: 0,
      unknown: 0,
      undecided: 2,
    });
  });
});

describe('a review.csv that shows answers', () => {
  it('handed in beside the answers, comes to the same', async () => {
    const words = [
      '--previous',
      at('first'),
      '--decisions',
      at('answers.csv'),
      '--decisions',
      join(at('second'), 'review.csv'),
    ];
    const summary = await done('beside', '11', ...words);
    expect(decided(review('beside'))).toEqual(expected());
    expect(summary.decisions).toMatchObject({
      decided: 6,
      answered: 6,
      answeredElsewhere: 0,
      contradicting: { questions: 0 },
    });
  });

  it('handed in alone, decides nothing, and the run says that the answers are missing', async () => {
    const summary = await done(
      'alone',
      '11',
      '--previous',
      at('first'),
      '--decisions',
      join(at('second'), 'review.csv'),
    );
    expect(decided(review('alone'))).toEqual(first.map((row) => `${row.review_id} `));
    expect(summary.decisions).toMatchObject({ decided: 0, undecided: 2, answered: 6, answeredElsewhere: 6 });
  });

  it('holds nobody’s name', () => {
    for (const [name, content] of Object.entries(filesOf(at('second'))))
      if (!name.startsWith('inputs/')) expect(Buffer.from(content, 'latin1').toString(), name).not.toContain('佐藤');
  });
});

describe('a decision on a question that is not asked', () => {
  const unknown = () =>
    csvOf([...filledIn(first).slice(0, 1), { ...filledIn(first)[0], review_id: 'R0123456789abcdef' } as Row]);

  it('refuses the run if nobody has asked it, with file and line, and whatever a cell holds is not shown', async () => {
    put(base, 'unknown.csv', unknown().replace('R0123456789abcdef', '佐藤花子'));
    const ended = await run('refused', '11', '--previous', at('first'), '--decisions', at('unknown.csv'));
    expect(ended.status).toBe(3);
    // The first row takes two lines, for its note does.
    expect(toldAsJson(ended).map(({ code, where }) => `${code} ${where}`)).toEqual([
      'UNKNOWN_REVIEW unknown.csv:4:review_id',
    ]);
    expect(ended.stderr).not.toContain('佐藤花子');
    expect(readdirSync(base)).not.toContain('refused');
  });

  it('is let through as its option says, and counted', async () => {
    put(base, 'unknown.csv', unknown());
    const words = ['--previous', at('first'), '--decisions', at('unknown.csv')];
    const summary = await done('let through', '11', ...words, '--max-unknown-decisions', '1');
    expect(summary.decisions).toMatchObject({ decided: 2, rejected: { questions: 1 }, unknown: 1 });
  });

  it('changes nothing once it was asked by an earlier night, though nobody asks it any more', async () => {
    // The unknown number is mended, so that its question is settled otherwise; the old file is kept.
    const claims = readFileSync(join(NIGHT, 'claims.csv'), 'utf8').replace('000000000999', '000000000202');
    put(base, 'claims.csv', claims);
    const all = filledIn(first.filter(({ reason }) => reason === 'UNKNOWN_COUPON'));
    put(base, 'old.csv', csvOf(all));
    const mended = ['--claims', at('claims.csv')];
    expect(all.length).toBe(1);
    const third = await done('third', '12', '--previous', at('second'), '--decisions', at('old.csv'), ...mended);
    expect(third.decisions).toMatchObject({ decided: 1, noLongerAsked: 1, unknown: 0 });
    // Two nights on, the run before no longer asks it either: asked.csv hands it on.
    const fourth = await done('fourth', '13', '--previous', at('third'), '--decisions', at('old.csv'), ...mended);
    expect(fourth.decisions).toMatchObject({ decided: 1, noLongerAsked: 1, unknown: 0 });
    const verified = await regionpay(['verify', at('fourth'), '--chain', '--lang', 'en']);
    expect(verified.stdout).toContain('ok: re-execution');
    expect(verified.status).toBe(0);
    // Without the chain nobody has asked it.
    expect((await run('first again', '12', '--decisions', at('old.csv'), ...mended)).status).toBe(3);
  });

  it('is none of a night before it was given: files of today serve a run of yesterday', async () => {
    const later = { ...filledIn(first)[0], review_id: 'R0123456789abcdef', decided_at: '2023/5/11 10:00' } as Row;
    put(base, 'later.csv', csvOf([later]));
    const summary = await done('yesterday', '11', '--previous', at('first'), '--decisions', at('later.csv'));
    expect(summary.decisions).toMatchObject({ decided: 0, unknown: 0 });
  });
});

describe('--require-second', () => {
  it('has an approval wait until another person has confirmed it; verify and diff know it', async () => {
    put(base, 'mori.csv', csvOf(filledIn(first, '森').slice(0, 2)));
    const words = ['--previous', at('first'), '--decisions', at('answers.csv'), '--decisions', at('mori.csv')];
    await done('alone enough', '11', ...words);
    const summary = await done('second needed', '11', ...words, '--require-second');
    // Places 0 and 3 were rejected, for which one is enough; of the approvals the second person has confirmed place 1.
    const needed = ['rejected', 'approved', 'needs_second', 'rejected', 'needs_second', 'needs_second', '', ''];
    expect(decided(review('second needed'))).toEqual(first.map((row, place) => `${row.review_id} ${needed[place]}`));
    expect(summary.decisions).toMatchObject({
      approved: { questions: 1 },
      rejected: { questions: 2 },
      needsSecond: { questions: 3 },
    });
    const manifest = JSON.parse(readFileSync(join(at('second needed'), 'manifest.json'), 'utf8'));
    expect(manifest.options.requireSecond).toBe(true);
    expect((await regionpay(['verify', at('second needed'), '--lang', 'en'])).stdout).toContain('ok: re-execution');
    const diff = await regionpay(['diff', at('alone enough'), at('second needed'), '--json', '--fail-on', 'any']);
    expect(JSON.parse(diff.stdout).runs).toEqual([{ cause: 'option', what: 'requireSecond: false → true' }]);
  });
});

test('the workbook is the same whenever and wherever it is written, and verify executes it again', async () => {
  await done('excel', '10', '--excel');
  const english = await done('english', '10', '--excel', 'en', '--lang', 'ja');
  expect(english.decisions).toBeNull();
  const book = (name: string): string => readFileSync(join(at(name), 'excel/review.xlsx'), 'latin1');
  expect(book('excel')).not.toBe(book('english'));
  const options = (name: string) => JSON.parse(readFileSync(join(at(name), 'manifest.json'), 'utf8')).options;
  expect([options('excel').excelLanguage, options('english').excelLanguage, options('first').excelLanguage]).toEqual([
    'ja',
    'en',
    null,
  ]);
  expect((await regionpay(['verify', at('english'), '--lang', 'en'])).stdout).toContain('ok: re-execution');
  expect((await run('french', '10', '--excel', 'fr')).status).toBe(2);
  rmSync(join(at('excel'), 'excel/review.xlsx'));
  writeFileSync(join(at('excel'), 'excel/review.xlsx'), book('english'), 'latin1');
  const altered = await regionpay(['verify', at('excel'), '--lang', 'en']);
  expect(altered.status).toBe(1);
  expect(altered.stdout).toContain('excel/review.xlsx');
});
