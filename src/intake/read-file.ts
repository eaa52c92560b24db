import type { Problem } from '../base/problem.ts';
import { text } from '../base/text.ts';
import type { Terms } from '../policy/terms.ts';
import { ABSENT, type InputKind } from '../tables/tables.ts';
import { Changed, NoLines } from './bytes/blocks.ts';
import {
  changedProblem,
  type FileFormat,
  type FoundEncoding,
  inspect,
  isOther,
  type Location,
  type Reader,
  readAgain,
  recordTooLong,
  type Source,
  type StatedEncoding,
  Unreadable,
} from './bytes/file.ts';
import { formatInBytes } from './bytes/file-format.ts';
import { isOfFile } from './bytes/refusals.ts';
import type { Sample } from './bytes/sample.ts';
import type { ReaderPool, Threads } from './parallel/reader-pool.ts';
import { BulkRows, HasTotals } from './readers/bulk-rows.ts';
import { type Open, readBytes, readChunks, type Sizes } from './readers/file-reader.ts';
import { BLANK, type RowsFile, TAKEN, TextRecords, TextRows } from './readers/text-rows.ts';
import { type Builder, isBulk } from './schema/decoders.ts';
import { type FilePlan, type FilePlanResult, planFile } from './schema/file-plan.ts';
import { LAYOUTS } from './schema/layouts.ts';
import type { InputProfile, Profile } from './schema/profile.ts';
import { rejectedRow } from './schema/rejected-row.ts';
import { RowReader } from './schema/row-reader.ts';
import { DECODERS } from './schema/small-decoders.ts';

/** How files are read, whichever they are. */
export interface ReadRequest {
  readonly profile: Profile | undefined;
  readonly encoding: StatedEncoding | undefined;
  /** `csv-parse` reads every file with the reference reader. */
  readonly reader?: Reader;
  readonly sizes?: Sizes;
  /** Without it, one thread reads everything. */
  readonly threads?: Threads;
  readonly terms: Terms;
  /** Told now and then while long files are read. */
  readonly onProgress?: (file: string, rowsRead: number, share: number) => void;
  readonly signal?: AbortSignal;
}

/** A file before its rows are read. */
export interface FileToRead {
  readonly kind: InputKind;
  readonly location: Location;
  /** Its number among the files. */
  readonly index: number;
  /** What it begins with. */
  readonly sample: Sample;
  readonly extent: Extent;
}

/** How much of all that is read a file is likely to be. */
export interface Extent {
  /** Of all bytes: those of the files before it, and its own. */
  readonly shareBefore: number;
  readonly share: number;
  /** By the records that it begins with. */
  readonly rows: number;
}

/** What reading all of a file came to; its rows lie in the tables. */
export interface RowsRead {
  readonly sha256: string;
  readonly encoding: FoundEncoding;
  readonly plan: FilePlan;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly rejectedYen: number;
  /** By column of the layout: cells that held a word for nothing. */
  readonly absentCells: readonly number[];
  /** Records that count for none, by what they are. */
  readonly passedOver: RowReader['passedOver'];
  /** Of them, those that a profile leaves out, by the number of the reason. */
  readonly leftOut: readonly number[];
  /** What rows of totals came to, where a mapping looks at them. */
  readonly statedTotals?: RowReader['statedTotals'];
}

/** A file that was read, or what is wrong with it; and how it was to be read, as far as its header told. */
export type FileResult =
  | { readonly plan: FilePlan; readonly read: RowsRead; readonly problems: readonly [] }
  | { readonly plan: FilePlan | undefined; readonly problems: readonly Problem[] };

const wasRead = (read: RowsRead): FileResult => ({ plan: read.plan, read, problems: [] });

/** Puts a file's rows into their table: in chunks by several threads, from its bytes, or by the reference reader. */
export async function readFile(
  file: FileToRead,
  into: Builder,
  readers: ReaderPool | undefined,
  request: ReadRequest,
): Promise<FileResult> {
  const { location } = file;
  const result = await readBySomeone(file, into, readers, request);
  // Whatever was found in it, or was not: it was no one file.
  return isOther(location) ? { plan: result.plan, problems: [changedProblem(location.name)] } : result;
}

async function readBySomeone(
  file: FileToRead,
  into: Builder,
  readers: ReaderPool | undefined,
  request: ReadRequest,
): Promise<FileResult> {
  const inBytes = file.location.isZip ? undefined : formatInBytes(formatOf(file.kind, request));
  if (inBytes === undefined) return readByReference(file, into, request);
  const inChunks = readers === undefined ? undefined : await readInChunks(file, into, readers, request, inBytes);
  if (inChunks !== undefined) return wasRead(inChunks);
  const fromBytes = request.reader === 'csv-parse' ? undefined : await readFromBytes(file, into, request, inBytes);
  return fromBytes === undefined ? readByReference(file, into, request) : wasRead(fromBytes);
}

/** What is stated of how a file is written: by the profile for its kind, or for all files. */
export function formatOf(
  kind: InputKind,
  { encoding, profile }: Pick<ReadRequest, 'encoding' | 'profile'>,
): FileFormat {
  const table = (profile?.inputs[kind] as InputProfile | undefined)?.table;
  if (table === undefined) return { encoding };
  const delimiter = table.fixedWidth === undefined ? table.delimiter : 'none';
  return { encoding: table.encoding ?? encoding, delimiter, sheet: table.sheet };
}

const profileOf = ({ kind }: FileToRead, { profile }: ReadRequest): InputProfile | undefined =>
  profile?.inputs[kind] as InputProfile | undefined;

const planOf = (file: FileToRead, fields: readonly string[], request: ReadRequest): FilePlanResult =>
  planFile({ ...file, name: file.location.name }, fields, profileOf(file, request), request.terms);

/** Tells how far a file was read. @throws where it is to be read no further */
const tellProgress = (file: FileToRead, { signal, onProgress }: ReadRequest, rowsRead: number): void => {
  signal?.throwIfAborted();
  const { shareBefore, share, rows } = file.extent;
  onProgress?.(file.location.name, rowsRead, shareBefore + share * Math.min(1, rowsRead / Math.max(1, rows)));
};

/** What was taken before a file. */
interface Mark {
  readonly rows: number;
  readonly rejects: number;
  readonly answered: number;
}

const markOf = (into: Builder, kind: InputKind): Mark => ({
  rows: isBulk(kind) ? into[kind].total : into.few[kind].length,
  rejects: into.rejects.length,
  answered: into.answered.length,
});

function forget(into: Builder, kind: InputKind, { rows, rejects, answered }: Mark): void {
  if (isBulk(kind)) into[kind].cutTo(rows);
  else into.few[kind].length = rows;
  into.rejects.length = rejects;
  into.answered.length = answered;
}

type InBytes = NonNullable<ReturnType<typeof formatInBytes>>;

/** Undefined where it cannot be read by several threads, each a chunk of it. */
async function readInChunks(
  file: FileToRead,
  into: Builder,
  readers: ReaderPool,
  request: ReadRequest,
  { encoding }: InBytes,
): Promise<RowsRead | undefined> {
  const { kind, location, index } = file;
  if (!isBulk(kind)) return undefined;
  const mark = markOf(into, kind);
  try {
    const read = await readChunks(
      location,
      encoding,
      request.threads?.chunkBytes ?? 0,
      async ({ fields, lines, sha256 }): Promise<RowsRead | undefined> => {
        const header = planOf(file, fields, request);
        if ('problems' in header) return undefined;
        const { plan } = header;
        // What must know all of a file\u2019s rows, or what stands above them, is read from its beginning.
        if (plan.mapping !== undefined && !plan.isPlain) return undefined;
        const batchRecords = request.sizes?.batchRecords;
        const chunks = { kind, file: index, plan, profile: profileOf(file, request), batchRecords };
        const all = await readers.read(chunks, lines, (rowsRead) => tellProgress(file, request, rowsRead));
        if (all === undefined) return undefined;
        return { ...all, sha256: sha256(), encoding: all.encoding ?? 'utf-8', plan };
      },
    );
    if (read !== undefined) return read;
  } catch (error) {
    request.signal?.throwIfAborted();
    if (!(error instanceof Changed || error instanceof NoLines) && !isOfFile(error)) throw error;
  }
  forget(into, kind, mark);
  return undefined;
}

/** A file whose header is read: what its rows are read by, and what they have come to besides. */
class FileRows {
  readonly of: RowsFile;
  rejectedYen = 0;

  constructor(
    { kind, index }: FileToRead,
    plan: FilePlan,
    profile: InputProfile | undefined,
    into: Builder,
    textOf: RowsFile['textOf'],
  ) {
    const row = new RowReader(LAYOUTS[kind], plan, profile);
    const reject = (line: number, yen: number): void => {
      this.rejectedYen += yen;
      into.rejects.push(rejectedRow(kind, index, row, line));
    };
    this.of = { kind, file: index, plan, row, into, textOf, reject };
  }

  /** With what was counted while they were read. */
  ended(read: Pick<RowsRead, 'sha256' | 'encoding' | 'rowsRead' | 'yenRead'>): RowsRead {
    const { plan, row } = this.of;
    const { absentCells, passedOver, leftOut, statedTotals } = row;
    return { ...read, plan, rejectedYen: this.rejectedYen, absentCells, passedOver, leftOut, statedTotals };
  }
}

/** Whether the first record is the header, and all others are cut as they stand. */
const beginsAtOnce = ({ mapping }: FilePlan): boolean =>
  mapping === undefined || (mapping.lastLine === 1 && mapping.fixedWidth === undefined);

/** Rows that become objects take long: signals are seen after so many bytes of them. */
const FEW = { blockBytes: 1 << 18 } as const;

/** Undefined where the reference reader must take the file from its beginning. */
async function readFromBytes(
  file: FileToRead,
  into: Builder,
  request: ReadRequest,
  { encoding }: InBytes,
): Promise<RowsRead | undefined> {
  const { kind, location } = file;
  const mark = markOf(into, kind);
  let rows: FileRows | undefined;
  const open: Open = (fields, textOf, batchRecords) => {
    const header = planOf(file, fields, request);
    if ('problems' in header || !beginsAtOnce(header.plan)) return undefined;
    rows = new FileRows(file, header.plan, profileOf(file, request), into, textOf);
    return isBulk(kind)
      ? new BulkRows({ ...rows.of, kind }, request.sizes?.batchRecords)
      : new TextRows(rows.of, DECODERS[kind], batchRecords);
  };
  try {
    const onBlock = (rowsRead: number): void => tellProgress(file, request, rowsRead);
    const read = await readBytes(location, encoding, open, onBlock, { ...(isBulk(kind) ? {} : FEW), ...request.sizes });
    if (read !== undefined && rows !== undefined) return rows.ended(read);
  } catch (error) {
    request.signal?.throwIfAborted();
    if (!(error instanceof Changed || error instanceof HasTotals) && !isOfFile(error)) throw error;
  }
  forget(into, kind, mark);
  return undefined;
}

const PROGRESS_ROWS = 50_000;

async function readByReference(file: FileToRead, into: Builder, request: ReadRequest): Promise<FileResult> {
  const inspected = await inspect(file.location, formatOf(file.kind, request));
  if ('problem' in inspected) return { plan: undefined, problems: [inspected.problem] };
  const { source } = inspected;
  const records = new ReferenceRecords(file, into, request);
  const problems = await readRecords(source, records);
  const { rows, rowsRead, yenRead } = records;
  if (problems.length > 0 || rows === undefined) return { plan: rows?.of.plan, problems };
  return wasRead(rows.ended({ sha256: source.sha256, encoding: source.encoding, rowsRead, yenRead }));
}

/** What is wrong with the file, if anything is; without its header no row was read. */
async function readRecords(source: Source, records: ReferenceRecords): Promise<readonly Problem[]> {
  if (source.encoding === 'xlsx') return readWorkbookRecords(source, records);
  const { QuoteNeverClosed, readCsv, RecordTooLong } = await import('./readers/csv-parse-reader.ts');
  let open: Problem | undefined;
  const changed = await readAgain(source, (bytes) =>
    readCsv(bytes, (fields, line) => records.take(fields, line), source.delimiter).catch((error: unknown) => {
      if (error instanceof RecordTooLong) throw new Unreadable(recordTooLong(source.name, error.line));
      if (!(error instanceof QuoteNeverClosed)) throw error;
      open = openQuote(source.name, error.afterLine);
    }),
  );
  if (changed !== undefined) return [changed];
  return problemsOf(source, records, open);
}

async function readWorkbookRecords(source: Source, records: ReferenceRecords): Promise<readonly Problem[]> {
  const { readWorkbook } = await import('./readers/workbook-reader.ts');
  return problemsOf(
    source,
    records,
    readWorkbook(source, (fields, line) => records.take(fields, line)),
  );
}

function problemsOf({ name }: Source, records: ReferenceRecords, another: Problem | undefined): readonly Problem[] {
  const problems = [...records.problems, ...(another === undefined ? [] : [another])];
  return records.rows === undefined && problems.length === 0 ? [emptyFile(name)] : problems;
}

/** Takes a file's records one by one, the first as its header. */
class ReferenceRecords {
  /** Undefined as long as no header told how they are to be read. */
  rows: FileRows | undefined;
  problems: readonly Problem[] = [];
  rowsRead = 0;
  yenRead = 0;
  private records: TextRecords | undefined;
  /** Of its titles and headers. */
  private lastLine = 0;
  private readonly file: FileToRead;
  private readonly into: Builder;
  private readonly request: ReadRequest;

  constructor(file: FileToRead, into: Builder, request: ReadRequest) {
    this.file = file;
    this.into = into;
    this.request = request;
  }

  take(fields: readonly string[], line: number): void {
    if (this.records !== undefined) {
      if (line > this.lastLine) this.takeRow(this.records, fields, line);
    } else if (this.problems.length === 0) this.takeHeader(fields, line);
    if (this.rowsRead % PROGRESS_ROWS === 0) tellProgress(this.file, this.request, this.rowsRead);
  }

  private takeHeader(fields: readonly string[], line: number): void {
    const { file, request } = this;
    const header = planOf(file, fields, request);
    if ('problems' in header) {
      this.problems = header.problems;
      return;
    }
    this.rows = new FileRows(file, header.plan, profileOf(file, request), this.into, decoded);
    this.records = new TextRecords(this.rows.of, DECODERS[file.kind]);
    this.lastLine = header.plan.mapping?.lastLine ?? line;
    // A table without headers begins with a row.
    if (line > this.lastLine) this.takeRow(this.records, fields, line);
  }

  private takeRow(records: TextRecords, fields: readonly string[], line: number): void {
    const { kind } = this.file;
    const table = isBulk(kind) ? this.into[kind] : undefined;
    const became = records.take(fields, line, table?.addRow() ?? ABSENT);
    if (table !== undefined && became !== TAKEN) table.rows--;
    if (became !== BLANK) this.rowsRead++;
    this.yenRead += records.yen;
  }
}

/** Its fields are texts when they come. */
const decoded = (): never => {
  throw new Error('the reference reader decodes its fields itself');
};

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
