import { parse } from 'csv-parse/sync';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { interestingAsOf, randomNight } from '../../test/oracle/random-night.ts';
import { nightToCsv } from '../../test/oracle/write-night.ts';
import type { Dice } from '../../test/simulation/dice.ts';
import type { CsvTable, Tables } from './csv-table.ts';

/** What a night is run from: tables by input, and documents by name. */
export interface Night {
  readonly tables: Tables;
  readonly documents: Readonly<Record<string, object>>;
  readonly asOf: string;
}

const tableOf = (csv: string): CsvTable => {
  const [header = [], ...rows] = parse(csv, { relax_column_count: true }) as string[][];
  return { header, rows };
};

/** Two random nights in one, of which neither has anybody or anything of the other: what is done to one leaves one alone. */
export function nightOf(
  seed: number,
  dice: Dice,
  written: 'as exported' | 'as our own' = seed % 2 === 0 ? 'as our own' : 'as exported',
): Night {
  const [one, other] = [seed * 2, seed * 2 + 1].map((each) => nightToCsv(randomNight(each)));
  const names = Object.keys(one ?? {}) as (keyof typeof one & string)[];
  const tables = Object.fromEntries(
    names.map((name) => {
      const { header, rows } = tableOf(one?.[name] ?? '');
      return [name, { header, rows: [...rows, ...elsewhere(tableOf(other?.[name] ?? '')).rows] }];
    }),
  );
  const asOf = dice.pick(interestingAsOf);
  const documents = { policy: KAGOSHIMA.file, profile: PROFILE, config: configOf(names, asOf) };
  if (written === 'as our own') return { tables, documents, asOf };
  return { tables: asExported(tables), documents: { ...documents, profile: MAPPING }, asOf };
}

/** The same night as a till and a wallet might write it: {@link MAPPING} says how it is meant. */
function asExported(tables: Tables): Tables {
  const { transactions, merchant_reports: sales } = tables;
  return {
    ...tables,
    ...(transactions === undefined
      ? {}
      : { transactions: withMore(splitAt(transactions, 'occurred_at', ['日付', '時刻']), { 支払方法: 'クーポン' }) }),
    ...(sales === undefined
      ? {}
      : {
          merchant_reports: withMore(renamed(sales, 'other_yen', 'カード'), {
            電子マネー: '0',
            元番号: '',
            区分: '売上',
          }),
        }),
  };
}

const renamed = ({ header, rows }: CsvTable, from: string, to: string): CsvTable => ({
  header: header.map((name) => (name === from ? to : name)),
  rows,
});

const withMore = ({ header, rows }: CsvTable, more: Readonly<Record<string, string>>): CsvTable => ({
  header: [...header, ...Object.keys(more)],
  rows: rows.map((row) => [...row, ...Object.values(more)]),
});

/** A date and a time in two columns. */
function splitAt({ header, rows }: CsvTable, column: string, names: readonly string[]): CsvTable {
  const place = header.indexOf(column);
  const apart = (row: readonly string[], middle: readonly string[]): readonly string[] => [
    ...row.slice(0, place),
    ...middle,
    ...row.slice(place + 1),
  ];
  return {
    header: apart(header, names),
    rows: rows.map((row) => {
      const [date = '', time = ''] = (row[place] ?? '').split(/[T ]/);
      return apart(row, [date, time]);
    }),
  };
}

/** A config file that says of everything what holds without it, or with the other files of the night. */
const configOf = (names: readonly string[], asOf: string): object => ({
  ...Object.fromEntries(names.map((name) => [CONFIG_NAMES[name] ?? name, [`${name}.csv`]])),
  ...{ asOf, out: 'o', policy: 'policy.json', profile: 'profile.json', reader: 'bytes' },
  ...{ countUnclaimed: false, requireSecond: false, replace: false, archive: false, excel: false },
  ...{ maxRejects: '100%', maxSmallRejects: '100%', maxUnmatched: '100%', maxUnknownDecisions: 1000 },
  ...{ memory: '60%', tempDirectory: '.', paidRun: [], json: false, quiet: false, logLevel: 'info', logFormat: 'text' },
});

const CONFIG_NAMES: Readonly<Record<string, string>> = { merchant_reports: 'merchantReports' };

/** The same rows, of others: other coupons, shops, accounts and people. */
function elsewhere({ header, rows }: CsvTable): CsvTable {
  return { header, rows: rows.map((row) => row.map((value, at) => otherwise(header[at] ?? '', value))) };
}

function otherwise(column: string, value: string): string {
  if (value === '') return value;
  if (/_id$|^coupon_number$|^receipt_no$|^email$/.test(column)) return `Z${value}`;
  if (column === 'phone') return value.replaceAll('1', '7').replaceAll('2', '8');
  if (column === 'account_number') return value.replace(/\d$/, (digit) => String((Number(digit) + 5) % 10));
  return value;
}

/** Says what is built in once more, and something of each kind that a profile may say. */
const PROFILE = {
  schemaVersion: 1,
  id: 'tried',
  inputs: {
    transactions: {
      headers: { transaction_id: 'transaction_id', kind: 'kind' },
      values: { kind: { 決済: 'payment' } },
      zone: 'JST',
      absent: ['-'],
    },
    claims: { timeOfDatesAlone: '12:00', dateFormats: ['yyyy.MM.dd'] },
  },
};

/** Of each kind that a profile of version 2 may say. */
const MAPPING = {
  schemaVersion: 2,
  id: 'tried',
  inputs: {
    transactions: {
      columns: { occurred_at: { join: ['日付', '時刻'], with: ' ' } },
      rows: { only: { 支払方法: ['クーポン'] } },
      refunds: {
        negative: true,
        of: 'related_transaction_id',
        id: { join: ['transaction_id', { line: true }], with: '-' },
      },
    },
    sales: {
      table: { header: { words: ['merchant_id', 'sold_at'] }, trailingCommas: true, totals: ['計上'] },
      columns: {
        other_yen: { sum: ['カード', '電子マネー'] },
        total_yen: { from: 'total_yen', unless: { 区分: ['入金'] } },
      },
      rows: { leaveOut: { 区分: ['入金', '出金'] } },
      refunds: { when: { 区分: ['返品'] }, negative: true, of: '元番号' },
    },
  },
};

export const INPUT_OPTIONS: Readonly<Record<string, string>> = {
  issuance: '--issuance',
  transactions: '--transactions',
  merchant_reports: '--merchant-reports',
  claims: '--claims',
  applications: '--applications',
  decisions: '--decisions',
  paid: '--paid',
};
