import type { Instant } from '../policy/instants.ts';
import type { Problem } from '../policy/problem.ts';
import type { Terms } from '../policy/terms.ts';
import { compareText, text } from '../policy/text.ts';
import { Changed, NoLines } from './blocks.ts';
import { type Open, readBytes, readPieces, type Sizes } from './bulk-file.ts';
import { BulkRows } from './bulk-rows.ts';
import { bulkTables } from './bulk-tables.ts';
import { type Matches, matchCoupons } from './coupon-matches.ts';
import { type Builder, isBulk, TableBuilder } from './decode.ts';
import { DECODERS } from './decode-few.ts';

import { type Counts, DispositionSums } from './disposition-sums.ts';
import { dispose, disposeOthers } from './dispositions.ts';
import { isOfFile } from './faults.ts';
import { type FilePlan, type FilePlanResult, planFile } from './file-plan.ts';
import { missedHeaders } from './header.ts';
import { type IdentifierFindings, inspectIdentifiers } from './identifier-columns.ts';
import { KeyNumbers } from './key-numbers.ts';
import { LAYOUTS } from './layouts.ts';
import { type MemoryLimit, Overflow, type StoredTables } from './overflow.ts';
import { Parts } from './parts.ts';
import type { PieceReaders, Threads } from './piece-readers.ts';
import type { InputProfile, Profile } from './profile.ts';
import { rejectedRow } from './rejected-row.ts';
import { RowReader } from './row-reader.ts';
import { readSample, type Sample } from './sample.ts';
import {
  changedProblem,
  type Encoding,
  hashOfFile,
  inspect,
  isOther,
  type Location,
  likelyContentBytes,
  locate,
  type Reader,
  readAgain,
} from './source.ts';
import {
  ABSENT,
  INPUT_KINDS,
  type InputFile,
  type InputKind,
  type Reject,
  type ShownForm,
  type Tables,
} from './tables.ts';
import { TextKeys } from './text-keys.ts';
import { TextRows } from './text-record.ts';

export interface IntakeRequest {
  /** Paths by kind; each path once. */
  readonly paths: Readonly<Record<InputKind, readonly string[]>>;
  /** What an input is called in outputs; without it, its path's last part. */
  readonly nameOf?: (kind: InputKind, index: number) => string;
  readonly profile: Profile | undefined;
  readonly encoding: Encoding | undefined;
  /** `csv-parse` reads every file with the reference reader. */
  readonly reader?: Reader;
  readonly sizes?: Sizes;
  /** Without it, all tables lie in memory. */
  readonly memory?: MemoryLimit | undefined;
  /** Without it, one thread reads everything. */
  readonly threads?: Threads;
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
      /** Without the coupons and transactions that lie on disk. */
      readonly tables: Tables;
      /** Those, where not all tables fit into memory. Whoever reads them closes them. */
      readonly parts: Parts | undefined;
      /** Where each of the tables' files was read, in their order. */
      readonly paths: readonly string[];
      readonly problems: readonly [];
    }
  | { readonly problems: readonly Problem[] };

/** Below, a table lies in the cache as a whole. */
const MOST_COUPONS_IN_SLOTS = 1 << 17;

interface ReadFile {
  readonly kind: InputKind;
  readonly location: Location;
  sha256: string;
  encoding: Encoding;
  /** What the file begins with. */
  readonly sample: Sample;
  plan: FilePlan | undefined;
  rowsRead: number;
  yenRead: number;
  rejectedYen: number;
  absentCells: readonly number[];
}

/**
 * Reads all inputs into tables. Files are taken in the order of their names and content, never of the command line, so
 * that the same rows always get the same dispositions. All files' problems are told, not only the first.
 */
export async function readInputs(request: IntakeRequest): Promise<IntakeResult> {
  const { located, problems } = await locateAll(request);
  const builder = new TableBuilder(new KeyNumbers(new TextKeys(), MOST_COUPONS_IN_SLOTS));
  const readers = await readersFor(located, builder, request);
  const overflow = request.memory === undefined ? undefined : new Overflow(builder, request.memory, request.terms);
  let parts: Parts | undefined;
  try {
    const files = await readAllFiles(located, builder, readers, watched(request, overflow), problems);
    if (problems.length > 0) return { problems };
    const paths = files.map((file) => file.location.path);
    const stored = overflow?.end();
    const known = lookThrough(builder, stored, files, request);
    const close = (): void => overflow?.close();
    if (stored !== undefined) parts = partsOf(builder, stored, files, known, request, close);
    if (parts !== undefined) return { tables: parts.rest, parts, paths, problems: [] };
    dispose(builder, request.terms, request.asOf, known.spelledTwice);
    return { tables: finish(builder, files, known), parts, paths, problems: [] };
  } finally {
    if (parts === undefined) overflow?.close();
    await readers?.close();
  }
}

/** What only shows once all rows are read: which of them belong together, and how columns are written as a whole. */
type Known = Matches & IdentifierFindings;

function lookThrough(
  into: Builder,
  stored: StoredTables | undefined,
  files: readonly ReadFile[],
  { terms, asOf }: IntakeRequest,
): Known {
  const bulk = bulkTables(into, stored);
  const matched = files.map(({ kind, plan }) => ({
    kind,
    mayBeOfAnotherZone: plan?.forms.some((form) => form.mayBeOfAnotherZone) === true,
  }));
  return { ...inspectIdentifiers(into, bulk), ...matchCoupons(into, bulk, matched, terms, asOf) };
}

function partsOf(
  into: Builder,
  stored: StoredTables,
  files: readonly ReadFile[],
  known: Known,
  { memory: limit, terms, asOf }: IntakeRequest,
  close: () => void,
): Parts | undefined {
  if (limit === undefined) return undefined;
  const twice = known.spelledTwice;
  disposeOthers(into, asOf, twice);
  return new Parts({ into, rest: finish(into, files, known), stored, limit, terms, asOf, twice }, close);
}

/** Whenever a reader stands between two rows, it is seen whether they still fit. */
function watched(request: IntakeRequest, overflow: Overflow | undefined): IntakeRequest {
  if (overflow === undefined) return request;
  const onProgress = (file: string, rowsRead: number): void => {
    overflow.check();
    request.onProgress?.(file, rowsRead);
  };
  return { ...request, onProgress };
}

async function readAllFiles(
  located: readonly Located[],
  builder: Builder,
  readers: PieceReaders | undefined,
  request: IntakeRequest,
  problems: Problem[],
): Promise<readonly ReadFile[]> {
  const files: ReadFile[] = [];
  for (const { kind, location } of located) {
    request.signal?.throwIfAborted();
    const file: ReadFile = {
      kind,
      location,
      sha256: '',
      encoding: 'utf-8',
      plan: undefined,
      rowsRead: 0,
      yenRead: 0,
      rejectedYen: 0,
      absentCells: [],
      sample: await readSample(location, request.encoding),
    };
    problems.push(...(await readFile(file, files.length, builder, readers, request)));
    files.push(file);
  }
  problems.push(...missedInProfile(files, request.profile));
  return files;
}

/** Of inputs whose headers could all be read. */
function missedInProfile(files: readonly ReadFile[], profile: Profile | undefined): readonly Problem[] {
  return INPUT_KINDS.flatMap((kind) => {
    const own = files.filter((file) => file.kind === kind);
    const planned = own.flatMap(({ location, plan }) => (plan === undefined ? [] : [{ name: location.name, plan }]));
    const mapped = profile?.inputs[kind] as InputProfile | undefined;
    return planned.length === own.length ? missedHeaders(kind, mapped, planned) : [];
  });
}

/** Threads, if there is enough for them to do. */
async function readersFor(
  located: readonly Located[],
  builder: Builder,
  { threads, reader }: IntakeRequest,
): Promise<PieceReaders | undefined> {
  if (threads === undefined || reader === 'csv-parse' || threads.count < 2) return undefined;
  const bytes = located
    .filter(({ kind }) => isBulk(kind))
    .reduce((sum, { location }) => sum + likelyContentBytes(location), 0);
  if (bytes < threads.leastBytes) return undefined;
  const { PieceReaders } = await import('./piece-readers.ts');
  return new PieceReaders(threads, builder);
}

interface Located {
  readonly kind: InputKind;
  readonly location: Location;
}

async function locateAll(request: IntakeRequest): Promise<{ located: Located[]; problems: Problem[] }> {
  const names = distinctNames(Object.values(request.paths).flat());
  const problems: Problem[] = [...(request.missing ?? [])];
  const located: Located[] = [];
  for (const kind of INPUT_KINDS) {
    const found: Location[] = [];
    for (const [index, path] of request.paths[kind].entries()) {
      const result = locate(path, request.nameOf?.(kind, index) ?? names.get(path) ?? path);
      if ('problem' in result) problems.push(result.problem);
      else found.push(result.location);
    }
    located.push(...(await inOrder(found)).map((location) => ({ kind, location })));
  }
  return { located, problems };
}

/** By name; where two files are called the same, by content. */
async function inOrder(locations: readonly Location[]): Promise<readonly Location[]> {
  const names = new Set(locations.map(({ name }) => name));
  if (names.size === locations.length) return [...locations].sort((a, b) => compareText(a.name, b.name));
  const hashed = await Promise.all(
    locations.map(async (location) => ({ location, sha256: await hashOfFile(location.path) })),
  );
  hashed.sort((a, b) => compareText(a.location.name, b.location.name) || compareText(a.sha256, b.sha256));
  return hashed.map(({ location }) => location);
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
  into: Builder,
  readers: PieceReaders | undefined,
  request: IntakeRequest,
): Promise<readonly Problem[]> {
  if (readers !== undefined && (await readInPieces(file, index, into, readers, request))) {
    return isOther(file.location) ? [changedProblem(file.location.name)] : [];
  }
  const read = request.reader === 'csv-parse' ? readByReference : readFromBytes;
  const problems = (await read(file, index, into, request)) ?? (await readByReference(file, index, into, request));
  // Whatever was found in it, or was not: it was no one file.
  return isOther(file.location) ? [changedProblem(file.location.name)] : problems;
}

const planOf = (
  { kind, location, sample }: ReadFile,
  fields: readonly string[],
  request: IntakeRequest,
): FilePlanResult =>
  planFile(
    kind,
    location.name,
    fields,
    request.profile?.inputs[kind] as InputProfile | undefined,
    sample,
    request.terms,
  );

/** What was taken before a file. */
interface Mark {
  readonly rows: number;
  readonly rejects: number;
}

const markOf = (into: Builder, kind: InputKind): Mark => ({
  rows: isBulk(kind) ? into[kind].total : into[kind].length,
  rejects: into.rejects.length,
});

function forget(into: Builder, kind: InputKind, { rows, rejects }: Mark): void {
  if (isBulk(kind)) into[kind].cutTo(rows);
  else into[kind].length = rows;
  into.rejects.length = rejects;
}

/** Whether several threads could read the file, each a piece of it. */
async function readInPieces(
  file: ReadFile,
  index: number,
  into: Builder,
  readers: PieceReaders,
  request: IntakeRequest,
): Promise<boolean> {
  const { kind, location } = file;
  if (!isBulk(kind)) return false;
  const mark = markOf(into, kind);
  try {
    const profile = request.profile?.inputs[kind] as InputProfile | undefined;
    const read = await readPieces(
      location,
      request.encoding,
      request.threads?.pieceBytes ?? 0,
      async ({ fields, lines, sha256 }) => {
        const header = planOf(file, fields, request);
        if ('problems' in header) return undefined;
        const { plan } = header;
        const batchRecords = request.sizes?.batchRecords;
        const all = await readers.read({ kind, file: index, plan, profile, batchRecords }, lines, (rowsRead) => {
          request.signal?.throwIfAborted();
          request.onProgress?.(location.name, rowsRead);
        });
        return all === undefined ? undefined : { ...all, sha256: sha256(), plan };
      },
    );
    if (read !== undefined) {
      Object.assign(file, { ...read, encoding: read.encoding ?? 'utf-8' });
      return true;
    }
  } catch (error) {
    request.signal?.throwIfAborted();
    if (!(error instanceof Changed || error instanceof NoLines) && !isOfFile(error)) throw error;
  }
  forget(into, kind, mark);
  return false;
}

/** Undefined where the reference reader must take the file from its beginning. */
async function readFromBytes(
  file: ReadFile,
  index: number,
  into: Builder,
  request: IntakeRequest,
): Promise<readonly Problem[] | undefined> {
  const { kind } = file;
  const profile = request.profile?.inputs[kind] as InputProfile | undefined;
  const mark = markOf(into, kind);
  const open: Open = (fields, textOf, batchRecords) => {
    const header = planOf(file, fields, request);
    if ('problems' in header) return undefined;
    const { plan } = header;
    const row = new RowReader(LAYOUTS[kind], plan, profile);
    Object.assign(file, { plan, absentCells: row.absentCells });
    const rejectRow = (line: number, yen: number) => reject(file, rejectedRow(kind, index, row, line), yen, into);
    const of = { file: index, plan, row, into, textOf, reject: rejectRow };
    if (isBulk(kind)) return new BulkRows({ ...of, kind }, batchRecords);
    return new TextRows({ ...of, kind }, DECODERS[kind], batchRecords);
  };
  try {
    const read = await readBytes(
      file.location,
      request.encoding,
      open,
      (rowsRead) => {
        request.signal?.throwIfAborted();
        request.onProgress?.(file.location.name, rowsRead);
      },
      request.sizes,
    );
    if (read !== undefined) {
      Object.assign(file, read);
      return [];
    }
  } catch (error) {
    request.signal?.throwIfAborted();
    if (!(error instanceof Changed) && !isOfFile(error)) throw error;
  }
  forget(into, kind, mark);
  Object.assign(file, { plan: undefined, rejectedYen: 0, absentCells: [] });
  return undefined;
}

async function readByReference(
  file: ReadFile,
  index: number,
  into: Builder,
  request: IntakeRequest,
): Promise<readonly Problem[]> {
  const { QuoteNeverClosed, readCsv } = await import('./csv-parse-reader.ts');
  const { kind, location } = file;
  const inspected = await inspect(location, request.encoding);
  if ('problem' in inspected) return [inspected.problem];
  const { source } = inspected;
  Object.assign(file, { sha256: source.sha256, encoding: source.encoding });
  const profile = request.profile?.inputs[kind];
  const problems: Problem[] = [];
  let row: RowReader | undefined;
  const takeHeader = (fields: readonly string[]) => {
    const header = planOf(file, fields, request);
    if ('problems' in header) problems.push(...header.problems);
    else {
      row = new RowReader(LAYOUTS[kind], header.plan, profile as InputProfile | undefined);
      Object.assign(file, { plan: header.plan, absentCells: row.absentCells });
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

function reject(file: ReadFile, rejected: Reject, yen: number, into: Builder): void {
  file.rejectedYen += yen;
  into.rejects.push(rejected);
}

function takeRow(
  file: ReadFile,
  index: number,
  row: RowReader,
  fields: readonly string[],
  line: number,
  into: Builder,
): void {
  row.open(fields);
  file.rowsRead++;
  if (fields.length !== file.plan?.fieldCount) {
    row.failFieldCount(fields);
    const yen = row.readableAmount(yenColumn(file.kind));
    file.yenRead += yen;
    reject(file, rejectedRow(file.kind, index, row, line), yen, into);
    return;
  }
  const table = isBulk(file.kind) ? into[file.kind] : undefined;
  const yen = DECODERS[file.kind](row, { file: index, line }, into, table?.addRow() ?? ABSENT);
  file.yenRead += yen;
  if (row.problems.length === 0) return;
  if (table !== undefined) table.rows--;
  reject(file, rejectedRow(file.kind, index, row, line), yen, into);
}

const yenColumn = (kind: InputKind): number =>
  LAYOUTS[kind].columns.findIndex((column) => column.name === LAYOUTS[kind].yenColumn);

function finish(builder: Builder, files: readonly ReadFile[], known: Known): Tables {
  const tables = {
    coupons: builder.coupons,
    transactionIds: builder.texts.transactionIds,
    merchants: builder.texts.merchants,
    reports: builder.texts.reports,
    words: builder.texts.words,
    texts: builder.texts.texts,
    issuance: builder.issuance.finish(),
    transactions: builder.transactions.finish(),
    sales: builder.sales.finish(),
    claims: builder.claims,
    applications: builder.applications,
    decisions: builder.decisions,
    paid: builder.paid,
    rejects: builder.rejects,
    issued: known.issued,
    unmatched: known.unmatched,
    nearlyNamed: known.nearlyNamed,
    nearestIssued: known.nearestIssued,
    findings: known.findings,
    spelledTwice: known.spelledTwice,
  };
  const counts = countDispositions(tables, files);
  return { ...tables, files: files.map((file, index) => inputFile(file, counts[index] as Counts, known, index)) };
}

/** Counted from the tables' rows, so that it can be held against what the reader counted (3-rules.md §9). */
function countDispositions(tables: Omit<Tables, 'files'>, files: readonly ReadFile[]): readonly Counts[] {
  const sums = new DispositionSums(files.length);
  sums.addTable(tables.issuance, tables.issuance.faceYen);
  sums.addTable(tables.transactions, tables.transactions.amountYen);
  sums.addTable(tables.sales, tables.sales.totalYen);
  for (const row of [...tables.claims, ...tables.applications, ...tables.decisions])
    sums.addRow(row.file, row.disposition, 0);
  for (const row of tables.paid) sums.addRow(row.file, row.disposition, row.amountYen);
  for (const row of tables.rejects) sums.addRow(row.file, 'rejected', 0);
  const counts = files.map((_, index) => sums.of(index));
  files.forEach((file, index) => {
    (counts[index] as Counts).rejected.yen = file.rejectedYen;
  });
  return counts;
}

const inputFile = (file: ReadFile, dispositions: Counts, known: Known, index: number): InputFile => ({
  kind: file.kind,
  name: file.location.name,
  sizeBytes: file.location.sizeBytes,
  sha256: file.sha256,
  encoding: file.encoding,
  compressed: file.location.compressed,
  columns: file.plan?.columns ?? [],
  ignoredColumns: file.plan?.ignored ?? [],
  rowsRead: file.rowsRead,
  yenRead: file.yenRead,
  dispositions,
  coupons: known.ofFiles[index] ?? null,
  forms: shownForms(file),
  absentCells: absentByColumn(file),
  warnings: known.warnings[index] ?? [],
});

const DATED: ReadonlySet<string> = new Set(['date', 'instant']);

function shownForms({ kind, plan }: ReadFile): readonly ShownForm[] {
  return LAYOUTS[kind].columns.flatMap(({ name, type }, index) => {
    const form = plan?.forms[index];
    if (form === undefined || (plan?.positions[index] ?? -1) < 0) return [];
    const { guard } = form;
    const dates = DATED.has(type) ? { dates: form.pattern ?? 'known' } : {};
    const shown = { column: name, ...dates, ...(guard === 'none' ? {} : { guard }) };
    return Object.keys(shown).length > 1 ? [shown] : [];
  });
}

const absentByColumn = ({ kind, absentCells }: ReadFile): Readonly<Record<string, number>> =>
  Object.fromEntries(
    LAYOUTS[kind].columns.flatMap(({ name }, index) => {
      const count = absentCells[index] ?? 0;
      return count === 0 ? [] : [[name, count]];
    }),
  );

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
