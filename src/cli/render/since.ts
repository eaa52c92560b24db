import { text } from '../../base/text.ts';
import type { Previous } from '../../publish/previous.ts';
import type { ChangedCoupons } from '../../publish/since-previous.ts';
import type { Tables } from '../../tables/tables.ts';
import type { Translate } from '../terminal/language.ts';
import { yenText } from './yen-words.ts';

/** What is otherwise than in the run before: coupons newly listed, changed in status or due yen, and no longer listed. */
export interface Since extends ChangedCoupons {
  /** Payouts of earlier runs that count as paid, and their yen: without those of which it was told that they failed. */
  readonly carriedPayouts: number;
  readonly carriedYen: number;
  readonly failedYen: number;
  /** Each file of this run, and the rows that the one of its name had; null where there was none. */
  readonly files: readonly FileSince[];
}

export interface FileSince {
  readonly kind: string;
  readonly name: string;
  readonly rowsRead: number;
  readonly rowsBefore: number | null;
}

/** @param tables what the run was settled from */
export function changesSince(
  previous: Previous,
  changed: ChangedCoupons,
  { paid, files }: Pick<Tables, 'paid' | 'files'>,
): Since {
  const failed = new Set(paid.filter((row) => row.status === 'failed' && row.disposition === 'accepted').map(placeOf));
  const counting = previous.carried.filter((each) => !failed.has(placeOf(each)));
  const yenOf = (parts: Previous['carried']): number => parts.reduce((sum, each) => sum + each.amountYen, 0);
  return {
    ...changed,
    carriedPayouts: new Set(counting.map((each) => each.payoutId)).size,
    carriedYen: yenOf(counting),
    failedYen: yenOf(previous.carried) - yenOf(counting),
    files: filesSince(previous, files),
  };
}

export const filesSince = ({ inputs }: Pick<Previous, 'inputs'>, files: Tables['files']): readonly FileSince[] =>
  files.map(({ kind, name, rowsRead }) => {
    const before = inputs.files.find((file) => file.kind === kind && file.name === name);
    return { kind, name, rowsRead, rowsBefore: before?.rowsRead ?? null };
  });

const placeOf = ({ payoutId, couponNumber }: { readonly payoutId: string; readonly couponNumber: string }): string =>
  `${payoutId} ${couponNumber}`;

export function sinceText(since: Since, t: Translate): string {
  const { newCoupons, changedCoupons, goneCoupons, carriedPayouts, carriedYen, failedYen } = since;
  const failed =
    failedYen === 0
      ? text('', '')
      : text(`(届かなかった ${yenText(failedYen, t)}を除く)`, ` (without ${yenText(failedYen, t)} that failed)`);
  const carried = yenText(carriedYen, t);
  return t(
    text(
      `■ 前回から  新しいクーポン ${newCoupons}、変わったもの ${changedCoupons}、なくなったもの ${goneCoupons}\n  これまでに作った支払い ${carriedPayouts} 件 ${carried}は、送付前のものも含め、重ねて作りません${failed.ja}`,
      `■ Since the previous run: ${newCoupons} coupons new, ${changedCoupons} changed, ${goneCoupons} gone\n  ${carriedPayouts} earlier ${carriedPayouts === 1 ? 'payout' : 'payouts'} of ${carried}, sent or not, ${carriedPayouts === 1 ? 'is' : 'are'} not made again${failed.en}`,
    ),
  );
}
