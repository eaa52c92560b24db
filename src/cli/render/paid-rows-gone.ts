import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';

const MOST_SHOWN = 20;

/** Payouts of which no paid row speaks any more, and of which the run before knew nothing to send: the paid file has lost rows. */
export function paidRowsGone(payoutIds: readonly string[]): Problem {
  const shown = payoutIds.slice(0, MOST_SHOWN).join(' ');
  const more = payoutIds.length - MOST_SHOWN;
  const [moreJa, moreEn] = more > 0 ? [` ほか ${more} 件`, ` and ${more} more`] : ['', ''];
  return {
    code: 'PAID_ROWS_GONE',
    where: '--paid',
    what: text(
      `前の実行が読んだ支払済みの行がなくなっています: 支払 ${payoutIds.length} 件(${shown}${moreJa})`,
      `paid rows that an earlier run has read have gone, of ${payoutIds.length} ${payoutIds.length === 1 ? 'payout' : 'payouts'}: ${shown}${moreEn}`,
    ),
    advice: text(
      '--paid にこれまでの行をすべて残してください。承知のうえなら --allow-paid-rows-gone を付けて、今回だけ続けられます(送ったものとして扱います)',
      'keep every row so far in what --paid names; or go on this once with --allow-paid-rows-gone, if you know why (they count as sent)',
    ),
  };
}
