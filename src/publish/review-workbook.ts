import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import { parse } from 'csv-parse/sync';
import type { Feature, SheetData } from 'write-excel-file/node';
import type { Language } from '../base/text.ts';
import { SETTLEMENT_TABLES } from './output-files.ts';
import { ANSWER_COLUMN, ANSWERS, SHEET_COLUMNS } from './review-sheet.ts';
import type { WrittenSettlements, WrittenTable } from './settlement-writer.ts';

/** That of a run which was told with a sheet. */
export const workbookOf = ({ tables }: WrittenSettlements, language: Language): Promise<Uint8Array> =>
  reviewWorkbook(tables[SETTLEMENT_TABLES.length] as WrittenTable, language);

/** A sheet holds so many rows, its header among them. */
const MOST_ROWS = 1_048_576;

/**
 * The questions that wait for an answer, as a workbook: every cell a text, and a list to choose the decision from. Of more
 * questions than a sheet holds, the first.
 *
 * @param sheet as `reviewSheetIn` tells it
 */
export async function reviewWorkbook({ bytes }: WrittenTable, language: Language): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const rows: string[][] = parse(Buffer.from(bytes), { to: MOST_ROWS - 1 });
  const header = SHEET_COLUMNS.map(
    (column) => ({ value: column.header[language], fontWeight: 'bold', ...CELL }) as const,
  );
  const data: SheetData = [header, ...rows.map((row) => row.map((value) => ({ value, ...CELL })))];
  const sheet = language === 'ja' ? '確認' : 'review';
  const columns = SHEET_COLUMNS.map(({ width }) => ({ width }));
  const utility = await import('write-excel-file/utility');
  const feature = choiceOf(
    ANSWERS.map((answer) => answer[language]),
    rows.length,
    utility,
  );
  const written = writeExcelFile(data, { sheet, columns, stickyRowsCount: 1 }, { features: [feature] });
  return withoutClock(await written.toBuffer());
}

/** `@` keeps what is typed as it is typed; long texts are seen whole. */
const CELL = { type: String, format: '@', wrap: true, alignVertical: 'top' } as const;

/** The list to choose from, in the column of answers: the library has a place for what it does not write itself. */
function choiceOf(
  answers: readonly string[],
  rows: number,
  { getCellAddress, ...xml }: Utility,
): Feature<Buffer | Stream | Blob> {
  const [from, to] = [getCellAddress(1, ANSWER_COLUMN), getCellAddress(Math.max(1, rows), ANSWER_COLUMN)];
  const validation =
    `<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${from}:${to}">` +
    `<formula1>"${answers.join(',')}"</formula1></dataValidation></dataValidations>`;
  const order = xml.getOrderOfSiblings(SHEET_FILE, 'worksheet') ?? [];
  const transform = (sheet: string): string =>
    xml.insertElementMarkupAccordingToOrderOfSiblings(sheet, validation, order, 'worksheet');
  return { files: { transform: { [SHEET_FILE]: { transform } } } };
}

const SHEET_FILE = 'xl/worksheets/sheet{id}.xml';
type Utility = typeof import('write-excel-file/utility');

/** The archive dates each of its parts by the clock: it is packed anew, on one day. */
async function withoutClock(workbook: Uint8Array): Promise<Uint8Array> {
  const { unzipSync, zipSync } = await import('fflate');
  return zipSync(unzipSync(workbook), { mtime: new Date(1980, 0, 1) });
}
