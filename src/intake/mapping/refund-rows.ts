import { readAmount } from '../values/amounts.ts';
import { normalised } from '../values/identifiers.ts';
import { type ColumnSource, placedSource, type SourceFile } from './column-sources.ts';
import { type Condition, conditionsOf, meetsAll, type PositionOf } from './conditions.ts';
import type { RefundForm } from './mapping-schema.ts';
import { amountUnsigned } from './signed-amounts.ts';

/** Which rows undo another, and which that is. Plain data: threads are given it. */
export interface RefundPlan {
  readonly when: readonly Condition[] | undefined;
  readonly negative: boolean;
  readonly of: ColumnSource | undefined;
  readonly id: ColumnSource | undefined;
}

export function refundPlan(
  stated: RefundForm | undefined,
  file: SourceFile,
  positionOf: PositionOf,
): RefundPlan | undefined {
  if (stated === undefined) return undefined;
  const placed = (source: RefundForm['of']) =>
    source === undefined ? undefined : placedSource(source, false, file, positionOf);
  return {
    when: stated.when === undefined ? undefined : conditionsOf(stated.when, positionOf),
    negative: stated.negative === true,
    of: placed(stated.of),
    id: placed(stated.id),
  };
}

/** @param amount of the row, as it is written */
export function isRefund({ when, negative }: RefundPlan, fields: readonly string[], amount: string): boolean {
  if (when !== undefined && meetsAll(fields, when)) return true;
  return negative && isNegativeAmount(amount);
}

/** Below nothing: what only has a sign in front, `-0` or a dash, is not. */
function isNegativeAmount(written: string): boolean {
  const { isNegative, unsigned } = amountUnsigned(normalised(written));
  if (!isNegative) return false;
  const read = readAmount(unsigned);
  return 'value' in read && read.value > 0;
}
