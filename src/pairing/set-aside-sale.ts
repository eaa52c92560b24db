import type { Text } from '../base/text.ts';

/** A row of a shop\u2019s report that was set aside: for its sake nothing is concluded from the rest of that day (R14). */
export interface SetAsideSale {
  /** Empty where it cannot be read. */
  readonly reportId: string;
  readonly why: Text;
}
