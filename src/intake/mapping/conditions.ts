import { normalised } from '../values/identifiers.ts';
import type { Conditions } from './mapping-schema.ts';

/** A field, and the values that are meant, after NFKC and trim. */
export interface Condition {
  readonly position: number;
  readonly values: readonly string[];
}

/** Where a source's headers stand in its file. */
export type PositionOf = (header: string) => number;

export const conditionsOf = (stated: Conditions | undefined, positionOf: PositionOf): readonly Condition[] =>
  Object.entries(stated ?? {}).map(([header, values]) => ({
    position: positionOf(header),
    values: values.map((value) => normalised(value)),
  }));

const meets = (fields: readonly string[], { position, values }: Condition): boolean =>
  values.includes(normalised(fields[position] ?? ''));

export const meetsAll = (fields: readonly string[], all: readonly Condition[]): boolean =>
  all.every((condition) => meets(fields, condition));
export const meetsAny = (fields: readonly string[], any: readonly Condition[]): boolean =>
  any.some((condition) => meets(fields, condition));
