import { strToU8, zipSync } from 'fflate';

/** A sheet's name, and its rows as XML; a hidden one is said to be. */
export interface SheetToMake {
  readonly name: string;
  readonly rows: string;
  readonly isHidden?: boolean;
}

export interface WorkbookToMake {
  readonly sheets: readonly SheetToMake[];
  /** Of the styles 1, 2, …: a format's number, or its text. */
  readonly formats?: readonly (number | string)[];
  /** Each as XML that stands in `<si>`. */
  readonly texts?: readonly string[];
  readonly is1904?: boolean;
  readonly others?: Readonly<Record<string, string | Uint8Array>>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A workbook made by hand, part by part: what no library would write can stand in it. */
export function madeWorkbook({
  sheets,
  formats = [],
  texts = [],
  is1904 = false,
  others = {},
}: WorkbookToMake): Buffer {
  const list = sheets.map(
    ({ name, isHidden }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 7}"${isHidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  );
  const relations = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const codes = formats.map((format, index) =>
    typeof format === 'string' ? `<numFmt numFmtId="${164 + index}" formatCode="${escaped(format)}"/>` : '',
  );
  const styles = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'string' ? 164 + index : format}"/>`,
  );
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${texts.map((each) => `<si>${each}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...others,
  };
  const bytes = Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
  return Buffer.from(zipSync(Object.fromEntries(bytes)));
}

/** A cell with a text of its own. */
export const textCell = (text: string): string => `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;

/** A workbook of one sheet whose cells are all texts, as careful people make it. */
export const textWorkbook = (...rows: readonly (readonly string[])[]): Buffer =>
  madeWorkbook({
    sheets: [{ name: 'Sheet1', rows: rows.map((row) => `<row>${row.map(textCell).join('')}</row>`).join('') }],
  });
