import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REJECT_CODES } from '../../src/intake/values/reject-codes.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import { ROOT } from '../support/program.ts';
import { runPaths } from '../support/run-tables.ts';
import { inFolder, regionpay, toldAsJson } from './command.ts';

const ERRORS = join(ROOT, 'fixtures/errors');

/** A row that is set aside: its code, the kind and name of the file, and where rejects.csv says it is. */
type RowCase = readonly [code: string, kind: InputKind, file: string, places: readonly string[]];
const ROWS: readonly RowCase[] = [
  ['MISSING_VALUE', 'transactions', 'transactions.csv', ['3 merchant_id']],
  ['CIRCLED_DIGIT', 'sales', 'merchant_reports.csv', ['3 report_id']],
  ['STRAY_QUOTE', 'sales', 'merchant_reports.csv', ['2 report_id']],
  ['EXCEL_NUMBER', 'issuance', 'issuance.csv', ['3 coupon_number']],
  ['BAD_AMOUNT', 'transactions', 'transactions.csv', ['2 amount_yen']],
  ['ZERO_AMOUNT', 'issuance', 'issuance.csv', ['2 face_yen']],
  ['AMOUNT_TOO_LARGE', 'transactions', 'transactions.csv', ['2 amount_yen']],
  ['BAD_INSTANT', 'sales', 'merchant_reports.csv', ['2 sold_at']],
  ['BAD_DATE', 'issuance', 'issuance.csv', ['2 expires_on']],
  ['NO_SUCH_DATE', 'transactions', 'transactions.csv', ['2 occurred_at']],
  ['BAD_VALUE', 'transactions', 'transactions.csv', ['2 kind']],
  ['BAD_PREFECTURE', 'claims', 'claims.csv', ['2 prefecture']],
  ['FIELD_COUNT', 'sales', 'merchant_reports.csv', ['3 ']],
  ['SALE_TOTAL', 'sales', 'merchant_reports.csv', ['2 ']],
  ['INVISIBLE_CHARACTER', 'issuance', 'issuance.csv', ['3 coupon_number']],
  ['SPREADSHEET_GUARD', 'issuance', 'issuance.csv', ['3 coupon_number']],
  ['SPREADSHEET_DATE', 'sales', 'merchant_reports.csv', ['3 merchant_id']],
  ['SPREADSHEET_ERROR', 'issuance', 'issuance.csv', ['3 account_id']],
  ['DATE_WITHOUT_TIME', 'sales', 'merchant_reports.csv', ['2 sold_at']],
  ['DATE_WITHOUT_YEAR', 'sales', 'merchant_reports.csv', ['2 sold_at']],
  ['WRONG_WEEKDAY', 'sales', 'merchant_reports.csv', ['3 sold_at']],
  ['IMPLAUSIBLE_DATE', 'issuance', 'issuance.csv', ['3 expires_on']],
  ['VOIDED_SALE', 'sales', 'merchant_reports.csv', ['3 voided']],
  ['TWO_SPELLINGS', 'transactions', 'transactions.csv', ['2 ', '3 ']],
  ['CONFLICTING', 'transactions', 'transactions.csv', ['2 ', '3 ']],
];

describe('a row that is set aside', () => {
  it.each(ROWS)('as %s is told with its file, line and column', async (code, kind, file, places) => {
    const paths = Object.fromEntries(INPUT_KINDS.map((each) => [each, [] as string[]])) as Record<InputKind, string[]>;
    paths[kind].push(join(ERRORS, code, file));
    const { rows } = await runPaths(paths, { asOf: '2023-05-10T00:00:00+09:00' });
    expect(rows('rejects.csv').map((row) => `${row.file}:${row.line} ${row.column} ${row.code}`)).toEqual(
      places.map((place) => `${file}:${place} ${code}`),
    );
    for (const { message } of rows('rejects.csv')) expect(message).toMatch(/.+。.+ \/ .+; .+/);
  });
});

/** What a config file leads to: its code, the exit code, and where the problem is; `~` stands for the fixture's folder. */
type RunCase = readonly [code: string, exit: number, where: string];
const RUNS: readonly RunCase[] = [
  ['DUPLICATE_HEADER', 3, 'merchant_reports.csv:1:cash_yen'],
  ['MISSING_COLUMN', 3, 'merchant_reports.csv:1:cash_yen'],
  ['QUOTE_NEVER_CLOSED', 3, 'merchant_reports.csv:3'],
  ['EMPTY_FILE', 3, 'merchant_reports.csv'],
  ['BAD_GZIP', 3, 'merchant_reports.csv.gz'],
  ['BAD_ENCODING', 3, 'merchant_reports.csv'],
  ['BAD_WORKBOOK', 3, 'merchant_reports.xlsx'],
  ['LOCKED_WORKBOOK', 3, 'merchant_reports.xlsx'],
  ['OLD_WORKBOOK', 3, 'merchant_reports.xls'],
  ['NO_TABLE', 3, 'merchant_reports.xls'],
  ['IS_DIRECTORY', 3, '~/merchant_reports.csv'],
  ['NO_SUCH_FILE', 3, '~/merchant_reports.csv'],
  ['TOO_MANY_REJECTS', 3, 'merchant_reports.csv'],
  ['TOO_MANY_UNMATCHED', 3, 'transactions.csv'],
  ['TWO_SPELLINGS', 3, 'transactions.csv:2:transaction_id'],
  ['ROUNDED_NUMBERS', 3, 'transactions.csv:2:transaction_id'],
  ['PROFILE_HEADER_MISSING', 3, 'profile: inputs.transactions.headers.支払い方法'],
  ['AMBIGUOUS_DATES', 3, 'transactions.csv:1:occurred_at'],
  ['UNKNOWN_PAYOUT', 3, 'paid.csv:2:payout_id'],
  ['UNKNOWN_REVIEW', 3, 'decisions.csv:10:review_id'],
  ['CUT_FILE', 3, 'claims.csv:3'],
  ['NO_ROWS', 3, '--transactions'],
  ['MISSING_OPTION', 2, '--transactions'],
  ['BAD_AS_OF', 2, '--as-of 2023-02-30'],
  ['BAD_MAX_REJECTS', 2, '--max-rejects a few'],
  ['BAD_MAX_UNMATCHED', 2, '--max-unmatched a few'],
  ['BAD_PAID_RUN', 2, 'fixtures/errors/BAD_PAID_RUN/no-run'],
  ['BAD_MEMORY', 2, '--memory a lot'],
  ['UNKNOWN_VALUE', 2, '--encoding latin1'],
  ['BAD_CONFIG', 2, '~/run.json: marchantReports'],
  ['BAD_PROFILE', 2, '~/profile.json: inputs.transactions.values.kind.01'],
  ['BAD_POLICY', 2, '~/policy.json: terms.secondExtension'],
  ['BAD_PREVIOUS', 2, 'fixtures/errors/BAD_PREVIOUS/no-run'],
  ['BAD_EVIDENCE_KEY', 2, 'fixtures/errors/BAD_EVIDENCE_KEY/my.key'],
  ['NOT_A_RUN_FOLDER', 2, 'fixtures/errors/NOT_A_RUN_FOLDER/not-a-run'],
];

/** What is told with some of them: the rows that led to it. */
const WITH: Readonly<Record<string, readonly string[]>> = {
  TOO_MANY_REJECTS: ['SALE_TOTAL', 'BAD_AMOUNT'],
  TOO_MANY_UNMATCHED: ['UNKNOWN_COUPON', 'UNKNOWN_COUPON'],
};

describe('a run that is refused', () => {
  it.concurrent.each(RUNS)('with %s exits with %i and says where', async (code, exit, where) => {
    await inFolder(async (folder) => {
      const out = code === 'NOT_A_RUN_FOLDER' ? [] : ['--out', join(folder, 'run')];
      const config = join(ERRORS, code, 'run.json');
      const ended = await regionpay(['run', '--config', config, '--json', '--quiet', ...out]);
      expect(ended.status).toBe(exit);
      expect(ended.stdout).toBe('');
      const [first, ...more] = toldAsJson(ended);
      expect(first?.code).toBe(code);
      expect(first?.where.replace(join(ERRORS, code), '~')).toBe(where);
      for (const language of ['ja', 'en'] as const) {
        expect(first?.what[language]).not.toBe('');
        expect(first?.advice[language]).not.toBe('');
      }
      expect(more.map((problem) => problem.code)).toEqual(WITH[code] ?? []);
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

/** Codes that no file alone can bring about, and the test that does. */
const NAMED: Readonly<Record<string, readonly [file: string, title: string]>> = {
  INPUT_CHANGED: ['test/intake/reader.test.ts', 'a file that changes while it is read'],
  TOO_MANY_COLUMNS: ['test/intake/schema/header.test.ts', 'as many columns as a sheet of Excel at most'],
  RECORD_TOO_LONG: ['test/intake/too-long.test.ts', 'is refused where it begins'],
  WORKBOOK_TOO_LARGE: ['test/intake/bytes/foreign-files.test.ts', 'WORKBOOK_TOO_LARGE'],
  NO_SUCH_SHEET: ['test/intake/bytes/foreign-files.test.ts', 'NO_SUCH_SHEET'],
  NOT_A_FILE: ['test/cli/errors.test.ts', 'is no regular file'],
  NO_PERMISSION: ['test/cli/errors.test.ts', 'that may not be read'],
  NOTHING_KNOWN: ['test/cli/commands/init.test.ts', 'NOTHING_KNOWN'],
  SEVERAL_LAYOUTS: ['test/cli/commands/init.test.ts', 'refuses two layouts of one kind'],
  SHORT_YEAR: ['test/cli/advice.test.ts', 'the advice of SHORT_YEAR'],
  EVIDENCE_KEY_GONE: ['test/cli/options/evidence-key.test.ts', 'a lost key is told'],
  PAID_ROWS_GONE: ['test/publish/to-send.test.ts', 'PAID_ROWS_GONE'],
  OTHER_AMOUNT: ['test/publish/paid-payouts.test.ts', 'OTHER_AMOUNT'],
  REFUND: ['test/pairing/open-refunds.test.ts', 'is listed, and is no faulty row'],
  WRITTEN_UNCONFIRMED: ['test/publish/on-disk.test.ts', 'WRITTEN_UNCONFIRMED'],
  USAGE: ['test/cli/errors.test.ts', 'an unknown option'],
  ALREADY_PUBLISHED: ['test/cli/errors.test.ts', 'another run is there'],
  LOCKED: ['test/cli/errors.test.ts', 'locked by another run'],
  BAD_PROVIDER: ['test/cli/options/provider.test.ts', 'fixtures/errors/BAD_PROVIDER'],
  BAD_ORDER_DATE: ['test/cli/commands/gift-order.test.ts', 'BAD_ORDER_DATE'],
  CANNOT_BE_SENT: ['test/cli/commands/gift-order.test.ts', 'CANNOT_BE_SENT'],
  ORDER_TOO_LARGE: ['test/cli/commands/gift-order.test.ts', 'ORDER_TOO_LARGE'],
  BAD_SEAL_FILE: ['test/cli/commands/seal.test.ts', 'BAD_SEAL_FILE'],
  SEAL_CONTRADICTED: ['test/cli/commands/seal.test.ts', 'SEAL_CONTRADICTED'],
  CANNOT_SIGN: ['test/cli/commands/seal.test.ts', 'CANNOT_SIGN'],
  NO_SSH_KEYGEN: ['test/cli/options/seals.test.ts', 'NO_SSH_KEYGEN'],
  ALREADY_ORDERED: ['test/cli/commands/gift-order.test.ts', 'ALREADY_ORDERED'],
  UNKNOWN_DELIVERY: ['test/cli/commands/deliveries.test.ts', 'UNKNOWN_DELIVERY'],
  BAD_DELIVERY: ['test/cli/commands/deliveries.test.ts', 'BAD_DELIVERY'],
  DELIVERY_AMOUNT: ['test/cli/commands/deliveries.test.ts', 'DELIVERY_AMOUNT'],
  DELIVERY_CONTRADICTS: ['test/cli/commands/deliveries.test.ts', 'DELIVERY_CONTRADICTS'],
  NOT_A_SERIES: ['test/cli/commands/status.test.ts', 'NOT_A_SERIES'],
  OLDER_RUN: ['test/cli/commands/status.test.ts', 'OLDER_RUN'],
  OLD_PREVIOUS: ['test/cli/options/series.test.ts', 'OLD_PREVIOUS'],
  SEVERAL_CHAINS: ['test/cli/options/series.test.ts', 'of several chains need a word'],
  SERIES_BROKEN: ['test/cli/options/series.test.ts', 'a head that is not as it was'],
  BAD_SERIES: ['test/cli/options/series.test.ts', 'recorded in a file that cannot be read'],
  BEFORE_LATEST: ['test/cli/options/series.test.ts', 'is as of before the latest'],
  RUN_CONTINUED: ['test/cli/options/series.test.ts', 'replaces a run that is followed'],
  MISSING_DAYS: ['test/cli/render/incomplete.test.ts', 'no row in the outage'],
  FEWER_ROWS: ['test/cli/render/incomplete.test.ts', 'against the run before'],
  ROWS_GONE: ['test/cli/render/incomplete.test.ts', 'against the run before'],
  FOLDER_NOT_EMPTY: ['test/synth/synth.test.ts', 'FOLDER_NOT_EMPTY'],
  NOT_A_FOLDER: ['test/synth/synth.test.ts', 'NOT_A_FOLDER'],
  POLICY_WITHOUT_SEASON: ['test/synth/synth.test.ts', 'POLICY_WITHOUT_SEASON'],
  NOT_A_TERMINAL: ['test/cli/commands/review.test.ts', 'where nobody can be asked'],
  OTHER_DECISIONS_FILE: ['test/cli/commands/review.test.ts', 'a file of another form'],
  DAMAGED_RUN: ['test/audit/diff/diff.test.ts', 'is refused as DAMAGED_RUN'],
  INPUT_NOT_KEPT: ['test/audit/explain/explain.test.ts', 'INPUT_NOT_KEPT'],
  INPUT_ALTERED: ['test/audit/explain/explain.test.ts', 'INPUT_ALTERED'],
  INVARIANT_BROKEN: ['test/intake/dispositions/dispositions.test.ts', 'a broken balance'],
  BAD_TRANSFER_DATE: ['test/cli/commands/zengin.test.ts', 'a slip of the year'],
  NOT_A_BANKING_DAY: ['test/cli/commands/zengin.test.ts', 'a Saturday'],
  UNKNOWN_CALENDAR: ['test/cli/commands/zengin.test.ts', 'a year without a calendar'],
  BAD_REQUESTER: ['test/cli/commands/zengin.test.ts', 'without a file of who pays'],
  LAST_OF_CHAIN: ['test/cli/commands/purge.test.ts', 'refuses the last run of its chain'],
  SUPERSEDED_RUN: ['test/cli/commands/zengin.test.ts', 'of a run on which another rests'],
  NO_TO_SEND: ['test/cli/commands/zengin.test.ts', 'of a run that was made before runs had a to_send.csv'],
  UNUSABLE_TRANSFER: ['test/cli/commands/zengin.test.ts', 'writes nothing where something cannot be written'],
  TOO_MANY_TRANSFERS: ['test/cli/commands/zengin.test.ts', 'with more than a file can hold'],
  DAMAGED_ORDERS: ['test/cli/commands/zengin.test.ts', 'where it cannot tell what was ordered before'],
  FILE_EXISTS: ['test/cli/commands/zengin.test.ts', 'where another file is'],
  PUBLISHED_UNCONFIRMED: ['test/cli/terminal/publish-failure.test.ts', 'PUBLISHED_UNCONFIRMED'],
  RUN_LEFT_ASIDE: ['test/cli/terminal/publish-failure.test.ts', 'RUN_LEFT_ASIDE'],
  MOUNT_POINT: ['test/cli/terminal/publish-failure.test.ts', 'MOUNT_POINT'],
  BAD_PATH: ['test/cli/terminal/system-failure.test.ts', 'BAD_PATH'],
  SYSTEM_EMFILE: ['test/cli/terminal/system-failure.test.ts', 'has a sentence and an advice in both languages'],
  SYSTEM_ENOTDIR: ['test/cli/errors.test.ts', 'below a regular file'],
  SYSTEM_ENOENT: ['test/cli/errors.test.ts', 'has no folders made'],
  SYSTEM_EFBIG: ['test/cli/errors.test.ts', 'a full disk'],
  SYSTEM_ENAMETOOLONG: ['test/cli/errors.test.ts', 'whose name is too long'],
  SYSTEM_EACCES: ['test/cli/errors.test.ts', 'where nobody may write'],
};

/** System errors that share their words with one of the above, and that no test can bring about everywhere. */
const ALIKE: Readonly<Record<string, string>> = {
  SYSTEM_ENOSPC: 'SYSTEM_EFBIG',
  SYSTEM_EDQUOT: 'SYSTEM_EFBIG',
  SYSTEM_EPERM: 'SYSTEM_EACCES',
  SYSTEM_EROFS: 'SYSTEM_EACCES',
  SYSTEM_EEXIST: 'SYSTEM_ENOTDIR',
  SYSTEM_EIO: 'SYSTEM_ENOTDIR',
  SYSTEM_EISDIR: 'SYSTEM_ENOTDIR',
  // The test that is named for it goes over all codes that there are.
  SYSTEM_ENFILE: 'SYSTEM_EMFILE',
  SYSTEM_ENOMEM: 'SYSTEM_EMFILE',
  SYSTEM_ELOOP: 'SYSTEM_EMFILE',
  SYSTEM_EBUSY: 'SYSTEM_EMFILE',
  SYSTEM_ETXTBSY: 'SYSTEM_EMFILE',
  SYSTEM_EXDEV: 'SYSTEM_EMFILE',
  SYSTEM_EMLINK: 'SYSTEM_EMFILE',
  SYSTEM_ENOTEMPTY: 'SYSTEM_EMFILE',
  SYSTEM_ESTALE: 'SYSTEM_EMFILE',
  SYSTEM_EHOSTDOWN: 'SYSTEM_EMFILE',
  SYSTEM_EHOSTUNREACH: 'SYSTEM_EMFILE',
  SYSTEM_ENETDOWN: 'SYSTEM_EMFILE',
  SYSTEM_ENETUNREACH: 'SYSTEM_EMFILE',
  SYSTEM_ENOTCONN: 'SYSTEM_EMFILE',
  SYSTEM_ECONNRESET: 'SYSTEM_EMFILE',
  SYSTEM_ETIMEDOUT: 'SYSTEM_EMFILE',
};

const source = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const CODE = /'([A-Z][A-Z_]+)'/g;
const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)));
const SOURCES = [...filesIn('src/intake'), ...filesIn('src/cli'), 'src/settlement/invariants.ts'];

/** Every code that the sources name: after `code:`, as first argument of `add` and `problem`, and those that are put together. */
function codesInSource(): Set<string> {
  const found = new Set<string>(Object.keys(REJECT_CODES));
  for (const text of SOURCES.map(source)) {
    const places = [...text.matchAll(/\bcode: (.*)$|(?:\.add|\bproblem)\(\s*('[A-Z_]+')/gm)];
    for (const [, after, first] of places) {
      for (const [, code] of `${after ?? ''}${first ?? ''}`.matchAll(CODE)) {
        if (code !== undefined && !/^E[A-Z]+$/.test(code)) found.add(code);
      }
    }
    const whats = /type FileUse = ((?:'[A-Z]+'(?: \| )?)+)/.exec(text)?.[1] ?? '';
    for (const [, what] of whats.matchAll(CODE)) found.add(`BAD_${what}`);
  }
  const words = /const SYSTEM_WORDS[^{]*\{([^}]*)\}/.exec(source('src/cli/terminal/system-failure.ts'))?.[1] ?? '';
  for (const [, code] of words.matchAll(/(E[A-Z]+):/g)) found.add(`SYSTEM_${code}`);
  return found;
}

describe('every code', () => {
  const codes = codesInSource();

  it('is found in the source', () => {
    for (const code of [
      'BAD_POLICY',
      'BAD_CONFIG',
      'NO_PERMISSION',
      'BAD_AS_OF',
      'SYSTEM_ENOSPC',
      'BAD_GZIP',
      'LOCKED',
    ]) {
      expect([...codes]).toContain(code);
    }
  });

  it('has a fixture that a test above runs, or a test by name', () => {
    const tested = new Set([...ROWS, ...RUNS].map(([code]) => code).concat(Object.values(WITH).flat()));
    const untested = [...codes].filter(
      (code) => !tested.has(ALIKE[code] ?? code) && NAMED[ALIKE[code] ?? code] === undefined,
    );
    expect(untested).toEqual([]);
  });

  it('that has a fixture is still in the source', () => {
    for (const folder of readdirSync(ERRORS)) expect([...codes]).toContain(folder);
    for (const [code] of [...ROWS, ...RUNS])
      expect(existsSync(join(ERRORS, code)) || code === 'NO_SUCH_FILE').toBe(true);
  });

  it.each(Object.entries(NAMED))('%s has the test that is named for it', (_, [file, title]) => {
    expect(source(file)).toContain(title);
  });
});
