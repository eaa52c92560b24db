import { text } from '../../base/text.ts';
import { type KnownNumbers, rivalsFor } from './column-matches.ts';
import { proposeCountedRows } from './counted-rows.ts';
import type { Draft } from './draft.ts';
import type { FoundColumn } from './found-table.ts';
import { type Looked, proposeMatched } from './matched-columns.ts';
import { proposeShop } from './shop-of-file.ts';

const OTHERWISE = new Set(['merchant_id']);
const COUNTED = new Set([...OTHERWISE, 'amount_yen']);

/** A log of a wallet: what it does not say of each row is the same for all. */
export function proposeTransactions(looked: Looked, known: KnownNumbers, draft: Draft): void {
  const { table, matches } = looked;
  const unit = unitOf(matches.get('amount_yen')?.column);
  proposeMatched(looked, draft, unit === undefined ? OTHERWISE : COUNTED);
  proposeShop(looked, rivalsFor('transactions', 'merchant_id', table, known), known, draft);
  for (const [name, constant, words] of CONSTANTS) {
    if (matches.has(name)) continue;
    draft.assumeColumn(name, { constant }, words);
  }
  const amount = matches.get('amount_yen')?.column;
  if (amount === undefined) return;
  if (unit !== undefined) askForUnit(amount, unit, draft);
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

/** What amounts count that may not be yen, by their cells or their header. */
const unitOf = (column: FoundColumn | undefined): string | undefined =>
  column?.facts.unit ?? /コイン|ポイント/.exec(column?.header ?? '')?.[0];

/** What one is worth stands in no file: without an answer no row is read. */
function askForUnit({ header, shown, facts }: FoundColumn, unit: string, draft: Draft): void {
  const answer = draft.ask(
    {
      words: text(
        `「${shown}」は「${unit}」で書かれています。1${unit}は 1 円ですか`,
        `"${shown}" counts in ${unit}. Is one of them a yen?`,
      ),
      choices: [
        {
          value: 'no',
          words: text('ちがう、わからない(その行は読まない)', 'no, or not known: these rows are set aside'),
        },
        { value: 'yen', words: text('1 円', 'it is a yen') },
      ],
      otherwise: 'no',
      assumed: text(
        `「${unit}」がいくらかわからないので、金額を読めないままにする`,
        `what one ${unit} is worth was left open: the amounts cannot be read until it is written`,
      ),
    },
    'unit',
  );
  const source = facts.unit === undefined ? header : { from: header, pattern: `([\\d,]+)${unit}` };
  if (answer === 'yen') {
    draft.column('amount_yen', source, text(`1${unit}は 1 円(教えてもらった)`, `one ${unit} is a yen, as it was told`));
    return;
  }
  const written = JSON.stringify(source);
  draft.note(
    ['columns'],
    text(
      `TODO 1${unit}が 1 円なら "amount_yen": ${written}`,
      `TODO where one ${unit} is a yen: "amount_yen": ${written}`,
    ),
  );
}

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
