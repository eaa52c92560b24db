import { type NumberForm, numberText, PLAIN } from './number-formats.ts';
import { BadXml, readXml, type TakeXml } from './xml.ts';

/** What a sheet's cells point to. */
export interface Shared {
  readonly texts: readonly string[];
  /** By the number of a style. */
  readonly forms: readonly NumberForm[];
  readonly is1904: boolean;
}

/** A row that has a value: its texts by their column, in order. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly (readonly [column: number, text: string])[];
}

/** The sheet has more rows with values than are read. */
export class TooManyRows extends Error {}

/** The largest sheet of Excel. */
const MOST_LINE = 1_048_576;
const MOST_COLUMN = 16_384;

/** What Excel shows of a formula that came to nothing, and of one whose result nobody has saved. */
const NEVER_COMPUTED = '#CALC!';

/**
 * The rows of a sheet that hold anything, each value as the text that it would be in CSV: nothing in it is rounded, and
 * errors stay errors.
 *
 * @throws BadXml, TooManyRows
 */
export function sheetRows(content: Buffer, shared: Shared, mostRows: number): readonly SheetRow[] {
  const reading = new SheetReading(shared, mostRows);
  readXml(content, reading);
  return reading.rows;
}

class SheetReading implements TakeXml {
  readonly rows: SheetRow[] = [];
  private isInData = false;
  private line = 0;
  private column = 0;
  private cells: [number, string][] = [];
  private type = 'n';
  private form = PLAIN;
  private value = '';
  private hasFormula = false;
  private isReading = false;
  /** How kanji in the cell are read out. */
  private isPhonetic = false;
  private readonly shared: Shared;
  private readonly mostRows: number;

  constructor(shared: Shared, mostRows: number) {
    this.shared = shared;
    this.mostRows = mostRows;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'sheetData') this.isInData = true;
    // What follows the cells has rows and cells of other kinds.
    if (!this.isInData) return;
    if (name === 'row') this.openRow(attribute('r'));
    else if (name === 'c') this.openCell(attribute);
    else if (name === 'f') this.hasFormula = true;
    else if (name === 'rPh') this.isPhonetic = true;
    else if (name === 'v' || name === 't') this.isReading = !this.isPhonetic;
  }

  text(text: string): void {
    if (this.isReading) this.value += text;
  }

  close(name: string): void {
    if (name === 'sheetData') this.isInData = false;
    if (!this.isInData) return;
    if (name === 'v' || name === 't') this.isReading = false;
    else if (name === 'rPh') this.isPhonetic = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
  }

  private openRow(written: string | undefined): void {
    const line = written === undefined ? this.line + 1 : Number(written);
    if (!(Number.isInteger(line) && line > this.line && line <= MOST_LINE)) throw new BadXml('rows out of order');
    this.line = line;
    this.column = 0;
    this.cells = [];
  }

  private openCell(attribute: (name: string) => string | undefined): void {
    const column = columnOf(attribute('r')) ?? this.column + 1;
    if (!(column > this.column && column <= MOST_COLUMN)) throw new BadXml('cells out of order');
    this.column = column;
    this.type = attribute('t') ?? 'n';
    this.form = this.shared.forms[Number(attribute('s') ?? -1)] ?? PLAIN;
    this.value = '';
    this.hasFormula = false;
  }

  private closeCell(): void {
    const text = this.value === '' && this.hasFormula && this.type !== 'str' ? NEVER_COMPUTED : this.valueText();
    if (text !== '') this.cells.push([this.column, text]);
  }

  private valueText(): string {
    const { value, shared } = this;
    if (value === '') return '';
    if (this.type === 's') return sharedText(shared.texts, value);
    if (this.type === 'b') return value === '0' ? 'FALSE' : 'TRUE';
    if (this.type === 'n') return numberText(value, this.form, shared.is1904);
    return this.type === 'e' ? value : unescaped(value);
  }

  private closeRow(): void {
    if (this.cells.length === 0) return;
    if (this.rows.length === this.mostRows) throw new TooManyRows();
    this.rows.push({ line: this.line, cells: this.cells });
  }
}

function sharedText(texts: readonly string[], index: string): string {
  const text = texts[Number(index)];
  if (text === undefined) throw new BadXml('no such text');
  return text;
}

/** `AB12` is in column 28. */
function columnOf(address: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(address ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 0x40;
  return column;
}

/** What XML cannot hold stands as `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
