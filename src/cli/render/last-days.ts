import { type CalendarDate, endOfDay, formatDate, type Instant } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import type { Translate } from '../terminal/language.ts';

/** Until when people can call and apply, where a notice states a last day that it need not state (R9); else nothing. */
export function lastDaysText(
  { claimsClose, applicationsClose, bankApplicationsClose }: Terms,
  asOf: Instant,
  t: Translate,
): string {
  if (claimsClose === undefined && bankApplicationsClose === undefined) return '';
  const days: readonly (readonly [CalendarDate | undefined, Text])[] = [
    [claimsClose, text('コールセンターへの申出', 'calls to the call centre')],
    [applicationsClose, text('ポイントの申請', 'applications for points')],
    [bankApplicationsClose, text('口座振込の申請', 'applications for a bank transfer')],
  ];
  const lines = days.flatMap(([day, words]) => {
    if (day === undefined) return [];
    const closed = endOfDay(day) <= asOf ? t(text('(締切済み)', ' (closed)')) : '';
    return [`  ${t(words)}: ${formatDate(day)}${closed}`];
  });
  return [t(text('■ 締切(その日の終わりまで)', '■ Last days')), ...lines].join('\n');
}
