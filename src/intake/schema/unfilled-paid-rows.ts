import { numbersOf } from '../../tables/kinds/column.ts';
import { PAID } from '../../tables/kinds/paid.ts';
import { normalised } from '../values/identifiers.ts';
import { isTotal } from '../values/total-rows.ts';
import type { RowReader } from './row-reader.ts';

const { payoutId, sentAt, status } = numbersOf(PAID);

/** What people write for it where they leave no cell empty. */
const UNSENT_WORDS: ReadonlySet<string> = new Set('未送付 未送金 未払 未払い 未支払 未処理 未'.split(' '));

/**
 * A row of a payouts.csv or paid_template.csv that nobody has filled in yet: it names a payout, and says neither what became
 * of it nor when. One that says either is read as a paid row, and told if it lacks the other: it may have been sent.
 */
export function unsentPayout(row: RowReader): 'unsent' | undefined {
  const id = row.raw(payoutId).trim();
  if (id === '' || isTotal([id]) || row.raw(sentAt).trim() !== '') return undefined;
  const word = normalised(row.raw(status));
  return word === '' || UNSENT_WORDS.has(word) ? 'unsent' : undefined;
}
