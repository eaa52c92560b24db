import * as z from 'zod';

/**
 * How a file was understood, for whoever is to say whether that is what it means. Nothing in it is anybody\u2019s data: what is
 * personal, may be, or cannot be read stands here by its shape. The types are those of the schema of `check --json`.
 */

const originPart = z
  .union([
    z.strictObject({ header: z.string() }),
    z.strictObject({ minus: z.string() }).readonly().describe('a header whose yen are taken off'),
    z.strictObject({ constant: z.string() }),
    z.strictObject({ line: z.literal(true) }).describe('the number of the line'),
  ])
  .readonly();
export type OriginPart = z.infer<typeof originPart>;

const headerValues = z.strictObject({ header: z.string(), values: z.array(z.string()).readonly() }).readonly();
/** A header, and values of its fields. */
export type HeaderValues = z.infer<typeof headerValues>;

const columnOrigin = z
  .strictObject({
    from: z.enum(['header', 'constant', 'file_name', 'title', 'join', 'sum', 'not_in_file']),
    parts: z.array(originPart).readonly().describe('what the column is made of, in its order'),
    when: z.array(headerValues).readonly().describe('only of rows that meet all of this'),
    unless: z.array(headerValues).readonly().describe('not of rows that meet any of this'),
  })
  .readonly();
export type ColumnOrigin = z.infer<typeof columnOrigin>;

const value = {
  written: z.string().describe('its shape where it is personal, may be, or cannot be read'),
  read: z.string().nullable().describe('null where it cannot be read'),
  code: z.string().optional().describe('why it cannot be read'),
};
const understoodValue = z.strictObject(value).readonly();
/** A field as it is written and as it was read. */
export type UnderstoodValue = z.infer<typeof understoodValue>;

const understoodColumn = z
  .strictObject({
    column: z.string(),
    required: z.boolean(),
    origin: columnOrigin,
    dates: z
      .strictObject({ form: z.string().describe('a pattern, or `known`'), zone: z.string() })
      .readonly()
      .optional()
      .describe('of dates and instants: how they are read, and of which zone those are that name none'),
    examples: z
      .array(z.strictObject({ line: z.int(), ...value }).readonly())
      .readonly()
      .describe('the first three values that differ'),
  })
  .readonly();
export type UnderstoodColumn = z.infer<typeof understoodColumn>;

const understoodRow = z
  .strictObject({ line: z.int(), values: z.record(z.string(), understoodValue).readonly() })
  .readonly();
/** A row, by those of its columns that hold something. */
export type UnderstoodRow = z.infer<typeof understoodRow>;

const leftOutRows = z
  .strictObject({
    rule: z.enum(['only', 'leaveOut']).describe('they hold none of the values, or one of them'),
    header: z.string(),
    values: z.array(z.string()).readonly(),
    rows: z.int(),
  })
  .readonly();
/** Rows that a profile leaves out, by what it says of them. */
export type LeftOutRows = z.infer<typeof leftOutRows>;

export const understoodFileSchema = z
  .strictObject({
    byteOrderMark: z.boolean(),
    delimiter: z.enum(['comma', 'tab', 'semicolon', 'none']).nullable().describe('null of a workbook'),
    sheet: z.string().nullable().describe('of a workbook'),
    headerLine: z.int().nullable().describe('of the last row of headers; null where there is none'),
    headerRows: z.int(),
    columns: z.array(understoodColumn).readonly(),
    leftOut: z.array(leftOutRows).readonly().describe('each row by the first that leaves it out'),
    sample: z.array(understoodRow).readonly().describe('with --sample'),
  })
  .readonly();
export type UnderstoodFile = z.infer<typeof understoodFileSchema>;

const said = z.strictObject({ ja: z.string(), en: z.string() }).readonly();

export const lossesSchema = z
  .strictObject({
    unreadable: z.strictObject({ rows: z.int(), yen: z.int() }).readonly(),
    leftOutRows: z.int(),
    differingTotals: z.int().describe('totals that a file states, and its rows do not come to'),
    unusedColumns: z
      .array(z.strictObject({ file: z.string(), columns: z.array(z.string()).readonly() }).readonly())
      .readonly(),
    missingColumns: z
      .array(z.strictObject({ kind: z.string(), column: z.string(), without: said }).readonly())
      .readonly()
      .describe('optional columns without which something is judged otherwise'),
  })
  .readonly();
/** What would be lost of the inputs if they were run as they are. */
export type Losses = z.infer<typeof lossesSchema>;
