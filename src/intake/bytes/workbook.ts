import { type NumberForm, numberFormOf, PLAIN } from './number-formats.ts';
import { type Shared, type SheetRow, sheetRows, TooManyRows, unescaped } from './sheet-rows.ts';
import { BadXml, readXml } from './xml.ts';
import { BadZip, unzipped, type ZipEntry, zipEntries } from './zip.ts';

/** A workbook is for what people keep by hand: exports of any size come as CSV. */
export const MOST_WORKBOOK_BYTES = 1 << 25;
export const MOST_WORKBOOK_ROWS = 100_000;
/** All parts that are read together, unpacked. */
const MOST_UNPACKED_BYTES = 1 << 27;

/** Why a workbook is not read. */
export type WorkbookFault = 'damaged' | 'too large' | 'no such sheet';

export class BadWorkbook extends Error {
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault) {
    super(fault);
    this.fault = fault;
  }
}

interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Where its cells are. */
  readonly part: string;
}

/** The records of a sheet, and how many columns it has: each record is as wide. */
export interface SheetContent {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  readonly columns: number;
}

/**
 * The first sheet that is seen, or the one that is named.
 *
 * @throws BadWorkbook
 */
export function readSheet(workbook: Buffer, name: string | undefined): SheetContent {
  return orFault(() => {
    const parts = new Parts(workbook);
    const { sheets, is1904 } = bookOf(parts);
    const sheet =
      name === undefined
        ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
        : sheets.find((each) => each.name === name);
    if (sheet === undefined) throw new BadWorkbook('no such sheet');
    const shared: Shared = { texts: sharedTexts(parts), forms: numberForms(parts), is1904 };
    const rows = sheetRows(parts.read(sheet.part), shared, MOST_WORKBOOK_ROWS);
    const columns = rows.reduce((most, { cells }) => Math.max(most, cells.at(-1)?.[0] ?? 0), 0);
    return { name: sheet.name, rows, columns };
  });
}

/** A workbook's sheets by their names, in order. @throws BadWorkbook */
export const sheetNames = (workbook: Buffer): readonly string[] =>
  orFault(() => bookOf(new Parts(workbook)).sheets.map(({ name }) => name));

/** A row as a record of CSV. */
export function fieldsOf({ cells }: SheetRow, columns: number): readonly string[] {
  const fields = new Array<string>(columns).fill('');
  for (const [column, text] of cells) fields[column - 1] = text;
  return fields;
}

function orFault<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TooManyRows || (error instanceof BadZip && error.isTooLarge))
      throw new BadWorkbook('too large');
    throw error instanceof BadZip || error instanceof BadXml ? new BadWorkbook('damaged') : error;
  }
}

/** The files that a workbook is made of, unpacked as they are asked for. */
class Parts {
  readonly names: readonly string[];
  private readonly zip: Buffer;
  private readonly entries: ReadonlyMap<string, ZipEntry>;
  private bytesLeft = MOST_UNPACKED_BYTES;

  constructor(zip: Buffer) {
    this.zip = zip;
    this.entries = zipEntries(zip);
    this.names = [...this.entries.keys()];
  }

  /** @throws BadZip */
  read(name: string): Buffer {
    const content = this.readIfThere(name);
    if (content === undefined) throw new BadZip('a part is missing');
    return content;
  }

  readIfThere(name: string): Buffer | undefined {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) return undefined;
    const content = unzipped(this.zip, entry, this.bytesLeft);
    this.bytesLeft -= content.length;
    return content;
  }
}

/** Most programs call it workbook.xml. */
const BOOK = /^xl\/workbook\d*\.xml$/;

/** Whether a zip of such files is a workbook that is read. */
export const isWorkbook = (names: Iterable<string>): boolean => [...names].some((name) => BOOK.test(name));

function bookOf(parts: Parts): { readonly sheets: readonly Sheet[]; readonly is1904: boolean } {
  const book = parts.names.find((name) => BOOK.test(name));
  if (book === undefined) throw new BadZip('no workbook');
  const targets = sheetParts(parts.read(book.replace('xl/', 'xl/_rels/').concat('.rels')));
  const sheets: Sheet[] = [];
  let is1904 = false;
  readXml(parts.read(book), {
    open: (name, attribute) => {
      if (name === 'workbookPr') is1904 = isTrue(attribute('date1904'));
      if (name !== 'sheet') return;
      const part = targets.get(attribute('id') ?? '');
      const state = attribute('state') ?? 'visible';
      if (part !== undefined)
        sheets.push({ name: unescaped(attribute('name') ?? ''), isHidden: state !== 'visible', part });
    },
  });
  return { sheets, is1904 };
}

const isTrue = (written: string | undefined): boolean => written === '1' || written === 'true';

/** Where cells are, by the id of a relation: a sheet of a chart has none. */
function sheetParts(relations: Buffer): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  readXml(relations, {
    open: (name, attribute) => {
      const target = attribute('Target') ?? '';
      if (name !== 'Relationship' || attribute('Type')?.endsWith('/worksheet') !== true) return;
      parts.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
    },
  });
  return parts;
}

/** Texts that cells name by their number; what is read out above kanji is no part of them. */
function sharedTexts(parts: Parts): readonly string[] {
  const texts: string[] = [];
  let text = '';
  let [isText, isPhonetic] = [false, false];
  const content = parts.readIfThere('xl/sharedStrings.xml');
  if (content === undefined) return texts;
  readXml(content, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isPhonetic = true;
      if (name === 't') isText = !isPhonetic;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') texts.push(unescaped(text));
    },
  });
  return texts;
}

/** How numbers are shown, by the number of a style. */
function numberForms(parts: Parts): readonly NumberForm[] {
  const codes = new Map<number, string>();
  const forms: NumberForm[] = [];
  let isInCells = false;
  const content = parts.readIfThere('xl/styles.xml');
  if (content === undefined) return forms;
  readXml(content, {
    open: (name, attribute) => {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs') isInCells = true;
      if (name !== 'xf' || !isInCells) return;
      const id = Number(attribute('numFmtId') ?? 0);
      forms.push(id === 0 ? PLAIN : numberFormOf(id, codes.get(id)));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return forms;
}
