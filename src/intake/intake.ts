import type { Instant } from '../policy/instants.ts';
import type { Problem } from '../policy/problem.ts';
import type { Terms } from '../policy/terms.ts';
import { compareText, type Language, text } from '../policy/text.ts';
import { QuoteNeverClosed, readCsv } from './csv-parse-reader.ts';
import { DECODERS, readRemains, TableBuilder } from './decode.ts';
import { dispose } from './dispositions.ts';
import { type HeaderPlan, readHeader } from './header.ts';
import { LAYOUTS } from './layouts.ts';
import type { InputProfile, Profile } from './profile.ts';
import { REJECT_CODES } from './reject-codes.ts';
import { RowReader } from './row-reader.ts';
import { type Encoding, inspect, readAgain, type Source } from './source.ts';
import {
  DISPOSITIONS,
  type Disposition,
  type DispositionCount,
  INPUT_KINDS,
  type InputFile,
  type InputKind,
  type Tables,
} from './tables.ts';

export interface IntakeRequest {
  /** Paths by kind; each path once. */
  readonly paths: Readonly<Record<InputKind, readonly string[]>>;
  /** What an input is called in outputs; without it, its path's last part. */
  readonly nameOf?: (kind: InputKind, index: number) => string;
  readonly profile: Profile | undefined;
  readonly encoding: Encoding | undefined;
  readonly terms: Terms;
  readonly asOf: Instant;
  /** Inputs that are known to be missing: told together with what else is wrong. */
  readonly missing?: readonly Problem[];
  /** Told now and then while long files are read. */
  readonly onProgress?: (file: string, rowsRead: number) => void;
  readonly signal?: AbortSignal;
}

export type IntakeResult =
  | {
      readonly tables: Tables;
      /** Where each of the tables' files was read, in their order. */
      readonly paths: readonly string[];
      readonly problems: readonly [];
    }
  | { readonly problems: readonly Problem[] };

interface ReadFile {
  readonly kind: InputKind;
  readonly source: Source;
  plan: HeaderPlan | undefined;
  rowsRead: number;
  yenRead: number;
  rejectedYen: number;
}

/**
 * Reads all inputs into tables. Files are taken in the order of their names and content, never of the command line, so
 * that the same rows always get the same dispositions. All files' problems are told, not only the first.
 */
export async function readInputs(request: IntakeRequest): Promise<IntakeResult> {
  const { sources, problems } = await inspectAll(request);
  if (problems.length > 0) return { problems };
  const builder = new TableBuilder();
  const files: ReadFile[] = [];
  for (const { kind, source } of sources) {
    request.signal?.throwIfAborted();
    const file: ReadFile = { kind, source, plan: undefined, rowsRead: 0, yenRead: 0, rejectedYen: 0 };
    problems.push(...(await readFile(file, files.length, builder, request)));
    files.push(file);
  }
  if (problems.length > 0) return { problems };
  dispose(builder, request.terms, request.asOf);
  return { tables: finish(builder, files), paths: files.map((file) => file.source.path), problems: [] };
}

async function inspectAll(
  request: IntakeRequest,
): Promise<{ sources: { kind: InputKind; source: Source }[]; problems: Problem[] }> {
  const names = distinctNames(Object.values(request.paths).flat());
  const problems: Problem[] = [...(request.missing ?? [])];
  const sources: { kind: InputKind; source: Source }[] = [];
  for (const kind of INPUT_KINDS) {
    const found: Source[] = [];
    for (const [index, path] of request.paths[kind].entries()) {
      request.signal?.throwIfAborted();
      const result = await inspect(path, request.nameOf?.(kind, index) ?? names.get(path) ?? path, request.encoding);
      if ('problem' in result) problems.push(result.problem);
      else found.push(result.source);
    }
    found.sort((a, b) => compareText(a.name, b.name) || compareText(a.sha256, b.sha256));
    sources.push(...found.map((source) => ({ kind, source })));
  }
  return { sources, problems };
}

/** Each path's last part, with as many folders before it as tell it from the others. */
export function distinctNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const tail = (path: string, parts: number) =>
    path
      .split(/[/\\]/)
      .filter((part) => part !== '')
      .slice(-parts)
      .join('/');
  const names = new Map<string, string>();
  for (const path of new Set(paths)) {
    let parts = 1;
    const others = paths.filter((other) => other !== path);
    while (others.some((other) => tail(other, parts) === tail(path, parts)) && parts < path.length) parts++;
    names.set(path, tail(path, parts));
  }
  return names;
}

const PROGRESS_ROWS = 50_000;

async function readFile(
  file: ReadFile,
  index: number,
  into: TableBuilder,
  request: IntakeRequest,
): Promise<readonly Problem[]> {
  const { kind, source } = file;
  const profile = request.profile?.inputs[kind];
  const problems: Problem[] = [];
  let row: RowReader | undefined;
  const takeHeader = (fields: readonly string[]) => {
    const header = readHeader(kind, source.name, fields, profile);
    if ('problems' in header) problems.push(...header.problems);
    else {
      file.plan = header.plan;
      row = new RowReader(LAYOUTS[kind], header.plan, profile as InputProfile | undefined);
    }
  };
  const changed = await readAgain(source, (bytes) =>
    readCsv(bytes, (fields, line) => {
      if (row !== undefined) takeRow(file, index, row, fields, line, into);
      else if (problems.length === 0) takeHeader(fields);
      if (file.rowsRead % PROGRESS_ROWS === 0) {
        request.signal?.throwIfAborted();
        request.onProgress?.(source.name, file.rowsRead);
      }
    }).catch((error: unknown) => {
      if (!(error instanceof QuoteNeverClosed)) throw error;
      problems.push(openQuote(source.name, error.afterLine));
    }),
  );
  if (changed !== undefined) return [changed];
  if (file.plan === undefined && problems.length === 0) problems.push(emptyFile(source.name));
  return problems;
}

function takeRow(
  file: ReadFile,
  index: number,
  row: RowReader,
  fields: readonly string[],
  line: number,
  into: TableBuilder,
): void {
  row.open(fields);
  file.rowsRead++;
  if (fields.length !== file.plan?.fieldCount) {
    row.fail(undefined, 'FIELD_COUNT');
    const yen = row.readableAmount(yenColumn(file.kind));
    file.yenRead += yen;
    reject(file, index, row, line, yen, into);
    return;
  }
  const yen = DECODERS[file.kind](row, { file: index, line }, into);
  file.yenRead += yen;
  if (row.problems.length > 0) reject(file, index, row, line, yen, into);
}

const yenColumn = (kind: InputKind): number =>
  LAYOUTS[kind].columns.findIndex((column) => column.name === LAYOUTS[kind].yenColumn);

function reject(file: ReadFile, index: number, row: RowReader, line: number, yen: number, into: TableBuilder): void {
  const problems = [...row.problems];
  const joined = (part: 'what' | 'advice', language: Language, withColumn: boolean) =>
    problems
      .map(
        ({ column, code }) => (withColumn && column !== '' ? `${column}: ` : '') + REJECT_CODES[code][part][language],
      )
      .join('; ');
  file.rejectedYen += yen;
  into.rejects.push({
    kind: file.kind,
    file: index,
    line,
    column: problems[0]?.column ?? '',
    code: problems[0]?.code ?? 'BAD_VALUE',
    what: text(joined('what', 'ja', true), joined('what', 'en', true)),
    advice: text(joined('advice', 'ja', false), joined('advice', 'en', false)),
    ...readRemains(file.kind, row),
    content: row.canonical(),
  });
}

function finish(builder: TableBuilder, files: readonly ReadFile[]): Tables {
  const tables = {
    coupons: builder.coupons,
    transactionIds: builder.transactionIds,
    merchants: builder.merchants,
    reports: builder.reports,
    words: builder.words,
    issuance: builder.issuance.finish(),
    transactions: builder.transactions.finish(),
    sales: builder.sales.finish(),
    claims: builder.claims,
    applications: builder.applications,
    decisions: builder.decisions,
    paid: builder.paid,
    rejects: builder.rejects,
  };
  const counts = countDispositions(tables, files);
  return { ...tables, files: files.map((file, index) => inputFile(file, counts[index] as Counts)) };
}

type Counts = Record<Disposition, DispositionCount>;

/** Counted from the tables' rows, so that it can be held against what the reader counted (3-rules.md §9). */
function countDispositions(tables: Omit<Tables, 'files'>, files: readonly ReadFile[]): readonly Counts[] {
  const counts = files.map(() => Object.fromEntries(DISPOSITIONS.map((name) => [name, { rows: 0, yen: 0 }])) as Counts);
  const add = (file: number, disposition: Disposition, yen: number) => {
    const count = counts[file]?.[disposition];
    if (count === undefined) throw new Error(`a row of no file (${file})`);
    count.rows++;
    count.yen += yen;
  };
  const bulk = (table: { rows: number; file: Uint16Array; disposition: Uint8Array }, yen: Float64Array) => {
    for (let row = 0; row < table.rows; row++) {
      add(table.file[row] ?? -1, DISPOSITIONS[table.disposition[row] ?? -1] ?? 'rejected', yen[row] ?? 0);
    }
  };
  bulk(tables.issuance, tables.issuance.faceYen);
  bulk(tables.transactions, tables.transactions.amountYen);
  bulk(tables.sales, tables.sales.totalYen);
  for (const row of [...tables.claims, ...tables.applications, ...tables.decisions]) add(row.file, row.disposition, 0);
  for (const row of tables.paid) add(row.file, row.disposition, row.amountYen);
  for (const row of tables.rejects) add(row.file, 'rejected', 0);
  files.forEach((file, index) => {
    (counts[index] as Counts).rejected.yen = file.rejectedYen;
  });
  return counts;
}

const inputFile = (file: ReadFile, dispositions: Counts): InputFile => ({
  kind: file.kind,
  name: file.source.name,
  sizeBytes: file.source.sizeBytes,
  sha256: file.source.sha256,
  encoding: file.source.encoding,
  compressed: file.source.compressed,
  columns: file.plan?.columns ?? [],
  ignoredColumns: file.plan?.ignored ?? [],
  rowsRead: file.rowsRead,
  yenRead: file.yenRead,
  dispositions,
});

const openQuote = (name: string, line: number): Problem => ({
  code: 'QUOTE_NEVER_CLOSED',
  where: `${name}:${line}`,
  what: text(
    `${line} 行目以降で開いた引用符が最後まで閉じていません`,
    `a quote opened at or after line ${line} is never closed`,
  ),
  advice: text(
    'その行の " を直すか、ファイルが途中で切れていないか確かめてください',
    'mend the quote there, or check that the file was not cut short',
  ),
});

const emptyFile = (name: string): Problem => ({
  code: 'EMPTY_FILE',
  where: name,
  what: text('見出し行がありません(空のファイル)', 'there is no header row; the file is empty'),
  advice: text(
    '正しいファイルか確かめてください。0 件なら見出し行だけのファイルにしてください',
    'check that it is the right file; for no rows, give the header alone',
  ),
});
