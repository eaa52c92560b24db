import type { Instant } from '../base/instants.ts';
import type { Problem } from '../base/problem.ts';
import { compareText } from '../base/text.ts';
import { FEW_ROWS } from '../tables/kinds/index.ts';
import type { CouponIndex } from '../tables/pool-index.ts';
import {
  FEW_KINDS,
  INPUT_KINDS,
  type InputFile,
  type InputKind,
  type ShownForm,
  type Tables,
} from '../tables/tables.ts';
import type { UnderstoodFile } from '../tables/understood-file.ts';
import { hashOfFile, type Location, likelyContentBytes, locate } from './bytes/file.ts';
import { readSample } from './bytes/sample.ts';
import { IdDictionary } from './columns/id-dictionary.ts';
import { PackedIds } from './columns/packed-ids.ts';
import { cutLineOf } from './cut-line.ts';
import { bulkTables } from './dispositions/bulk-tables.ts';
import { type Matches, matchCoupons } from './dispositions/coupon-matches.ts';
import { type Counts, DispositionSums } from './dispositions/disposition-sums.ts';
import { dispose, disposeOthers } from './dispositions/dispositions.ts';
import { type IdentifierFindings, inspectIdentifiers } from './dispositions/identifier-columns.ts';
import { DayCounts, type Span } from './dispositions/rows-by-day.ts';
import type { ReaderPool } from './parallel/reader-pool.ts';
import { type FileToRead, formatOf, type ReadRequest, type RowsRead, readFile } from './read-file.ts';
import { type Builder, isBulk, TableBuilder } from './schema/decoders.ts';
import { type FilePlan, isInFile } from './schema/file-plan.ts';
import { missedHeaders } from './schema/header.ts';
import { LAYOUTS } from './schema/layouts.ts';
import type { InputProfile, Profile } from './schema/profile.ts';
import { type FileToUnderstand, understoodFile } from './schema/understood-file.ts';
import { seeingSignals, whereSignalsAreSeen } from './signals.ts';
import { Partitions } from './spill/partitions.ts';
import { type MemoryLimit, Spill, type StoredTables } from './spill/spill.ts';

export type { Threads } from './parallel/reader-pool.ts';
export type { Partitions } from './spill/partitions.ts';
export type { MemoryLimit } from './spill/spill.ts';

export interface IntakeRequest extends ReadRequest {
  /** Paths by kind; each path once. A kind without any has no files. */
  readonly paths: Readonly<Partial<Record<InputKind, readonly string[]>>>;
  /** What an input is called in outputs; without it, its path's last part. */
  readonly nameOf?: (kind: InputKind, index: number) => string;
  readonly asOf: Instant;
  /** Without it, all tables lie in memory. */
  readonly memory?: MemoryLimit | undefined;
  /** How each file was understood is to be told, with so many of its rows. */
  readonly understand?: { readonly rows: number } | undefined;
  /** Inputs that are known to be missing: told together with what else is wrong. */
  readonly missing?: readonly Problem[];
}

export type IntakeResult =
  | {
      /** Without the coupons and transactions that lie on disk. */
      readonly tables: Tables;
      /** Those, where not all tables fit into memory. Whoever reads them closes them. */
      readonly partitions: Partitions | undefined;
      /** Where each of the tables' files was read, in their order. */
      readonly paths: readonly string[];
      readonly problems: readonly [];
    }
  | { readonly problems: readonly Problem[] };

/** Below, a table lies in the cache as a whole. */
const MOST_COUPONS_IN_SLOTS = 1 << 17;

/** A file that was read. */
interface ReadFile extends RowsRead, Pick<FileToRead, 'kind' | 'location'> {
  readonly cutAtLine: number | undefined;
  readonly understood: UnderstoodFile | undefined;
}

/**
 * Reads all inputs into tables. Files are taken in the order of their names and content, never of the command line, so
 * that the same rows always get the same dispositions. All files' problems are told, not only the first.
 */
export async function readInputs(request: IntakeRequest): Promise<IntakeResult> {
  const { located, problems: notFound } = await locateAll(request);
  const builder = new TableBuilder(new IdDictionary<CouponIndex>(new PackedIds(), MOST_COUPONS_IN_SLOTS));
  const readers = await readersFor(located, builder, request);
  const spill = request.memory === undefined ? undefined : new Spill(builder, request.memory, request.terms);
  let partitions: Partitions | undefined;
  try {
    const { files, problems: faults } = await readAllFiles(located, builder, readers, watched(request, spill));
    const problems = [...notFound, ...faults];
    if (problems.length > 0) return { problems };
    const paths = files.map((file) => file.location.path);
    performance.mark('look through');
    const stored = spill?.end();
    const { signal } = request;
    const known = await seeingSignals(lookThrough(builder, stored, files, request), signal);
    const close = (): void => spill?.close();
    if (stored !== undefined)
      partitions = await seeingSignals(partitionsOf(builder, stored, { files, known }, request, close), signal);
    if (partitions !== undefined) return { tables: partitions.rest, partitions, paths, problems: [] };
    performance.mark('dispose');
    await seeingSignals(dispose(builder, request.terms, request.asOf, known.spelledTwice), signal);
    const tables = await seeingSignals(finish(builder, files, known, request), signal);
    return { tables, partitions, paths, problems: [] };
  } finally {
    if (partitions === undefined) spill?.close();
    await readers?.close();
  }
}

/** What only shows once all rows are read: which of them belong together, and how columns are written as a whole. */
type Known = Matches & IdentifierFindings;

/** In steps, as what follows: of very many rows each takes long. */
function* lookThrough(
  into: Builder,
  stored: StoredTables | undefined,
  files: readonly ReadFile[],
  { terms, asOf }: IntakeRequest,
): Generator<undefined, Known> {
  yield undefined;
  const bulk = bulkTables(into, stored);
  const matched = files.map(({ kind, plan }) => ({
    kind,
    mayBeOfAnotherZone: plan.forms.some((form) => form.mayBeOfAnotherZone === true),
  }));
  const identifiers = inspectIdentifiers(into, bulk);
  yield undefined;
  return { ...identifiers, ...matchCoupons(into, bulk, matched, terms, asOf) };
}

function* partitionsOf(
  into: Builder,
  stored: StoredTables,
  { files, known }: { readonly files: readonly ReadFile[]; readonly known: Known },
  { memory: limit, terms, asOf }: IntakeRequest,
  close: () => void,
): Generator<undefined, Partitions | undefined> {
  if (limit === undefined) return undefined;
  const twice = known.spelledTwice;
  yield* disposeOthers(into, asOf, twice);
  const rest = { ...(yield* finish(into, files, known, { terms, asOf })), byDay: undefined };
  return new Partitions({ into, rest, stored, limit, terms, asOf, twice }, close);
}

/** Whenever a reader stands between two rows, it is seen whether they still fit. */
function watched(request: IntakeRequest, spill: Spill | undefined): IntakeRequest {
  if (spill === undefined) return request;
  const onProgress = (file: string, rowsRead: number, share: number): void => {
    spill.check();
    request.onProgress?.(file, rowsRead, share);
  };
  return { ...request, onProgress };
}

/** The files, or all that is wrong with them. */
async function readAllFiles(
  located: readonly Located[],
  builder: Builder,
  readers: ReaderPool | undefined,
  request: IntakeRequest,
): Promise<{ readonly files: readonly ReadFile[]; readonly problems: readonly Problem[] }> {
  const files: ReadFile[] = [];
  const problems: Problem[] = [];
  const planned: Planned[] = [];
  const allBytes = Math.max(
    1,
    located.reduce((sum, { location }) => sum + location.sizeBytes, 0),
  );
  let shareBefore = 0;
  for (const [index, { kind, location }] of located.entries()) {
    // Small files are read at once, each in a few turns of its own that see no signal: of thousands, one would wait for all.
    await whereSignalsAreSeen();
    request.signal?.throwIfAborted();
    performance.mark(`read ${kind}`);
    const sample = await readSample(location, formatOf(kind, request));
    const share = location.sizeBytes / allBytes;
    const rows = likelyContentBytes(location) / Math.max(1, sample.bytesPerRecord);
    const file = { kind, location, index, sample, extent: { shareBefore, share, rows } };
    const result = await readFile(file, builder, readers, request);
    shareBefore += share;
    if ('read' in result) {
      const cutAtLine = await cutLineOf(location, { kind, file: index, into: builder });
      const understood = understoodBy(request, { kind, sample, ...result.read });
      files.push({ kind, location, ...result.read, cutAtLine, understood });
    }
    problems.push(...result.problems);
    planned.push({ kind, name: location.name, plan: result.plan });
  }
  problems.push(...missedInProfile(planned, request.profile));
  return { files, problems };
}

/** How a file was understood, where that was asked for: whoever read it, it is told by the records that it begins with. */
const understoodBy = ({ understand, profile }: IntakeRequest, file: FileToUnderstand): UnderstoodFile | undefined =>
  understand === undefined
    ? undefined
    : understoodFile(file, profile?.inputs[file.kind] as InputProfile | undefined, understand.rows);

/** A file and how it was to be read, if its header told. */
interface Planned {
  readonly kind: InputKind;
  readonly name: string;
  readonly plan: FilePlan | undefined;
}

/** Of inputs whose headers could all be read. */
function missedInProfile(files: readonly Planned[], profile: Profile | undefined): readonly Problem[] {
  return INPUT_KINDS.flatMap((kind) => {
    const own = files.filter((file) => file.kind === kind);
    const planned = own.flatMap(({ name, plan }) => (plan === undefined ? [] : [{ name, plan }]));
    const mapped = profile?.inputs[kind] as InputProfile | undefined;
    return planned.length === own.length ? missedHeaders(kind, mapped, planned) : [];
  });
}

/** Threads, if there is enough for them to do. */
async function readersFor(
  located: readonly Located[],
  builder: Builder,
  { threads, reader }: IntakeRequest,
): Promise<ReaderPool | undefined> {
  if (threads === undefined || reader === 'csv-parse' || threads.count < 2) return undefined;
  const bytes = located
    .filter(({ kind }) => isBulk(kind))
    .reduce((sum, { location }) => sum + likelyContentBytes(location), 0);
  if (bytes < threads.leastBytes) return undefined;
  const { ReaderPool } = await import('./parallel/reader-pool.ts');
  return new ReaderPool(threads, builder);
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
    for (const [index, path] of (request.paths[kind] ?? []).entries()) {
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
  const hashed: { readonly location: Location; readonly sha256: string }[] = [];
  // One at a time: thousands of files are not all open at once.
  for (const location of locations) hashed.push({ location, sha256: await hashOfFile(location.path) });
  hashed.sort((a, b) => compareText(a.location.name, b.location.name) || compareText(a.sha256, b.sha256));
  return hashed.map(({ location }) => location);
}

/** Each path's last part, with as many folders before it as tell it from the others. */
export function distinctNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const named = [...new Set(paths)].map((path) => ({ path, parts: path.split(/[/\\]/).filter((part) => part !== '') }));
  const names = new Map<string, string>();
  let open = named;
  for (let depth = 1; open.length > 0; depth++) {
    const tailOf = (parts: readonly string[]): string => parts.slice(-depth).join('/');
    const counts = new Map<string, number>();
    for (const { parts } of named) counts.set(tailOf(parts), (counts.get(tailOf(parts)) ?? 0) + 1);
    for (const { path, parts } of open) names.set(path, tailOf(parts));
    open = open.filter(({ parts }) => (counts.get(tailOf(parts)) ?? 0) > 1 && depth < parts.length);
  }
  return names;
}

function* finish(
  builder: Builder,
  files: readonly ReadFile[],
  known: Known,
  { terms, asOf }: Pick<IntakeRequest, 'terms' | 'asOf'>,
): Generator<undefined, Tables> {
  yield undefined;
  performance.mark('count');
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
    ...builder.few,
    rejects: builder.rejects,
    answered: builder.answered,
    issued: known.issued,
    unmatched: known.unmatched,
    nearlyNamed: known.nearlyNamed,
    nearestIssued: known.nearestIssued,
    findings: known.findings,
    spelledTwice: known.spelledTwice,
  };
  const counts = countDispositions(tables, files);
  yield undefined;
  const days = new DayCounts(files.length, terms, asOf);
  countDays(days, tables);
  yield undefined;
  return {
    ...tables,
    byDay: days.finish(),
    files: files.map((file, index) => ({
      ...inputFile(file, counts[index] as Counts, known, index),
      ...days.spanOf(index),
    })),
  };
}

function countDays(days: DayCounts, tables: Omit<Tables, 'files' | 'byDay'>): void {
  days.addIssuance(tables.issuance);
  days.addTransactions(tables.transactions);
  days.addSales(tables.sales);
  for (const kind of FEW_KINDS)
    for (const row of tables[kind]) days.addInstant(row.file, FEW_ROWS[kind].happenedAtOf(row));
}

/** Counted from the tables' rows, so that it can be held against what the reader counted (3-rules.md §9). */
function countDispositions(tables: Omit<Tables, 'files' | 'byDay'>, files: readonly ReadFile[]): readonly Counts[] {
  const sums = new DispositionSums(files.length);
  sums.addTable(tables.issuance, tables.issuance.faceYen);
  sums.addTable(tables.transactions, tables.transactions.amountYen);
  sums.addTable(tables.sales, tables.sales.totalYen);
  for (const kind of FEW_KINDS) {
    const { yenOf } = FEW_ROWS[kind];
    for (const row of tables[kind]) sums.addRow(row.file, row.disposition, yenOf(row));
  }
  for (const { file, refund } of tables.rejects)
    sums.addRow(file, refund === undefined ? 'rejected' : 'refund', refund?.yen ?? 0);
  const takenBack = new Float64Array(files.length);
  for (const { file, refund } of tables.rejects) takenBack[file] = (takenBack[file] as number) + (refund?.yen ?? 0);
  const counts = files.map((_, index) => sums.of(index));
  files.forEach((file, index) => {
    (counts[index] as Counts).rejected.yen = file.rejectedYen - (takenBack[index] as number);
  });
  return counts;
}

const inputFile = (file: ReadFile, dispositions: Counts, known: Known, index: number): Omit<InputFile, keyof Span> => ({
  kind: file.kind,
  name: file.location.name,
  sizeBytes: file.location.sizeBytes,
  sha256: file.sha256,
  encoding: file.encoding,
  compressed: file.location.compressed,
  columns: file.plan.columns,
  ignoredColumns: file.plan.ignored,
  rowsRead: file.rowsRead,
  yenRead: file.yenRead,
  dispositions,
  coupons: known.ofFiles[index] ?? null,
  forms: shownForms(file),
  absentCells: absentByColumn(file),
  warnings: known.warnings[index] ?? [],
  passedOver: file.passedOver,
  ...(file.statedTotals === undefined ? {} : { statedTotals: file.statedTotals }),
  cutAtLine: file.cutAtLine,
  ...(file.understood === undefined ? {} : { understood: file.understood }),
});

const DATED: ReadonlySet<string> = new Set(['date', 'instant']);

function shownForms({ kind, plan }: ReadFile): readonly ShownForm[] {
  return LAYOUTS[kind].columns.flatMap(({ name, type }, index) => {
    const form = plan.forms[index];
    if (form === undefined || !isInFile(plan, index)) return [];
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
