import { type Text, text } from '../base/text.ts';
import type { Ambiguity } from '../pairing/groups.ts';
import type { SetAsideSale } from '../pairing/rejected-sales.ts';

const MOST_NAMED = 3;

/** By the list of a shop-day, which many questions share. */
const WORDS = new WeakMap<readonly SetAsideSale[], Text>();

/** The rows of a report that were set aside, each with its reason; the first few of many. */
export function setAsideWords(sales: readonly SetAsideSale[]): Text {
  const words = WORDS.get(sales) ?? wordsOf(sales);
  WORDS.set(sales, words);
  return words;
}

function wordsOf(sales: readonly SetAsideSale[]): Text {
  const rows = sales.map(({ reportId, why }) => {
    const id = reportId === '' ? '?' : reportId;
    return text(`売上 ${id}: ${why.ja}`, `sale ${id}: ${why.en}`);
  });
  // Rows of one id are told once.
  const distinct = [...new Map(rows.map((words) => [words.en, words])).values()];
  const named = distinct.slice(0, MOST_NAMED);
  const more = distinct.length - named.length;
  return text(
    [...named.map(({ ja }) => ja), ...(more > 0 ? [`ほか ${more} 件`] : [])].join('、'),
    [...named.map(({ en }) => en), ...(more > 0 ? [`${more} more`] : [])].join('; '),
  );
}

/** Why a day of a shop tells nothing: it sent no report, or rows of it cannot be used. */
export function reportGap(sales: readonly SetAsideSale[]): Text {
  if (sales.length === 0) return text('店の報告がない', 'no report from the shop');
  const rows = setAsideWords(sales);
  return text(`店の報告に使えない行がある(${rows.ja})`, `rows of the shop\u2019s report cannot be used (${rows.en})`);
}

/** What would tell, and who has it. */
export const reportMissing = (sales: readonly SetAsideSale[]): Text =>
  sales.length === 0
    ? text('その日の店の売上報告(店に依頼)', 'the shop\u2019s report for that day (ask the shop)')
    : text('使えなかった売上の正しい行(店に依頼)', 'the right rows in place of those set aside (ask the shop)');

/** Why a shop's record can be paired in more than one best way; Z are the payments of sole combinations (3-rules.md §3). */
export const AMBIGUITY_WORDS: Readonly<Record<Ambiguity, Text>> = {
  'pairings differ': text('組み合わせ方で変わる', 'it depends on the pairing'),
  'bills overlap': text('合算払いの候補が複数ある', 'more than one combined bill is possible'),
  'crowded till': text('同じ時間帯の決済が多すぎる', 'too many payments at the till at once'),
  'bill or sale': text('合算払いか単独払いか決まらない', 'a combined bill or a sale of its own'),
};
