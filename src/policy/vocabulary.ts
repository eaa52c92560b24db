import { dayWords, grouped } from '../base/figures.ts';
import { type Text, text } from '../base/text.ts';
import { isTheBalance } from './compensation.ts';
import { isOffered, type Terms } from './terms.ts';
import { readAfter, type Wording } from './wording.ts';

export type GroundId = 'A' | 'B1' | 'B2';
/** A payout channel as outputs name it: one of those listed in rules/channels/index.ts. */
export type RouteId = string;

/** The statuses of eligibility.csv, first that fits (3-rules.md §8). */
export const STATUSES = {
  in_review: text('人の確認待ち', 'waits for a person'),
  not_eligible: text('対象外', 'not eligible'),
  awaiting_claim: ({ claimsClose }) => {
    // True before that day and after it: what counts by then did not come.
    const day = claimsClose === undefined ? undefined : dayWords(claimsClose, undefined);
    return day === undefined
      ? text('コールセンターへの申出待ち', 'waits for a call to the call centre')
      : text(`有効な申出なし(受付は${day.ja}まで)`, `no call that counts (until ${day.en})`);
  },
  pending: (terms) =>
    ({
      expiry: text('有効期限前(判定前)', 'its expiry has not passed yet'),
      extension: text('延長期間中(判定前)', 'first extension still running'),
      either: text('判定の日の前', 'the day on which it is judged has not passed yet'),
    })[readAfter(terms)],
  extended: text('延長中', 'extended, can still be used'),
  still_valid: text('もともとの期限内', 'still valid by its own expiry'),
  settled: text('支払済み', 'settled'),
  used_up: (terms) => (isTheBalance(terms) ? text('使い切り', 'used up') : text('支払う額なし', 'nothing is due')),
  payable: text('支払える', 'payable'),
  lapsed: text('期限切れ', 'lapsed'),
  awaiting_application: text('申請待ち', 'waits for an application'),
} as const satisfies Record<string, Wording>;
export type Status = keyof typeof STATUSES;

interface ReviewWords {
  /** The coupon is held: nothing is payable while the item is open. */
  readonly holds: boolean;
  /** Released by "approve" as a ledger finding is (3-rules.md §7). */
  readonly ledger?: true;
  readonly asks: Text;
}

const hold = (ja: string, en: string): ReviewWords => ({ holds: true, asks: text(ja, en) });
const ledgerHold = (ja: string, en: string): ReviewWords => ({ holds: true, ledger: true, asks: text(ja, en) });
const question = (ja: string, en: string): ReviewWords => ({ holds: false, asks: text(ja, en) });

/** Every review reason: whether it holds the coupon, and what it asks of a person. */
export const REVIEW_REASONS = {
  OVERDRAWN: ledgerHold(
    '残高が 0 円を下回った時点がある。取引の漏れや重複を確かめてください',
    'the balance was below 0 at some moment; check for missing or repeated rows',
  ),
  OVER_REFUNDED: ledgerHold(
    '残高が額面を超えた時点がある。取消・戻入を確かめてください',
    'the balance was above the face value; check the cancels and reinstatements',
  ),
  OUTSIDE_VALIDITY: ledgerHold(
    '発行前か期限後の決済がある。期限と日時を確かめてください',
    'a payment before issue or after the expiry; check the expiry and the time',
  ),
  REVERSAL_MISMATCH: ledgerHold(
    '取消・戻入が元の決済と合わない。元取引と金額を確かめてください',
    'a cancel or reinstatement does not fit its payment; check which payment and how much',
  ),
  INDETERMINATE: ledgerHold(
    '結果の分からない決済がある。成立したかを regionPAY に確かめてください',
    'a payment of unknown outcome; ask regionPAY whether it was settled',
  ),
  CONFLICTING_ROWS: ledgerHold(
    '食い違う行がある(同じ ID で内容が違う、番号が二通りに書かれている、支払済みの額が実行結果と違う)。正しい行を出力元に確かめてください',
    'rows that contradict each other (one id with different content, a number in two spellings, a paid amount that no run ordered); ask the source which is right',
  ),
  REJECTED_ROWS: ledgerHold(
    '使えない行(読めない、または番号の書き方が違う)がこのクーポンを指している。rejects.csv・unmatched.csv が示す入力の行を直して再実行するか、このクーポンの行でなければ approve としてください',
    'a row that could not be used (unreadable, or its number written otherwise) seems to mean this coupon; mend that line of the input (rejects.csv and unmatched.csv name it) and run again, or approve if it is not this coupon\u2019s',
  ),
  COMPETING_APPLICATIONS: hold(
    '申請が複数あり内容が違う。どれが本人の申請か確かめてください',
    'several applications that differ; find out which is the holder\u2019s',
  ),
  NO_CONTACT: hold(
    '送り先の電話番号もメールも使えない。連絡先を確かめてください',
    'neither phone nor e-mail can be used; find out where to send',
  ),
  CONTACT_CONFLICT: hold(
    '同じアカウントに違う連絡先がある。正しい連絡先を確かめてください',
    'one account, different contacts; find out which is right',
  ),
  SHARED_ACCOUNT: hold(
    'ひとつのアカウントのクーポンが多すぎる。会員ID の欄が正しいか確かめてください',
    'more coupons on one account than one person can be believed to have; check the column of accounts',
  ),
  BANK_DETAILS: hold(
    '口座の記載に誤りがある。申請者に確かめてください',
    'the bank details cannot be right; ask the applicant',
  ),
  PAST_RECEIVE_BY: hold(
    '受取期限を過ぎて未送付。期限なしで送ってよいか決めてください',
    'not sent by the receiving deadline; decide whether to send it without one',
  ),
  OUTLIVES_EXTENSION: hold(
    '延長後の期限より長く使えるクーポン。支払うかどうか決めてください',
    'the coupon outlives the extension; decide whether it is paid',
  ),
  EXCEEDS_FACE: hold(
    '支払済みとこれから払う額の和が額面を超える。同じ決済が二度戻されていないか、戻入・取消を確かめてください(承認しても、払うのは合わせて額面まで)',
    'what was paid and what is due come to more than the face value; check whether a payment was put back twice (even when approved, no more than the face value is paid in all)',
  ),
  AMBIGUOUS_SUPPORT: question(
    '店の売上との突合せが一通りに決まらない。店に確かめてください',
    'the shop\u2019s record can be paired in more than one best way; ask the shop',
  ),
  REPEAT_UNVERIFIED: question(
    '続けて決済されているが、店の報告がないか使えない行がある。店に報告を求めてください',
    'payments in quick succession, and no report from the shop, or rows of it that cannot be used; ask for it',
  ),
  NO_SALE_RECORDED: question(
    '複数の決済に対して店の売上がひとつもない。店に確かめてください',
    'several payments and no sale recorded at all; ask the shop',
  ),
  UNSUPPORTED_PAYMENT: question(
    '店の売上に見当たらない決済がある。店か本人に確かめてください',
    'a payment that the shop\u2019s record does not show; ask the shop or the holder',
  ),
  CLAIM_MISMATCH: question(
    '申出の都道府県・期限・店が記録と合わない。申出者に確かめてください',
    'the claim\u2019s prefecture, expiry or shop does not fit the records; ask the caller',
  ),
  CLAIM_OTHER: question('その他の申出。内容を確かめてください', 'a claim of another kind; look into it'),
  CLAIM_UNVERIFIED: question(
    '申出を裏づける店の報告がないか、使えない行がある。店に報告を求めてください',
    'no report from the shop to hold the claim against, or rows of it that cannot be used; ask for it',
  ),
  APPLICATION_MISMATCH: question(
    '申請の都道府県がクーポンと違う。申請者に確かめてください',
    'the application names another prefecture than the coupon; ask the applicant',
  ),
  UNKNOWN_COUPON: question(
    '発行記録にないクーポン番号。番号か発行データの漏れを確かめてください',
    'no issuance row for this number; check the number and the export',
  ),
  OVERPAID: question(
    '払うべき額より多く支払済み。事務局で扱いを決めてください',
    'more was paid than is due; decide what to do',
  ),
  REINSTATED_WITHOUT_GROUND: question(
    '戻入があるのに理由がデータから分からない。理由を確かめてください',
    'a balance was put back for a reason that the files do not show; find out why',
  ),
} as const satisfies Record<string, ReviewWords>;
export type ReviewReason = keyof typeof REVIEW_REASONS;

/** What became of a review item: decided, decided on other evidence, approved by one person of two, or open. */
export type Verdict = 'approve' | 'reject' | 'stale' | 'needs_second' | 'open';

/** Whether a person has still to answer. */
export const isUnanswered = (verdict: Verdict): boolean => verdict !== 'approve' && verdict !== 'reject';

/** Reason codes of eligibility.csv that are no review items. */
export const REASONS = {
  CLAIM_AWAITED: ({ claimsClose }) => {
    const day = claimsClose === undefined ? undefined : dayWords(claimsClose, undefined);
    return day === undefined
      ? text('コールセンターへの申出がまだない', 'no call to the call centre yet')
      : text(`コールセンターへの有効な申出がない(受付は${day.ja}まで)`, `no call that counts (until ${day.en})`);
  },
  CLAIMS_CLOSED: text('申出がないまま締め切られた', 'nobody called before calls closed'),
  ALREADY_CANCELLED: text('決済はすでに取り消されている', 'the payments were cancelled already'),
  SUPPORTED_BY_MERCHANT: text('店の売上が決済と合っている', 'the shop\u2019s record supports the payments'),
  OUT_OF_SCOPE: text('この事業の対象外(都道府県・媒体)', 'not of this programme (prefecture or medium)'),
  NO_GROUND: text('申請はあるが補償の理由がない', 'an application, but no ground for compensation'),
  APPLICATION_OUT_OF_TIME: text('申請が受付期間外', 'the application is out of time'),
  POINTS_APPLICATIONS_CLOSED: text('ポイント申請は締切済み(振込申請は可)', 'applications for points are closed'),
  BELOW_MINIMUM: ({ compensation: { minimumYen } }) =>
    minimumYen === 1
      ? text('残高に対して払う額が 1 円に満たない', 'what is paid for the balance comes to less than a yen')
      : text(
          `残高に対して払う額が ${grouped(minimumYen)}円に満たない`,
          `what is paid for the balance comes to less than ${grouped(minimumYen)} yen`,
        ),
  CAPPED_PER_PERSON: ({ compensation: { capPerPersonYen = 0 } }) =>
    text(
      `同じ送り先への合計が上限の ${grouped(capPerPersonYen)}円を超える分は払わない`,
      `no more than ${grouped(capPerPersonYen)} yen is paid to one recipient in all`,
    ),
  METHOD_NOT_OFFERED: ({ pointsFrom }) =>
    pointsFrom === undefined
      ? text('ポイントの申請だが、この補償にポイントはない', 'an application for points, in which nothing is paid here')
      : text('振込の申請だが、この補償に振込はない', 'an application for a bank transfer, and none is made here'),
  CLAIM_OUT_OF_TIME: text('申出が受付期間外', 'the claim is out of time'),
  REJECTED: text('確認の結果、却下', 'rejected by a person'),
} as const satisfies Record<string, Wording>;
/** Whether it can come under a policy: no other is told of. */
export function canComeUnder(terms: Terms, reason: string): boolean {
  if (reason === 'BELOW_MINIMUM') return !isTheBalance(terms);
  if (reason === 'PAST_RECEIVE_BY') return terms.receiveBy !== undefined;
  if (reason === 'CAPPED_PER_PERSON') return terms.compensation.capPerPersonYen !== undefined;
  return reason !== 'METHOD_NOT_OFFERED' || !isOffered(terms, 'points') || !isOffered(terms, 'bank_transfer');
}

export type ReasonCode = keyof typeof REASONS | ReviewReason;

export const GROUNDS = {
  A: (terms) =>
    ({
      expiry: text('有効期限後も残額あり', 'balance left at its expiry'),
      extension: text('期限延長後も残額あり', 'balance left after the first extension'),
      either: text('期限後も残額あり', 'balance left at its expiry, or after the first extension'),
    })[readAfter(terms)],
  B1: text('現金等で払ったのに引落', 'paid otherwise, deducted all the same'),
  B2: text('二重決済', 'charged more than once'),
} as const satisfies Record<GroundId, Wording>;
