import { BULK_DECLARATIONS, type BulkKind } from '../tables/kinds/index.ts';
import { madeOf, publishedRows } from './published-rows.ts';

export const INPUT_DAYS_FILE = 'input_days.csv';

/** A day of a run that is over. */
export interface PublishedDay {
  readonly kind: BulkKind;
  /** `2023-02-24` */
  readonly date: string;
  readonly rows: number;
}

/** The rows of an input_days.csv, in steps. @throws NoTable */
export function* parseInputDays(bytes: Iterable<Uint8Array>): Generator<undefined, readonly PublishedDay[]> {
  const days = yield* madeOf(publishedRows(bytes), ({ input = '', date = '', rows = '' }) =>
    Object.hasOwn(BULK_DECLARATIONS, input) ? [{ kind: input as BulkKind, date, rows: Number(rows) }] : [],
  );
  return days.flat();
}
