import type { Problem } from '../../base/problem.ts';
import type { TakeRecord } from '../bytes/csv-records.ts';
import type { Source } from '../bytes/file.ts';
import { workbookProblem } from '../bytes/foreign-files.ts';
import { BadWorkbook, fieldsOf, readSheet, type SheetContent } from '../bytes/workbook.ts';

/** Hands over the rows of a workbook's sheet, or says why it cannot be read: then none was. */
export function readWorkbook({ content, name, sheet }: Source, take: TakeRecord): Problem | undefined {
  if (content === undefined) throw new Error('a workbook lies in memory');
  let read: SheetContent;
  try {
    read = readSheet(content, sheet);
  } catch (error) {
    if (error instanceof BadWorkbook) return workbookProblem(error.fault, name, sheet);
    throw error;
  }
  for (const row of read.rows) take(fieldsOf(row, read.columns), row.line);
  return undefined;
}
