import type { Changes, Net } from '../../audit/diff/difference.ts';
import { type Text, text } from '../../base/text.ts';
import { STATUSES, type Status } from '../../policy/vocabulary.ts';
import type { Wording } from '../../policy/wording.ts';
import { both, type Markup, markup } from '../../report/markup.ts';
import { ROUTES } from '../../rules/channels/index.ts';
import type { Translate } from '../terminal/language.ts';
import type { NET_COLUMNS } from './diff-words.ts';
import { grouped, signedYen } from './yen-words.ts';

/** What is told in one language at a time elsewhere, in both. */
export const inBothLanguages = (say: (t: Translate) => string): Text =>
  text(
    say(({ ja }) => ja),
    say(({ en }) => en),
  );

/** The same as a piece of the page. */
export const said = (say: (t: Translate) => string): Markup => both(inBothLanguages(say));

/** Lines, of which there are as many in each language. */
export function saidLines(say: (t: Translate) => readonly string[]): readonly Markup[] {
  const [ja, en] = [say((words) => words.ja), say((words) => words.en)];
  return ja.map((line, at) => markup`<div>${both(text(line, en[at] ?? line))}</div>`);
}

const NOT_LISTED = text('一覧にない', 'not listed');

/** A status in words; one that there is not stands as it was written. */
export const statusWords = (status: string): Text =>
  status === '' ? NOT_LISTED : Object.hasOwn(STATUSES, status) ? underAnyTerms(status as Status) : text(status, status);

/** The two runs may have two policies: what a policy alone words is told without its terms. */
const UNDER_ANY_TERMS: Readonly<Partial<Record<Status, Text>>> = {
  awaiting_claim: text('コールセンターへの申出待ち', 'waits for a call to the call centre'),
  pending: text('判定前', 'not judged yet'),
};

function underAnyTerms(status: Status): Text {
  const words: Wording = STATUSES[status];
  return typeof words === 'function' ? (UNDER_ANY_TERMS[status] ?? text(status, status)) : words;
}

/** What each compared column of eligibility.csv is called by people. */
const COLUMN_WORDS: Readonly<Record<keyof Changes, Text>> = {
  status: text('状態', 'status'),
  grounds: text('理由', 'grounds'),
  valid_until: text('有効期限', 'valid until'),
  residual_yen: text('残額', 'left on it'),
  reinstate_yen: text('戻す額', 'to put back'),
  already_paid_yen: text('支払済みの額', 'paid already'),
  payable_yen: text('支払う額', 'to pay'),
  route: text('送り方', 'route'),
  reasons: text('判定の根拠', 'reasons'),
};

/** What a coupon that one run alone lists had there, in few words: all its other columns are as good as empty. */
const TELLING: readonly (keyof Changes)[] = ['status', 'grounds', 'residual_yen', 'reinstate_yen', 'payable_yen'];

/** How a coupon's row was and is, a line a column. */
export function changesWords(changes: Changes): readonly Text[] {
  const isListedByBoth = changes.status === undefined || (changes.status.before !== '' && changes.status.after !== '');
  return (Object.keys(COLUMN_WORDS) as readonly (keyof Changes)[]).flatMap((column) => {
    const change = changes[column];
    if (change === undefined) return [];
    const { before, after } = change;
    if (!isListedByBoth && (!TELLING.includes(column) || before + after === '0')) return [];
    const [name, was, is] = [COLUMN_WORDS[column], cellWords(column, before), cellWords(column, after)];
    return [text(`${name.ja}: ${was.ja} → ${is.ja}`, `${name.en}: ${was.en} → ${is.en}`)];
  });
}

function cellWords(column: keyof Changes, value: string): Text {
  if (column === 'status') return statusWords(value);
  if (value === '') return text('–', '–');
  if (column.endsWith('_yen')) return inBothLanguages((t) => t(text(`${shown(value)}円`, `${shown(value)} yen`)));
  if (column === 'route') return Object.hasOwn(ROUTES, value) ? (ROUTES[value] as Text) : text(value, value);
  return text(value, value);
}

/** Of a file that was written by nobody knows whom, what is no number stands as it is. */
const shown = (value: string): string => (/^-?\d+$/.test(value) ? grouped(Number(value)) : value);

/** A sum with its sign, marked by what `diff --json` calls it. */
export const netFigure = (name: string, yen: number): Markup =>
  markup`<span class="figure" data-figure="${name}">${said((t) => signedYen(yen, t))}</span>`;

export const yenHeads = (columns: typeof NET_COLUMNS): readonly Markup[] =>
  columns.map(([, words]) => markup`<th scope="col" class="number">${both(words)}</th>`);

export const yenCells = (net: Net, columns: typeof NET_COLUMNS): readonly Markup[] =>
  columns.map(([column]) => markup`<td class="number">${said((t) => signedYen(net[column], t))}</td>`);
