import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import type { OrderFile } from '../../disbursement/gift/bulk-order.ts';
import type { GiftOrder, LeftOut, Objection } from '../../disbursement/gift/gift-order.ts';
import type { Payable, Unusable } from '../../disbursement/gift/gifts.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, yenText } from './yen-words.ts';

/** Why a provider cannot send a payout, as it is told: no contact is in it. */
const UNUSABLE_WORDS: Readonly<Record<Unusable, Text>> = {
  'no channel': text('この宛先に送る手段が業者にない', 'the provider has no channel to such a contact'),
  'below least': text('ギフトの最低額に満たない', 'less than the least amount of a gift'),
  'above most': text(
    'ギフトの最高額を超え、分けても送れない',
    'more than a gift may be, and cannot be split so that it fits',
  ),
  'not in units': text('ギフトの単位で割り切れない', 'no multiple of the unit of gifts'),
  'no expiry': text('受取期限がなく、期限の列を埋められない', 'has no deadline, which the order must state'),
  'phone: not assigned': text(
    '携帯電話番号として存在しない番号(0A0 の次が 0 など)',
    'no number that a mobile phone can have (a zero behind the prefix, for instance)',
  ),
  'phone: free of charge': text('0800 などの着信課金番号', 'a free-of-charge number (0800), not a mobile one'),
  'phone: no mobile number': text('携帯電話の番号ではない', 'not the number of a mobile phone'),
  'mail: not ascii': text('メールアドレスに全角などの文字がある', 'the address holds full-width or other such letters'),
  'mail: not one address': text('ひとつのメールアドレスではない', 'is not one mail address'),
  'mail: no such domain': text('メールアドレスの @ の後が正しくない', 'what stands behind the @ is no domain'),
  'mail: too long': text('メールアドレスが長すぎる', 'the mail address is too long'),
};

/** What can be done about it; of a contact it is always the same. */
const ADVICE_ON_AMOUNT = text(
  '業者プロファイルの gift(最低額・最高額・単位・分割)を契約と見くらべ、送れないなら --skip-unusable で除いて、別の方法で送ってください',
  'hold gift in the provider profile (least, most, unit, splitting) against the contract; if it cannot be sent, leave it out by --skip-unusable and send it in another way',
);
const ADVICE_ON_CONTACT = text(
  '本人に連絡先を確かめて登録か申請を直し、この支払を failed として --paid に書くと、次の実行が新しい宛先で作り直します。ほかを先に依頼するなら --skip-unusable、使われている番号と分かっているなら --trust-numbers',
  'have the contact put right where it was registered, and write this payout into --paid as failed: the next run makes it anew; to order the others first: --skip-unusable; if the number is certainly in use: --trust-numbers',
);

/** A payout that the provider cannot send, as something that stops an order. */
export const unusableProblem = (payout: Payable, why: Unusable): Problem => ({
  code: 'CANNOT_BE_SENT',
  where: payout.payoutId,
  what: UNUSABLE_WORDS[why],
  advice: /^(?:phone|mail):/.test(why) ? ADVICE_ON_CONTACT : ADVICE_ON_AMOUNT,
});

const LEFT_OUT_WORDS: Readonly<Record<LeftOut, Text>> = {
  'ordered before': text('依頼済み', 'ordered before'),
  'not due': text('まだ送る日でない', 'not due yet'),
  'past receive-by': text(
    '受取期限を過ぎた(送れません)',
    'past the day by which they must be received (cannot be sent)',
  ),
  'over the limit': text('一回の上限を超えるので次回', 'left for the next order by its limit'),
};

/** What an order came to. */
export interface OrderTold {
  readonly provider: string;
  readonly orderedOn: string;
  readonly order: GiftOrder;
  /** With the path where each lies. */
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly file: OrderFile }[];
}

const yenIn = (payouts: readonly Payable[]): number => payouts.reduce((sum, { amountYen }) => sum + amountYen, 0);
const payoutsIn = ({ gifts }: OrderFile): readonly Payable[] => [...new Set(gifts.map(({ payout }) => payout))];

const objectionJson = ({ payout, why }: Objection): unknown => ({
  payoutId: payout.payoutId,
  amountYen: payout.amountYen,
  why,
});

/** For a program: ids, counts and yen, and no contact. */
export const giftOrderSummary = ({ provider, orderedOn, order, files }: OrderTold): unknown => ({
  provider,
  orderedOn,
  ordered: { payouts: order.ordered.length, yen: yenIn(order.ordered) },
  files: files.map(({ path, sha256, file }) => ({
    path,
    sha256,
    channel: file.channel,
    payouts: payoutsIn(file).length,
    gifts: file.gifts.length,
    yen: yenIn(payoutsIn(file)),
  })),
  unusable: order.unusable.map(objectionJson),
  doubtful: order.doubtful.map(objectionJson),
  leftOut: Object.fromEntries(
    Object.entries(order.leftOut).map(([why, payouts]) => [why, payouts.map(({ payoutId }) => payoutId)]),
  ),
});

const UNUSABLE_HEAD = text('この業者では送れないので除いた', 'left out, for the provider cannot send them');
const DOUBTFUL_HEAD = text('番号は疑わしいが依頼した', 'ordered, though the number is doubtful');

/** For a person. */
export function giftOrderText({ orderedOn, order, files }: OrderTold, t: Translate): string {
  const sum = (payouts: readonly Payable[]): string =>
    t(
      text(
        `${grouped(payouts.length)} 件 ${yenText(yenIn(payouts), t)}`,
        `${grouped(payouts.length)} payouts, ${yenText(yenIn(payouts), t)}`,
      ),
    );
  const head = t(
    text(`依頼日 ${orderedOn}: ${sum(order.ordered)}を依頼`, `ordered on ${orderedOn}: ${sum(order.ordered)}`),
  );
  const made = files.map(({ path, file }) =>
    t(
      text(
        `  ${path}: ${sum(payoutsIn(file))}、${grouped(file.gifts.length)} 行`,
        `  ${path}: ${sum(payoutsIn(file))} in ${grouped(file.gifts.length)} rows`,
      ),
    ),
  );
  const left = (Object.keys(LEFT_OUT_WORDS) as LeftOut[])
    .filter((why) => order.leftOut[why].length > 0)
    .map((why) => `${t(LEFT_OUT_WORDS[why])}: ${sum(order.leftOut[why])}`);
  const told = (words: Text, objections: readonly Objection[]): readonly string[] =>
    objections.length === 0
      ? []
      : [
          `${t(words)}: ${sum(objections.map(({ payout }) => payout))}`,
          ...objections.map(
            ({ payout, why }) => `  ${payout.payoutId} ${yenText(payout.amountYen, t)}: ${t(UNUSABLE_WORDS[why])}`,
          ),
        ];
  const lines = [
    head,
    ...made,
    ...left,
    ...told(DOUBTFUL_HEAD, order.doubtful),
    ...told(UNUSABLE_HEAD, order.unusable),
  ];
  return `${lines.join('\n')}\n`;
}
