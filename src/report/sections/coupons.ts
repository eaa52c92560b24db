import { grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import type { Status } from '../../policy/vocabulary.ts';
import type { Contents } from '../contents.ts';
import { both, type Markup, markup, NOTHING, when } from '../markup.ts';
import { type PackedCoupons, packCoupons } from '../table/packed-coupons.ts';
import { section } from './section.ts';

/** So many coupons a page opens with; of more it holds those that somebody has to do with. */
export const MOST_COUPONS = 120_000;

const NOBODYS: ReadonlySet<string> = new Set<Status>(['not_eligible', 'used_up', 'still_valid', 'lapsed']);

/** Rows of eligibility.csv that the table holds. */
export function* shownRows(
  { coupons }: Pick<Contents, 'coupons'>,
  most = MOST_COUPONS,
): Generator<undefined, readonly number[]> {
  const areAll = coupons.rows <= most;
  const statuses = areAll ? [] : yield* coupons.column('status');
  const rows: number[] = [];
  for (let row = 0; row < coupons.rows; row++) {
    if (areAll || !NOBODYS.has(statuses[row] ?? '')) rows.push(row);
    if (row % ROWS_A_STEP === 0) yield undefined;
  }
  return rows;
}

/** So many rows are looked at at a time. */
const ROWS_A_STEP = 1 << 13;

/** The table's data, for its script. */
export const tableData = (contents: Contents, rows: readonly number[]): Generator<undefined, PackedCoupons> =>
  packCoupons({
    coupons: contents.coupons.column,
    review: contents.review.column,
    payments: contents.payments?.column,
    rows,
  });

const TITLE = text('クーポンごとの結果', 'Coupon by coupon');

export const couponsSection = (contents: Contents, rows: readonly number[]): Markup =>
  section(
    'coupons',
    TITLE,
    markup`${leftOut(contents.coupons.rows, rows.length)}${filters(contents)}${found()}${table()}${pages()}`,
  );

function leftOut(all: number, shown: number): Markup {
  if (shown === all) return NOTHING;
  return markup`<p class="note">${both(
    text(
      `一覧は ${grouped(all)} 枚あり、この頁が開ける数を超えるため、人の確認・申請・期限を待つものと支払うもの ${grouped(shown)} 枚だけを載せています。すべては eligibility.csv にあります。`,
      `There are ${grouped(all)} coupons, more than a page can open with. It holds the ${grouped(shown)} that wait, need a person or are paid; eligibility.csv has them all.`,
    ),
  )}</p>`;
}

const FIELDS = {
  number: text('クーポン番号(一部でも可)', 'Coupon number, or a part of it'),
  status: text('状態', 'Status'),
  ground: text('補償の理由', 'Ground'),
  reason: text('確認事項など', 'Question or remark'),
  route: text('送り方', 'Sent by'),
  shop: text('店(障害中の決済)', 'Shop, of payments in the outage'),
} as const;

const select = (name: 'status' | 'ground' | 'reason' | 'route'): Markup =>
  markup`<label>${both(FIELDS[name])}<select id="coupons-${name}" autocomplete="off"><option value="">すべて / all</option></select></label>`;

const input = (name: 'number' | 'shop', more: Markup): Markup =>
  markup`<label${more}>${both(FIELDS[name])}<input id="coupons-${name}" type="search" autocomplete="off" spellcheck="false"></label>`;

const filters = ({ payments }: Contents): Markup => markup`<div class="filters" role="search">
${input('number', markup` class="search"`)}
${(['status', 'ground', 'reason', 'route'] as const).map(select)}
${payments === undefined ? markup`<input id="coupons-shop" type="hidden" value="">` : input('shop', NOTHING)}
</div>
`;

const CLEAR = text('絞り込みを外す', 'Show all');
const found = (): Markup =>
  markup`<div class="found"><p id="coupons-found" role="status" aria-live="polite"></p><button type="button" class="button" id="coupons-all" hidden>${both(CLEAR)}</button></div>
`;

interface Column {
  readonly name: Text;
  readonly kind?: string;
}

const COLUMNS: readonly Column[] = [
  { name: text('クーポン番号', 'Coupon') },
  { name: text('状態', 'Status') },
  { name: text('理由', 'Ground') },
  { name: text('残高(円)', 'Left, yen'), kind: 'number' },
  { name: text('支払える額(円)', 'Payable, yen'), kind: 'number' },
  { name: text('送り方', 'Sent by'), kind: 'wide-only' },
  { name: text('確認事項など', 'Question or remark'), kind: 'wide-only' },
];

const table = (): Markup => markup`<div class="scroll"><table class="coupons"><thead><tr>${COLUMNS.map(
  ({ name, kind }) =>
    markup`<th scope="col"${when(kind !== undefined, () => markup` class="${kind ?? ''}"`)}>${both(name)}</th>`,
)}</tr></thead><tbody id="coupons-rows"></tbody></table></div>
`;

const pages = (): Markup =>
  markup`<div class="pages"><button type="button" class="button" id="coupons-before">${both(text('前へ', 'Previous'))}</button><span id="coupons-page"></span><button type="button" class="button" id="coupons-after">${both(text('次へ', 'Next'))}</button></div>`;
