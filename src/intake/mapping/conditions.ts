import { normalised } from '../values/identifiers.ts';
import type { Conditions } from './mapping-schema.ts';
import { expressionOf } from './patterns.ts';

/** A field, and the values that are meant, after NFKC and trim. */
export interface Condition {
  readonly position: number;
  readonly values: readonly string[];
  /** What is found in the field instead. */
  readonly pattern?: string;
}

/** Where a source's headers stand in its file. */
export type PositionOf = (header: string) => number;

export const conditionsOf = (stated: Conditions | undefined, positionOf: PositionOf): readonly Condition[] =>
  Object.entries(stated ?? {}).map(([header, meant]) => {
    const position = positionOf(header);
    if ('pattern' in meant) return { position, values: [], pattern: meant.pattern };
    return { position, values: meant.map((value) => normalised(value)) };
  });

function meets(fields: readonly string[], { position, values, pattern }: Condition): boolean {
  const field = normalised(fields[position] ?? '');
  return pattern === undefined ? values.includes(field) : expressionOf(pattern).test(field);
}

export const meetsAll = (fields: readonly string[], all: readonly Condition[]): boolean =>
  all.every((condition) => meets(fields, condition));
export const meetsAny = (fields: readonly string[], any: readonly Condition[]): boolean =>
  any.some((condition) => meets(fields, condition));

/** The same, one for each of its values. */
export const statedValues = (condition: Condition): readonly Condition[] =>
  condition.pattern === undefined
    ? condition.values.map((value) => ({ position: condition.position, values: [value] }))
    : [condition];
