import * as z from 'zod';
import { DISPOSITIONS, INPUT_KINDS } from '../../tables/tables.ts';
import { lossesSchema, understoodFileSchema } from '../../tables/understood-file.ts';

const said = z.strictObject({ ja: z.string(), en: z.string() });
const count = z.strictObject({ rows: z.int(), yen: z.int() });
const instant = z.string().nullable().describe('null where no row could be read');

const file = z.strictObject({
  kind: z.enum(INPUT_KINDS as [string, ...string[]]),
  name: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  encoding: z.string(),
  compressed: z.boolean(),
  columns: z.array(z.string()).describe('headers, as they can be shown'),
  ignoredColumns: z.array(z.string()).describe('those that nothing reads'),
  rowsRead: z.int(),
  yenRead: z.int(),
  dispositions: z
    .partialRecord(z.enum(DISPOSITIONS), count)
    .describe('`refund` only where a profile says which rows are some'),
  coupons: z
    .strictObject({ named: count, unknown: count, unknownOther: count, respelled: z.int() })
    .nullable()
    .describe('rows that name a coupon; null where none does'),
  forms: z.array(
    z.strictObject({
      column: z.string(),
      dates: z.string().optional(),
      guard: z.enum(['apostrophe', 'formula']).optional(),
    }),
  ),
  absentCells: z.record(z.string(), z.int()).describe('by column: cells that hold a word for nothing'),
  passedOver: z.record(z.string(), z.int()).describe('records that count for none, by what they are'),
  statedTotals: z
    .strictObject({
      compared: z.int(),
      differing: z.array(z.strictObject({ line: z.int(), column: z.string(), statedYen: z.int(), summedYen: z.int() })),
    })
    .optional()
    .describe('totals that a file states, where a profile of version 2 has them looked at'),
  warnings: z.array(z.string()),
  firstAt: instant,
  lastAt: instant,
  cutAtLine: z.int().optional(),
  understood: understoodFileSchema,
  rowsBefore: z.int().nullable().describe('of the run before; null where it had no such file, or there is none'),
});

/** What `check --json` prints. */
export const checkReportSchema = z.strictObject({
  files: z.array(file),
  issued: z.strictObject({ inScope: z.int(), neverInLog: z.int() }),
  findings: z.array(z.strictObject({ code: z.string(), file: z.string(), column: z.string(), rows: z.int() })),
  rejects: z.array(z.strictObject({ code: z.string(), where: z.string(), what: said, advice: said })),
  losses: z.strictObject({ ...lossesSchema.unwrap().shape, sentence: said }),
});
