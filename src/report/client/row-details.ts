import { grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import { type AskedQuestion, explanationOf, type RestsOn } from '../table/explanation.ts';
import type { ShownCoupon, ShownPayment } from '../table/unpacked-coupons.ts';
import type { TableWords } from '../table/words.ts';
import { both, type Content, element } from './elements.ts';

/** What stands below a row that is open: why it came out as it did, and the rows that it rests on. */
export function rowDetails(coupon: ShownCoupon, words: TableWords): readonly Content[] {
  const { says, questions, rests } = explanationOf(coupon, words);
  return [
    ...says.map((sentence) => element('p', {}, both(sentence))),
    ...(questions.length === 0 ? [] : [heading(ASKED), list(questions.map(questionItem))]),
    ...(coupon.payments.length === 0 ? [] : [heading(PAID), paymentTable(coupon.payments)]),
    ...(coupon.evidence.length === 0 ? [] : [heading(ROWS), evidenceLine(coupon.evidence)]),
    ...(rests.length === 0 ? [] : [heading(CLAUSES), list(rests.map(clauseItem))]),
  ];
}

const ASKED = text('人に確かめること', 'To be asked of a person');
const PAID = text('障害中の決済', 'Payments during the outage');
const ROWS = text('根拠にしたその他の行', 'Other rows that it rests on');
const CLAUSES = text('告知の条項と規則', 'Clauses of the notice, and rules');

const heading = (words: Text): HTMLElement => element('h3', {}, both(words));
const list = (items: readonly HTMLElement[]): HTMLElement => element('ul', {}, ...items);

const questionItem = ({ reason, asks, detail, state }: AskedQuestion): HTMLElement =>
  element(
    'li',
    {},
    both(asks),
    element('br', {}),
    both(detail),
    element('br', {}),
    element('span', { class: 'clause' }, element('span', { class: 'id' }, reason), ' ', both(state)),
  );

const clauseItem = ({ rule, clauses }: RestsOn): HTMLElement =>
  element(
    'li',
    {},
    both(rule),
    ...clauses.map(({ printedAs, says }) => element('div', { class: 'clause' }, `${printedAs} `, both(says))),
  );

const evidenceLine = (ids: readonly string[]): HTMLElement => element('p', { class: 'id' }, ids.join('  '));

const HEADERS: readonly (readonly [Text, string])[] = [
  [text('日時', 'Time'), ''],
  [text('店', 'Shop'), ''],
  [text('金額', 'Yen'), 'number'],
  [text('取引ID', 'Transaction'), ''],
  [text('結果', 'Outcome'), ''],
  [text('店の記録', 'Shop’s record'), ''],
];

const STATUSES: Readonly<Record<string, Text>> = {
  completed: text('完了', 'completed'),
  failed: text('失敗', 'failed'),
  pending: text('未確定', 'outcome unknown'),
  cancelled: text('取消済み', 'cancelled'),
};
const SUPPORTS: Readonly<Record<string, Text>> = {
  supported: text('売上あり', 'has a sale'),
  unsupported: text('売上なし', 'has no sale'),
  unclear: text('組み合わせによる', 'depends on the pairing'),
};
const REPEATED = text('(続けて同じ決済)', ' (repeated)');

const wordsFor = (known: Readonly<Record<string, Text>>, word: string): Text => known[word] ?? text(word, word);

function paymentTable(payments: readonly ShownPayment[]): HTMLElement {
  const head = HEADERS.map(([words, kind]) => element('th', { scope: 'col', class: kind }, both(words)));
  const rows = payments.map((payment) =>
    element(
      'tr',
      {},
      element('td', {}, payment.occurredAt.replace('T', ' ').replace('+09:00', '')),
      element('td', {}, payment.shop),
      element('td', { class: 'number' }, grouped(payment.amountYen)),
      element('td', { class: 'id' }, payment.transactionId),
      element(
        'td',
        {},
        both(wordsFor(STATUSES, payment.status)),
        ...(payment.repeated === 'yes' ? [both(REPEATED)] : []),
      ),
      element('td', {}, both(wordsFor(SUPPORTS, payment.support))),
    ),
  );
  const table = element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
  return element('div', { class: 'scroll', tabindex: '0', role: 'group' }, table);
}
