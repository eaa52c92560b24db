import { SUPPLIER_WORDS, wouldAnswer } from '../../audit/explain/open-questions.ts';
import type { OpenQuestion } from '../../audit/record/questions.ts';
import { type Text, text } from '../../base/text.ts';
import { REVIEW_REASONS, type ReviewReason } from '../../policy/vocabulary.ts';
import type { SignedDecision } from '../../publish/signed-decisions.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, yenText } from './yen-words.ts';

/** What stands on a screen beside the question. */
export interface ScreenFacts {
  /** From 1. */
  readonly place: number;
  readonly of: number;
  /** Those that the file holds on the evidence as it is. */
  readonly answers: readonly SignedDecision[];
  /** Of the one who is asked. */
  readonly decidedBy: string;
  readonly note: string;
}

/** One question: what is asked, of what, who could say it, and what each answer does. */
export function reviewScreen(question: OpenQuestion, facts: ScreenFacts, t: Translate): string {
  const { reason, couponNumber, reviewId, stakeYen, holds } = question;
  const { what, who } = wouldAnswer(reason);
  const stake =
    stakeYen === undefined ? '' : t(text(`確認中の金額 ${yenText(stakeYen, t)}`, `at stake: ${yenText(stakeYen, t)}`));
  const held = holds ? t(text('決まるまで支払いを止めています', 'nothing is paid until it is decided')) : '';
  const { approve, reject } = effectsOf(reason);
  return [
    t(text(`${grouped(facts.place)} / ${grouped(facts.of)} 件目`, `${grouped(facts.place)} of ${grouped(facts.of)}`)),
    '',
    `■ ${t(REVIEW_REASONS[reason].asks)}`,
    '',
    `  ${t(text('クーポン', 'Coupon'))} ${couponNumber}`,
    `  ${inOneLanguage(question.detail, t)}`,
    ...[[stake, held].filter((each) => each !== '').join(t(text('。', '; ')))]
      .filter((each) => each !== '')
      .map((each) => `  ${each}`),
    `  ${t(text('分かるところ', 'Who could say'))}: ${t(SUPPLIER_WORDS[who])} (${t(what)})`,
    ...stateLines(question, facts, t),
    '',
    `  ${t(text('承認すると', 'Approve'))}: ${t(approve)}`,
    `  ${t(text('却下すると', 'Reject'))}: ${t(reject)}`,
    '',
    `  ${reviewId}  ${reason}  ${question.evidence.join(' ')}`,
    ...(facts.note === '' ? [] : [`  ${t(text('備考', 'Note'))}: ${facts.note}`]),
    '',
  ].join('\n');
}

/** What was answered before. */
function stateLines({ state }: OpenQuestion, { answers, decidedBy }: ScreenFacts, t: Translate): readonly string[] {
  const stale = text(
    '前の決定のあとで根拠が変わりました。もう一度決めてください',
    'decided before, but on other facts: decide again',
  );
  const second = text(
    '承認がひとりあります。別の人の確認が要ります',
    'one person has approved it; another has to confirm it',
  );
  return [
    ...(state === 'stale' ? [`  ${t(stale)}`] : []),
    ...(state === 'needs_second' ? [`  ${t(second)}`] : []),
    ...answers.map((answer) => {
      const word = t(answer.decision === 'approve' ? text('承認', 'approved') : text('却下', 'rejected'));
      const you = answer.decidedBy === decidedBy ? t(text('(あなた)', ' (you)')) : '';
      return `  ${t(text('いまの答え', 'Answered'))}: ${word} ${answer.decidedBy}${you} ${answer.decidedAt}`;
    }),
  ];
}

/** Published details stand in both languages; where it is not plain which part is which, all of it is shown. */
function inOneLanguage(detail: string, t: Translate): string {
  const parts = detail.split(' / ');
  return parts.length === 2 ? t(text(parts[0] as string, parts[1] as string)) : detail;
}

interface Effects {
  readonly approve: Text;
  readonly reject: Text;
}

const NOT_PAID = text('このクーポンには支払いません', 'nothing is paid for this coupon');
const CLOSED = text('確認済みとして閉じます(支払いは変わりません)', 'the question is closed; nothing is paid for it');
const NOTHING_BACK = text('戻し入れません', 'nothing is put back');
const putBack: Effects = {
  approve: text('確認中の金額を戻し入れます', 'the yen at stake are put back'),
  reject: NOTHING_BACK,
};
const released: Effects = {
  approve: text('保留を外し、計算どおりに支払います', 'it is released, and paid as worked out'),
  reject: NOT_PAID,
};
const nextRoute: Effects = {
  approve: text('この送り先は使わず、次の送り方を探します', 'this way is passed over, and the next one sought'),
  reject: NOT_PAID,
};
const closed: Effects = { approve: CLOSED, reject: CLOSED };
const paidAs = (ja: string, en: string): Effects => ({ approve: text(ja, en), reject: NOT_PAID });
const accepted = (ja: string, en: string): Effects => ({
  approve: text(ja, en),
  reject: text('認めません', 'it is not accepted'),
});

/** By 3-rules.md §7; what is not named here is a hold that is released. */
const EFFECTS: Partial<Readonly<Record<ReviewReason, Effects>>> = {
  AMBIGUOUS_SUPPORT: putBack,
  REPEAT_UNVERIFIED: putBack,
  NO_SALE_RECORDED: putBack,
  UNSUPPORTED_PAYMENT: putBack,
  CLAIM_UNVERIFIED: putBack,
  CLAIM_MISMATCH: accepted('申出を有効とします', 'the claim is taken for valid'),
  APPLICATION_MISMATCH: accepted('申請を有効とします', 'the application counts'),
  COMPETING_APPLICATIONS: paidAs('いちばん早い申請を有効とします', 'the earliest application stands'),
  REINSTATED_WITHOUT_GROUND: accepted(
    '補償の理由があるものとします(追加の戻し入れはなし)',
    'it counts as a ground, with nothing more to put back',
  ),
  NO_CONTACT: nextRoute,
  CONTACT_CONFLICT: nextRoute,
  SHARED_ACCOUNT: nextRoute,
  BANK_DETAILS: nextRoute,
  PAST_RECEIVE_BY: paidAs('受取期限なしで送ります', 'it is sent without a deadline'),
  OUTLIVES_EXTENSION: paidAs('支払います', 'it is paid'),
  EXCEEDS_FACE: paidAs(
    '支払済みと合わせて額面まで支払います',
    'it is paid up to the face value, what was paid before counted in',
  ),
  CLAIM_OTHER: closed,
  UNKNOWN_COUPON: closed,
  OVERPAID: closed,
};

const effectsOf = (reason: ReviewReason): Effects => EFFECTS[reason] ?? released;

/** What is said at the end. */
export const answeredText = (answered: number, left: number, file: string, t: Translate): string =>
  t(
    text(
      `この回に決めたもの ${grouped(answered)} 件、残り ${grouped(left)} 件。書いた先: ${file}\n次の run に --decisions ${file} で渡してください`,
      `decided now: ${grouped(answered)}, left: ${grouped(left)}; written to ${file}\nhand it to the next run with --decisions ${file}`,
    ),
  );
