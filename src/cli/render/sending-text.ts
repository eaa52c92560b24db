import { type Text, text } from '../../base/text.ts';
import type { SendingCounts, Sum, Summary } from '../../publish/summary.ts';
import { byChannel } from '../../rules/channels/index.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, yenText } from './yen-words.ts';

/** A line of a section: what it counts, how many, and their yen. */
export type LineOf = (label: string, count: number, yen: number | undefined, t: Translate) => string;

/** What is still to be sent, what became of what was, and what lapses soon. */
export const sendingSections = (
  { sending }: Pick<Summary, 'sending'>,
  line: LineOf,
  t: Translate,
): readonly string[] => [toSend(sending, line, t), sent(sending, line, t), deadlines(sending, t)];

function toSend({ toSend: { now, later } }: SendingCounts, line: LineOf, t: Translate): string {
  const title = t(
    text(
      `■ これから送るもの  今 ${amount(now, 'ja')}、後日 ${amount(later, 'ja')}(to_send.csv)`,
      `■ To be sent: now ${amount(now, 'en')}, later ${amount(later, 'en')} (to_send.csv)`,
    ),
  );
  const lines = (routes: SendingCounts['toSend']['now']['routes'], when: Text): readonly string[] =>
    byChannel(routes).map(([{ name }, { count, yen }]) => line(`${t(when)} ${t(name)}`, count, yen, t));
  return [title, ...lines(now.routes, text('今', 'now:')), ...lines(later.routes, text('後日', 'later:'))].join('\n');
}

const IN_JAPANESE: Translate = ({ ja }) => ja;
const IN_ENGLISH: Translate = ({ en }) => en;

/** Payouts and their yen in a sentence. */
function amount({ count, yen }: Sum, language: 'ja' | 'en'): string {
  if (language === 'ja') return `${grouped(count)} 件 ${yenText(yen, IN_JAPANESE)}`;
  return `${grouped(count)} ${count === 1 ? 'payout' : 'payouts'} of ${yenText(yen, IN_ENGLISH)}`;
}

const BECAME: readonly (readonly [keyof Omit<SendingCounts, 'toSend' | 'deadline'>, Text])[] = [
  ['sent', text('送付済み(受取の知らせはまだ)', 'sent, not known to be received')],
  ['received', text('受取済み', 'received')],
  ['expired', text('期限切れ', 'expired')],
  ['failed', text('失敗(届かなかったもの)', 'failed')],
  ['resent', text('  うち 同じクーポンを別の支払いで払い直したもの', '  of these paid again by another payout')],
  ['notResent', text('  うち まだ払い直していないもの', '  of these not paid again yet')],
  ['conflicting', text('記録が食い違うもの(確認待ち)', 'told in two ways (held)')],
  ['ofOlderVersions', text('前の版で作ったもの(to_send.csv にはない)', 'made before this version, not in to_send.csv')],
  ['gone', text('支払済みの行がなくなったもの', 'whose paid rows have gone')],
];

/** Empty where nothing was made before tonight. */
function sent(sending: SendingCounts, line: LineOf, t: Translate): string {
  const lines = BECAME.flatMap(([name, words]) => {
    const { count, yen } = sending[name];
    return count === 0 ? [] : [line(t(words), count, yen, t)];
  });
  if (lines.length === 0) return '';
  return [t(text('■ これまでの支払いのその後', '■ What became of earlier payouts')), ...lines].join('\n');
}

function deadlines({ deadline: { days, lapsing, lapsed } }: SendingCounts, t: Translate): string {
  const said = ({ toSend: unsent, sent: unreceived }: typeof lapsing, when: Text): readonly string[] => [
    ...(unsent.count === 0
      ? []
      : [
          text(
            `  ${when.ja}: まだ送っていないもの ${amount(unsent, 'ja')}`,
            `  ${when.en}, not sent yet: ${amount(unsent, 'en')}`,
          ),
        ].map(t)),
    ...(unreceived.count === 0
      ? []
      : [
          text(
            `  ${when.ja}: 送ったが受取の知らせがないもの ${amount(unreceived, 'ja')}`,
            `  ${when.en}, sent and not known to be received: ${amount(unreceived, 'en')}`,
          ),
        ].map(t)),
  ];
  const lines = [
    ...said(lapsing, text(`${days}日以内に受取期限が来る`, `to be received within ${days} days`)),
    ...said(lapsed, text('受取期限を過ぎた', 'past the day by which it must be received')),
  ];
  return lines.length === 0 ? '' : [t(text('■ 受取期限', '■ Deadlines')), ...lines].join('\n');
}
