import { formatDate } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import { readCouponNumber } from '../../intake/values/identifiers.ts';
import type { Terms } from '../../policy/terms.ts';
import { ACCEPTED, AFTER_AS_OF, CONFLICTING, MEDIA, OUT_OF_SCOPE, type Tables } from '../../tables/tables.ts';

/** Row numbers of a coupon in the issuance export. */
export function issuedRows({ issuance, coupons }: Tables, couponNumber: string): readonly number[] {
  const coupon = coupons.find(couponNumber);
  const found: number[] = [];
  for (let row = 0; row < issuance.rows; row++) if (issuance.coupon[row] === coupon) found.push(row);
  return found;
}

/** Why a coupon is no case, as what follows "because". */
export function whyNoCase(tables: Tables, couponNumber: string, terms: Terms): Text {
  const { issuance } = tables;
  const rows = issuedRows(tables, couponNumber);
  const rowIn = (disposition: number): number | undefined =>
    rows.find((row) => issuance.disposition[row] === disposition);
  if (
    rows.length === 0 &&
    tables.rejects.some((row) => row.kind === 'issuance' && namesCoupon(row.rowId, couponNumber))
  )
    return text(
      '発行データの行が読めなかったためです(rejects.csv を見て直してください)',
      'its issuance row could not be read; see rejects.csv and mend it',
    );
  if (rows.length === 0) {
    const nearest = tables.nearestIssued(couponNumber);
    if (nearest !== undefined)
      return text(
        `発行データにこの番号がないためです。書き方の違う ${nearest} ならあります`,
        `no issuance row has this number; one has ${nearest}, which is nearly the same`,
      );
    return text(
      '発行データにこの番号がないためです。番号の誤りか、発行データの漏れを確かめてください',
      'no issuance row has this number; check the number, or whether the export is complete',
    );
  }
  if (rowIn(CONFLICTING) !== undefined)
    return text('発行データの行が互いに食い違っているためです', 'its issuance rows contradict each other');
  const elsewhere = rowIn(OUT_OF_SCOPE);
  if (elsewhere !== undefined) return otherProgramme(tables, elsewhere, terms);
  if (rowIn(AFTER_AS_OF) !== undefined)
    return text('基準の時刻にはまだ発行されていなかったためです', 'it was not yet issued at the as-of');
  const expiry = formatDate(issuance.expiresOn[rowIn(ACCEPTED) ?? -1] ?? 0);
  return text(
    `有効期限(${expiry})が障害の日(${formatDate(terms.originalExpiry)})ではなく、障害中の決済も、申出・申請・支払いもないためです`,
    `it expires on ${expiry}, not on the day of the outage (${formatDate(terms.originalExpiry)}), made no payment during the outage, and no claim, application or payout names it`,
  );
}

/** A row that was set aside keeps its number as it was written. */
function namesCoupon(written: string | undefined, couponNumber: string): boolean {
  const read = readCouponNumber(written ?? '');
  return 'value' in read && read.value === couponNumber;
}

function otherProgramme({ issuance }: Tables, row: number, terms: Terms): Text {
  const prefecture = String(issuance.prefecture[row]).padStart(2, '0');
  if (prefecture !== terms.prefecture) {
    return text(
      `この事業(都道府県 ${terms.prefecture})ではなく、都道府県 ${prefecture} のクーポンであるためです`,
      `it is not of this programme: its prefecture is ${prefecture}, not ${terms.prefecture}`,
    );
  }
  const [own, other] = [MEDIUM_WORDS[terms.medium], MEDIUM_WORDS[MEDIA[issuance.medium[row] ?? 0] ?? 'paper']];
  return text(
    `この事業の対象は${own.ja}のクーポンで、これは${other.ja}のクーポンであるためです`,
    `it is not of this programme, whose coupons are ${own.en}: this one is ${other.en}`,
  );
}

const MEDIUM_WORDS = { paper: text('紙', 'on paper'), app: text('アプリ', 'in the app') } as const;
