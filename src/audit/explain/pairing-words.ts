import { grouped } from '../../base/figures.ts';
import { MINUTE, SECOND } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import type { DrawnBill, DrawnGroup } from '../../pairing/drawn-group.ts';
import type { Ambiguity, Group } from '../../pairing/groups.ts';
import type { MerchantPayment, Sale } from '../../pairing/merchant-record.ts';
import type { SetAsideSale } from '../../pairing/rejected-sales.ts';
import type { Terms } from '../../policy/terms.ts';
import { setAsideWords } from '../../rules/merchant-report-words.ts';
import type { Tables } from '../../tables/tables.ts';

/** What rows are called in a sentence. */
export interface Names {
  readonly payment: (payment: MerchantPayment) => Text;
  readonly sale: (sale: Sale) => string;
}

export function namesOf(tables: Tables, drawn: DrawnGroup): Names {
  const coupon = drawn.payments[0]?.payment.coupon;
  const own = new Set(drawn.payments.map(({ payment }) => payment.row));
  return {
    sale: (sale) => tables.reports.textOf(tables.sales.report[sale.row] ?? 0),
    payment: (payment) => {
      const id = tables.transactionIds.textOf(tables.transactions.transaction[payment.row] ?? 0);
      if (own.has(payment.row)) return text(id, id);
      // The same coupon's payments of this amount during the outage are all in the group.
      if (payment.coupon === coupon && payment.amountYen === drawn.payments[0]?.payment.amountYen)
        return text(
          `${id}(同じクーポンの、障害の時間外の決済)`,
          `${id} (of this coupon too, but not during the outage)`,
        );
      const number = tables.coupons.textOf(payment.coupon);
      return text(`${id}(クーポン ${number})`, `${id} (coupon ${number})`);
    },
  };
}

export const payments = (count: number): string => `${count} ${count === 1 ? 'payment' : 'payments'}`;
const sales = (count: number): string => `${count} ${count === 1 ? 'sale' : 'sales'}`;

export function uncoveredWords(
  group: Group,
  setAside: readonly SetAsideSale[],
  repeats: number,
  terms: Terms,
): readonly Text[] {
  const report =
    setAside.length === 0
      ? text(
          `${group.merchantId} からは、この日の売上報告が届いていません。決済を売上と照らし合わせることができません。`,
          `There is no sales report of that day from ${group.merchantId}, so nothing can be held against it.`,
        )
      : text(
          `${group.merchantId} のこの日の売上報告には使えない行があります(${setAsideWords(setAside).ja})。全売上が分からないため、決済を売上と照らし合わせることができません。`,
          `Rows of the sales report of that day from ${group.merchantId} cannot be used (${setAsideWords(setAside).en}). Without all of its sales nothing can be held against it.`,
        );
  if (repeats === 0) return [report];
  const gap = terms.repeatPressGap / SECOND;
  return [
    report,
    text(
      `前の決済から ${gap} 秒以内に続いた決済が ${repeats} 件あります。二重決済かどうかは、店の報告がなければ分かりません。`,
      `${payments(repeats)} came within ${gap} seconds of the one before. Whether that was a double charge, only the shop\u2019s report can tell.`,
    ),
  ];
}

/** Why every best pairing agrees on a group, or why not, and what bills of several coupons could explain. */
export function pairingWords(
  drawn: DrawnGroup,
  group: Group,
  because: Ambiguity | undefined,
  names: Names,
  terms: Terms,
): readonly Text[] {
  const lastly =
    because === 'bill or sale'
      ? [
          text(
            '合算払いとみると、単独の売上があるはずの決済が足りなくなります。どちらなのかは記録からは分かりません。',
            'If that bill is taken as it stands, too few payments are left for the sales of their own. The record does not tell which it was.',
          ),
        ]
      : [];
  return [
    ...(drawn.salesInReach === 0 ? [nothingInReach(drawn, group, terms)] : [inReach(drawn), agreement(drawn, names)]),
    ...billWords(drawn, names),
    ...lastly,
  ];
}

function nothingInReach({ payments: own }: DrawnGroup, { amountYen, merchantId }: Group, terms: Terms): Text {
  const minutes = terms.matchTolerance / MINUTE;
  return text(
    `${merchantId} の売上報告には、決済の前後 ${minutes} 分以内に、クーポンで ${grouped(amountYen)}円が払われた売上(番号なし、またはこのクーポンの番号のもの)がひとつもありません。`,
    `Within ${minutes} minutes of ${own.length === 1 ? 'the payment' : 'these payments'}, ${merchantId} reported no sale with ${grouped(amountYen)} yen paid by coupon that is nameless or names this coupon.`,
  );
}

function inReach({ payments: own, salesInReach, rivals }: DrawnGroup): Text {
  const them = salesInReach === 1 ? 'it' : 'one of them';
  const others =
    rivals.count === 0
      ? text('その売上と合う決済は、ほかにありません。', `No other payment could have ${them}.`)
      : text(
          `その売上と合う決済が、ほかに ${rivals.count} 件あります。`,
          `${rivals.count} other ${rivals.count === 1 ? 'payment' : 'payments'} could have ${them} too.`,
        );
  return text(
    `決済 ${own.length} 件に対し、合う可能性のある売上は ${salesInReach} 件です。${others.ja}`,
    `For ${payments(own.length)} there ${salesInReach === 1 ? 'is 1 sale' : `are ${salesInReach} sales`} to choose from. ${others.en}`,
  );
}

function agreement(drawn: DrawnGroup, names: Names): Text {
  const { payments: own, lowest, highest } = drawn;
  if (lowest < highest) return differing(drawn, names);
  return lowest === own.length ? allPaired(drawn) : someLeft(drawn);
}

function allPaired({ payments: own, rivals }: DrawnGroup): Text {
  const all = text(
    own.length === 1 ? 'この決済には売上があります' : `${own.length} 件すべてに売上があります`,
    own.length === 1 ? 'this payment has a sale' : `each of the ${own.length} has a sale`,
  );
  if (rivals.count === 0) return text(`どう組み合わせても、${all.ja}。`, `However they are paired, ${all.en}.`);
  return text(
    `できるだけ多くの決済に売上をあてる組み合わせでは、必ず${all.ja}。ここから売上を外すと、売上のない決済が全体で増えてしまうからです。`,
    `In every best pairing ${all.en}: to take ${own.length === 1 ? 'it' : 'one'} away would leave more payments without a sale in all.`,
  );
}

function someLeft({ payments: own, lowest, salesInReach }: DrawnGroup): Text {
  const left = own.length - lowest;
  const why =
    lowest === salesInReach
      ? text(
          `売上は ${salesInReach} 件しかないので`,
          `There ${salesInReach === 1 ? 'is' : 'are'} only ${sales(salesInReach)}, so`,
        )
      : text('時刻の離れ方からみて', 'As the times lie,');
  return text(
    `${why.ja}、どう組み合わせても売上があるのは ${own.length} 件のうち ${lowest} 件で、${left} 件は売上なしで残ります。`,
    `${why.en} the best pairings pair ${lowest} of ${own.length}; whichever is taken, ${left === 1 ? 'one payment stays' : `${left} payments stay`} without a sale.`,
  );
}

/** Two pairings that are equally good, told by the sales that change hands. */
function differing(drawn: DrawnGroup, names: Names): Text {
  const { payments: own, lowest, highest, total, most, least } = drawn;
  const group = new Set(own.map(({ payment }) => payment.row));
  const ofGroup = (payment: MerchantPayment): boolean => group.has(payment.row);
  const moves = most.shown.flatMap(({ payment, sale }) => {
    const other = sale === undefined ? undefined : least.shown.find((pair) => pair.sale?.row === sale.row)?.payment;
    if (sale === undefined || other === undefined || !ofGroup(payment) || ofGroup(other)) return [];
    const [mine, theirs, id] = [names.payment(payment), names.payment(other), names.sale(sale)];
    return [
      text(
        `売上 ${id} は、一方では ${mine.ja} のもの、もう一方では ${theirs.ja} のものになります。`,
        ` In one, sale ${id} goes to ${mine.en}, in the other to ${theirs.en}.`,
      ),
    ];
  });
  const range =
    own.length === 1
      ? text('', '')
      : text(
          `この ${own.length} 件のうち売上があるのは、一方では ${highest} 件、もう一方では ${lowest} 件です。`,
          ` Of these ${own.length} the one pairs ${highest}, the other ${lowest}.`,
        );
  return text(
    `同じように良い組み合わせが二通り以上あり、答えが分かれます。どちらでも、関わる決済のうち ${total} 件に売上があります。${range.ja}${moves.map(({ ja }) => ja).join('')}どちらが本当かは記録からは分からないため、機械では決めません。`,
    `More than one pairing is best, and they do not agree: of the payments concerned each gives ${total} a sale.${range.en}${moves.map(({ en }) => en).join('')} The record does not tell which is true, so nothing is decided by machine.`,
  );
}

function billWords({ bills, crowded }: DrawnGroup, names: Names): readonly Text[] {
  if (crowded) {
    return [
      text(
        '売上のない決済が同じ時間帯に多すぎるため、何枚かのクーポンで払われた会計かどうかは調べられません。',
        'Too many payments without a sale lie close together here to look for bills paid with several coupons.',
      ),
    ];
  }
  const [first] = bills.shown;
  if (first === undefined) return [];
  return bills.shown
    .filter(({ sole }) => sole)
    .map((bill) => soleBill(bill, names))
    .concat(first.sole ? [] : [sharedBill(first, names)]);
}

type Sum = Pick<DrawnBill, 'sale' | 'payments'>;

function sumOf(bill: Sum, names: Names): Text {
  const parts = bill.payments.map((payment) => ({ name: names.payment(payment), yen: payment.amountYen }));
  return text(
    `売上 ${names.sale(bill.sale)}(クーポン ${grouped(bill.sale.couponYen)}円)は、${parts.map(({ name, yen }) => `${name.ja} の ${grouped(yen)}円`).join(' + ')} とちょうど合います`,
    `Sale ${names.sale(bill.sale)} with ${grouped(bill.sale.couponYen)} yen by coupon is exactly ${parts.map(({ name, yen }) => `${grouped(yen)} of ${name.en}`).join(' + ')}`,
  );
}

function soleBill(bill: DrawnBill, names: Names): Text {
  const sum = sumOf(bill, names);
  return text(
    `${sum.ja}。ほかにこの売上や決済を使う合わせ方はないので、何枚かのクーポンで払われたひとつの会計とみます。`,
    `${sum.en}. Nothing else adds up with this sale or these payments, so it is taken as one bill paid with several coupons.`,
  );
}

function sharedBill(bill: DrawnBill, names: Names): Text {
  const sum = sumOf(bill, names);
  const [other] = bill.sharedWith.shown;
  const instead = other === undefined ? text('', '') : insteadWords(other, names);
  const more = bill.sharedWith.count;
  return text(
    `${sum.ja}が、同じ売上や決済を使う合わせ方がほかに ${more} 通りあります。${instead.ja}どれが本当の会計かは記録からは分かりません。`,
    `${sum.en}, but there ${more === 1 ? 'is 1 other way' : `are ${more} other ways`} to use the same sale or payments.${instead.en} The record does not tell which was the bill.`,
  );
}

function insteadWords(other: Sum, names: Names): Text {
  const sum = sumOf(other, names);
  return text(`たとえば、${sum.ja}。`, ` For one, s${sum.en.slice(1)}.`);
}
