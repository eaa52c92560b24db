import { DISPOSITIONS, type InputFile } from '../intake/tables.ts';
import type { Problem } from '../policy/problem.ts';
import { text } from '../policy/text.ts';
import type { Payout } from './payouts.ts';
import type { Settlement } from './settlement.ts';

/** What always holds (3-rules.md §9). Each breach is told; a run with any publishes nothing. */
export function brokenInvariants(
  settlements: readonly Settlement[],
  payouts: readonly Payout[],
  files: readonly InputFile[],
): readonly Problem[] {
  return [...payoutSums(settlements, payouts), ...settlements.flatMap(couponLimits), ...files.flatMap(fileTotals)];
}

const broken = (where: string, ja: string, en: string): Problem => ({
  code: 'INVARIANT_BROKEN',
  where,
  what: text(ja, en),
  advice: text(
    'このクーポンの取引・戻入・確認の決定を確かめてください。何も公開していません',
    'check this coupon\u2019s transactions, reinstatements and decisions; nothing was published',
  ),
});

function payoutSums(settlements: readonly Settlement[], payouts: readonly Payout[]): Problem[] {
  const payable = settlements.filter((each) => each.status === 'payable');
  const due = payable.reduce((sum, each) => sum + (each.amounts?.payableYen ?? 0), 0);
  const sent = payouts.reduce((sum, payout) => sum + payout.amountYen, 0);
  const places = new Map<string, number>();
  for (const coupon of payouts.flatMap((payout) => payout.coupons)) places.set(coupon, (places.get(coupon) ?? 0) + 1);
  const problems = payable
    .filter((each) => places.get(each.couponNumber) !== 1)
    .map((each) =>
      broken(
        `coupon ${each.couponNumber}`,
        '支払える状態なのにちょうど一つの支払いに入っていない',
        'payable, but not in exactly one payout',
      ),
    );
  if (sent !== due)
    problems.push(
      broken(
        'payouts.csv',
        `支払いの合計 ${sent}円が支払うべき額 ${due}円と違う`,
        `payouts add up to ${sent} yen, but ${due} are payable`,
      ),
    );
  const listed = payable.length;
  if (places.size !== listed)
    problems.push(
      broken(
        'payouts.csv',
        '支払える状態でないクーポンが支払いに入っている',
        'a coupon that is not payable stands in a payout',
      ),
    );
  return problems;
}

function couponLimits(settlement: Settlement): Problem[] {
  const { amounts, couponNumber, reasons } = settlement;
  const problems: Problem[] = [];
  const excused = reasons.includes('OVERPAID') || reasons.includes('OVER_REFUNDED');
  if (amounts !== undefined && !excused && amounts.alreadyPaidYen + amounts.payableYen > amounts.faceYen) {
    problems.push(
      broken(
        `coupon ${couponNumber}`,
        `支払済み ${amounts.alreadyPaidYen}円+支払予定 ${amounts.payableYen}円が額面 ${amounts.faceYen}円を超える`,
        `${amounts.alreadyPaidYen} yen paid and ${amounts.payableYen} payable are more than the face value of ${amounts.faceYen}`,
      ),
    );
  }
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
  const counts = DISPOSITIONS.map((name) => file.dispositions[name]);
  const rows = counts.reduce((sum, count) => sum + count.rows, 0);
  const yen = counts.reduce((sum, count) => sum + count.yen, 0);
  if (rows === file.rowsRead && yen === file.yenRead) return [];
  return [
    broken(
      file.name,
      `読んだ ${file.rowsRead} 行・${file.yenRead}円に対し、仕分けは ${rows} 行・${yen}円`,
      `${file.rowsRead} rows and ${file.yenRead} yen were read, but ${rows} rows and ${yen} yen disposed of`,
    ),
  ];
}
