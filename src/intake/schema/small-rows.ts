import * as z from 'zod';
import { type Column, type FewKindDeclaration, type FieldsOf, valuesOf } from '../../tables/kinds/column.ts';
import { FEW_DECLARATIONS, type FewKind } from '../../tables/kinds/index.ts';
import type { RowReader } from './row-reader.ts';

/**
 * The rows that are few, as zod sees them once their fields have been read. An absent field is undefined. The bulk rows
 * have no schema: at 10^7 rows an object a row is what the columns are there to avoid.
 */
function fieldSchema(column: Column): z.ZodType {
  const isOptional = column.optional === true;
  switch (column.type) {
    case 'instant':
      return z.int();
    case 'date':
      return isOptional ? z.int().optional() : z.int();
    case 'amount':
      return z.int().min(0);
    case 'choice':
      return z.enum(valuesOf(column));
    default:
      return isOptional ? z.string().default('') : z.string().min(1);
  }
}

interface FewRows {
  readonly schema: z.ZodType;
  /** Names in the row and in the file, in the order of the layout. */
  readonly columns: readonly (readonly [property: string, name: string])[];
}

/** Made for the first row: most files are of other kinds. */
const made = new Map<FewKind, FewRows>();

function fewRows(kind: FewKind): FewRows {
  const known = made.get(kind);
  if (known !== undefined) return known;
  const declared = Object.entries<Column>((FEW_DECLARATIONS[kind] as FewKindDeclaration).columns);
  const rows = {
    schema: z.object(Object.fromEntries(declared.map(([property, column]) => [property, fieldSchema(column)]))),
    columns: declared.map(([property, { name }]) => [property, name] as const),
  };
  made.set(kind, rows);
  return rows;
}

export type FieldsOfKind<Kind extends FewKind> = FieldsOf<(typeof FEW_DECLARATIONS)[Kind]>;

/** Reads a record by its schema. Undefined where it is to be rejected; the reader then holds the problems. */
export function readFewRow<Kind extends FewKind>(kind: Kind, row: RowReader): FieldsOfKind<Kind> | undefined {
  const { schema, columns } = fewRows(kind);
  const fields: Record<string, ReturnType<RowReader['valueOf']>> = {};
  columns.forEach(([property], index) => {
    fields[property] = row.valueOf(index);
  });
  const before = row.problems.length;
  const result = schema.safeParse(fields);
  for (const issue of result.error?.issues ?? []) {
    const property = String(issue.path[0] ?? '');
    const index = columns.findIndex(([each]) => each === property);
    const isUnreadable = row.problems.slice(0, before).some(({ column }) => column === columns[index]?.[1]);
    if (!isUnreadable) row.fail(index, fields[property] === undefined ? 'MISSING_VALUE' : 'BAD_VALUE');
  }
  return row.problems.length > 0 ? undefined : (result.data as FieldsOfKind<Kind>);
}
