import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TextDecoder } from 'node:util';
import type { Problem } from '../../src/base/problem.ts';
import type { Reader, StatedEncoding } from '../../src/intake/bytes/file.ts';
import { readInputs } from '../../src/intake/read-inputs.ts';
import type { Profile } from '../../src/intake/schema/profile.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { CouponIndex } from '../../src/tables/pool-index.ts';
import {
  ABSENT,
  DISPOSITIONS,
  INPUT_KINDS,
  type InputFile,
  type InputKind,
  type Tables,
} from '../../src/tables/tables.ts';

export type Content = string | Uint8Array;
/** By kind: one file, or files by name. */
export type Given = Partial<Record<InputKind, Content | Readonly<Record<string, Content>>>>;

export interface Options {
  readonly reader?: Reader;
  readonly asOf?: string;
  readonly profile?: Profile;
  readonly encoding?: StatedEncoding;
  readonly understand?: { readonly rows: number };
  /** Called once the files are written, and before any is read. */
  readonly prepare?: (folder: string) => void;
  readonly onProgress?: (file: string, rowsRead: number, folder: string) => void;
}

export interface Reading {
  readonly tables: Tables | undefined;
  readonly problems: readonly Problem[];
}

/** Runs `use` in a folder of its own, which is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-test-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function put(folder: string, name: string, content: Content): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export const instant = (written: string): number => {
  const read = readInstant(written);
  if ('problem' in read) throw new Error(`no instant: ${written}`);
  return read.value;
};

/** Reads files through the whole of intake. */
export function read(given: Given, options: Options = {}): Promise<Reading> {
  return inFolder(async (folder) => {
    const paths = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, [] as string[]])) as Record<InputKind, string[]>;
    for (const kind of INPUT_KINDS) {
      const content = given[kind];
      if (content === undefined) continue;
      const single = typeof content === 'string' || content instanceof Uint8Array;
      const files = single ? { [`${kind}.csv`]: content } : content;
      for (const [name, bytes] of Object.entries(files)) paths[kind].push(put(folder, name, bytes));
    }
    options.prepare?.(folder);
    const result = await readInputs({
      paths,
      profile: options.profile,
      encoding: options.encoding,
      understand: options.understand,
      terms: KAGOSHIMA.terms,
      asOf: instant(options.asOf ?? '2023-12-01T00:00:00+09:00'),
      ...(options.reader === undefined ? {} : { reader: options.reader }),
      ...(options.onProgress === undefined
        ? {}
        : { onProgress: (file, rows) => options.onProgress?.(file, rows, folder) }),
    });
    return { tables: 'tables' in result ? result.tables : undefined, problems: result.problems };
  });
}

export async function readTables(given: Given, options: Options = {}): Promise<Tables> {
  const { tables, problems } = await read(given, options);
  if (tables === undefined) throw new Error(problems.map((each) => `${each.where} ${each.code}`).join('\n'));
  return tables;
}

export async function readProblems(given: Given, options: Options = {}): Promise<readonly Problem[]> {
  const { tables, problems } = await read(given, options);
  if (tables !== undefined) throw new Error('the files were read without a problem');
  return problems;
}

export const codes = (problems: readonly Problem[]): string[] =>
  problems.map(({ code, where }) => `${code} ${where}`).sort();

/** A file's rows by disposition, without those that have none. */
export function counted(file: InputFile | undefined): Record<string, { rows: number; yen: number }> {
  if (file === undefined) throw new Error('no such file');
  return Object.fromEntries(
    DISPOSITIONS.flatMap((name) => {
      const { rows, yen } = file.dispositions[name] ?? { rows: 0, yen: 0 };
      return rows === 0 && yen === 0 ? [] : [[name, { rows, yen }]];
    }),
  );
}

/** Disposition of each transaction, sale or issuance row: `line id disposition`, by line. */
export function bulkRows(tables: Tables, kind: 'issuance' | 'transactions' | 'sales'): string[] {
  const { file, line, disposition, rows } = tables[kind];
  const idOf = (row: number): string => {
    if (kind === 'issuance') return tables.coupons.textOf(tables.issuance.coupon[row] as CouponIndex);
    if (kind === 'transactions') return tables.transactionIds.textOf(tables.transactions.transaction[row] ?? ABSENT);
    return tables.reports.textOf(tables.sales.report[row] ?? ABSENT);
  };
  const read = Array.from({ length: rows }, (_, row) => ({
    file: file[row] ?? 0,
    line: line[row] ?? 0,
    words: `${line[row]} ${idOf(row)} ${DISPOSITIONS[disposition[row] ?? -1]}`,
  }));
  return read.sort((a, b) => a.file - b.file || a.line - b.line).map(({ words }) => words);
}

let sjis: ReadonlyMap<string, readonly number[]> | undefined;

/** Every character of Windows-31J and its bytes, by decoding all there is. Where two stand for one character, the first. */
function sjisTable(): ReadonlyMap<string, readonly number[]> {
  if (sjis !== undefined) return sjis;
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const take = (...bytes: number[]): void => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let byte = 0; byte < 0x100; byte++) take(byte);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if (lead >= 0xa0 && lead <= 0xdf) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) take(lead, trail);
  }
  sjis = table;
  return table;
}

/** Text as Windows-31J writes it. */
export function windows31j(text: string): Uint8Array {
  const table = sjisTable();
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`not in Windows-31J: ${character}`);
      return bytes;
    }),
  );
}

export const HEADERS: Readonly<Record<InputKind, string>> = {
  issuance: 'coupon_number,medium,prefecture,face_yen,issued_at,expires_on,account_id,account_status,phone,email',
  transactions:
    'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id,terminal_id,related_transaction_id,funding',
  sales: 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,other_yen,coupon_number',
  claims: 'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id',
  applications:
    'application_id,applied_at,coupon_number,prefecture,travel_date,name,method,phone,email,bank_code,branch_code,account_type,account_number,account_holder_kana',
  decisions: 'review_id,evidence_hash,decision,decided_by,decided_at,note',
  paid: 'payout_id,coupon_number,amount_yen,sent_at,status',
};

/** A file of this kind: its header and these rows. */
export const csv = (kind: InputKind, ...rows: readonly string[]): string => `${[HEADERS[kind], ...rows].join('\n')}\n`;

/** A row of each kind that can be read. */
export const ROW: Readonly<Record<InputKind, string>> = {
  issuance: '0001,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,A1,active,,',
  transactions: 'T1,0001,2023-02-24T18:00:00+09:00,payment,completed,500,M1,P1,,coupon',
  sales: 'S1,M1,2023-02-24T18:00:00+09:00,700,500,200,0,0001',
  claims: 'C1,2023-03-01T10:00:00+09:00,double_charge,0001,2023-02-24,46,M1',
  applications: 'AP1,2023-04-02T10:00:00+09:00,0001,46,2023-02-23,見本太郎,points,,,,,,,',
  decisions: 'R1,abc,approve,係員,2023-05-01T10:00:00+09:00,',
  paid: 'P1,0001,1000,2023-04-10T10:00:00+09:00,sent',
};
