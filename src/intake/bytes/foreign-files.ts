import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { isWorkbook, MOST_WORKBOOK_BYTES, MOST_WORKBOOK_ROWS, type WorkbookFault } from './workbook.ts';
import { BadZip, isZip, type ZipEntry, zipEntries } from './zip.ts';

/** What people hand in for a table, and is none that is read. */
export type ForeignFile =
  | 'workbook'
  | 'old workbook'
  | 'locked workbook'
  | 'binary workbook'
  | 'ods'
  | 'numbers'
  | 'zip'
  | 'damaged zip'
  | 'pdf'
  | 'html'
  | 'xml'
  | 'json';

/** Of files that are told by what they begin with, so much is looked at. */
export const MAGIC_BYTES = 1024;

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** In the directory of what Office has encrypted. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** What begins as markup or JSON does, and as no table does. */
const BEGINNINGS: readonly (readonly [RegExp, ForeignFile])[] = [
  [/^%PDF-/, 'pdf'],
  [/^<(?:!doctype html|html|head|body|table|meta|style|div)\b/i, 'html'],
  [/^<\?xml\b[\s\S]*?<html\b/i, 'html'],
  [/^<\?xml\b/i, 'xml'],
  [/^(?:\{\s*(?:"|\})|\[\s*(?:[{["]|\]))/, 'json'],
];

/**
 * What a file is, if it is no table; undefined of a workbook of today, and of anything that may be a table.
 *
 * @param content from its beginning on: of one that begins as a zip or an old workbook all of it
 */
export function foreignFileOf(content: Buffer): ForeignFile | undefined {
  if (content.subarray(0, OLE.length).equals(OLE))
    return content.includes(ENCRYPTED) ? 'locked workbook' : 'old workbook';
  if (isZip(content)) return foreignZip(content);
  const begin = content
    .subarray(0, MAGIC_BYTES)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  return BEGINNINGS.find(([pattern]) => pattern.test(begin))?.[1];
}

/** Whether all of a file is asked for to say what it is. */
export const needsWhole = (begin: Buffer): boolean => isZip(begin) || begin.subarray(0, OLE.length).equals(OLE);

function foreignZip(zip: Buffer): ForeignFile | undefined {
  let entries: ReadonlyMap<string, ZipEntry>;
  try {
    entries = zipEntries(zip);
  } catch (error) {
    if (error instanceof BadZip) return 'damaged zip';
    throw error;
  }
  const names = [...entries.keys()];
  if (isWorkbook(names)) return undefined;
  if (names.some((name) => /^xl\/workbook\d*\.bin$/.test(name))) return 'binary workbook';
  if (names.some((name) => /^index(\/|\.zip$)/.test(name) || name.endsWith('.iwa'))) return 'numbers';
  return names.includes('mimetype') && names.includes('content.xml') ? 'ods' : 'zip';
}

const SAVE_AS_CSV = text(
  '開いて「CSV UTF-8(コンマ区切り)」として保存し、そのファイルを指定してください',
  'open it, save it as \u201cCSV UTF-8 (Comma delimited)\u201d, and name that file',
);

const WORDS: Readonly<Record<ForeignFile, { readonly code: string; readonly what: Text; readonly advice: Text }>> = {
  workbook: {
    code: 'NO_TABLE',
    what: text('Excel ブックです。ここでは CSV だけを読みます', 'is an Excel workbook, and here only CSV is read'),
    advice: SAVE_AS_CSV,
  },
  'old workbook': {
    code: 'OLD_WORKBOOK',
    what: text('古い形式の Excel ブック(.xls)です', 'is an Excel workbook of the old kind (.xls)'),
    advice: text(
      'Excel で開き、.xlsx か「CSV UTF-8(コンマ区切り)」として保存し直してください',
      'open it in Excel, and save it as .xlsx or as \u201cCSV UTF-8 (Comma delimited)\u201d',
    ),
  },
  'locked workbook': {
    code: 'LOCKED_WORKBOOK',
    what: text('パスワードのかかった Excel ブックです', 'is an Excel workbook with a password'),
    advice: text(
      'Excel で開いてパスワードを外す(ファイル→情報→ブックの保護→パスワードを使用して暗号化)か、CSV として保存し直してください',
      'open it in Excel and take the password off (File, Info, Protect Workbook, Encrypt with Password), or save it as CSV',
    ),
  },
  'binary workbook': {
    code: 'OLD_WORKBOOK',
    what: text('バイナリ形式の Excel ブック(.xlsb)です', 'is a binary Excel workbook (.xlsb)'),
    advice: text(
      'Excel で開き、.xlsx か「CSV UTF-8(コンマ区切り)」として保存し直してください',
      'open it in Excel, and save it as .xlsx or as \u201cCSV UTF-8 (Comma delimited)\u201d',
    ),
  },
  ods: {
    code: 'NO_TABLE',
    what: text('OpenDocument の表(.ods)です', 'is an OpenDocument sheet (.ods)'),
    advice: text(
      'LibreOffice などで開いて CSV(UTF-8)として保存してください',
      'open it in LibreOffice, and save it as CSV in UTF-8',
    ),
  },
  numbers: {
    code: 'NO_TABLE',
    what: text('Apple Numbers の表です', 'is a sheet of Apple Numbers'),
    advice: text(
      'Numbers で開いて CSV(UTF-8)に書き出してください',
      'open it in Numbers, and export it as CSV in UTF-8',
    ),
  },
  zip: {
    code: 'NO_TABLE',
    what: text('zip です', 'is a zip'),
    advice: text('中のファイルを取り出して、それを指定してください', 'unpack it, and name the files that are in it'),
  },
  'damaged zip': {
    code: 'BAD_WORKBOOK',
    what: text(
      'Excel ブック(または zip)ですが、壊れているか、途中で切れています',
      'is a workbook (or a zip) that is damaged or cut short',
    ),
    advice: text(
      'もう一度受け取るか、Excel で開いて保存し直してください',
      'fetch it again, or open it in Excel and save it again',
    ),
  },
  pdf: {
    code: 'NO_TABLE',
    what: text('PDF です', 'is a PDF'),
    advice: text('もとの表を CSV で受け取ってください', 'ask for the table that it was made of, as CSV'),
  },
  html: {
    code: 'NO_TABLE',
    what: text(
      'Web ページ(HTML)です。名前が .xls や .csv でも、中身は表ではありません',
      'is a web page (HTML), whatever its name says',
    ),
    advice: SAVE_AS_CSV,
  },
  xml: {
    code: 'NO_TABLE',
    what: text('XML です', 'is XML'),
    advice: SAVE_AS_CSV,
  },
  json: {
    code: 'NO_TABLE',
    what: text('JSON です', 'is JSON'),
    advice: text('もとのシステムから CSV で書き出してください', 'have the system that it comes from export CSV'),
  },
};

export const foreignProblem = (file: ForeignFile, name: string): Problem => ({ where: name, ...WORDS[file] });

/** What is wrong with a workbook. */
export function workbookProblem(fault: WorkbookFault, name: string, sheet: string | undefined): Problem {
  if (fault === 'damaged') return foreignProblem('damaged zip', name);
  if (fault === 'no such sheet') return noSuchSheet(name, sheet);
  return {
    code: 'WORKBOOK_TOO_LARGE',
    where: name,
    what: text(
      `Excel ブックとしては大きすぎます(${MOST_WORKBOOK_ROWS.toLocaleString('en')} 行、${MOST_WORKBOOK_BYTES >> 20} MiB まで)`,
      `is too large for a workbook (${MOST_WORKBOOK_ROWS.toLocaleString('en')} rows and ${MOST_WORKBOOK_BYTES >> 20} MiB at most)`,
    ),
    advice: SAVE_AS_CSV,
  };
}

const noSuchSheet = (name: string, sheet: string | undefined): Problem => ({
  code: 'NO_SUCH_SHEET',
  where: name,
  what:
    sheet === undefined
      ? text('表のシートがありません', 'has no sheet with cells')
      : text(`「${sheet}」というシートがありません`, `has no sheet \u201c${sheet}\u201d`),
  advice: text(
    'プロファイルの table.sheet を、ブックの下に見えるシートの名前のとおりにしてください(なければ最初のシートを読みます)',
    'let table.sheet of the profile be a name as it stands at the foot of the workbook (without it, the first sheet is read)',
  ),
});
