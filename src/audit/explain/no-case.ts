import { dayWords } from '../../base/figures.ts';
import type { CalendarDate, Instant } from '../../base/instants.ts';
import { compareText, type Text, text } from '../../base/text.ts';
import { readCouponNumber } from '../../intake/values/identifiers.ts';
import { type Terms, yearOf } from '../../policy/terms.ts';
import { anyOf, expireOnDayOfOutage, listed } from '../../policy/wording.ts';
import type { Absent, CouponIndex } from '../../tables/pool-index.ts';
import { ABSENT, ACCEPTED, AFTER_AS_OF, CONFLICTING, MEDIA, OUT_OF_SCOPE, type Tables } from '../../tables/tables.ts';
import { openWords, rejectedWords } from './review-words.ts';
import { type Deciding, spokenDay } from './spoken-words.ts';

/** Row numbers of a coupon in the issuance export. */
export function issuedRows({ issuance, coupons }: Tables, couponNumber: string): readonly number[] {
  const coupon = coupons.find(couponNumber);
  const found: number[] = [];
  for (let row = 0; row < issuance.rows; row++) if (issuance.coupon[row] === coupon) found.push(row);
  return found;
}

/** Why a coupon is no case. */
export interface NoCase {
  /** What follows "because". */
  readonly says: Text;
  /** The same as it is read out to the holder. */
  readonly spoken: Text;
}

const noCase = (says: Text, spoken: Text): NoCase => ({ says, spoken });

/** Why a coupon is no case. */
export function whyNoCase(tables: Tables, couponNumber: string, terms: Terms, asOf: Instant): NoCase {
  const { issuance } = tables;
  const rows = issuedRows(tables, couponNumber);
  const rowIn = (disposition: number): number | undefined =>
    rows.find((row) => issuance.disposition[row] === disposition);
  if (rows.length === 0) return notIssued(tables, couponNumber);
  if (rowIn(CONFLICTING) !== undefined)
    return noCase(
      text('発行データの行が互いに食い違っているためです', 'its issuance rows contradict each other'),
      text(
        'このクーポンの発行の記録に食い違いがあります。',
        'The records of how this coupon was issued contradict each other.',
      ),
    );
  const elsewhere = rowIn(OUT_OF_SCOPE);
  if (elsewhere !== undefined) return otherProgramme(tables, elsewhere, terms);
  if (rowIn(AFTER_AS_OF) !== undefined)
    return noCase(
      text('基準の時刻にはまだ発行されていなかったためです', 'it was not yet issued at the as-of'),
      text('このクーポンの発行は、まだ記録に届いておりません。', 'There is no record yet that this coupon was issued.'),
    );
  return notConcerned(issuance.expiresOn[rowIn(ACCEPTED) ?? -1] ?? 0, terms, asOf);
}

function notIssued(tables: Tables, couponNumber: string): NoCase {
  if (tables.rejects.some((row) => row.kind === 'issuance' && namesCoupon(row.rowId, couponNumber)))
    return noCase(
      text(
        '発行データの行が読めなかったためです(rejects.csv を見て直してください)',
        'its issuance row could not be read; see rejects.csv and mend it',
      ),
      text(
        'このクーポンの発行の記録が読み取れないため、事務局で確認する必要があります。',
        'The record of how this coupon was issued cannot be read, and the office has to look into it.',
      ),
    );
  const meant = tables.nearestIssued(couponNumber);
  const near = meant === undefined ? oneSlipAway(tables, couponNumber) : [meant];
  if (near.length > 0)
    return noCase(
      text(
        `発行データにこの番号がないためです。よく似た ${near.join('、')} ならあります`,
        `no issuance row has this number; one has ${near.join(', ')}, which is nearly the same`,
      ),
      text(
        `この番号のクーポンは、発行の記録に見当たりません。${near.join('か、')}ではございませんか。番号を今一度ご確認ください。`,
        `There is no record of a coupon of this number. Could it be ${near.join(' or ')}? Please check the number.`,
      ),
    );
  return noCase(
    text(
      '発行データにこの番号がないためです。番号の誤りか、発行データの漏れを確かめてください',
      'no issuance row has this number; check the number, or whether the export is complete',
    ),
    text(
      'この番号のクーポンは、発行の記録に見当たりません。番号を今一度ご確認ください。',
      'There is no record of a coupon of this number. Please check the number.',
    ),
  );
}

function notConcerned(expiresOn: CalendarDate, terms: Terms, asOf: Instant): NoCase {
  const expiries = terms.cohorts.map(({ originalExpiry }) => originalExpiry);
  const [expiry, own] = [dayWords(expiresOn, yearOf(terms)), spokenDay(expiresOn, { terms, asOf })];
  const outage = anyOf(expiries.map((each) => dayWords(each, yearOf(terms))));
  const day = anyOf(expiries.map((each) => spokenDay(each, { terms, asOf })));
  const isOutage = expireOnDayOfOutage(terms);
  const of = isOutage
    ? text(`障害の日(${outage.ja})`, `the day of the outage (${outage.en})`)
    : text(` (A) の定める${outage.ja}`, `${outage.en}, as (A) asks`);
  const spoken = isOutage ? text(`障害のあった${day.ja}`, `${day.en}, the day of the outage`) : day;
  return noCase(
    text(
      `有効期限(${expiry.ja})が${of.ja}ではなく、障害中の決済も、申出・申請・支払いもないためです`,
      `it expires on ${expiry.en}, not on ${of.en}, made no payment during the outage, and no claim, application or payout names it`,
    ),
    text(
      `補償の対象とならないため、お支払いはございません。このクーポンの有効期限は${own.ja}で、${spoken.ja}ではなく、障害の時間帯のお支払いもありませんでした。`,
      `It is not covered, and nothing is paid: it was valid until ${own.en}, not until ${spoken.en}, and no payment was made with it during the outage.`,
    ),
  );
}

/** What can be read out of a coupon that is no case, and what a person is asked or has decided of it. */
export function answerWithoutCase({ spoken }: NoCase, deciding: Deciding | undefined): readonly Text[] {
  if (deciding === undefined) return [spoken];
  const { items, reasons } = deciding.settlement;
  // That the number is unknown has been said.
  const open = items.some(({ reason }) => reason !== 'UNKNOWN_COUPON') ? openWords(deciding) : [];
  const applied = reasons.includes('OUT_OF_SCOPE') ? [] : rejectedWords(deciding);
  return [spoken, ...open, ...applied];
}

const MOST_SUGGESTED = 3;

/**
 * The issued numbers of as many signs that differ in a single one, or in two that changed places: a slip of whoever wrote
 * it down. None where there are many, for then it would be a guess.
 */
function oneSlipAway({ issuance, coupons }: Tables, couponNumber: string): readonly string[] {
  const found = new Set<string>();
  for (let row = 0; row < issuance.rows && found.size <= MOST_SUGGESTED; row++) {
    const coupon = issuance.coupon[row] as CouponIndex | Absent;
    if (coupon === ABSENT) continue;
    const issued = coupons.textOf(coupon);
    if (issued.length === couponNumber.length && isOneSlip(issued, couponNumber)) found.add(issued);
  }
  return found.size > MOST_SUGGESTED ? [] : [...found].sort(compareText);
}

function isOneSlip(issued: string, written: string): boolean {
  let first = -1;
  let last = -1;
  let count = 0;
  for (let at = 0; at < issued.length && count <= 2; at++) {
    if (issued[at] === written[at]) continue;
    if (first < 0) first = at;
    last = at;
    count++;
  }
  if (count === 1) return true;
  return count === 2 && last === first + 1 && issued[first] === written[last] && issued[last] === written[first];
}

/** A row that was set aside keeps its number as it was written. */
function namesCoupon(written: string | undefined, couponNumber: string): boolean {
  const read = readCouponNumber(written ?? '');
  return 'value' in read && read.value === couponNumber;
}

function otherProgramme({ issuance }: Tables, row: number, terms: Terms): NoCase {
  const prefecture = String(issuance.prefecture[row]).padStart(2, '0');
  if (!terms.prefectures.includes(prefecture)) {
    const ours = listed(terms.prefectures);
    return noCase(
      text(
        `この事業(都道府県 ${ours.ja})ではなく、都道府県 ${prefecture} のクーポンであるためです`,
        `it is not of this programme: its prefecture is ${prefecture}, not ${ours.en}`,
      ),
      text(
        'ほかの都道府県のクーポンのため、この補償の対象とならず、お支払いはございません。',
        'It is a coupon of another prefecture: it is not covered here, and nothing is paid.',
      ),
    );
  }
  const [own, other] = [
    MEDIUM_WORDS[terms.media[0] ?? 'paper'],
    MEDIUM_WORDS[MEDIA[issuance.medium[row] ?? 0] ?? 'paper'],
  ];
  return noCase(
    text(
      `この事業の対象は${own.ja}のクーポンで、これは${other.ja}のクーポンであるためです`,
      `it is not of this programme, whose coupons are ${own.en}: this one is ${other.en}`,
    ),
    text(
      `補償の対象は${own.ja}のクーポンで、こちらは${other.ja}のクーポンのため、お支払いはございません。`,
      `Only coupons ${own.en} are covered, and this one is ${other.en}: nothing is paid.`,
    ),
  );
}

const MEDIUM_WORDS = { paper: text('紙', 'on paper'), app: text('アプリ', 'in the app') } as const;
