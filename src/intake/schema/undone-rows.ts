import type { Layout } from './layouts.ts';

/** A record that takes back another one. */
export interface Undoing {
  /** The id of the other, as it is written; '' where the record does not say. */
  readonly of: string;
  /** What our columns hold instead of what is written. */
  readonly texts: readonly (readonly [column: number, text: string])[];
  /** It is no row of its own kind: a person, or the row that it names, says what becomes of it. */
  readonly isOpen: boolean;
  /** Where it says so. */
  readonly column: number;
}

/** Behind the id of what it takes back, where a record has no other id of its own. */
const SUFFIX = '-R';

/**
 * A payment that is taken back in a log is a cancel of the row that it names; in a shop\u2019s journal there is no such row.
 *
 * @param textOf what our columns hold
 */
export function undoing(
  { columns }: Layout,
  { of, id }: { readonly of: string; readonly id: string | undefined },
  textOf: (column: number) => string,
): Undoing {
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const related = place('related_transaction_id');
  const isOfLog = related >= 0;
  const ownId = id ?? textOf(0).trim();
  const texts: (readonly [number, string])[] = [[0, ownId === of && of !== '' ? `${of}${SUFFIX}` : ownId]];
  if (isOfLog && of !== '') texts.push([place('kind'), 'cancel'], [place('status'), 'completed'], [related, of]);
  const yen = place(isOfLog ? 'amount_yen' : 'total_yen');
  return { of, texts, isOpen: !isOfLog || of === '', column: yen };
}
