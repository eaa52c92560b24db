import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import type { UnmatchedPaid } from '../../publish/paid-matches.ts';
import { type Summary, shownPayoutId } from '../../publish/summary.ts';
import type { InputFile, Tables } from '../../tables/tables.ts';
import type { RowLimit } from '../options/limits.ts';
import type { Translate } from '../terminal/language.ts';
import { exceeds, limitText } from './unmatched.ts';
import { grouped } from './yen-words.ts';

const MOST_SHOWN = 5;

/** Why a run is refused whose paid rows speak of nothing that is known: what was paid would be paid again. */
export const unmatchedPaidProblems = (
  { files }: Pick<Tables, 'files'>,
  unmatched: readonly UnmatchedPaid[],
  limit: RowLimit,
): readonly Problem[] =>
  files.flatMap((file, index) => {
    const own = unmatched.filter((row) => row.file === index);
    if (!exceeds(own.length, file.rowsRead, limit)) return [];
    return [tooMany(file, own.length, limit), ...own.slice(0, MOST_SHOWN).map((row) => problemOf(row, file))];
  });

const tooMany = ({ name, rowsRead }: InputFile, count: number, limit: RowLimit): Problem => ({
  code: 'TOO_MANY_UNMATCHED',
  where: name,
  what: text(
    `支払済みの行 ${rowsRead} 件のうち ${count} 件が、どの支払いにも合いません(許容 ${limitText(limit)})`,
    `${count} of ${rowsRead} paid rows match no payout (${limitText(limit)} allowed)`,
  ),
  advice: text(
    '支払ID とクーポン番号を paid_template.csv から写し直してください。ほかの実行が作った支払いなら --paid-run で指定します。承知のうえなら --max-unmatched を上げてください',
    'copy payout id and coupon from paid_template.csv; name runs outside the chain with --paid-run; or raise --max-unmatched knowingly',
  ),
});

const problemOf = ({ line, payoutId, why }: UnmatchedPaid, { name }: InputFile): Problem =>
  why === 'no such payout'
    ? {
        code: 'UNKNOWN_PAYOUT',
        where: `${name}:${line}:payout_id`,
        what: text(
          `支払 ${shownPayoutId(payoutId)} は、これまでのどの実行も作っていません`,
          `no run of the chain made the payout ${shownPayoutId(payoutId)}`,
        ),
        advice: text('支払ID の写し間違いがないか確かめてください', 'see whether the payout id was copied as it is'),
      }
    : {
        code: 'UNKNOWN_COUPON',
        where: `${name}:${line}:coupon_number`,
        what: text(
          `支払 ${shownPayoutId(payoutId)} の行のクーポン番号は発行データにありません`,
          `the coupon number in the row of payout ${shownPayoutId(payoutId)} was never issued`,
        ),
        advice: text(
          'その支払いを作った実行結果を --previous か --paid-run で指定すれば、支払ID だけで(クーポン番号は空で)かまいません',
          'with the run that made it (--previous or --paid-run) the payout id is enough: leave the coupon number empty',
        ),
      };

const WHY = {
  'no such payout': text('この支払ID を作った実行がない', 'no run of the chain made it'),
  'no such coupon': text('クーポン番号が発行データにない', 'its coupon was never issued'),
} as const;

/** Empty where there is none. */
export function unmatchedPaidText(
  { unmatchedPaid: { rows, first } }: Pick<Summary, 'unmatchedPaid'>,
  t: Translate,
): string {
  if (rows === 0) return '';
  const title = t(
    text(
      `■ どの支払いにも合わない支払済みの行  ${grouped(rows)} 件`,
      `■ Paid rows that match no payout: ${grouped(rows)}`,
    ),
  );
  const lines = first.map(({ place, payoutId, why }) => `  ${place}  ${payoutId}  ${t(WHY[why])}`);
  return [title, ...lines].join('\n');
}
