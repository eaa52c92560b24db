import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import type { Deliveries, DeliveryFault, DeliveryQuestion, PaidPayout } from '../../disbursement/gift/deliveries.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, yenText } from './yen-words.ts';

/** What results came to. */
export interface DeliveriesTold {
  readonly out: string;
  readonly deliveries: Deliveries;
  /** Ordered, and not in these results, by payout id. */
  readonly unanswered: readonly string[];
}

const STATUS_WORDS: Readonly<Record<PaidPayout['status'], Text>> = {
  sent: text('送付済', 'sent'),
  received: text('受取済', 'received'),
  failed: text('不達(次の実行で送り直しになります)', 'failed (the next run makes them anew)'),
  expired: text('期限切れ', 'expired'),
};
const STATUSES = Object.keys(STATUS_WORDS) as PaidPayout['status'][];

const QUESTION_WORDS: Readonly<Record<DeliveryQuestion, Text>> = {
  'gifts differ': text(
    '分けて送ったギフトの一部だけが届いていません。残りをどうするか業者に確かめてください',
    'some of its gifts went out and some did not; ask the provider what becomes of the rest',
  ),
  'gifts missing': text(
    '分けて送ったギフトの一部が結果にありません。業者に確かめてください',
    'some of its gifts are not in the result; ask the provider',
  ),
};

/** For a program. */
export const deliveriesSummary = ({ out, deliveries, unanswered }: DeliveriesTold): unknown => ({
  out,
  ...Object.fromEntries(
    STATUSES.map((status) => {
      const own = deliveries.paid.filter((each) => each.status === status);
      return [status, { payouts: own.length, yen: yenIn(own) }];
    }),
  ),
  waiting: deliveries.waiting,
  questions: deliveries.questions,
  unanswered,
});

const yenIn = (paid: readonly PaidPayout[]): number => paid.reduce((sum, { amountYen }) => sum + amountYen, 0);

/** For a person. */
export function deliveriesText({ out, deliveries, unanswered }: DeliveriesTold, t: Translate): string {
  const { paid, waiting, questions } = deliveries;
  const count = (payouts: number): string => t(text(`${grouped(payouts)} 件`, `${grouped(payouts)} payouts`));
  const states = STATUSES.flatMap((status) => {
    const own = paid.filter((each) => each.status === status);
    return own.length === 0 ? [] : [`  ${t(STATUS_WORDS[status])}: ${count(own.length)} ${yenText(yenIn(own), t)}`];
  });
  const open: readonly (readonly [Text, number])[] = [
    [text('まだ送られていない', 'not sent yet'), waiting.length],
    [text('依頼したが、この結果にない', 'ordered, and not in these results'), unanswered.length],
  ];
  const lines = [
    `${out}: ${count(paid.length)}`,
    ...states,
    ...open.flatMap(([words, payouts]) => (payouts === 0 ? [] : [`${t(words)}: ${count(payouts)}`])),
    ...questions.map(({ payoutId, why, where }) => `? ${payoutId} (${where}): ${t(QUESTION_WORDS[why])}`),
  ];
  return `${lines.join('\n')}\n`;
}

const TWO_ROWS: Readonly<Record<'other number of gifts' | 'other amount' | 'other outcome', Text>> = {
  'other number of gifts': text('とギフトの数が違います', 'tells of another number of gifts'),
  'other amount': text('と同じギフトの金額が違います', 'has another amount of the same gift'),
  'other outcome': text('と同じ日時なのに結果が違います', 'has another outcome at the same instant'),
};
const ADVICE_ON_UNKNOWN = text(
  '--series が依頼した系列のフォルダーか、業者がこの依頼の結果を渡したかを確かめてください',
  'check that --series is the series it was ordered in, and that this is the result of its orders',
);

/** What cannot be true, as something that refuses a result. */
export function deliveryProblem(told: DeliveryFault): Problem {
  const { payoutId, where } = told;
  switch (told.fault) {
    case 'never ordered': {
      const what = text(`${payoutId} は依頼の記録にありません`, `${payoutId} was never ordered`);
      return { code: 'UNKNOWN_DELIVERY', where, what, advice: ADVICE_ON_UNKNOWN };
    }
    case 'went out by bank': {
      const what = text(`${payoutId} は銀行振込で出しました`, `${payoutId} went out by bank`);
      return { code: 'UNKNOWN_DELIVERY', where, what, advice: ADVICE_ON_UNKNOWN };
    }
    case 'no amount':
      return {
        code: 'BAD_DELIVERY',
        where,
        what: text(`${payoutId} の金額がありません`, `${payoutId} has no amount`),
        advice: text(
          '--series で依頼の記録(orders.csv)のあるフォルダーを指定すると、そこから分かります',
          'name the folder of orders.csv by --series, which knows it',
        ),
      };
    case 'not what was ordered':
      return {
        code: 'DELIVERY_AMOUNT',
        where,
        what: text(
          `${payoutId} は ${grouped(told.saidYen)}円とありますが、依頼したのは ${grouped(told.orderedYen)}円です`,
          `${payoutId} comes to ${grouped(told.saidYen)} yen, but ${grouped(told.orderedYen)} were ordered`,
        ),
        advice: text(
          '業者に実際の額を確かめ、結果を直してもらってください',
          'ask the provider what was really sent, and have the result mended',
        ),
      };
    default: {
      const { ja, en } = TWO_ROWS[told.fault];
      return {
        code: 'DELIVERY_CONTRADICTS',
        where,
        what: text(`${payoutId}: ${told.than} ${ja}`, `${payoutId} ${en} than ${told.than}`),
        advice: text(
          'どちらが正しいか業者に確かめ、違うほうの行を取り除いてください',
          'ask the provider which is right, and take the other row out',
        ),
      };
    }
  }
}
