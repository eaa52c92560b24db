import { dayWords } from '../../base/figures.ts';
import { type CalendarDate, dateOf, formatDate, type Instant } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import type { Policy } from '../../policy/policy.ts';
import { REVIEW_REASONS, type ReviewReason, STATUSES, type Status } from '../../policy/vocabulary.ts';
import { wordedBy } from '../../policy/wording.ts';
import type { Sum, Summary } from '../../publish/summary.ts';
import type { Translate } from '../terminal/language.ts';
import { instantText } from './summary-text.ts';
import { grouped, yenText } from './yen-words.ts';

/** The latest run of a chain, as `status` tells it. */
export interface LatestRun {
  readonly policy: Policy;
  readonly folder: string;
  readonly asOf: Instant;
  readonly fingerprint: string;
  readonly summary: Summary;
}

/** One screen: the last night, what is payable and unsent, who is waited for, and until when. */
export function statusText({ policy, folder, asOf, fingerprint, summary }: LatestRun, t: Translate): string {
  const { payouts, sending } = summary;
  const { now, later } = sending.toSend;
  const pairs: readonly (readonly [Text, string])[] = [
    [text('最後の実行', 'last run'), `${folder}  ${instantText(asOf, t)}`],
    [text('今回新しく支払えるもの', 'payable, new'), sumText(payouts, t)],
    [
      text('未送付', 'unsent'),
      t(text(`今 ${sumText(now, t)}、後日 ${sumText(later, t)}`, `now ${sumText(now, t)}; later ${sumText(later, t)}`)),
    ],
    [text('送付済み(受取の知らせ待ち)', 'sent, not known received'), sumText(sending.sent, t)],
    [text('失敗して払い直していないもの', 'failed, not paid again'), sumText(sending.notResent, t)],
    [text('待っている相手', 'waiting for'), waitingFor(summary, policy, t)],
    [text('これからの期限', 'deadlines ahead'), deadlinesAhead(policy, asOf, t)],
    [text('指紋', 'fingerprint'), fingerprint],
  ];
  const lines = pairs.map(([label, value]) => `  ${t(label)}: ${value}`);
  return `${t(policy.title)}\n${lines.join('\n')}\n`;
}

const sumText = ({ count, yen }: Sum, t: Translate): string =>
  t(text(`${grouped(count)} 件 ${yenText(yen, t)}`, `${grouped(count)} (${yenText(yen, t)})`));

const WAITING: readonly Status[] = ['awaiting_claim', 'awaiting_application'];

function waitingFor({ statuses, review }: Summary, { terms }: Policy, t: Translate): string {
  const people = WAITING.flatMap((status) => {
    const sum = statuses[status];
    return sum === undefined ? [] : [`${t(wordedBy(terms, STATUSES[status]))} ${grouped(sum.coupons)}`];
  });
  const open = Object.entries(review).filter(([, { open, stale }]) => open + stale > 0);
  const questions = open.reduce((sum, [, { open, stale }]) => sum + open + stale, 0);
  const holding = open
    .filter(([reason]) => REVIEW_REASONS[reason as ReviewReason].holds)
    .reduce((sum, [, { open, stale }]) => sum + open + stale, 0);
  const decisions =
    questions === 0
      ? []
      : [
          t(
            text(
              `人の確認 ${grouped(questions)}(うち支払いを止めているもの ${grouped(holding)})`,
              `a decision: ${grouped(questions)} (${grouped(holding)} hold a payment)`,
            ),
          ),
        ];
  const all = [...people, ...decisions];
  return all.length === 0 ? t(text('なし', 'nobody')) : all.join(t(text('、', ', ')));
}

/** Days of the notice that are not over yet, the next first. */
function deadlinesAhead({ terms }: Policy, asOf: Instant, t: Translate): string {
  const today = dateOf(asOf);
  const days: readonly (readonly [CalendarDate | undefined, Text])[] = [
    [terms.claimsClose, text('申出の締切', 'last day for calls')],
    [terms.applicationsClose, text('申請の締切', 'last day for applications')],
    [terms.bankApplicationsClose, text('口座振込の申請の締切', 'last day for applications for a transfer')],
    [terms.bankTransfersFrom, text('銀行振込の開始', 'bank transfers begin')],
    [terms.receiveBy, text('受取期限', 'last day to receive')],
  ];
  const ahead = days
    .flatMap(([day, words]) => (day === undefined || day < today ? [] : [{ day, words }]))
    .sort((a, b) => a.day - b.day)
    .map(({ day, words }) =>
      t(
        text(
          `${dayWords(day, undefined).ja} ${words.ja}(あと ${day - today} 日)`,
          `${formatDate(day)} ${words.en} (in ${day - today} days)`,
        ),
      ),
    );
  return ahead.length === 0 ? t(text('なし', 'none')) : ahead.join(t(text('、', ', ')));
}
