import { type Text, text } from '../../base/text.ts';
import type { ClaimantPairing } from '../../pairing/claimants.ts';
import type { Settlement } from '../../settlement/settlement.ts';

/** A group of payments of which the holder says that they were paid otherwise, and the nameless bills that could be theirs. */
export interface CashClaim {
  readonly couponNumber: string;
  readonly merchantId: string;
  readonly amountYen: number;
  /** Evidence ids; empty where there are too many to be told. */
  readonly bills: readonly string[];
}

/** The claims on bills of one amount at one shop, in the order of the settlements. */
export type CashClaims = (at: Pick<CashClaim, 'merchantId' | 'amountYen'>) => readonly CashClaim[];

/** Every group that came to the question whose the nameless bills are (3-rules.md §4.2), listed as all claims are. */
export function cashClaims(settlements: readonly Settlement[]): CashClaims {
  const byBills = new Map<string, CashClaim[]>();
  const keyOf = ({ merchantId, amountYen }: Pick<CashClaim, 'merchantId' | 'amountYen'>): string =>
    `${amountYen} ${merchantId}`;
  for (const claim of claimsIn(settlements)) {
    const known = byBills.get(keyOf(claim));
    if (known === undefined) byBills.set(keyOf(claim), [claim]);
    else known.push(claim);
  }
  return (at) => byBills.get(keyOf(at)) ?? [];
}

const claimsIn = (settlements: readonly Settlement[]): readonly CashClaim[] =>
  settlements.flatMap(({ couponNumber, findings }) =>
    findings.flatMap(({ group, observed }): CashClaim[] => {
      if (group === undefined || observed?.kind !== 'claimant' || observed.pairing === 'no claim') return [];
      const bills = observed.bills.map(({ id }) => id);
      return [{ couponNumber, merchantId: group.merchantId, amountYen: group.amountYen, bills }];
    }),
  );

/** The claims of others that could stand for the same bills. @param alike those of one amount at one shop */
export const rivalClaims = (own: CashClaim, alike: readonly CashClaim[]): readonly CashClaim[] =>
  alike.filter(
    (other) => other.couponNumber !== own.couponNumber && other.bills.some((bill) => own.bills.includes(bill)),
  );

/** Whether the bills suffice for all who claim, in words. */
export function claimWords(own: CashClaim, pairing: ClaimantPairing, rivals: readonly CashClaim[]): Text {
  const bills = own.bills.map((id) => id.replace('sale:', '')).join(', ');
  const others = rivals.length;
  if (pairing === 'none') {
    return text(
      '現金などで払ったという申出がありますが、それに合う番号なしの会計がありません。',
      'The holder says that it was paid otherwise, but no nameless bill fits.',
    );
  }
  const fits = text(
    `現金などで払ったという申出に、番号なしの会計${bills === '' ? '' : ` ${bills} `}が合います。`,
    `The holder says that it was paid otherwise, and ${own.bills.length === 1 ? 'a nameless bill fits' : 'nameless bills fit'}${bills === '' ? '' : `: ${bills}`}.`,
  );
  const theirs = text(
    `同じ会計に合う申出がほかに ${others} 件あり`,
    `${others} other ${others === 1 ? 'claim fits' : 'claims fit'} the same`,
  );
  if (pairing === 'some') {
    return text(
      `${fits.ja}${others === 0 ? '合う会計より申出のほうが多く' : `${theirs.ja}、会計が足りないため`}、誰のものかは記録からは分かりません。`,
      `${fits.en} ${others === 0 ? 'There are more claims than bills' : `${theirs.en}, and there are not enough for all`}: whose they are, the record does not tell.`,
    );
  }
  if (bills === '')
    return text(
      `${fits.ja}どう組み合わせても、このクーポンの分の会計があります。`,
      `${fits.en} In every best pairing one is this coupon\u2019s.`,
    );
  return others === 0
    ? text(`${fits.ja}ほかの申出とは重なりません。`, `${fits.en} No other claim fits the same.`)
    : text(
        `${fits.ja}${theirs.ja}ますが、どう組み合わせても、このクーポンの分の会計があります。`,
        `${fits.en} ${theirs.en}, but in every best pairing one is this coupon\u2019s.`,
      );
}
