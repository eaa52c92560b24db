import { numbersOf } from '../../tables/kinds/column.ts';
import { DECISIONS, SHOWN_AS_ANSWERED } from '../../tables/kinds/decisions.ts';
import { normalised } from '../values/identifiers.ts';
import type { RowReader } from './row-reader.ts';

const { reviewId, decision, decidedBy, decidedAt } = numbersOf(DECISIONS);

/** What review.csv shows of a question that is still open, though something was decided of it. */
const SHOWN_AS_OPEN: ReadonlySet<string> = new Set(['stale', 'needs_second']);
const SHOWN_WORDS: ReadonlySet<string> = new Set([
  ...Object.values(SHOWN_AS_ANSWERED),
  ...['承認済', '承認済み', '却下済', '却下済み'],
]);

/**
 * What a row of decisions is that decides nothing, as most rows of a review.csv that was filled in: a question which nobody has
 * answered, or one that the run had known the answer to. Undefined of a row that says who decided, or when: it is read as a
 * decision, and told if it is none.
 */
export function unsignedDecision(row: RowReader): 'undecided' | 'answered' | undefined {
  const isEmpty = (column: number): boolean => row.raw(column).trim() === '';
  if (isEmpty(reviewId) || !isEmpty(decidedAt)) return undefined;
  if (isEmpty(decision)) return 'undecided';
  if (!isEmpty(decidedBy)) return undefined;
  const word = normalised(row.raw(decision));
  if (SHOWN_AS_OPEN.has(word)) return 'undecided';
  return SHOWN_WORDS.has(word) ? 'answered' : undefined;
}
