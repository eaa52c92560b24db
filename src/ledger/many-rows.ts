import type { Evidence } from './case.ts';

/** So many rows are named one by one, wherever several questions rest on the same rows (3-rules.md §7). */
export const MOST_NAMED = 50;

/** Of more than that so many are named; all are bound to by one word for the rest. */
export const NAMED_OF_MANY = 16;

/**
 * What is told of rows that several questions, or several payments to be put back, rest on: each of them as long as they
 * are few, so that what is written grows with the rows and not with their square.
 *
 * @param all the same list wherever the same rows are meant: what they come to is worked out once a list
 * @param named of many, those that are named; without it the first ones
 */
export function namedAmong(
  all: readonly Evidence[],
  named: readonly Evidence[] = all.slice(0, NAMED_OF_MANY),
): readonly Evidence[] {
  if (all.length <= MOST_NAMED) return all;
  return [...named, new MoreRows(all, all.length - named.length)];
}

/** The word for rows that are not named one by one. */
class MoreRows implements Evidence {
  readonly id: string;
  readonly standsFor: readonly Evidence[];

  /** @param all those that are named among them @param more how many are not */
  constructor(all: readonly Evidence[], more: number) {
    this.id = `more:${more}`;
    this.standsFor = all;
  }

  get content(): never {
    throw new Error('rows that are not named have their contents each');
  }
}
