import { yenWords } from '../../base/figures.ts';
import { dateOf, endOfDay } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import type { RouteId } from '../../policy/vocabulary.ts';
import { channelOf, sentFrom } from '../../rules/channels/index.ts';
import type { EarlierPayment } from './payment-history.ts';
import { capital, spokenDay, spokenDayOf, type Told } from './spoken-words.ts';

/** So much of a coupon's payments is known to have left, and so much is only ordered. */
export interface PaidSoFar {
  readonly sentYen: number;
  readonly expiredYen: number;
  readonly unsentYen: number;
}

export function paidSoFar(payments: readonly EarlierPayment[]): PaidSoFar {
  const yenOf = (...standings: readonly EarlierPayment['standing'][]): number =>
    payments.reduce((sum, { standing, amountYen }) => sum + (standings.includes(standing) ? amountYen : 0), 0);
  return { sentYen: yenOf('sent', 'received'), expiredYen: yenOf('expired'), unsentYen: yenOf('made') };
}

/** Every payment before this run, one after the other: when it was sent and how, and what became of it. */
export function paymentWords({ payments, ...told }: Told): readonly Text[] {
  const firstFailed = payments.findIndex(({ standing }) => standing === 'failed');
  return payments.map((payment, at) => {
    const again = firstFailed >= 0 && at > firstFailed;
    return payment.standing === 'made' ? unsentWords(payment, again, told) : sentWords(payment, again, told);
  });
}

type Dated = Pick<Told, 'terms' | 'asOf'>;

/** Of a payment that a run has made and nobody has told of. */
function unsentWords({ route, amountYen, madeAt }: EarlierPayment, again: boolean, told: Dated): Text {
  const yen = yenWords(amountYen);
  const planned = plannedWords(route, again, told);
  const by = deadlineOf(route, told);
  if (isDueLater(route, told))
    return text(`${yen.ja}は、${planned.ja}。${by.ja}`, `${capital(yen.en)} ${planned.en}.${by.en}`);
  const made = spokenDayOf(madeAt ?? told.asOf, told);
  return text(
    `${yen.ja}は、${made.ja}に手続きをしており、${planned.ja}。お送りしたという記録は、まだ届いておりません。${by.ja}`,
    `${capital(yen.en)} ${planned.en}; this was ordered on ${made.en}, and there is no record yet that it was sent.${by.en}`,
  );
}

const isDueLater = (route: RouteId | undefined, { terms, asOf }: Dated): boolean =>
  route !== undefined && sentFrom(channelOf(route), terms) > dateOf(asOf);

/** Until when it has to be received; nothing of a way without such a day, or of a day that is over. */
function deadlineOf(route: RouteId | undefined, { terms, asOf }: Dated): Text {
  const { receiveBy } = terms;
  if (route === undefined || !channelOf(route).hasDeadline || receiveBy === undefined) return text('', '');
  if (asOf >= endOfDay(receiveBy)) return text('', '');
  const says = deadline(spokenDay(receiveBy, { terms, asOf }));
  return text(says.ja, ` ${says.en}`);
}

/** What is going to be done: from when on where that is still to come, and how. */
function plannedWords(route: RouteId | undefined, again: boolean, told: Dated): Text {
  const from =
    route !== undefined && isDueLater(route, told)
      ? spokenDay(sentFrom(channelOf(route), told.terms), told)
      : undefined;
  const by = route === undefined ? text('お支払いする予定です', '') : channelOf(route).paidBy;
  const when = from === undefined ? text('', '') : text(`${from.ja}以降に、`, ` from ${from.en} on`);
  return text(
    `${when.ja}${again ? '改めて、' : ''}${by.ja}`,
    `will be sent${again ? ' again' : ''}${when.en}${by.en === '' ? '' : `, ${by.en}`}`,
  );
}

function sentWords({ route, amountYen, standing, told: rows }: EarlierPayment, again: boolean, told: Dated): Text {
  const yen = yenWords(amountYen);
  const [first, last] = [rows[0], rows.at(-1)];
  const sent = spokenDayOf(first?.sentAt ?? told.asOf, told);
  const by = route === undefined ? text('お送りしました', '') : channelOf(route).sentBy;
  const became = BECAME[standing];
  const end = spokenDayOf(last?.sentAt ?? told.asOf, told);
  const later = end.ja === sent.ja ? text('', '') : text(`(${end.ja})`, ` (${end.en})`);
  return text(
    `${yen.ja}については、${sent.ja}に${again ? '改めて' : ''}、${by.ja}${became.ja === '' ? '' : `${became.ja}${later.ja}`}。`,
    `${capital(yen.en)} was sent${again ? ' again' : ''} on ${sent.en}${by.en === '' ? '' : `, ${by.en}`}${became.en === '' ? '' : `, ${became.en}${later.en}`}.`,
  );
}

const BECAME: Readonly<Record<EarlierPayment['standing'], Text>> = {
  made: text('', ''),
  sent: text('', ''),
  received: text('。お受け取りの記録もございます', 'and was received'),
  failed: text('が、お届けできませんでした', 'but did not arrive'),
  expired: text('が、お受け取りのないまま期限を過ぎました', 'but was not received in time'),
  contradicted: text('が、記録に食い違いがございます', 'but the records of it contradict each other'),
};

/** What this run pays: when, how, by when it has to be received, and together with what. */
export function payoutWords(told: Told): readonly Text[] {
  const { payout, settlement, amounts } = told;
  const { route } = settlement;
  if (route === undefined || payout === undefined) return [];
  const again = told.payments.some(({ standing }) => standing === 'failed');
  const planned = plannedWords(route, again, told);
  const yen = yenWords(payout.amountYen);
  const others = payout.coupons.length - 1;
  return [
    text(`${planned.ja}。`, `It ${planned.en}.`),
    ...(payout.receiveBy === undefined ? [] : [deadline(spokenDay(payout.receiveBy, told))]),
    ...(others === 0 || payout.amountYen === amounts.payableYen
      ? []
      : [
          text(
            `ほかのクーポン${others}枚の分と合わせて、${yen.ja}をお送りします。`,
            `With your ${others === 1 ? 'other coupon' : `${others} other coupons`} it will be ${yen.en} in all.`,
          ),
        ]),
  ];
}

const deadline = (day: Text): Text => text(`お受け取りの期限は${day.ja}です。`, `It has to be received by ${day.en}.`);
