import type {
  ExplainedBill,
  ExplainedMerchant,
  ExplainedPairing,
  Explanation,
  PaidRow,
  SoldRow,
} from '../../audit/explain/explanation.ts';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { heading, instantText, place } from './letter-words.ts';
import { grouped, yenText } from './yen-words.ts';

type Few<Thing> = { readonly shown: readonly Thing[]; readonly count: number };

/** Each group of payments beside the shop's sales. */
export function* merchantsPart({ shops, couponNumber }: Explanation, t: Translate): Generator<string> {
  yield heading(text('障害中の決済と、店の売上', 'The payments during the outage, and the shop\u2019s sales'), t);
  if (shops.length === 0)
    yield `  ${t(text('店と突き合わせる、成立した決済はありません。', 'There are no completed payments to be held against a shop.'))}`;
  for (const [index, shop] of shops.entries()) {
    if (index > 0) yield '';
    yield* merchantLines(shop, couponNumber, t);
  }
}

function* merchantLines(shop: ExplainedMerchant, couponNumber: string, t: Translate): Generator<string> {
  const count = shop.payments.length;
  const payment = (row: PaidRow): string =>
    `${place(row.row)}${row.couponNumber === couponNumber ? '' : `  ${t(text('クーポン', 'coupon'))} ${row.couponNumber}`}`;
  yield `  ${t(text(`${shop.merchantId} での ${grouped(shop.amountYen)}円の決済 ${count} 件`, `${count} ${count === 1 ? 'payment' : 'payments'} of ${grouped(shop.amountYen)} yen at ${shop.merchantId}`))}`;
  for (const sentence of shop.says) yield `  ${t(sentence)}`;
  for (const each of shop.payments) yield* paymentLines(each, shop.covered, couponNumber, t);
  yield* block(
    t(text('同じ売上と合う、ほかの決済', 'Other payments that could have these sales')),
    list(
      shop.rivals,
      (rival) => `      ${instantText(rival.at, t)}  ${yenText(rival.amountYen, t)}  ${payment(rival)}`,
      '      ',
      t,
    ),
  );
  yield* pairingBlocks(shop, payment, t);
  yield* block(
    t(text('何枚かのクーポンで払われた可能性のある会計', 'Bills that could have been paid with several coupons')),
    list(shop.bills, (bill) => billLines(bill, shop.bills.count === 1, payment, t).join('\n'), '      ', t),
  );
  yield* block(
    t(text('クーポンなしで払われた、近くの会計', 'Bills nearby that were paid without a coupon')),
    list(
      shop.paidOtherwise,
      (sale) =>
        `      ${instantText(sale.at, t)}  ${t(text('合計', 'total'))} ${yenText(sale.totalYen, t)}  ${numberWords(sale, couponNumber, t)}  ${place(sale.row)}`,
      '      ',
      t,
    ),
  );
  yield* block(
    t(text('同じ会計に合う、ほかの申出', 'Other claims that fit the same bills')),
    shop.rivalClaims.map(
      (claim) => `      ${t(text('クーポン', 'coupon'))} ${claim.couponNumber}  ${claim.bills.map(place).join(', ')}`,
    ),
  );
}

/** A payment, and what the shop has sold that fits it by itself. */
function paymentLines(
  { payment: paid, sales }: ExplainedMerchant['payments'][number],
  isCovered: boolean,
  couponNumber: string,
  t: Translate,
): readonly string[] {
  return [
    `    ${t(text('決済', 'payment'))} ${instantText(paid.at, t)}  ${yenText(paid.amountYen, t)}  ${place(paid.row)}`,
    ...list(
      sales,
      ({ sale, apartSeconds }) =>
        `      ${saleWords(sale, couponNumber, t)}  ${apartWords(apartSeconds, t)}  ${place(sale.row)}`,
      '      ',
      t,
    ),
    ...(isCovered && sales.count === 0
      ? [`      ${t(text('単独で合う売上なし', 'no sale that fits by itself'))}`]
      : []),
  ];
}

/** The first few, and how many more there are. */
function list<Thing>(
  { shown, count }: Few<Thing>,
  line: (thing: Thing) => string,
  indent: string,
  t: Translate,
): readonly string[] {
  const more = count - shown.length;
  const rest = more === 0 ? [] : [`${indent}${t(text(`ほかに ${more} 件`, `and ${more} more`))}`];
  return [...shown.map(line), ...rest];
}

const block = (head: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`    ${head}:`, ...lines];

const saleWords = (sale: SoldRow, couponNumber: string, t: Translate): string =>
  `${t(text('売上', 'sale'))} ${instantText(sale.at, t)}  ${numberWords(sale, couponNumber, t)}`;

/** Only this coupon's number or none can stand on a sale that is shown here, but for a bill of several. */
function numberWords(sale: SoldRow, couponNumber: string, t: Translate): string {
  if (sale.couponNumber === '') return t(text('番号なし', 'names no coupon'));
  if (sale.couponNumber === couponNumber) return t(text('このクーポンの番号あり', 'names this coupon'));
  return t(text(`クーポン ${sale.couponNumber} の番号あり`, `names coupon ${sale.couponNumber}`));
}

function apartWords(seconds: number, t: Translate): string {
  const whole = Math.abs(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const parts = [
    ...(minutes > 0 ? [text(`${minutes} 分`, `${minutes} min`)] : []),
    ...(rest > 0 ? [text(`${rest} 秒`, `${rest} s`)] : []),
  ];
  const span = parts.map(t).join(' ');
  if (seconds === 0) return t(text('(同時)', '(at the same moment)'));
  return seconds > 0 ? t(text(`(${span}後)`, `(${span} later)`)) : t(text(`(${span}前)`, `(${span} earlier)`));
}

function pairingBlocks(
  { pairings, payments }: ExplainedMerchant,
  payment: (row: PaidRow) => string,
  t: Translate,
): readonly string[] {
  const heads = pairings.length < 2 ? [text('最善の組み合わせ', 'A best pairing')] : ALTERNATIVES;
  return pairings.flatMap((pairing, index) => {
    const head = t(heads[index] ?? text('', ''));
    const paired = t(
      text(
        `(${payments.length} 件のうち ${pairing.pairedOfGroup} 件に売上あり)`,
        ` (with a sale: ${pairing.pairedOfGroup} of ${payments.length})`,
      ),
    );
    return pairing.pairs.shown.every(({ sale }) => sale === null) && pairings.length === 1
      ? []
      : block(`${head}${paired}`, pairLines(pairing, payment, t));
  });
}

const ALTERNATIVES = [
  text('最善の組み合わせの一つ', 'One best pairing'),
  text('同じように良い別の組み合わせ', 'Another that is just as good'),
];

const pairLines = ({ pairs }: ExplainedPairing, payment: (row: PaidRow) => string, t: Translate): readonly string[] =>
  list(
    pairs,
    ({ payment: paid, sale }) =>
      `      ${payment(paid)} ─ ${sale === null ? t(text('売上なし', 'no sale')) : place(sale.row)}`,
    '      ',
    t,
  );

/** @param only no other bill is listed, so that it must be told here what else its sale and payments could be */
function billLines(
  bill: ExplainedMerchant['bills']['shown'][number],
  only: boolean,
  payment: (row: PaidRow) => string,
  t: Translate,
): readonly string[] {
  const sum = ({ sale, payments }: ExplainedBill): string =>
    `${place(sale.row)} ${yenText(sale.couponYen, t)} = ${payments.map((paid) => `${yenText(paid.amountYen, t)} ${payment(paid)}`).join(' + ')}`;
  const alone = t(text('ほかの合わせ方なし', 'nothing else adds up'));
  if (bill.sole) return [`      ${sum(bill)}: ${alone}`];
  if (!only) return [`      ${sum(bill)}`];
  return [
    `      ${sum(bill)}: ${t(text('次の合わせ方と重なる', 'shares its sale or a payment with'))}`,
    ...list(bill.sharedWith, (other) => `          ${sum(other)}`, '          ', t),
  ];
}
