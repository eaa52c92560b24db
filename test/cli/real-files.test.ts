import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { filesOf, ROOT, readRows } from '../support/program.ts';
import type { Row } from '../support/run-tables.ts';
import { type Ended, inFolder, regionpay, toldAsJson } from './command.ts';
import { type Checked, type Published, REAL_FILES, type RealFile, type Refused } from './real-files.ts';

const FOLDER = join(ROOT, 'fixtures/real-files');
const READERS = [[], ['--reader', 'csv-parse']] as const;
const AS_OF = ['--as-of', '2023-05-10T02:00:00+09:00'];
const FOR_MACHINES = ['--json', '--quiet'];

const folderOf = ({ name }: RealFile): string => join(FOLDER, name.replace(/ \(.*\)$/, ''));
const optionsOf = (inputs: Readonly<Record<string, string>>): string[] =>
  Object.entries(inputs).flatMap(([option, file]) => [`--${option}`, file]);

interface Outcome extends Ended {
  /** Every file of the run folder with its bytes; none where no folder was made. */
  readonly files: Readonly<Record<string, string>>;
}

/** The same command in both readers, which must say and write the same; the run folder stays for the first of them. */
async function inBothReaders(cwd: string, words: readonly string[], out: string): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const [at, reader] of READERS.entries()) {
    const ended = await regionpay([...words, ...reader], { cwd });
    const made = existsSync(out);
    outcomes.push({ ...ended, files: made ? filesOf(out) : {} });
    if (made) renameSync(out, `${out}-by-reader-${at}`);
  }
  const [bytes, reference] = outcomes;
  if (bytes === undefined) throw new Error('no reader');
  expect(bytes).toEqual(reference);
  if (existsSync(`${out}-by-reader-0`)) renameSync(`${out}-by-reader-0`, out);
  return bytes;
}

/** People of the fixtures: phones, names, holders and numbers of bank accounts. */
const PEOPLE = /0900000\d{4}|\d{2,3}-0000?-\d{4}|田中|佐藤|タナカ|サトウ|ﾀﾅｶ|ｻﾄｳ|\b(?:1234567|7654321|123456)\b/;

function expectNobodyNamed({ stdout, stderr, files }: Outcome): void {
  expect(stdout).not.toMatch(PEOPLE);
  expect(stderr).not.toMatch(PEOPLE);
  for (const [name, content] of Object.entries(files)) {
    if (name !== 'payouts.csv' && name !== 'to_send.csv')
      expect(Buffer.from(content, 'latin1').toString(), name).not.toMatch(PEOPLE);
  }
}

function expectPublished(ended: Outcome, out: string, expected: Published): void {
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  const lines = (file: string, line: (row: Row) => string): string[] => readRows(join(out, file)).map(line);
  const coupon = ({ coupon_number: number }: Row): string => (number ?? '').replace(/^46000000/, '');
  expect(
    lines('eligibility.csv', (row) => `${coupon(row)} ${row.status} ${row.grounds || '-'} ${row.payable_yen}`),
  ).toEqual(expected.coupons);
  expect(lines('payouts.csv', (row) => `${row.recipient} ${row.amount_yen}`).sort()).toEqual(
    [...(expected.payouts ?? [])].sort(),
  );
  expect(lines('review.csv', (row) => `${coupon(row)} ${row.reason} ${row.amount_at_stake_yen}`)).toEqual(
    expected.review ?? [],
  );
  for (const words of expected.asks ?? []) {
    for (const { detail } of readRows(join(out, 'review.csv'))) {
      expect(detail).toContain(words);
      expect(detail).not.toMatch(/no report from the shop|店の報告が(?:ない|なく)/);
    }
  }
  expect(lines('rejects.csv', (row) => `${row.file}:${row.line} ${row.code}`)).toEqual(expected.rejects ?? []);
  expect(readRows(join(out, 'unmatched.csv'))).toEqual([]);
  if (expected.days !== undefined)
    expect(lines('merchant_days.csv', (row) => `${row.merchant_id} ${row.date}`)).toEqual(expected.days);
  const { summary } = JSON.parse(ended.stdout) as { summary: { files: { name: string; warnings: string[] }[] } };
  expect(summary.files.filter(({ warnings }) => warnings.length > 0).map(({ name }) => name)).toEqual(
    expected.warned ?? [],
  );
}

function expectRefused(ended: Outcome, expected: Refused): void {
  expect(ended).toMatchObject({ status: expected.exit, stdout: '', files: {} });
  const told = toldAsJson(ended);
  expect([...new Set(told.map(({ code }) => code))]).toEqual(expected.codes);
  expect(told.map(({ where }) => where)).toEqual(expect.arrayContaining([...(expected.at ?? [])]));
  for (const words of expected.says ?? []) expect(ended.stderr).toContain(words);
  for (const words of expected.never ?? []) expect(ended.stderr).not.toContain(words);
}

function expectChecked({ status, stdout, stderr }: Outcome, expected: Checked): void {
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { files } = JSON.parse(stdout) as {
    files: { kind: string; ignoredColumns: string[]; dispositions: { accepted: { rows: number } } }[];
  };
  const log = files.filter(({ kind }) => kind === 'transactions');
  expect(log.map(({ ignoredColumns, dispositions }) => [dispositions.accepted.rows, ignoredColumns])).toEqual([
    [expected.accepted, expected.ignored],
  ]);
}

describe('a file as it comes out of another program', () => {
  it.concurrent.each(REAL_FILES.map((file) => [file.name, file] as const))('%s', async (_, file) => {
    await inFolder(async (folder) => {
      const { expected } = file;
      const out = join(folder, 'run');
      const command = 'accepted' in expected ? ['check'] : ['run', '--out', out];
      const words = [...command, ...optionsOf(file.inputs), ...(file.options ?? []), ...AS_OF, ...FOR_MACHINES];
      const ended = await inBothReaders(folderOf(file), words, out);
      if ('accepted' in expected) expectChecked(ended, expected);
      else if ('exit' in expected) expectRefused(ended, expected);
      else expectPublished(ended, out, expected);
      expectNobodyNamed(ended);
    });
  });
});

const B15I = join(FOLDER, 'B15i-failed-line-per-payout');
const B15I_INPUTS = optionsOf({
  issuance: 'issuance.csv',
  transactions: '../base/transactions.csv',
  'merchant-reports': '../base/sales.csv',
});
const QUESTION = ['0203 UNSUPPORTED_PAYMENT 1500'];

/** 600 yen are left on 202 and 1,500 on 203, which one account holds. */
const SENT_TOGETHER: Published = {
  coupons: ['0201 payable A+B2 1000', '0202 payable A 600', '0203 payable A 1500'],
  payouts: ['account:A201 1000', 'account:A202 2100'],
  review: QUESTION,
};

/** The payout of 2,100 yen failed, so that all of it is due again; that of 201 stands, and nobody was paid too much. */
const SENT_AGAIN: Published = {
  coupons: ['0201 settled A+B2 0', '0202 payable A 600', '0203 payable A 1500'],
  payouts: ['account:A202 2100'],
  review: QUESTION,
};

describe('a payout of two coupons that failed is made again', () => {
  it.concurrent.each([
    ['told without a coupon', 'paid-whole.csv'],
    ['told on one of its coupons', 'paid-on-one-coupon.csv'],
    ['told coupon by coupon', 'paid-by-coupon.csv'],
  ])('%s', async (_, template) => {
    await inFolder(async (folder) => {
      const [first, second] = [join(folder, 'first'), join(folder, 'second')];
      const before = await inBothReaders(
        B15I,
        ['run', ...B15I_INPUTS, ...AS_OF, ...FOR_MACHINES, '--out', first],
        first,
      );
      expectPublished(before, first, SENT_TOGETHER);
      const payout = readRows(join(first, 'payouts.csv')).find(({ recipient }) => recipient === 'account:A202');
      const paid = join(folder, 'paid.csv');
      const rows = readFileSync(join(B15I, template), 'utf8');
      writeFileSync(paid, rows.replaceAll('{payout}', payout?.payout_id ?? ''));
      const earlier = ['--paid', paid, '--previous', first];
      const words = ['run', ...B15I_INPUTS, ...earlier, '--as-of', '2023-05-11T02:00:00+09:00', ...FOR_MACHINES];
      const after = await inBothReaders(B15I, [...words, '--out', second], second);
      expectPublished(after, second, SENT_AGAIN);
      const again = readRows(join(second, 'payouts.csv')).map(({ payout_id: id }) => id);
      expect(again).not.toContain(payout?.payout_id);
      expectNobodyNamed(before);
      expectNobodyNamed(after);
    });
  });
});

describe('the fixtures', () => {
  it('hold no file that no case reads', () => {
    const filesAt = (cwd: string, patterns: readonly string[]) => globSync([...patterns], { cwd, absolute: true });
    const read = REAL_FILES.flatMap((file) => filesAt(folderOf(file), Object.values(file.inputs)));
    const all = filesAt(FOLDER, ['**/*']);
    expect(all.length).toBeGreaterThan(80);
    expect([...new Set([...read, ...filesAt(B15I, ['*'])])].sort()).toEqual(all.sort());
  });

  it('say of every case in a sentence why it comes out so', () => {
    for (const { name, why } of REAL_FILES) expect(why, name).toMatch(/^\S.{20,}[^.]\.$/);
  });
});
