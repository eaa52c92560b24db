import { text } from '../../base/text.ts';
import type { Conditions, SourceOfColumn } from '../mapping/mapping-schema.ts';
import { yenOf } from './column-facts.ts';
import { type Draft, rowWords } from './draft.ts';
import type { FoundColumn, FoundTable } from './found-table.ts';
import { isCashWord, isCouponWord, saysHowPaid } from './kinds-of-words.ts';
import type { Looked } from './matched-columns.ts';
import { isOpenWord } from './open-words.ts';

/** The columns of a file that say what a sale came to, and how it was paid. */
interface Amounts {
  readonly total: FoundColumn;
  readonly coupon: FoundColumn | undefined;
  readonly cash: FoundColumn | undefined;
  /** Cards, e-money and whatever else. */
  readonly others: readonly FoundColumn[];
  readonly howPaid: FoundColumn | undefined;
}

const OTHER_WAYS =
  /クレジット|カード|電子マネー|コード決済|QR|交通系|商品券|金券|その他|掛け?売|credit|\bcard\b|gift card|other tender|e-?money|prepaid/i;
const NO_WAY_TO_PAY = /手数料|税|番号|ID|コード$|名|件数|残高|sales|fee|tax|tip|entry|brand|type|note|suffix/i;

export function amountsOf({ table, matches }: Looked): Amounts | undefined {
  const of = (name: string): FoundColumn | undefined => matches.get(name)?.column;
  const total = of('total_yen');
  if (total === undefined) return undefined;
  const [coupon, cash, other] = [of('coupon_yen'), of('cash_yen'), of('other_yen')];
  const taken = new Set([total, coupon, cash]);
  const others = table.columns.filter((column) => !taken.has(column) && (column === other || isOtherWay(column)));
  return { total, coupon, cash, others, howPaid: howPaidOf(table) };
}

const isOtherWay = ({ header, isOpen, facts }: FoundColumn): boolean =>
  isOpen && facts.count > 0 && facts.amounts >= 0.9 && OTHER_WAYS.test(header) && !NO_WAY_TO_PAY.test(header);

/** The column of words for ways to pay; one that tells coupons before others. */
function howPaidOf({ columns }: FoundTable): FoundColumn | undefined {
  const telling = columns.filter(({ header, isOpen, facts }) => isOpen && saysHowPaid(header) && facts.words.size > 0);
  const tells = (is: (word: string) => boolean) =>
    telling.find(({ facts }) => openWords(facts.words).some((word) => is(word)));
  return tells(isCouponWord) ?? tells(isCashWord) ?? telling[0];
}

const openWords = (words: ReadonlyMap<string, number>): readonly string[] => [...words.keys()].filter(isOpenWord);

/** Whether the parts come to the total in every row that was seen. */
export function comesTo(rows: FoundTable['rows'], total: FoundColumn, parts: readonly FoundColumn[]): boolean {
  const yen = (fields: readonly string[], { position }: FoundColumn): number => {
    const cell = (fields[position] ?? '').trim();
    return cell === '' ? 0 : (yenOf(cell) ?? Number.NaN);
  };
  return rows.every((fields) => yen(fields, total) === parts.reduce((sum, part) => sum + yen(fields, part), 0));
}

const HEADER = text('見出しから', 'by its header');

/** total, coupon, cash and other yen of a sale: the last is what the others leave, where columns do not tell it. */
export function proposeAmounts(looked: Looked, amounts: Amounts, draft: Draft): void {
  const { total, coupon, cash } = amounts;
  draft.column('total_yen', total.header, HEADER);
  if (coupon !== undefined) withCoupon(looked, { ...amounts, coupon }, draft);
  else if (cash !== undefined) withCash(looked, { ...amounts, cash }, draft);
  else byWords(amounts, draft);
}

const summed = (
  columns: readonly FoundColumn[],
  which?: { readonly when?: Conditions; readonly unless?: Conditions },
): SourceOfColumn => {
  const [only] = columns;
  if (only !== undefined && columns.length === 1 && which === undefined) return only.header;
  return { sum: columns.map(({ header }) => header), ...which };
};

const REST = text('残り(合計が合うように)', 'the rest, so that the sum is right');

function withCoupon(
  { table }: Looked,
  { total, coupon, cash, others }: Amounts & { readonly coupon: FoundColumn },
  draft: Draft,
): void {
  draft.column('coupon_yen', coupon.header, HEADER);
  const parts = cash === undefined ? [coupon] : [coupon, cash];
  if (cash === undefined) {
    draft.assumeColumn('cash_yen', { constant: '0' }, text('現金の売上はないとした', 'no sale was paid in cash'));
  } else draft.column('cash_yen', cash.header, HEADER);
  if (others.length > 0 && comesTo(table.rows, total, [...parts, ...others]))
    draft.column('other_yen', summed(others), text('足すと合計になる', 'with these the sum is right'));
  else if (!comesTo(table.rows, total, parts))
    draft.column('other_yen', { from: total.header, minus: parts.map(({ header }) => header) }, REST);
}

function withCash(looked: Looked, amounts: Amounts & { readonly cash: FoundColumn }, draft: Draft): void {
  const { total, cash, others, howPaid } = amounts;
  const { rows } = looked.table;
  draft.column('cash_yen', cash.header, HEADER);
  const words = howPaid === undefined ? [] : openWords(howPaid.facts.words).filter(isCouponWord);
  if (howPaid !== undefined && words.length > 0 && others.length > 0 && comesTo(rows, total, [cash, ...others])) {
    const ofCoupons = { [howPaid.header]: words };
    const why = text(`「${howPaid.shown}」がクーポンの行`, `rows whose "${howPaid.shown}" says coupon`);
    draft.column('coupon_yen', summed(others, { when: ofCoupons }), why);
    draft.guess(
      ['columns', 'coupon_yen'],
      text(`「${words.join('」「')}」が地域クーポンだとした`, `${words.join(', ')} means the region\u2019s coupons`),
    );
    draft.column('other_yen', summed(others, { unless: ofCoupons }), text('そのほかの行', 'all other rows'));
    return;
  }
  const isWhole = comesTo(rows, total, [cash, ...others]);
  if (!isWhole && others.length > 0 && askForRest(looked, amounts, draft) === 'coupon') {
    draft.column('coupon_yen', { from: total.header, minus: [cash, ...others].map(({ header }) => header) }, REST);
    draft.column('other_yen', summed(others), HEADER);
    return;
  }
  noCoupons(draft);
  draft.column(
    'other_yen',
    isWhole && others.length > 0 ? summed(others) : { from: total.header, minus: [cash.header] },
    isWhole && others.length > 0 ? text('足すと合計になる', 'with these the sum is right') : REST,
  );
}

/** Yen that no column of a way to pay shows: often what was paid with coupons. */
function askForRest({ table }: Looked, { total, cash, others }: Amounts, draft: Draft): string {
  const parts = cash === undefined ? others : [cash, ...others];
  const short = table.rows.filter((fields) => !comesTo([fields], total, parts)).length;
  return draft.ask(
    {
      words: text(
        `${short} 行で、現金・カードなどを足しても合計に足りません。足りない分は地域クーポンですか`,
        `In ${rowWords(short)} cash, cards and the like do not come to the total. Was the rest paid with coupons?`,
      ),
      choices: [
        { value: 'other', words: text('ちがう、わからない', 'no, or not known') },
        { value: 'coupon', words: text('クーポン', 'with coupons') },
      ],
      otherwise: 'other',
      assumed: text(
        `合計に足りない分(${short} 行)は、クーポンではないとした`,
        `what is missing to the total (${rowWords(short)}) was not paid with coupons`,
      ),
    },
    'rest',
  );
}

function noCoupons(draft: Draft): void {
  draft.assumeColumn(
    'coupon_yen',
    { constant: '0' },
    text(
      'クーポンの売上はないとした。クーポンを使った売上があるなら、その列を書く',
      'no sale was paid with coupons; if some were, name the column that tells it',
    ),
  );
}

/** One amount a row, and a column of words that may say how it was paid. */
function byWords({ total, howPaid, others }: Amounts, draft: Draft): void {
  const words = howPaid === undefined ? [] : openWords(howPaid.facts.words);
  const [coupons, cash] = [words.filter(isCouponWord), words.filter(isCashWord)];
  const header = howPaid?.header ?? '';
  const taken = (ofThese: readonly string[]): SourceOfColumn => ({
    from: total.header,
    when: { [header]: [...ofThese] },
  });
  const why = text(`「${howPaid?.shown ?? ''}」による`, `by "${howPaid?.shown ?? ''}"`);
  if (coupons.length > 0) {
    draft.column('coupon_yen', taken(coupons), why);
    draft.guess(
      ['columns', 'coupon_yen'],
      text(
        `「${coupons.join('」「')}」が地域クーポンだとした`,
        `${coupons.join(', ')} means the region\u2019s coupons`,
      ),
    );
  } else noCoupons(draft);
  if (cash.length > 0) draft.column('cash_yen', taken(cash), why);
  else {
    draft.assumeColumn('cash_yen', { constant: '0' }, text('現金の売上はないとした', 'no sale was paid in cash'));
  }
  const told = [...coupons, ...cash];
  draft.column(
    'other_yen',
    told.length === 0 ? total.header : { from: total.header, unless: { [header]: told } },
    others.length === 0 && told.length === 0
      ? text('全部をその他の支払いとした', 'all of it counts as other ways to pay')
      : text('そのほか', 'the rest'),
  );
}
