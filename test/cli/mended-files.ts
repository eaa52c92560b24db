import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { formatDate, formatInstant } from '../../src/base/instants.ts';
import type { Problem } from '../../src/base/problem.ts';
import { READERS, type Reader } from '../../src/intake/bytes/file.ts';
import { type IntakeResult, readInputs } from '../../src/intake/read-inputs.ts';
import { type ColumnLayout, LAYOUTS } from '../../src/intake/schema/layouts.ts';
import { type InputProfile, profileSchema } from '../../src/intake/schema/profile.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import {
  ACCOUNT_STATUSES,
  FUNDINGS,
  INPUT_KINDS,
  type InputKind,
  KINDS,
  MEDIA,
  type Tables,
  TRANSACTION_STATUSES,
} from '../../src/tables/tables.ts';
import { instant } from '../intake/read-files.ts';
import { ROOT } from '../support/program.ts';
import { type Row, runPaths } from '../support/run-tables.ts';
import { inFolder, put } from './command.ts';

/** The cells of a file, its header first. */
export type Cells = readonly (readonly string[])[];
export const cellsOf = (content: string): Cells =>
  content
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
const quoted = (cell: string): string => (/[,\n]/.test(cell) ? `"${cell}"` : cell);
export const contentOf = (cells: Cells): string => `${cells.map((row) => row.map(quoted).join(',')).join('\n')}\n`;

/** The same cells with others in one column, by line (the header is line 1). */
export function withCells(cells: Cells, column: string, values: Readonly<Record<number, string>>): Cells {
  const place = cells[0]?.indexOf(column) ?? -1;
  if (place < 0) throw new Error(`no column ${column}`);
  return cells.map((row, index) => row.map((cell, at) => (at === place ? (values[index + 1] ?? cell) : cell)));
}

export const fixture = (code: string, file: string): string =>
  readFileSync(join(ROOT, 'fixtures/errors', code, file), 'utf8');
const FILES: Readonly<Record<InputKind, string>> = {
  issuance: 'issuance.csv',
  transactions: 'transactions.csv',
  sales: 'merchant_reports.csv',
  claims: 'claims.csv',
  applications: 'applications.csv',
  decisions: 'decisions.csv',
  paid: 'paid.csv',
};

/** Far enough ahead that no date of the advice is later. */
const AS_OF = '2032-01-01T00:00:00+09:00';

/** Reads one file by one reader. */
async function readBy(reader: Reader, kind: InputKind, content: string, profile?: InputProfile): Promise<IntakeResult> {
  return inFolder(async (folder) => {
    const inputs = profile === undefined ? {} : { [kind]: profile };
    return readInputs({
      paths: { ...NO_PATHS, [kind]: [put(folder, FILES[kind], content)] },
      reader,
      profile: profileSchema().parse({ schemaVersion: 1, id: 'source-system', inputs }),
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: instant(AS_OF),
    });
  });
}

const NO_PATHS = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, []])) as unknown as Readonly<
  Record<InputKind, readonly string[]>
>;

async function tablesBy(reader: Reader, kind: InputKind, content: string, profile?: InputProfile): Promise<Tables> {
  const result = await readBy(reader, kind, content, profile);
  if (!('tables' in result)) throw new Error(JSON.stringify(result.problems));
  return result.tables;
}

/** Why a file is refused, the same by both readers. */
export async function problemsOf(
  kind: InputKind,
  content: string,
  profile?: InputProfile,
): Promise<readonly Problem[]> {
  const [first, second] = await Promise.all(READERS.map((reader) => readBy(reader, kind, content, profile)));
  expect(second?.problems).toEqual(first?.problems);
  return first?.problems ?? [];
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
/** What a bulk table calls a column of texts. */
const BULK_NAMES: Readonly<Record<string, string>> = {
  coupon_number: 'coupon',
  issuer_id: 'issuer',
  account_id: 'account',
  transaction_id: 'transaction',
  merchant_id: 'merchant',
  terminal_id: 'terminal',
  related_transaction_id: 'related',
  report_id: 'report',
  receipt_no: 'receipt',
};
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  medium: MEDIA,
  account_status: ACCOUNT_STATUSES,
  kind: KINDS,
  status: TRANSACTION_STATUSES,
  funding: FUNDINGS,
};

const textsOf = (tables: Tables, name: string): { textOf(key: number): string } => {
  if (name === 'coupon') return tables.coupons;
  if (name === 'merchant') return tables.merchants;
  if (name === 'report') return tables.reports;
  if (name === 'issuer' || name === 'terminal') return tables.words;
  return name === 'transaction' || name === 'related' ? tables.transactionIds : tables.texts;
};

/** A value as the tables hold it, in the words of 2-data.md; undefined where no row of that line was read. */
function valueAt(tables: Tables, kind: InputKind, line: number, { name, type }: ColumnLayout): string | undefined {
  const value = rawValueAt(tables, kind, line, name);
  if (value === undefined) return undefined;
  if (type === 'instant') return formatInstant(Number(value));
  if (type === 'date') return formatDate(Number(value));
  if (type === 'prefecture') return String(value).padStart(2, '0');
  return String(value);
}

function rawValueAt(tables: Tables, kind: InputKind, line: number, name: string): string | number | undefined {
  if (kind !== 'issuance' && kind !== 'transactions' && kind !== 'sales') {
    const row = (tables[kind] as readonly { readonly line: number }[]).find((each) => each.line === line);
    return row === undefined ? undefined : (row as unknown as Record<string, string>)[camel(name)];
  }
  const table = tables[kind];
  const row = table.line.indexOf(line);
  if (row < 0) return undefined;
  const field = BULK_NAMES[name] ?? camel(name);
  const value = (table as unknown as Record<string, Float64Array | undefined>)[field]?.[row];
  if (value === undefined) return undefined;
  if (BULK_NAMES[name] !== undefined) return textsOf(tables, field).textOf(value);
  return CHOICES[name]?.[value] ?? value;
}

/** Columns and what is read of them. */
export type Values = Readonly<Record<string, string>>;

/** Sees that a file is read whole by both readers, and what is read of one of its lines. */
export async function expectRead(
  kind: InputKind,
  content: string,
  line: number,
  expected: Values,
  profile?: InputProfile,
): Promise<void> {
  for (const reader of READERS) {
    const tables = await tablesBy(reader, kind, content, profile);
    expect(tables.rejects.map((reject) => `${reject.line} ${reject.column} ${reject.code}`)).toEqual([]);
    expect(tables.findings).toEqual([]);
    const { rejected, conflicting, duplicate } = tables.files[0]?.dispositions ?? {};
    expect([rejected?.rows, conflicting?.rows, duplicate?.rows]).toEqual([0, 0, 0]);
    // Whether a sale was voided is asked of it, and not kept.
    for (const [name, value] of Object.entries(expected))
      if (name !== 'voided') expect(valueAt(tables, kind, line, columnOf(kind, name)), content).toBe(value);
  }
}

export const columnOf = (kind: InputKind, name: string): ColumnLayout =>
  LAYOUTS[kind].columns.find((column) => column.name === name) as ColumnLayout;

/** What is set aside of a file, the same by both readers. */
export async function rejectsBy(kind: InputKind, content: string, profile?: InputProfile): Promise<readonly unknown[]> {
  const [first, second] = await Promise.all(
    READERS.map(async (reader) =>
      (await tablesBy(reader, kind, content, profile)).rejects.map(({ line, column, code, advice }) => ({
        ...{ line, column, code, advice },
      })),
    ),
  );
  expect(second).toEqual(first);
  return first ?? [];
}

/** The rows of rejects.csv of a run on this file. */
export async function rejectsFile(kind: InputKind, content: string): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const paths = { ...NO_PATHS, [kind]: [put(folder, FILES[kind], content)] };
    const { rows } = await runPaths(paths, { asOf: AS_OF });
    return rows('rejects.csv');
  });
}

/** The input that is the fixture of a reject code. */
export function fixtureKind(code: string): { readonly kind: InputKind; readonly file: string } {
  const names = readdirSync(join(ROOT, 'fixtures/errors', code));
  const kind = INPUT_KINDS.find((each) => names.includes(FILES[each]));
  if (kind === undefined) throw new Error(`no input for ${code}`);
  return { kind, file: FILES[kind] };
}

// ----- A file of each kind that is read whole -------------------------------------------------------------------------------

const BASE: Readonly<Record<InputKind, string>> = {
  issuance: '000000000901,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,H001,2023-02-23,A901,active,,',
  transactions: 'T901,000000000901,2023-02-24T18:00:00+09:00,payment,completed,500,M01,P1,,coupon',
  sales: 'S901,M01,2023-02-24T18:00:00+09:00,700,500,200,0,,,0',
  claims: 'C901,2023-03-08T11:00:00+09:00,double_charge,000000000901,2023-02-24,46,M01',
  applications: 'AP901,2023-04-02T10:00:00+09:00,000000000901,46,2023-02-23,見本太郎,points,,,,,,,',
  decisions: 'R901,abc,approve,係員,2023-05-01T10:00:00+09:00,',
  paid: 'P901,000000000901,1000,2023-04-10T10:00:00+09:00,sent',
};

/** Every column of the kind, and two rows of different ids. */
export function baseOf(kind: InputKind): Cells {
  const row = BASE[kind].split(',');
  const other = row.map((cell, place) => (place === 0 ? cell.replace('901', '800') : cell));
  return [LAYOUTS[kind].columns.map(({ name }) => name), other, row];
}
