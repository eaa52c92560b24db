import { text } from '../../base/text.ts';
import { type KnownNumbers, rivalsFor } from './column-matches.ts';
import { proposeCountedRows } from './counted-rows.ts';
import type { Draft } from './draft.ts';
import { type Looked, proposeMatched } from './matched-columns.ts';
import { proposeShop } from './shop-of-file.ts';

const OTHERWISE = new Set(['merchant_id']);

/** A log of a wallet: what it does not say of each row is the same for all. */
export function proposeTransactions(looked: Looked, known: KnownNumbers, draft: Draft): void {
  const { table, matches } = looked;
  proposeMatched(looked, draft, OTHERWISE);
  proposeShop(looked, rivalsFor('transactions', 'merchant_id', table, known), known, draft);
  for (const [name, constant, words] of CONSTANTS) {
    if (matches.has(name)) continue;
    draft.assumeColumn(name, { constant }, words);
  }
  const amount = matches.get('amount_yen')?.column;
  if (amount === undefined) return;
  // A column that says itself what a row is takes back rows by its words alone.
  const taken = new Set([...matches].flatMap(([name, { column }]) => (name === 'status' ? [] : [column])));
  const id = matches.get('transaction_id')?.column;
  if (!matches.has('kind') || amount.facts.negatives > 0) proposeCountedRows({ table, amount, id, taken }, draft);
  tellWhatCancelsNeed(looked, draft);
}

const CONSTANTS = [
  [
    'kind',
    'payment',
    text('取引種別の列がないので、どの行も支払い(payment)だとした', 'no column says what a row is: each is a payment'),
  ],
  [
    'status',
    'completed',
    text(
      '状態の列がないので、どの行も完了(completed)だとした',
      'no column says whether it went through: each was completed',
    ),
  ],
] as const;

function tellWhatCancelsNeed({ matches }: Looked, draft: Draft): void {
  const kinds = draft.input.values.kind ?? {};
  const words = matches.get('kind')?.column.facts.words ?? new Map<string, number>();
  const cancels = [...words.keys()].some(
    (word) => kinds[word] === 'cancel' || word === 'cancel' || /取消|キャンセル/.test(word),
  );
  if (!cancels || matches.has('related_transaction_id') || draft.input.refunds !== undefined) return;
  draft.guess(
    ['columns', 'kind'],
    text(
      '取消の行が、どの支払いを取り消すかの列が見つからない。related_transaction_id を書かないと、その行は読めない',
      'no column says which payment a cancel takes back: without related_transaction_id those rows are set aside',
    ),
  );
}
