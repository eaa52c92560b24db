import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program, ROOT, readRows } from '../support/program.ts';

/**
 * The worked night opened in a spreadsheet and saved again: either the money is the same, or the run is refused and says where
 * and what was destroyed, or who cannot be reached any more is asked about. No yen moves without a word.
 */

/** Files of the night by the option that brings them. */
const FILES = {
  '--issuance': 'issuance',
  '--transactions': 'transactions',
  '--merchant-reports': 'merchant_reports',
  '--claims': 'claims',
  '--applications': 'applications',
} as const;
type FileName = (typeof FILES)[keyof typeof FILES];
const NAMES: readonly FileName[] = Object.values(FILES);

const NUMBERS = /^(coupon_number|\w+_id|phone|bank_code|branch_code|account_number)$/;
/** `+09:00` keeps a spreadsheet from taking an instant for one; most exports are without it. */
const withSlashes = (cell: string): string =>
  cell.replace(/^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d:\d\d)\+09:00)?$/, (_, year, month, day, time) =>
    [`${year}/${month}/${day}`, ...(time === undefined ? [] : [time])].join(' '),
  );

/** How the night is written before anybody opens it. */
const WRITTEN: Readonly<Record<string, (cell: string, column: string) => string>> = {
  plain: (cell) => cell,
  slashes: withSlashes,
  guarded: (cell, column) => (NUMBERS.test(column) ? `="${cell}"` : cell),
  apostrophes: (cell, column) => (NUMBERS.test(column) ? `'${cell}` : cell),
  letters: (cell, column) => (column === 'coupon_number' ? `K${cell}` : withSlashes(cell)),
  'twenty-digits': (cell, column) => (column === 'coupon_number' ? `41010000${cell}` : cell),
  'shops-like-dates': (cell, column) => (column === 'merchant_id' ? cell.replace(/^M0?/, '1-') : cell),
  'shops-like-powers': (cell, column) => (column === 'merchant_id' ? cell.replace(/^M(\d+)$/, '$1E5') : cell),
};

/** CSV filter of LibreOffice: comma, quote, encoding (76 UTF-8, 60 Windows-31J), first line, columns, language, quoted as text, numbers found as Excel does. */
const AS_TEXT = 'CSV:44,34,76,1,,1041,false,false';
const AS_EXCEL = 'CSV:44,34,76,1,,1041,false,true';
/** How it is opened and saved; another program or form is a line. */
const SAVED = [
  {
    name: 'Shift_JIS',
    open: AS_TEXT,
    to: 'csv:Text - txt - csv (StarCalc):44,34,60,1,,0,false,true',
    extension: 'csv',
  },
  {
    name: 'UTF-8 with dates found',
    open: AS_EXCEL,
    to: 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true',
    extension: 'csv',
  },
  { name: 'a workbook', open: AS_EXCEL, to: 'xlsx:Calc MS Excel 2007 XML', extension: 'xlsx' },
] as const;
type Saved = (typeof SAVED)[number];

type End = 'the same money' | 'nobody reached by a number' | readonly string[];
interface Case {
  readonly written: string;
  readonly opened: readonly FileName[];
  /** What becomes of it, by SAVED: the codes of all that is told where it is refused. */
  readonly ends: readonly [asText: End, asExcel: End, asWorkbook: End];
}
const UNMATCHED = ['TOO_MANY_UNMATCHED', 'UNKNOWN_COUPON'];
const CASES: readonly Case[] = [
  { written: 'guarded', opened: NAMES, ends: ['the same money', 'the same money', 'the same money'] },
  { written: 'apostrophes', opened: NAMES, ends: ['the same money', 'the same money', 'the same money'] },
  // Every number loses its zeros alike, so that coupons are found; telephones and banks are not.
  {
    written: 'plain',
    opened: NAMES,
    ends: ['nobody reached by a number', 'nobody reached by a number', 'nobody reached by a number'],
  },
  { written: 'plain', opened: ['transactions'], ends: [UNMATCHED, UNMATCHED, UNMATCHED] },
  { written: 'plain', opened: ['merchant_reports'], ends: [UNMATCHED, UNMATCHED, UNMATCHED] },
  { written: 'plain', opened: ['issuance'], ends: [UNMATCHED, UNMATCHED, UNMATCHED] },
  { written: 'plain', opened: ['claims'], ends: [UNMATCHED, UNMATCHED, UNMATCHED] },
  { written: 'plain', opened: ['applications'], ends: [UNMATCHED, UNMATCHED, UNMATCHED] },
  // A column of dates alone is shown as months and days; a workbook keeps the year that it does not show.
  {
    written: 'slashes',
    opened: NAMES,
    ends: ['nobody reached by a number', ['DATE_WITHOUT_YEAR', 'TOO_MANY_REJECTS'], 'nobody reached by a number'],
  },
  {
    written: 'letters',
    opened: ['transactions', 'merchant_reports'],
    ends: ['the same money', 'the same money', 'the same money'],
  },
  {
    written: 'twenty-digits',
    opened: NAMES,
    ends: [
      ['EXCEL_NUMBER', 'TOO_MANY_REJECTS'],
      ['EXCEL_NUMBER', 'TOO_MANY_REJECTS'],
      // All digits behind the fifteenth are gone, and with them what tells one coupon from another.
      ['ROUNDED_NUMBERS'],
    ],
  },
  {
    written: 'shops-like-dates',
    opened: ['transactions'],
    ends: [UNMATCHED, ['SPREADSHEET_DATE', 'TOO_MANY_REJECTS', ...UNMATCHED], UNMATCHED],
  },
  {
    written: 'shops-like-powers',
    opened: ['transactions'],
    ends: [UNMATCHED, ['EXCEL_NUMBER', 'TOO_MANY_REJECTS', ...UNMATCHED], UNMATCHED],
  },
];

let work = '';
const written = (how: string, file: FileName): string => join(work, `${how}.${file}.csv`);
const saved = (how: string, file: FileName, { name, extension }: Saved): string =>
  join(work, name, `${how}.${file}.${extension}`);

/** All files of all cases, so that the spreadsheet starts once for each way to open and save. */
function openAndSave({ name, open, to }: Saved): void {
  const files = Object.keys(WRITTEN).flatMap((how) => NAMES.map((file) => written(how, file)));
  const words = [
    `-env:UserInstallation=file://${join(work, 'profile')}`,
    '--headless',
    `--infilter=${open}`,
    '--convert-to',
    to,
  ];
  // What a date looks like goes by the locale.
  const env = { ...process.env, LC_ALL: 'ja_JP.UTF-8', HOME: work };
  execFileSync('soffice', [...words, '--outdir', join(work, name), ...files], { env, stdio: 'ignore' });
}

function writeNight(how: string, file: FileName): void {
  const [header, ...rows] = parse(readFileSync(join(ROOT, `fixtures/outage-night/${file}.csv`))) as string[][];
  const cells = rows.map((row) =>
    row.map((cell, at) => (cell === '' ? '' : (WRITTEN[how]?.(cell, header?.[at] as string) ?? cell))),
  );
  writeFileSync(written(how, file), stringify([header as string[], ...cells]));
}

function settle(out: string, pathOf: (file: FileName) => string) {
  const files = Object.entries(FILES).flatMap(([option, file]) => [option, pathOf(file)]);
  const told = ['--as-of', '2023-05-10T02:00:00+09:00', '--log-level', 'error', '--lang', 'en'];
  return program(['run', ...files, ...told, '--out', out]);
}

/** What each coupon came to, by the last three digits of its number: zeros in front may have gone. */
const moneyIn = (out: string): readonly string[] =>
  readRows(join(out, 'eligibility.csv'))
    .map(({ coupon_number, status, grounds, payable_yen, route }) =>
      [coupon_number?.slice(-3), status, grounds, payable_yen, route].join(' '),
    )
    .sort();

const codesIn = (stderr: string): readonly string[] =>
  [...new Set([...stderr.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([code]) => code))].sort();

const isInstalled = spawnSync('soffice', ['--version']).status === 0;

// Debian: apt-get install libreoffice-calc (.ci/run does).
describe.skipIf(!isInstalled)('a spreadsheet opens and saves the night (skipped where there is no soffice)', () => {
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'regionpay-spreadsheet-'));
    for (const how of Object.keys(WRITTEN)) {
      for (const file of NAMES) writeNight(how, file);
      expect(settle(join(work, `run-${how}`), (file) => written(how, file)).stderr).toBe('');
    }
    for (const saving of SAVED) {
      mkdirSync(join(work, saving.name));
      openAndSave(saving);
    }
  }, 180_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('the night is worth something, however it is written', () => {
    const [first, ...others] = Object.keys(WRITTEN).map((how) => moneyIn(join(work, `run-${how}`)));
    expect(first?.filter((line) => line.includes(' payable ')).length).toBeGreaterThan(5);
    for (const other of others) expect(other).toEqual(first);
  });

  const ALL = SAVED.flatMap((saving, at) =>
    CASES.map(({ written, opened, ends }) => {
      const files = opened === NAMES ? 'all files' : opened.join(' and ');
      return [written, files, saving.name, { how: written, opened, saving, end: ends[at] as End }] as const;
    }),
  );
  test.each(ALL)('%s, %s, saved as %s', (_how, files, name, { how, opened, saving, end }) => {
    const out = join(work, `run-${how}-${files}-${name}`);
    const { status, stderr } = settle(out, (file) =>
      opened.includes(file) ? saved(how, file, saving) : written(how, file),
    );
    if (typeof end !== 'string') {
      expect({ status, codes: codesIn(stderr) }).toEqual({ status: 3, codes: [...new Set(end)].sort() });
      expect(stderr).toMatch(/\.(?:csv|xlsx):\d+:\w+/);
      return;
    }
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [before, after] = [moneyIn(join(work, `run-${how}`)), moneyIn(out)];
    if (end === 'the same money') expect(after).toEqual(before);
    else expectNobodyReached(before, after, out);
  });
});

/** Who was reached by a telephone or in a bank is now asked about, and told why; all others come out as before. */
function expectNobodyReached(before: readonly string[], after: readonly string[], out: string): void {
  const others = after.filter((line) => !before.includes(line));
  expect(others.length).toBeGreaterThan(5);
  expect(others.filter((line) => !/^\d{3} in_review \S+ 0 $/.test(line))).toEqual([]);
  const questions = readRows(join(out, 'review.csv'));
  const unexplained = others.filter((line) => {
    const asked = questions.filter(
      ({ coupon_number, holds }) => coupon_number?.endsWith(line.slice(0, 3)) && holds === 'yes',
    );
    return !asked.some(({ detail }) => /leading 0|not four digits/.test(detail ?? ''));
  });
  expect(unexplained).toEqual([]);
}
