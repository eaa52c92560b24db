import { endOfDay, type Instant, readableInstant } from '../../base/instants.ts';
import { compareText, type Text, text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import { isUnanswered, REVIEW_REASONS, type ReviewReason, type Verdict } from '../../policy/vocabulary.ts';
import type { Settlement } from '../../settlement/settlement.ts';
import type { DecisionRow, Tables } from '../../tables/tables.ts';
import type { ExplainedDecision, Missing, Row } from './explanation.ts';

/** The decisions that count, by review id: by the time when they were given. */
export function decisionsTaken({ decisions }: Pick<Tables, 'decisions'>): ReadonlyMap<string, readonly DecisionRow[]> {
  const taken = new Map<string, DecisionRow[]>();
  for (const row of decisions) {
    if (row.disposition !== 'accepted') continue;
    const given = taken.get(row.reviewId) ?? [];
    taken.set(row.reviewId, given);
    given.push(row);
  }
  for (const given of taken.values())
    given.sort((a, b) => a.decidedAt - b.decidedAt || compareText(a.decidedBy, b.decidedBy));
  return taken;
}

/** Every question asked of a person on this coupon, with the decision where one was taken. */
export function explainDecisions(
  { items }: Settlement,
  decisions: ReadonlyMap<string, readonly DecisionRow[]>,
  rowOf: (id: string) => Row,
): readonly ExplainedDecision[] {
  return items.map((item) => {
    const taken = decisionsOn(item, decisions.get(item.reviewId) ?? []);
    const decision = taken.at(-1);
    return {
      reviewId: item.reviewId,
      reason: item.reason,
      holds: item.holds,
      stakeYen: item.stakeYen ?? null,
      asks: REVIEW_REASONS[item.reason].asks,
      detail: item.detail,
      verdict: item.verdict,
      decidedAt: decision === undefined ? '' : readableInstant(decision.decidedAt),
      decidedBy: taken.map(({ decidedBy }) => decidedBy).join(', '),
      note: taken
        .map(({ note }) => note)
        .filter((note) => note !== '')
        .join('; '),
      row: decision === undefined ? null : rowOf(`decision:${item.reviewId}`),
    };
  });
}

/** The answers on the evidence as it is now, else the last ones on other evidence; by the time when they were given. */
export function decisionsOn(
  { evidenceHash }: Settlement['items'][number],
  given: readonly DecisionRow[],
): readonly DecisionRow[] {
  const on = (hash: string | undefined) => given.filter((row) => row.evidenceHash === hash);
  const current = on(evidenceHash);
  return current.length > 0 ? current : on(given.at(-1)?.evidenceHash);
}

const from = (who: Missing['who'], ja: string, en: string): Missing => ({ what: text(ja, en), who });

/** What would answer each question, and who could say it. */
const WOULD_ANSWER: Readonly<Record<ReviewReason, Missing>> = {
  OVERDRAWN: from(
    'regionPAY',
    '残高が足りなくなるわけ(取引の漏れや重複)',
    'why the balance fell below 0 (rows missing or repeated)',
  ),
  OVER_REFUNDED: from('regionPAY', '額面より多く戻ったわけ', 'why more came back than the face value'),
  OUTSIDE_VALIDITY: from('regionPAY', '期限の外の決済が成立したわけ', 'how a payment outside the validity was settled'),
  REVERSAL_MISMATCH: from(
    'regionPAY',
    '取消・戻入がどの決済のいくらのものか',
    'which payment the cancel or reinstatement belongs to, and how much of it',
  ),
  INDETERMINATE: from(
    'regionPAY',
    '結果の分からない決済が成立したかどうか',
    'whether the payment of unknown outcome was settled',
  ),
  CONFLICTING_ROWS: from(
    'office',
    '食い違う行のうち正しいもの(出力元に確認)',
    'which of the rows is right (from whoever exported them)',
  ),
  REJECTED_ROWS: from('office', '使えない行を直したデータ', 'the data with the row mended that cannot be used'),
  COMPETING_APPLICATIONS: from('call centre', 'どれが本人の申請か', 'which application is the holder\u2019s'),
  NO_CONTACT: from('call centre', '使える電話番号かメール', 'a phone number or e-mail address that can be used'),
  CONTACT_CONFLICT: from('call centre', 'どちらの連絡先が正しいか', 'which of the contacts is right'),
  SHARED_ACCOUNT: from('office', 'そのアカウントが一人のものか', 'whether the account is one person\u2019s'),
  BANK_DETAILS: from('call centre', '正しい口座の記載', 'bank details that can be used'),
  PAST_RECEIVE_BY: from(
    'office',
    '受取期限を過ぎて送ってよいかの決定',
    'a decision whether it is sent after the receiving deadline',
  ),
  OUTLIVES_EXTENSION: from(
    'office',
    '延長後の期限より長く使えるクーポンを支払うかの決定',
    'a decision whether a coupon that outlives the extension is paid',
  ),
  EXCEEDS_FACE: from(
    'regionPAY',
    '額面より多くなるわけ(同じ決済の二度の戻入など)',
    'why it comes to more than the face value (a payment put back twice, for instance)',
  ),
  AMBIGUOUS_SUPPORT: from('shop', 'どの売上がどの決済のものか', 'which sale belongs to which payment'),
  REPEAT_UNVERIFIED: from('shop', 'その日の全売上の報告', 'the report of all sales of that day'),
  NO_SALE_RECORDED: from('shop', 'これらの決済で何が売れたか', 'what was sold for these payments'),
  UNSUPPORTED_PAYMENT: from('shop', 'この決済で何が売れたか', 'what was sold for this payment'),
  CLAIM_MISMATCH: from(
    'call centre',
    '申出の都道府県・期限・店と決済の時刻の確認',
    'whether prefecture, expiry, shop and time of the claim are right',
  ),
  CLAIM_OTHER: from('call centre', '申出の内容', 'what the claim is about'),
  CLAIM_UNVERIFIED: from('shop', 'その日の全売上の報告', 'the report of all sales of that day'),
  APPLICATION_MISMATCH: from(
    'call centre',
    '申請がこのクーポンのものかどうか',
    'whether the application is for this coupon',
  ),
  UNKNOWN_COUPON: from(
    'office',
    '正しいクーポン番号、または漏れのない発行データ',
    'the right coupon number, or an issuance export without gaps',
  ),
  OVERPAID: from('office', '払いすぎた分の扱い', 'what is to be done about the excess'),
  REINSTATED_WITHOUT_GROUND: from('regionPAY', '戻し入れた理由', 'why the balance was put back'),
};

export const isOpen = ({ verdict }: { readonly verdict: Verdict }): boolean => isUnanswered(verdict);

export const wouldAnswer = (reason: ReviewReason): Missing => WOULD_ANSWER[reason];

/** What is still missing, each thing once. */
export function missingFor(
  { items, reasons, status, listed }: Settlement,
  { terms, asOf }: { readonly terms: Terms; readonly asOf: Instant },
): readonly Missing[] {
  const missing = items.filter(isOpen).map((item) => WOULD_ANSWER[item.reason]);
  // A call that came now would be out of time.
  const isClosed = terms.claimsClose !== undefined && asOf >= endOfDay(terms.claimsClose);
  if (listed && reasons.includes('CLAIM_AWAITED') && !isClosed)
    missing.push(
      from(
        'call centre',
        '本人の申出(番号・有効期限・都道府県・店名)',
        'a call from the holder (number, expiry, prefecture, shop)',
      ),
    );
  if (listed && status === 'awaiting_application')
    missing.push(
      from('call centre', '本人による特設サイトでの申請', 'an application by the holder on the special site'),
    );
  return [...new Set(missing)];
}

export const SUPPLIER_WORDS: Readonly<Record<Missing['who'], Text>> = {
  'call centre': text('コールセンター', 'the call centre'),
  shop: text('店', 'the shop'),
  office: text('事務局', 'the office'),
  regionPAY: text('regionPAY', 'regionPAY'),
};
