import { z } from 'zod';
import { isDateFormat } from './date-patterns.ts';
import { LAYOUTS } from './layouts.ts';
import { INPUT_KINDS, type InputKind } from './tables.ts';

const inputSchema = (kind: InputKind) => {
  const names = LAYOUTS[kind].columns.map((column) => column.name) as [string, ...string[]];
  const choices = LAYOUTS[kind].columns.filter((column) => column.values !== undefined);
  const values = Object.fromEntries(
    choices.map((column) => [
      column.name,
      z
        .record(z.string(), z.enum([...new Set(Object.values(column.values ?? {}))] as [string, ...string[]]))
        .optional(),
    ]),
  );
  return z.strictObject({
    /** The source's header → our column. */
    headers: z.record(z.string(), z.enum(names)).optional(),
    /** Column → the source's value → ours. */
    values: z.strictObject(values).optional(),
    /** date-fns patterns, tried before the built-in forms; without a zone they are Japan Standard Time. */
    dateFormats: z
      .array(
        z
          .string()
          .refine(isDateFormat, { message: 'date-fns の日付の書式ではない / is no date-fns pattern of a date' }),
      )
      .optional(),
  });
};

/** A profile file: how a source system's headers, values and dates are written. */
export const profileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().min(1),
  inputs: z.strictObject(
    Object.fromEntries(INPUT_KINDS.map((kind) => [kind, inputSchema(kind).optional()])) as {
      [K in InputKind]: z.ZodOptional<ReturnType<typeof inputSchema>>;
    },
  ),
});
export type Profile = z.infer<typeof profileSchema>;
export type InputProfile = NonNullable<Profile['inputs'][InputKind]>;
