import type { Explanation, Otherwise } from '../../audit/explain/explanation.ts';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { otherwisePart } from './letter-otherwise.ts';
import { instantText } from './letter-words.ts';
import { yenText } from './yen-words.ts';

/**
 * What `--short` prints of a coupon: of which night it is, and what is read out, a sentence a line. Where the run has
 * published something else, that alone: nobody is to be told either.
 */
export function spokenOn(
  explanation: Explanation,
  asOf: string,
  t: Translate,
  otherwise: Otherwise | null = null,
): string {
  const caution = otherwise === null ? [] : otherwisePart(explanation, otherwise, t);
  const says = caution.length > 0 ? caution : explanation.answer.map((sentence) => t(sentence));
  return `${[titleOf(explanation.couponNumber, asOf, t), ...says].join('\n')}\n`;
}

/** The first line of every letter. */
export function titleOf(couponNumber: string, asOf: string, t: Translate): string {
  const until = instantText(asOf, t);
  return `${t(text('クーポン', 'Coupon'))} ${couponNumber}  ${t(text(`(${until}より前の記録による)`, `(from the records before ${until})`))}`;
}

/** The coupons of one person, before they are told one by one: how many, and what they come to. */
export function togetherWords(coupons: readonly Explanation[], t: Translate): string {
  const yen = coupons.reduce((sum, coupon) => sum + toBeSentYen(coupon), 0);
  const sum = yenText(yen, t);
  const count = coupons.length;
  const total =
    yen === 0
      ? text('', '')
      : text(`これからお送りする額は、合わせて${sum}です。`, ` ${sum} in all is still to be sent.`);
  return `${t(
    text(
      `お客様のクーポンは${count}枚です。${total.ja}`,
      `There ${count === 1 ? 'is 1 coupon' : `are ${count} coupons`} of this person.${total.en}`,
    ),
  )}\n`;
}

/** What this run pays, and what runs before it have ordered and nobody has told of. */
const toBeSentYen = ({ status, amounts, payments }: Explanation): number =>
  (status === 'payable' ? (amounts?.payableYen ?? 0) : 0) +
  payments.reduce((sum, { standing, amountYen }) => sum + (standing === 'made' ? amountYen : 0), 0);

/** That a run without an archive was worked out again from where its inputs lie. */
export function originalsNote(originals: readonly string[], t: Translate): string {
  const count = originals.length;
  return `${t(
    text(
      `実行結果に保存された入力がないため、元のファイル ${count} 件から計算し直しました(内容が実行時と同じことは確かめました)。`,
      `The run keeps no copy of these inputs: this was worked out from ${count === 1 ? '1 original file' : `${count} original files`}, whose content is that which the run read.`,
    ),
  )}\n`;
}
