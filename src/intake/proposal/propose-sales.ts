import { text } from '../../base/text.ts';
import type { SourceOfColumn } from '../mapping/mapping-schema.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import { yenOf } from './column-facts.ts';
import { type KnownNumbers, rivalsFor } from './column-matches.ts';
import { proposeCountedRows } from './counted-rows.ts';
import { type Draft, rowWords } from './draft.ts';
import type { FoundColumn } from './found-table.ts';
import { meantBy } from './kinds-of-words.ts';
import { type Looked, proposeMatched, whyOf } from './matched-columns.ts';
import { amountsOf, proposeAmounts } from './sale-amounts.ts';
import { proposeShop } from './shop-of-file.ts';

const OTHERWISE = new Set(['report_id', 'merchant_id', 'total_yen', 'coupon_yen', 'cash_yen', 'other_yen']);

/** Reports of shops: what tills and wallets write of their sales. */
export function proposeSales(looked: Looked, known: KnownNumbers, draft: Draft): void {
  const { table, matches } = looked;
  proposeMatched(looked, draft, OTHERWISE);
  proposeShop(looked, rivalsFor('sales', 'merchant_id', table, known), known, draft);
  const amounts = amountsOf(looked);
  if (amounts === undefined) return;
  proposeAmounts(looked, amounts, draft);
  const voided = matches.get('voided')?.column;
  if (voided !== undefined) askForVoided(voided, draft);
  const id = matches.get('report_id')?.column;
  const taken = new Set([...matches.values()].map(({ column }) => column));
  if (amounts.howPaid !== undefined) taken.add(amounts.howPaid);
  proposeCountedRows({ table, amount: amounts.total, id, taken }, draft);
  proposeId(looked, id, amounts.total, draft);
}

/** Its own number where each sale has another; else its place in the file. */
function proposeId({ table, matches }: Looked, id: FoundColumn | undefined, total: FoundColumn, draft: Draft): void {
  const match = matches.get('report_id');
  const sales = table.rows.filter((fields) => (yenOf(fields[total.position] ?? '') ?? 0) >= 0);
  const isUnique = (column: FoundColumn): boolean => {
    const ids = sales.map((fields) => (fields[column.position] ?? '').trim());
    return !ids.includes('') && new Set(ids).size === ids.length;
  };
  if (match !== undefined && id !== undefined && (isUnique(id) || match.weight >= 1)) {
    draft.column('report_id', id.header, whyOf(match));
    return;
  }
  const receipt = matches.get('receipt_no')?.column;
  if (receipt !== undefined && isUnique(receipt)) {
    draft.column('report_id', receipt.header, text('売上ごとに違う番号', 'each sale has another'));
    return;
  }
  draft.assumeColumn(
    'report_id',
    placeInFile(matches.get('sold_at')?.column),
    text(
      '日付と行の番号を売上の番号とした。同じファイルを行を変えずに渡し続けること',
      'the date and the number of the line stand for it: hand in the same file every time, its lines as they are',
    ),
  );
}

export const placeInFile = (date: FoundColumn | undefined): SourceOfColumn => ({
  join: [...(date === undefined ? [] : [date.header]), { line: true as const }],
  with: '-',
});

/** A voided sale sets the whole day of its shop aside, until the shop sends its sales without it: or somebody says that they are. */
function askForVoided({ header, shown, facts }: FoundColumn, draft: Draft): void {
  const known = LAYOUTS.sales.columns.find(({ name }) => name === 'voided')?.values ?? {};
  const words = [...facts.words].filter(([word]) => (known[word] ?? meantBy('sales', 'voided', word)) === 'yes');
  const times = words.reduce((sum, [, count]) => sum + count, 0);
  if (times === 0) return;
  const answer = draft.ask(
    {
      words: text(
        `取り消した売上が ${times} 行あります(「${shown}」)。どうしますか`,
        `${rowWords(times)} are sales that were voided ("${shown}"). What of them?`,
      ),
      choices: [
        {
          value: 'keep',
          words: text(
            '読めない行にし、店に取り消しのない売上をもらい直す',
            'set them aside, and ask the shop for its sales without them',
          ),
        },
        {
          value: 'leave out',
          words: text(
            '数えない(残りがその日の売上の全部だと確かめた)',
            'leave them out: the rest is known to be all sales of the day',
          ),
        },
      ],
      otherwise: 'keep',
      assumed: text(
        `取り消した売上(${times} 行)は読めない行になる。店に取り消しのない売上をもらい直す`,
        `voided sales (${rowWords(times)}) are set aside: ask the shop for its sales without them`,
      ),
    },
    'voided',
  );
  if (answer === 'leave out') draft.leaveOut({ [header]: words.map(([word]) => word) });
}
