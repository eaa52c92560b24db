import { grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import { hashOf, soughtIn } from '../table/address.ts';
import { ALL, rowsSought, type Sought } from '../table/filter.ts';
import type { PackedDetails, PackedList } from '../table/packed-coupons.ts';
import { shortWords } from '../table/short-words.ts';
import {
  type ListedCoupon,
  type UnpackedDetails,
  type UnpackedList,
  unpackDetails,
  unpackList,
} from '../table/unpacked-coupons.ts';
import type { TableWords } from '../table/words.ts';
import { dataOf, laterDataOf } from './data-blocks.ts';
import { both, element, placeOf } from './elements.ts';
import { type Choices, showSought, soughtNow, watchFilters, writeChoices } from './filters.ts';
import { onLanguage, shownLanguage } from './languages.ts';
import { rowDetails } from './row-details.ts';

/** Making and laying out a row takes longer than finding it among a hundred thousand. */
const ROWS_A_PAGE = 30;
const COLUMNS = 7;

/** All that the table knows and shows. */
interface Table {
  readonly packed: PackedList;
  readonly coupons: UnpackedList;
  /** Read behind the list. */
  readonly reading: Promise<UnpackedDetails>;
  details: UnpackedDetails | undefined;
  readonly words: TableWords;
  /** Rows that are sought. */
  rows: readonly number[];
  page: number;
}

/** The table of coupons, where the page has one. */
export async function startCouponTable(): Promise<void> {
  const [packed, words] = await Promise.all([dataOf<PackedList>('coupons-list'), dataOf<TableWords>('coupons-words')]);
  if (packed === undefined || words === undefined) return;
  const reading = laterDataOf<PackedDetails>('coupons-details').then(unpackDetails);
  const table: Table = { packed, words, coupons: unpackList(packed), reading, details: undefined, rows: [], page: 0 };
  const choices = choicesOf(table);
  writeChoices(choices);
  onLanguage(() => {
    writeChoices(choices);
    keepAddress(soughtNow());
  });
  watchFilters(() => seek(table, soughtNow()));
  for (const [id, step] of [
    ['coupons-before', -1],
    ['coupons-after', 1],
  ] as const)
    placeOf(id, HTMLButtonElement).addEventListener('click', () => turn(table, step));
  placeOf('coupons-all', HTMLButtonElement).addEventListener('click', () => {
    showSought(ALL);
    seek(table, ALL);
    placeOf('coupons-number', HTMLInputElement).focus();
  });
  addEventListener('hashchange', () => followAddress(table));
  showRows(table, soughtNow());
  followAddress(table);
  table.details = await reading;
  // Whoever types a number or a shop waits for nothing to be made of the data.
  table.coupons.soughtNumbers();
  table.details.hasPaidAt(0, []);
  // By a shop nothing could be found before.
  if (soughtNow().shop !== '') showRows(table, soughtNow());
}

const UNREAD = text(
  'この一覧をブラウザが読めませんでした。新しいブラウザで開くか、表計算ソフトで eligibility.csv を開いてください。',
  'This browser could not read the list. Open the page with a newer one, or eligibility.csv with a spreadsheet.',
);

/** Says so in place of the count, rather than showing an empty table. */
export function tellUnread(error: unknown): void {
  placeOf('coupons-found', HTMLElement).replaceChildren(both(UNREAD));
  console.error(error);
}

/** A mark of a drawing was clicked, or the page was opened by such a link. */
function followAddress(table: Table): void {
  const sought = soughtIn(location.hash);
  if (sought === undefined) return;
  showSought(sought);
  showRows(table, sought);
  const section = placeOf('coupons', HTMLElement);
  section.scrollIntoView();
  section.querySelector('h2')?.focus({ preventScroll: true });
}

function seek(table: Table, sought: Sought): void {
  showRows(table, sought);
  keepAddress(sought);
}

/** So that the page can be opened anew as it stands. Where a browser refuses it for a file, it stands as it is. */
function keepAddress(sought: Sought): void {
  const isAll = Object.values(sought).every((word) => word === '');
  const parts = [isAll ? '' : hashOf(sought).slice(1), shownLanguage() === 'en' ? 'lang=en' : ''];
  try {
    history.replaceState(null, '', `#${parts.filter((part) => part !== '').join('&')}`);
  } catch {
    // Nothing is lost but the link.
  }
}

function showRows(table: Table, sought: Sought): void {
  table.rows = rowsSought(table, sought);
  table.page = 0;
  const found = grouped(table.rows.length);
  const all = grouped(table.coupons.count);
  const isRead = sought.shop === '' || table.details !== undefined;
  placeOf('coupons-found', HTMLElement).replaceChildren(
    both(isRead ? text(`${found} 枚(全 ${all} 枚)`, `${found} of ${all} coupons`) : READING),
  );
  placeOf('coupons-all', HTMLButtonElement).hidden = Object.values(sought).every((word) => word === '');
  writePage(table);
}

function turn(table: Table, step: number): void {
  table.page += step;
  writePage(table);
  placeOf('coupons-found', HTMLElement).scrollIntoView({ block: 'nearest' });
}

function writePage(table: Table): void {
  const { rows, page } = table;
  const from = page * ROWS_A_PAGE;
  const shown = rows.slice(from, from + ROWS_A_PAGE);
  placeOf('coupons-rows', HTMLElement).replaceChildren(...shown.map((row) => couponRow(table, row)));
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_A_PAGE));
  placeOf('coupons-page', HTMLElement).replaceChildren(
    both(text(`${grouped(page + 1)} / ${grouped(pages)} ページ`, `page ${grouped(page + 1)} of ${grouped(pages)}`)),
  );
  placeOf('coupons-before', HTMLButtonElement).disabled = page === 0;
  placeOf('coupons-after', HTMLButtonElement).disabled = page >= pages - 1;
}

const yenCell = (yen: number | null): HTMLElement =>
  element('td', { class: 'number' }, yen === null ? '' : grouped(yen));

function couponRow({ coupons, words, reading }: Table, at: number): HTMLElement {
  const coupon = coupons.couponAt(at);
  const button = element('button', { type: 'button', class: 'open', 'aria-expanded': 'false' }, coupon.number);
  const reasons = coupon.reasons.map((reason) =>
    element('div', {}, both(shortWords(words.reasons[reason] ?? text(reason, reason)))),
  );
  const row = element(
    'tr',
    {},
    element('th', { scope: 'row' }, button),
    element('td', { class: 'status' }, both(nameIn(words.statuses, coupon.status))),
    element('td', {}, coupon.grounds.join(' + ')),
    yenCell(coupon.residualYen),
    yenCell(coupon.payableYen),
    element('td', { class: 'wide-only' }, both(words.routes[coupon.route]?.name ?? text('', ''))),
    element('td', { class: 'wide-only' }, ...reasons),
  );
  button.addEventListener('click', () => toggle(row, button, () => detailsRow(coupon, words, reading, at)));
  return row;
}

function detailsRow(
  coupon: ListedCoupon,
  words: TableWords,
  reading: Promise<UnpackedDetails>,
  at: number,
): HTMLElement {
  const cell = element('td', { colspan: String(COLUMNS) }, both(READING));
  void reading.then(({ detailsAt }) => cell.replaceChildren(...rowDetails({ ...coupon, ...detailsAt(at) }, words)));
  return element('tr', { class: 'why', id: `coupon-${at}` }, cell);
}

const READING = text('読み込んでいます', 'Being read');

function toggle(row: HTMLElement, button: HTMLButtonElement, details: () => HTMLElement): void {
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  if (isOpen) row.nextElementSibling?.remove();
  else row.after(details());
}

const nameIn = (names: Readonly<Record<string, Text>>, word: string): Text => names[word] ?? text(word, word);

/** Only words that some coupon has can be chosen, in the order of the vocabulary. */
function choicesOf({ packed, words }: Table): Choices {
  const grounds = new Set(packed.grounds.words.flatMap((word) => (word === '' ? ['none'] : word.split('+'))));
  const none = text('理由なし', 'no ground');
  const named = (names: Readonly<Record<string, Text>>, used: ReadonlySet<string>) =>
    Object.entries(names).flatMap(([word, name]) => (used.has(word) ? [{ word, name }] : []));
  const withWord = (word: string, { ja, en }: Text): Text => text(`${word} ${ja}`, `${word} ${en}`);
  const routes = Object.fromEntries(Object.entries(words.routes).map(([route, { name }]) => [route, name]));
  return {
    status: named(words.statuses, new Set(packed.status.words)),
    ground: [
      ...named(words.grounds, grounds).map(({ word, name }) => ({ word, name: withWord(word, name) })),
      ...(grounds.has('none') ? [{ word: 'none', name: none }] : []),
    ],
    reason: named(words.reasons, new Set(packed.reasons.words.flatMap((word) => word.split(' ')))).map(
      ({ word, name }) => ({ word, name: shortWords(name) }),
    ),
    route: named(routes, new Set(packed.route.words)),
  };
}
