import { text } from '../../base/text.ts';
import { yenOf } from './column-facts.ts';
import { type Draft, rowWords } from './draft.ts';
import type { FoundColumn, FoundTable } from './found-table.ts';
import { headerWeight } from './header-weights.ts';
import { isCode, isNoSale, saysWhat, takesBack } from './kinds-of-words.ts';
import { isOpenWord } from './open-words.ts';

/** What is known of a table whose rows can be taken back. */
interface Rows {
  readonly table: FoundTable;
  readonly amount: FoundColumn;
  readonly id: FoundColumn | undefined;
  /** Columns that say something else of ours. */
  readonly taken: ReadonlySet<FoundColumn>;
}

/** Which rows take others back, and which are none of its kind: by amounts below nothing, and by words. */
export function proposeCountedRows(rows: Rows, draft: Draft): void {
  const { table, amount, taken } = rows;
  const telling = table.columns.filter((column) => column.isOpen && !taken.has(column) && isTelling(column));
  const back = telling
    .map((column) => ({ column, words: wordsOf(column, takesBack) }))
    .find(({ words }) => words.length > 0);
  const isNegative = amount.facts.negatives > 0;
  if (isNegative) draft.input.refunds = { negative: true, ...namedBy(rows) };
  else if (back !== undefined)
    draft.input.refunds = { when: { [back.column.header]: back.words }, ...namedBy(rows, back) };
  if (draft.input.refunds !== undefined) tellRefunds(rows, isNegative ? undefined : back, draft);
  for (const column of telling) leaveOutOthers(column, draft);
}

const MOST_WORDS = 12;
const isTelling = ({ header, facts }: FoundColumn): boolean =>
  saysWhat(header) && facts.words.size > 0 && facts.words.size <= MOST_WORDS;

const wordsOf = ({ facts }: FoundColumn, is: (word: string) => boolean): string[] =>
  [...facts.words.keys()].filter((word) => isOpenWord(word) && is(word));

interface TakenBack {
  readonly column: FoundColumn;
  readonly words: readonly string[];
}

/** Which row is taken back: by a column that says so, or because both have one number. */
function namedBy({ table, amount, id }: Rows, back?: TakenBack): { of?: string } {
  const named = table.columns.find(
    ({ header, isOpen, facts }) =>
      isOpen && facts.count > 0 && headerWeight('transactions', 'related_transaction_id', header) > 0,
  );
  if (named !== undefined) return { of: named.header };
  if (id === undefined) return {};
  const isBack = (fields: readonly string[]): boolean =>
    back === undefined
      ? (yenOf(fields[amount.position] ?? '') ?? 0) < 0
      : back.words.includes((fields[back.column.position] ?? '').normalize('NFKC').trim());
  const idOf = (fields: readonly string[]): string => (fields[id.position] ?? '').trim();
  const others = new Set(table.rows.filter((fields) => !isBack(fields)).map(idOf));
  return table.rows.some((fields) => isBack(fields) && others.has(idOf(fields))) ? { of: id.header } : {};
}

function tellRefunds({ amount }: Rows, back: TakenBack | undefined, draft: Draft): void {
  const of = draft.input.refunds?.of;
  const which =
    typeof of === 'string'
      ? text(`「${of}」が同じ行を取り消す`, `each takes back the row that its "${of}" names`)
      : text('どの行を取り消すかは書かれていない', 'none says which row it takes back');
  if (back === undefined)
    draft.note(
      ['refunds'],
      text(
        `金額がマイナスの行 ${amount.facts.negatives} 件は返金。${which.ja}`,
        `${rowWords(amount.facts.negatives)} below nothing are refunds; ${which.en}`,
      ),
    );
  else
    draft.guess(
      ['refunds'],
      text(
        `「${back.words.join('」「')}」の行は返金・取消だとした。${which.ja}`,
        `rows of ${back.words.join(', ')} take back others; ${which.en}`,
      ),
    );
}

/** Words for rows that are no sale and no payment; codes are asked about. */
function leaveOutOthers(column: FoundColumn, draft: Draft): void {
  const others = wordsOf(column, isNoSale);
  if (others.length > 0 && others.length < column.facts.words.size) {
    draft.leaveOut({ [column.header]: others });
    draft.guess(
      ['rows', 'leaveOut', column.header],
      text(`「${others.join('」「')}」の行は数えない`, `rows of ${others.join(', ')} do not count`),
    );
  }
  const codes = [...column.facts.words].filter(([word]) => isCode(word));
  if (codes.length > 1 && codes.length === column.facts.words.size) askForCodes(column, codes, draft);
}

function askForCodes(
  { header, shown }: FoundColumn,
  codes: readonly (readonly [string, number])[],
  draft: Draft,
): void {
  const listed = codes.map(([code, times]) => `${code} (${times})`).join(', ');
  const answer = draft.ask(
    {
      words: text(
        `「${shown}」の番号のうち、ふつうの売上・支払いはどれですか`,
        `Which code of "${shown}" is an ordinary sale or payment?`,
      ),
      choices: [
        {
          value: ALL,
          words: text('どれも(全部の行を数える)、わからない', 'all of them, or not known: every row counts'),
        },
        ...codes.map(([code, times]) => ({
          value: code,
          words: text(`${code} だけ(${times} 行)`, `${code} alone (${rowWords(times)})`),
        })),
      ],
      otherwise: ALL,
      assumed: text(
        `「${shown}」の番号(${listed})は、どれも数える`,
        `rows of every code of "${shown}" count: ${listed}`,
      ),
    },
    `codes.${header}`,
  );
  if (answer === ALL)
    draft.note(
      [''],
      text(
        `TODO 「${shown}」の番号: ${listed}。売上・支払いでない番号があれば "only": { "${shown}": [...] } で決める`,
        `TODO codes of "${shown}": ${listed}. Where some are no sale or payment, say by "only": { "${shown}": [...] } which are`,
      ),
    );
  else draft.input.rows = { ...draft.input.rows, only: { ...draft.input.rows?.only, [header]: [answer] } };
}
const ALL = 'all';
