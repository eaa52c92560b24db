import { isAscii } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { type BigIntStats, closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { PassThrough, type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { MOST_RECORD_BYTES } from './csv-records.ts';
import {
  type Delimiter,
  ENCODINGS,
  type FileFormat,
  isUtf16,
  type StatedEncoding,
  statedDelimiter,
} from './file-format.ts';
import { gunzipped, gunzippedBegin } from './gzip.ts';
import { delimiterOf, MOST_UTF16_BYTES, type Utf16, utf16Of } from './utf16.ts';
import { isZip } from './zip.ts';

export { ENCODINGS, type Encoding, type FileFormat, STATED_ENCODINGS, type StatedEncoding } from './file-format.ts';
/** What a file is found to be; a workbook has texts and no encoding. */
export type FoundEncoding = StatedEncoding | 'xlsx';

/** Two ways to read the bulk files that come to the same; csv-parse is the reference. */
export const READERS = ['bytes', 'csv-parse'] as const;
export type Reader = (typeof READERS)[number];

/** A file that is there. */
export interface Location {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** It is gzip, by its first bytes. */
  readonly compressed: boolean;
  /** What it holds is a zip, by its first bytes: a workbook, or nothing that is read. */
  readonly isZip: boolean;
  /** Which file it is and when it was written: as long as both hold, it has not changed. */
  readonly state: string;
}

/** A file as it was when its encoding was found; reading it again must give the same bytes. */
export interface Source extends Location {
  readonly sha256: string;
  readonly encoding: FoundEncoding;
  /** Between its fields. */
  readonly delimiter: Delimiter;
  /** Of a workbook: the sheet that is named. */
  readonly sheet?: string | undefined;
  /** All of it, where that is little: five streams to read one small file twice cost more than its rows. */
  readonly content: Buffer | undefined;
}

export type SourceResult = { readonly source: Source } | { readonly problem: Problem };

/** The file cannot be read as it stands: always a {@link Problem}, so that all files' problems are told together. */
export class Unreadable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Finds a file. */
export function locate(path: string, name: string): { readonly location: Location } | { readonly problem: Problem } {
  try {
    const found = regularFile(path);
    const begin = beginOf(path);
    const compressed = begin[0] === GZIP[0] && begin[1] === GZIP[1];
    const isArchive = isZip(compressed ? gunzippedBegin(begin) : begin);
    return {
      location: { path, name, sizeBytes: Number(found.size), compressed, isZip: isArchive, state: stateOf(found) },
    };
  } catch (error) {
    return { problem: problemOf(error, path) };
  }
}

/** A gzip file says at its end how much it holds; nothing rests on whether that is true. */
export function likelyContentBytes({ path, sizeBytes, compressed }: Location): number {
  if (!compressed || sizeBytes < 4) return sizeBytes;
  const end = Buffer.alloc(4);
  try {
    const file = openSync(path, 'r');
    readSync(file, end, 0, 4, sizeBytes - 4);
    closeSync(file);
  } catch {
    // Whoever reads the file says what is wrong with it.
  }
  return Math.min(end.readUInt32LE(), sizeBytes * MOST_LIKELY_RATIO);
}

const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];
const LINE_ENDS: ReadonlySet<number | undefined> = new Set([LINE_FEED, CARRIAGE_RETURN]);

/** In UTF-16LE the last. */
const HIGH_BYTE_OF_ASCII = 0;

/**
 * Whether the last byte of what a file holds ends a line: in every encoding that is read, only a line end is such a byte.
 * A workbook is never cut at a row.
 */
export async function endsWithLine(location: Pick<Location, 'path' | 'compressed' | 'isZip'>): Promise<boolean> {
  const { path, compressed } = location;
  if (location.isZip) return true;
  let [last, before]: (number | undefined)[] = [];
  const take = async (bytes: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of bytes) {
      before = chunk.length > 1 ? chunk.at(-2) : last;
      last = chunk.at(-1);
    }
  };
  const start = compressed ? 0 : Math.max(0, statSync(path).size - 2);
  const file = createReadStream(path, { start });
  await (compressed ? pipeline(file, gunzipped, take) : pipeline(file, take));
  return LINE_ENDS.has(last === HIGH_BYTE_OF_ASCII ? before : last);
}

/** CSV is seldom packed closer. */
export const MOST_LIKELY_RATIO = 20;

/**
 * Reads a file once: its SHA-256 as stored, and the first of UTF-8 and Windows-31J that all of it is (2-data.md).
 * What is stated of its format overrides, and is still checked. What is no table at all is told by what it is.
 */
export async function inspect(location: Location, format: FileFormat): Promise<SourceResult> {
  const { path, name, compressed } = location;
  try {
    return { source: await sourceOf(location, format) };
  } catch (error) {
    return { problem: compressed && isZlibError(error) ? gzipProblem(name) : problemOf(error, path) };
  }
}

/** @throws Unreadable, or what the system or zlib says */
async function sourceOf(location: Location, format: FileFormat): Promise<Source> {
  const { path, name, compressed } = location;
  const { encoding: stated } = format;
  if (location.isZip) return inspectWorkbook(location, format);
  const content = compressed || location.sizeBytes > CHUNK_BYTES ? undefined : readFileSync(path);
  await refuseForeign(location, content);
  if (isUtf16(stated)) return inspectUtf16(location, format);
  const delimiter = statedDelimiter(format) ?? ',';
  for (const encoding of stated === undefined ? ENCODINGS : [stated]) {
    const { sha256, valid } =
      content === undefined ? await scan(path, name, compressed, encoding) : scanContent(content, encoding);
    if (valid) return { ...location, sha256, encoding, delimiter, content };
  }
  if (stated === undefined) return inspectUtf16(location, format);
  const isMarked = utf16Of(await contentBegin(location, 2)) !== undefined;
  throw new Unreadable(encodingProblem(name, stated, isMarked));
}

/** @throws Unreadable */
async function inspectWorkbook(location: Location, { sheet }: FileFormat): Promise<Source> {
  const { name } = location;
  const { MOST_WORKBOOK_BYTES } = await import('./workbook.ts');
  const { foreignFileOf, foreignProblem, workbookProblem } = await import('./foreign-files.ts');
  const hash = createHash('sha256');
  const content = await wholeContent(location, hash, MOST_WORKBOOK_BYTES);
  if (content === undefined) throw new Unreadable(workbookProblem('too large', name, sheet));
  const foreign = foreignFileOf(content);
  if (foreign !== undefined) throw new Unreadable(foreignProblem(foreign, name));
  return { ...location, sha256: hash.digest('hex'), encoding: 'xlsx', delimiter: ',', sheet, content };
}

/** @throws Unreadable */
async function refuseForeign(location: Location, content: Buffer | undefined): Promise<void> {
  const { foreignFileOf, foreignProblem, MAGIC_BYTES, needsWhole } = await import('./foreign-files.ts');
  const begin = content ?? (await contentBegin(location, MAGIC_BYTES));
  const isLooked = content === undefined && needsWhole(begin);
  const foreign = foreignFileOf(isLooked ? await contentBegin(location, MOST_OLE_BYTES) : begin);
  if (foreign !== undefined) throw new Unreadable(foreignProblem(foreign, location.name));
}

/** Of an old workbook no more is looked at to see whether it has a password. */
const MOST_OLE_BYTES = 1 << 25;

/** What Excel saves as Unicode text: no file of another encoding begins so. @throws Unreadable */
async function inspectUtf16(location: Location, format: FileFormat): Promise<Source> {
  const hash = createHash('sha256');
  const stated = isUtf16(format.encoding) ? format.encoding : undefined;
  const content = await utf16Content(location, hash, stated);
  const marked = content === undefined ? undefined : utf16Of(content);
  const encoding = stated ?? marked;
  const isIt = encoding !== undefined && encoding === (marked ?? encoding);
  if (content === undefined || !isIt || !scanContent(content, encoding).valid)
    throw new Unreadable(encodingProblem(location.name, stated, marked !== undefined));
  const delimiter = statedDelimiter(format) ?? delimiterOf(new TextDecoder(encoding).decode(content));
  return { ...location, sha256: hash.digest('hex'), encoding, delimiter, content };
}

/** All that a file holds, where that is no more than is read, and is stated to be UTF-16 or begins so. */
async function utf16Content(location: Location, hash: Hash, stated: Utf16 | undefined): Promise<Buffer | undefined> {
  if (stated === undefined && utf16Of(await contentBegin(location, 2)) === undefined) return undefined;
  return wholeContent(location, hash, MOST_UTF16_BYTES);
}

/** All that a file holds, unless that is more than so many bytes. Its bytes as they are stored go into `hash`. */
async function wholeContent(
  { path, compressed }: Location,
  hash: Hash,
  mostBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of contentOf(path, compressed, hash)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes) return undefined;
  }
  return Buffer.concat(chunks);
}

async function contentBegin({ path, compressed }: Location, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of contentOf(path, compressed, createHash('sha256'))) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

/** What a file holds, chunk by chunk; its bytes as they are stored go into `hash`. */
function contentOf(path: string, compressed: boolean, hash: Hash): AsyncIterable<Buffer> {
  const stored = hashed(createReadStream(path, { highWaterMark: CHUNK_BYTES }), hash);
  return compressed ? gunzipped(stored) : stored;
}

/** The same bytes, which go into `hash` as they are taken. */
export async function* hashed(stored: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of stored) {
    hash.update(chunk);
    yield chunk;
  }
}

/** The decompressed bytes of a file that {@link inspect} has seen, without their byte order mark, in UTF-8. */
export async function readAgain(
  source: Source,
  consume: (bytes: Readable | Buffer) => Promise<void>,
): Promise<Problem | undefined> {
  if (source.encoding === 'xlsx') return notFromBytes(source.name);
  if (source.content === undefined) return streamAgain(source, consume);
  try {
    await consume(inUtf8(source.content, source.encoding));
    return undefined;
  } catch (error) {
    return problemOf(error, source.name);
  }
}

/** Told where only a table in text will do. */
async function notFromBytes(name: string): Promise<Problem> {
  const { foreignProblem } = await import('./foreign-files.ts');
  return foreignProblem('workbook', name);
}

async function streamAgain(source: Source, consume: (bytes: Readable) => Promise<void>): Promise<Problem | undefined> {
  const hash = createHash('sha256');
  const file = createReadStream(source.path, { highWaterMark: CHUNK_BYTES });
  const counted = (stored: AsyncIterable<Buffer>) => hashed(stored, hash);
  const bytes = new PassThrough({ highWaterMark: CHUNK_BYTES });
  const unpacked = source.compressed ? [counted, gunzipped] : [counted];
  const stages = [file, ...unpacked, toUtf8(source.encoding), bytes];
  const flow = pipeline(stages as unknown as [Readable, ...Transform[]]);
  try {
    await Promise.all([flow, consume(bytes)]);
  } catch (error) {
    file.destroy();
    await flow.catch(() => undefined);
    if (error instanceof Unreadable) return error.problem;
    const changed = await hasChanged(source);
    return changed ? changedProblem(source.name) : problemOf(error, source.name);
  }
  return hash.digest('hex') === source.sha256 ? undefined : changedProblem(source.name);
}

const CHUNK_BYTES = 1 << 18;
const GZIP = [0x1f, 0x8b];

/** Not its ctime, which also a new link to it changes. */
export const stateOf = ({ ino, size, mtimeNs }: BigIntStats): string => `${ino} ${size} ${mtimeNs}`;

/** Whether a file is no longer what it was when it was found. */
export function isOther({ path, state }: Location): boolean {
  const now = statSync(path, { bigint: true, throwIfNoEntry: false });
  return now === undefined || stateOf(now) !== state;
}

function regularFile(path: string): BigIntStats {
  const found = statSync(path, { bigint: true });
  if (found.isFile()) return found;
  const what = found.isDirectory()
    ? text('フォルダーです', 'is a folder')
    : text('ふつうのファイルではありません', 'is no regular file');
  throw new Unreadable({
    code: found.isDirectory() ? 'IS_DIRECTORY' : 'NOT_A_FILE',
    where: path,
    what,
    advice: text(
      "CSV ファイルを指定してください(フォルダーの中すべてなら 引用符つきで 'フォルダー/*.csv')",
      "name a CSV file (for all in a folder: 'folder/*.csv', quoted)",
    ),
  });
}

const BEGIN_BYTES = 512;

function beginOf(path: string): Buffer {
  const begin = Buffer.alloc(BEGIN_BYTES);
  const file = openSync(path, 'r');
  try {
    return begin.subarray(0, readSync(file, begin, 0, BEGIN_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

async function scan(
  path: string,
  name: string,
  compressed: boolean,
  encoding: StatedEncoding,
): Promise<{ sha256: string; valid: boolean }> {
  const hash = createHash('sha256');
  const check = new EncodingCheck(encoding);
  let length = 0;
  let lineFrom = 0;
  for await (const chunk of contentOf(path, compressed, hash)) {
    check.add(chunk);
    const lineEnd = Math.max(chunk.lastIndexOf(LINE_FEED), chunk.lastIndexOf(CARRIAGE_RETURN));
    if (lineEnd >= 0) lineFrom = length + lineEnd + 1;
    length += chunk.length;
    if (length - lineFrom > MOST_RECORD_BYTES) throw await tooLongAt(path, name, compressed, lineFrom);
  }
  return { sha256: hash.digest('hex'), valid: check.isValid() };
}

/** A line that begins behind so many bytes: which one it is, is only asked where it is too long. */
async function tooLongAt(path: string, name: string, compressed: boolean, lineFrom: number): Promise<Unreadable> {
  let line = 1;
  let before = 0;
  let last: number | undefined;
  for await (const chunk of contentOf(path, compressed, createHash('sha256'))) {
    for (const byte of chunk.subarray(0, Math.max(0, lineFrom - before))) {
      if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && last !== CARRIAGE_RETURN)) line++;
      last = byte;
    }
    before += chunk.length;
    if (before >= lineFrom) break;
  }
  return new Unreadable(recordTooLong(name, line));
}

function scanContent(content: Buffer, encoding: StatedEncoding): { sha256: string; valid: boolean } {
  const check = new EncodingCheck(encoding);
  check.add(content);
  return { sha256: createHash('sha256').update(content).digest('hex'), valid: check.isValid() };
}

const labelOf = (encoding: FoundEncoding): string => (encoding === 'windows-31j' ? 'shift_jis' : encoding);

/** Whether bytes that come in chunks are of an encoding. Plain ASCII, nearly everything, is not decoded. */
class EncodingCheck {
  private readonly decoder: TextDecoder;
  private readonly skipsAscii: boolean;
  private valid = true;
  private midCharacter = false;

  constructor(encoding: StatedEncoding) {
    this.decoder = new TextDecoder(labelOf(encoding), { fatal: true });
    this.skipsAscii = !isUtf16(encoding);
  }

  add(chunk: Buffer): void {
    if (!this.valid || (this.skipsAscii && !this.midCharacter && isAscii(chunk))) return;
    try {
      this.decoder.decode(chunk, { stream: true });
      this.midCharacter = (chunk[chunk.length - 1] ?? 0) >= 0x80;
    } catch {
      this.valid = false;
    }
  }

  isValid(): boolean {
    if (!this.valid) return false;
    try {
      this.decoder.decode();
      return true;
    } catch {
      return false;
    }
  }
}

const inUtf8 = (content: Buffer, encoding: FoundEncoding): Buffer =>
  encoding === 'utf-8' ? content : Buffer.from(new TextDecoder(labelOf(encoding)).decode(content));

function toUtf8(encoding: FoundEncoding): Transform {
  if (encoding === 'utf-8') return new PassThrough();
  const decoder = new TextDecoder(labelOf(encoding), { fatal: true });
  // A file that changed since it was inspected may hold anything: a failing decoder ends the stream, not the process.
  const decode = (chunk: Buffer | undefined, done: TransformCallback): void => {
    let decoded: string;
    try {
      decoded = decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      done(error as Error);
      return;
    }
    done(null, Buffer.from(decoded));
  };
  return new Transform({
    transform: (chunk: Buffer, _, done) => decode(chunk, done),
    flush: (done) => decode(undefined, done),
  });
}

export async function hashOfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES, ...(signal === undefined ? {} : { signal }) });
  for await (const chunk of file) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function hasChanged(source: Source): Promise<boolean> {
  try {
    return (await hashOfFile(source.path)) !== source.sha256;
  } catch {
    return true;
  }
}

export const changedProblem = (name: string): Problem => ({
  code: 'INPUT_CHANGED',
  where: name,
  what: text('読んでいる間にファイルが変わりました', 'the file changed while it was read'),
  advice: text('書き出しが終わってから再実行してください', 'run again once whatever writes it has finished'),
});

export const recordTooLong = (name: string, line: number): Problem => ({
  code: 'RECORD_TOO_LONG',
  where: `${name}:${line}`,
  what: text(
    `この行から始まるレコードが長すぎます(${MOST_RECORD_BYTES >> 20} MiB まで)`,
    `the record that begins here is too long (${MOST_RECORD_BYTES >> 20} MiB at most)`,
  ),
  advice: text(
    '引用符 " が閉じていないか、改行が失われています。その行を直すか、もう一度出力してください',
    'a quote is not closed, or the line ends were lost: mend the line, or export the file again',
  ),
});

const gzipProblem = (name: string): Problem => ({
  code: 'BAD_GZIP',
  where: name,
  what: text(
    'gzip が壊れているか、途中で切れているか、うしろに余計なデータがあります',
    'the gzip is damaged or cut short, or other bytes follow its end',
  ),
  advice: text('もう一度受け取ってください(gzip -t で確かめられます)', 'fetch it again (gzip -t checks it)'),
});

const isZlibError = (error: unknown): boolean =>
  /^Z_|^ERR_.*ZLIB/.test(String((error as NodeJS.ErrnoException).code ?? ''));

function encodingProblem(name: string, stated: StatedEncoding | undefined, isMarked: boolean): Problem {
  const what =
    stated === undefined
      ? text('UTF-8 でも Windows-31J(Shift_JIS)でもありません', 'is neither UTF-8 nor Windows-31J (Shift_JIS)')
      : text(`指定された文字コード(${stated})ではありません`, `is not ${stated}, as --encoding or the profile says`);
  return {
    code: 'BAD_ENCODING',
    where: name,
    what: isMarked && !isUtf16(stated) ? text('UTF-16 のファイルです', 'is UTF-16') : what,
    advice: text(
      'UTF-8 か Windows-31J の CSV として保存し直してください。EUC-JP なら --encoding euc-jp を付けてください',
      'save it again as CSV in UTF-8 or Windows-31J; if it is EUC-JP, give --encoding euc-jp',
    ),
  };
}

const NO_SUCH_FILE = {
  what: text('ファイルがありません', 'no such file'),
  advice: text('名前とフォルダーを確かめてください', 'check the name and the folder'),
};

/** What a failed reading means. @throws what no file can be blamed for */
export function problemOf(error: unknown, name: string): Problem {
  if (error instanceof Unreadable) return error.problem;
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (isZlibError(error)) return gzipProblem(name);
  const known: Readonly<Record<string, Pick<Problem, 'what' | 'advice'>>> = {
    ENOENT: NO_SUCH_FILE,
    EACCES: {
      what: text('読む権限がありません', 'no permission to read it'),
      advice: text('ファイルの権限を確かめてください', 'check the permissions'),
    },
    ENOTDIR: NO_SUCH_FILE,
    ELOOP: NO_SUCH_FILE,
    ENAMETOOLONG: NO_SUCH_FILE,
    EISDIR: {
      what: text('フォルダーです', 'is a folder'),
      advice: text('CSV ファイルを指定してください', 'name a CSV file'),
    },
  };
  const words = known[code];
  if (words === undefined) throw error;
  return {
    code: words === NO_SUCH_FILE ? 'NO_SUCH_FILE' : code === 'EACCES' ? 'NO_PERMISSION' : 'IS_DIRECTORY',
    where: name,
    ...words,
  };
}
