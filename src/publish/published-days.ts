import { BULK_DECLARATIONS, type BulkKind } from '../tables/kinds/index.ts';
import { publishedRows } from './published-rows.ts';

export const INPUT_DAYS_FILE = 'input_days.csv';

/** A day of a run that is over. */
export interface PublishedDay {
  readonly kind: BulkKind;
  /** `2023-02-24` */
  readonly date: string;
  readonly rows: number;
}

/** The rows of an input_days.csv. */
export const parseInputDays = (content: string): readonly PublishedDay[] =>
  publishedRows(content).flatMap(({ input = '', date = '', rows = '' }) =>
    Object.hasOwn(BULK_DECLARATIONS, input) ? [{ kind: input as BulkKind, date, rows: Number(rows) }] : [],
  );
