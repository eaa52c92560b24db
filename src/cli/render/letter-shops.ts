import type {
  ExplainedBill,
  ExplainedPairing,
  ExplainedShop,
  Explanation,
  PaidRow,
  SoldRow,
} from '../../audit/explain/explanation.ts';
import { text } from '../../base/text.ts';
import type { Say } from '../terminal/language.ts';
import { heading, place } from './letter-words.ts';
import { grouped, yenText } from './yen-words.ts';

type Few<Thing> = { readonly shown: readonly Thing[]; readonly count: number };

/** Each group of payments beside the shop's sales. */
export function shopsPart({ shops, couponNumber }: Explanation, say: Say): readonly string[] {
  const head = heading(
    text('障害中の決済と、店の売上', 'The payments during the outage, and the shop\u2019s sales'),
    say,
  );
  if (shops.length === 0)
    return [
      head,
      `  ${say(text('店と突き合わせる、成立した決済はありません。', 'There are no completed payments to be held against a shop.'))}`,
    ];
  return [
    head,
    ...shops.flatMap((shop, index) => [...(index === 0 ? [] : ['']), ...shopLines(shop, couponNumber, say)]),
  ];
}

function shopLines(shop: ExplainedShop, couponNumber: string, say: Say): readonly string[] {
  const count = shop.payments.length;
  const payment = (row: PaidRow): string =>
    `${place(row.row)}${row.couponNumber === couponNumber ? '' : `  ${say(text('クーポン', 'coupon'))} ${row.couponNumber}`}`;
  return [
    `  ${say(text(`${shop.merchantId} での ${grouped(shop.amountYen)}円の決済 ${count} 件`, `${count} ${count === 1 ? 'payment' : 'payments'} of ${grouped(shop.amountYen)} yen at ${shop.merchantId}`))}`,
    ...shop.says.map((sentence) => `  ${say(sentence)}`),
    ...shop.payments.flatMap(({ payment: paid, sales }) => [
      `    ${say(text('決済', 'payment'))} ${paid.at}  ${yenText(paid.amountYen, say)}  ${place(paid.row)}`,
      ...list(
        sales,
        ({ sale, apartSeconds }) =>
          `      ${saleWords(sale, couponNumber, say)}  ${apartWords(apartSeconds, say)}  ${place(sale.row)}`,
        '      ',
        say,
      ),
      ...(shop.covered && sales.count === 0
        ? [`      ${say(text('単独で合う売上なし', 'no sale that fits by itself'))}`]
        : []),
    ]),
    ...block(
      say(text('同じ売上と合う、ほかの決済', 'Other payments that could have these sales')),
      list(
        shop.rivals,
        (rival) => `      ${rival.at}  ${yenText(rival.amountYen, say)}  ${payment(rival)}`,
        '      ',
        say,
      ),
    ),
    ...pairingBlocks(shop, payment, say),
    ...block(
      say(text('何枚かのクーポンで払われた可能性のある会計', 'Bills that could have been paid with several coupons')),
      list(shop.bills, (bill) => billLines(bill, shop.bills.count === 1, payment, say).join('\n'), '      ', say),
    ),
    ...block(
      say(text('クーポンなしで払われた、近くの会計', 'Bills nearby that were paid without a coupon')),
      list(
        shop.paidOtherwise,
        (sale) =>
          `      ${sale.at}  ${say(text('合計', 'total'))} ${yenText(sale.totalYen, say)}  ${numberWords(sale, couponNumber, say)}  ${place(sale.row)}`,
        '      ',
        say,
      ),
    ),
    ...block(
      say(text('同じ会計に合う、ほかの申出', 'Other claims that fit the same bills')),
      shop.rivalClaims.map(
        (claim) =>
          `      ${say(text('クーポン', 'coupon'))} ${claim.couponNumber}  ${claim.bills.map(place).join(', ')}`,
      ),
    ),
  ];
}

/** The first few, and how many more there are. */
function list<Thing>(
  { shown, count }: Few<Thing>,
  line: (thing: Thing) => string,
  indent: string,
  say: Say,
): readonly string[] {
  const more = count - shown.length;
  const rest = more === 0 ? [] : [`${indent}${say(text(`ほかに ${more} 件`, `and ${more} more`))}`];
  return [...shown.map(line), ...rest];
}

const block = (head: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`    ${head}:`, ...lines];

const saleWords = (sale: SoldRow, couponNumber: string, say: Say): string =>
  `${say(text('売上', 'sale'))} ${sale.at}  ${numberWords(sale, couponNumber, say)}`;

/** Only this coupon's number or none can stand on a sale that is shown here, but for a bill of several. */
function numberWords(sale: SoldRow, couponNumber: string, say: Say): string {
  if (sale.couponNumber === '') return say(text('番号なし', 'names no coupon'));
  if (sale.couponNumber === couponNumber) return say(text('このクーポンの番号あり', 'names this coupon'));
  return say(text(`クーポン ${sale.couponNumber} の番号あり`, `names coupon ${sale.couponNumber}`));
}

function apartWords(seconds: number, say: Say): string {
  const whole = Math.abs(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const parts = [
    ...(minutes > 0 ? [text(`${minutes} 分`, `${minutes} min`)] : []),
    ...(rest > 0 ? [text(`${rest} 秒`, `${rest} s`)] : []),
  ];
  const span = parts.map(say).join(' ');
  if (seconds === 0) return say(text('(同時)', '(at the same moment)'));
  return seconds > 0 ? say(text(`(${span}後)`, `(${span} later)`)) : say(text(`(${span}前)`, `(${span} earlier)`));
}

function pairingBlocks(
  { pairings, payments }: ExplainedShop,
  payment: (row: PaidRow) => string,
  say: Say,
): readonly string[] {
  const heads = pairings.length < 2 ? [text('最善の組み合わせ', 'A best pairing')] : ALTERNATIVES;
  return pairings.flatMap((pairing, index) => {
    const head = say(heads[index] ?? text('', ''));
    const paired = say(
      text(
        `(${payments.length} 件のうち ${pairing.pairedOfGroup} 件に売上あり)`,
        ` (with a sale: ${pairing.pairedOfGroup} of ${payments.length})`,
      ),
    );
    return pairing.pairs.shown.every(({ sale }) => sale === null) && pairings.length === 1
      ? []
      : block(`${head}${paired}`, pairLines(pairing, payment, say));
  });
}

const ALTERNATIVES = [
  text('最善の組み合わせの一つ', 'One best pairing'),
  text('同じように良い別の組み合わせ', 'Another that is just as good'),
];

const pairLines = ({ pairs }: ExplainedPairing, payment: (row: PaidRow) => string, say: Say): readonly string[] =>
  list(
    pairs,
    ({ payment: paid, sale }) =>
      `      ${payment(paid)} ─ ${sale === null ? say(text('売上なし', 'no sale')) : place(sale.row)}`,
    '      ',
    say,
  );

/** @param only no other bill is listed, so that it must be told here what else its sale and payments could be */
function billLines(
  bill: ExplainedShop['bills']['shown'][number],
  only: boolean,
  payment: (row: PaidRow) => string,
  say: Say,
): readonly string[] {
  const sum = ({ sale, payments }: ExplainedBill): string =>
    `${place(sale.row)} ${yenText(sale.couponYen, say)} = ${payments.map((paid) => `${yenText(paid.amountYen, say)} ${payment(paid)}`).join(' + ')}`;
  const alone = say(text('ほかの合わせ方なし', 'nothing else adds up'));
  if (bill.sole) return [`      ${sum(bill)}: ${alone}`];
  if (!only) return [`      ${sum(bill)}`];
  return [
    `      ${sum(bill)}: ${say(text('次の合わせ方と重なる', 'shares its sale or a payment with'))}`,
    ...list(bill.sharedWith, (other) => `          ${sum(other)}`, '          ', say),
  ];
}
