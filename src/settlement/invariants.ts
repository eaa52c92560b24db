import { grouped } from '../base/figures.ts';
import type { Problem } from '../base/problem.ts';
import { text } from '../base/text.ts';
import { DISPOSITIONS, type InputFile } from '../tables/tables.ts';
import type { Payable, Payout } from './payouts.ts';
import type { Settlement } from './settlement.ts';

/** What always holds (3-rules.md §9). Each breach is told; a run with any publishes nothing. */
export const brokenInvariants = (
  payables: readonly Payable[],
  payouts: readonly Payout[],
  ofCoupons: readonly Problem[],
  files: readonly InputFile[],
  capPerPersonYen?: number,
): readonly Problem[] => [
  ...payoutProblems(payables, payouts),
  ...(capPerPersonYen === undefined ? [] : aboveCap(payouts, capPerPersonYen)),
  ...ofCoupons,
  ...files.flatMap(fileTotals),
];

const broken = (where: string, ja: string, en: string): Problem => ({
  code: 'INVARIANT_BROKEN',
  where,
  what: text(ja, en),
  advice: text(
    'このクーポンの取引・戻入・確認の決定を確かめてください。何も公開していません',
    'check this coupon\u2019s transactions, reinstatements and decisions; nothing was published',
  ),
});

/** Every payable coupon stands in one payout, nothing else does, and the yen are the same. */
function payoutProblems(payables: readonly Payable[], payouts: readonly Payout[]): readonly Problem[] {
  /** In how many payouts a coupon stands. */
  const places = new Map<string, number>();
  for (const { coupons } of payouts) for (const coupon of coupons) places.set(coupon, (places.get(coupon) ?? 0) + 1);
  const problems = payables
    .filter(({ couponNumber }) => places.get(couponNumber) !== 1)
    .map(({ couponNumber }) =>
      broken(
        `coupon ${couponNumber}`,
        '支払える状態なのにちょうど一つの支払いに入っていない',
        'payable, but not in exactly one payout',
      ),
    );
  const sent = payouts.reduce((sum, payout) => sum + payout.amountYen, 0);
  const due = payables.reduce((sum, payable) => sum + payable.payableYen, 0);
  if (sent !== due)
    problems.push(
      broken(
        'payouts.csv',
        `支払いの合計 ${sent}円が支払うべき額 ${due}円と違う`,
        `payouts add up to ${sent} yen, but ${due} are payable`,
      ),
    );
  if (places.size !== payables.length)
    problems.push(
      broken(
        'payouts.csv',
        '支払える状態でないクーポンが支払いに入っている',
        'a coupon that is not payable stands in a payout',
      ),
    );
  return problems;
}

/** One payout is all that a recipient gets of a run (R10). */
const aboveCap = (payouts: readonly Payout[], capYen: number): readonly Problem[] =>
  payouts
    .filter(({ amountYen }) => amountYen > capYen)
    .map(({ payoutId, amountYen }) =>
      broken(
        `payout ${payoutId}`,
        `支払い ${grouped(amountYen)}円が、ひとりの上限 ${grouped(capYen)}円を超える`,
        `${grouped(amountYen)} yen are more than the ${grouped(capYen)} that a person receives at most`,
      ),
    );

/** What must hold of one coupon's settlement by itself. */
export function couponLimits(settlement: Settlement): Problem[] {
  const { amounts, couponNumber, reasons } = settlement;
  const problems: Problem[] = [];
  // A coupon that is entitled to more is held, and never paid above its face value, by the rule `face-value`.
  const pays = amounts !== undefined && amounts.payableYen > 0 && !reasons.includes('OVER_REFUNDED');
  if (pays && amounts.alreadyPaidYen + amounts.payableYen > amounts.faceYen) {
    problems.push(
      broken(
        `coupon ${couponNumber}`,
        `支払済み ${grouped(amounts.alreadyPaidYen)}円+支払予定 ${grouped(amounts.payableYen)}円が額面 ${grouped(amounts.faceYen)}円を超える`,
        `${grouped(amounts.alreadyPaidYen)} yen paid and ${grouped(amounts.payableYen)} payable are more than the face value of ${grouped(amounts.faceYen)}`,
      ),
    );
  }
  if (settlement.reinstatements.length === 0) return problems;
  const seen = new Set<string>();
  for (const reinstatement of settlement.reinstatements) {
    const again = seen.has(reinstatement.transactionId);
    seen.add(reinstatement.transactionId);
    if (again)
      problems.push(
        broken(
          `coupon ${couponNumber}`,
          `取引 ${reinstatement.transactionId} が二度戻し入れられる`,
          `transaction ${reinstatement.transactionId} would be put back twice`,
        ),
      );
    if (reinstatement.amountYen > reinstatement.deductedYen) {
      problems.push(
        broken(
          `coupon ${couponNumber}`,
          `取引 ${reinstatement.transactionId} が引かれた額より多く戻し入れられる`,
          `more would be put back than transaction ${reinstatement.transactionId} deducted`,
        ),
      );
    }
  }
  return problems;
}

function fileTotals(file: InputFile): Problem[] {
  const counts = DISPOSITIONS.flatMap((name) => file.dispositions[name] ?? []);
  const rows = counts.reduce((sum, count) => sum + count.rows, 0);
  const yen = counts.reduce((sum, count) => sum + count.yen, 0);
  if (rows === file.rowsRead && yen === file.yenRead) return [];
  return [
    broken(
      file.name,
      `読んだ ${grouped(file.rowsRead)} 行・${grouped(file.yenRead)}円に対し、仕分けは ${grouped(rows)} 行・${grouped(yen)}円`,
      `${grouped(file.rowsRead)} rows and ${grouped(file.yenRead)} yen were read, but ${grouped(rows)} rows and ${grouped(yen)} yen disposed of`,
    ),
  ];
}
