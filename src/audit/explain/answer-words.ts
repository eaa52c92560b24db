import { momentWords, yenWords } from '../../base/figures.ts';
import { endOfDay } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import { reinstatementsOf } from '../../ledger/balance.ts';
import { mismatchesOf } from '../../ledger/claims.ts';
import { isTheBalance, shareOf, shareWords } from '../../policy/compensation.ts';
import { duringOutage } from '../../policy/policy.ts';
import { cohortOf, isOffered, type Terms } from '../../policy/terms.ts';
import type { GroundId, ReviewReason, Status } from '../../policy/vocabulary.ts';
import { anyOf, mediumWords } from '../../policy/wording.ts';
import { concludes, isReinstated } from '../../rules/conclusions.ts';
import type { JudgedFinding } from '../../rules/finding.ts';
import type { ReviewItem, SettledAmounts } from '../../settlement/settlement.ts';
import type { ClaimRow } from '../../tables/tables.ts';
import { expiryIn, firstExtension } from './ground-words.ts';
import { isOpen } from './open-questions.ts';
import { paidSoFar, paymentWords, payoutWords } from './payment-words.ts';
import { grantedWords, openWords, rejectedWords } from './review-words.ts';
import { capital, spokenDay, spokenPayments, type Told, understoodYear } from './spoken-words.ts';

/**
 * What is read out to the holder of a case: what they get, when and how; what is missing, and from whom; and why. It is
 * told without a code, a rule or a shop's number: whoever calls knows none of them.
 */
export function answerOn(told: Told): readonly Text[] {
  const { settlement } = told;
  if (!settlement.listed) return [NOTHING, ...noGroundWords(told)];
  const parts = ANSWERS[settlement.status](told);
  return parts.filter(({ ja }) => ja !== '');
}

const NOTHING = text('お支払いするものはございません。', 'Nothing is due.');

const ANSWERS: Readonly<Record<Status, (told: Told) => readonly Text[]>> = {
  payable: (told) => [
    toBePaid(told.amounts.payableYen),
    ...payoutWords(told),
    ...paymentWords(told),
    ...sumWords(told),
    ...cutWords(told),
    ...besides(told),
    ...groundWords(told),
  ],
  awaiting_application: (told) => [
    waitsForApplication(told.amounts.payableYen),
    ...howToApply(told),
    ...paymentWords(told),
    ...sumWords(told),
    ...besides(told),
    ...groundWords(told),
  ],
  lapsed: (told) =>
    // What nobody applied for in time is so many yen; what nobody called about was never payable.
    told.amounts.payableYen > 0
      ? [lapsed(told), ...paymentWords(told), ...besides(told), ...groundWords(told)]
      : [
          awaitsClaim(told, ''),
          ...lateClaims(told),
          ...paymentWords(told),
          ...rejectedWords(told),
          ...groundWords(told),
        ],
  settled: (told) => [...settledWords(told), ...cutWords(told), ...besides(told), ...groundWords(told)],
  used_up: (told) =>
    told.amounts.cutYen === undefined
      ? [usedUp(told), ...paymentWords(told), ...besides(told)]
      : [NOTHING, ...cutWords(told), ...paymentWords(told), ...besides(told), ...groundWords(told)],
  extended: (told) => [
    ...extendedWords(told, told.amounts.validUntil),
    ...paymentWords(told),
    ...besides(told),
    ...groundWords(told),
  ],
  still_valid: (told) => [...stillValid(told), ...paymentWords(told), ...besides(told), ...groundWords(told)],
  pending: (told) => [...pendingWords(told), ...paymentWords(told), ...besides(told)],
  awaiting_claim: (told) => [
    awaitsClaim(told, ''),
    ...paymentWords(told),
    ...openWords(told),
    ...rejectedWords(told),
    ...groundWords(told),
  ],
  in_review: (told) => [
    inReview(told.settlement.items.filter(isOpen)),
    ...openWords(told),
    ...paymentWords(told),
    ...rejectedWords(told),
    ...(told.settlement.grounds.length > 0 ? groundWords(told) : noGroundWords(told)),
    ...reasonWords(told),
  ],
  not_eligible: (told) => [
    ...rejectedWords(told),
    text('補償の対象とならないため、お支払いはございません。', 'It is not covered, and nothing is paid.'),
    ...paymentWords(told),
    ...(told.settlement.grounds.length > 0 ? [] : noGroundWords(told)),
    ...reasonWords(told),
  ],
};

/** What else is open, was decided or could be claimed, beside what is paid. */
const besides = (told: Told): readonly Text[] => [
  ...openWords(told),
  ...rejectedWords(told),
  ...(isUncalled(told) ? [awaitsClaim(told, 'このほか、')] : []),
  ...lateClaims(told),
];

/** Something was deducted that no call has come about, whether one still may or not. */
const isUncalled = ({ settlement: { reasons } }: Pick<Told, 'settlement'>): boolean =>
  reasons.includes('CLAIM_AWAITED') || reasons.includes('CLAIMS_CLOSED');

function toBePaid(yen: number): Text {
  const { ja, en } = yenWords(yen);
  return text(`お支払い額は${ja}です。`, `You will be paid ${en}.`);
}

function waitsForApplication(yen: number): Text {
  const { ja, en } = yenWords(yen);
  return text(
    `お支払い額は${ja}です。お送り先が未登録のため、お手続きをお待ちしております。`,
    `${capital(en)} is due to you, but we do not know where to send it: we are waiting for your application.`,
  );
}

/** Where and until when, as long as something can still be applied for. */
function howToApply(told: Told): readonly Text[] {
  const { terms, settlement } = told;
  const words: Text[] = [];
  if (settlement.reasons.includes('APPLICATION_OUT_OF_TIME'))
    words.push(
      text(
        'いただいたご申請は受付期間の外でしたので、お受けできておりません。',
        'The application that you made came out of time and does not count.',
      ),
    );
  if (settlement.reasons.includes('METHOD_NOT_OFFERED'))
    words.push(
      text(
        'いただいたご申請の受取方法は、この補償ではお取り扱いしておりません。',
        'The application that you made is for a way of paying that is not offered here, and does not count.',
      ),
    );
  if (!isOffered(terms, 'points')) return [...words, transferAlone(told)];
  const pointsClosed = settlement.reasons.includes('POINTS_APPLICATIONS_CLOSED');
  const close = pointsClosed ? terms.bankApplicationsClose : terms.applicationsClose;
  const until = close === undefined ? text('', '') : spokenDay(close, told);
  if (pointsClosed)
    words.push(
      text(
        `ポイントでの受付は終了しましたが、銀行振込でしたら${until.ja === '' ? '' : `${until.ja}まで`}特設サイトからご申請いただけます。`,
        `Points can no longer be applied for, but you can apply for a bank transfer on the special site${until.en === '' ? '' : ` until ${until.en}`}.`,
      ),
    );
  else
    words.push(
      text(
        `特設サイトから${until.ja === '' ? '' : `${until.ja}までに`}ご申請ください。`,
        `Please apply on the special site${until.en === '' ? '' : ` by ${until.en}`}.`,
      ),
    );
  return words;
}

/** Where nothing is paid in points. */
function transferAlone(told: Told): Text {
  const close = told.terms.bankApplicationsClose;
  const until = close === undefined ? text('', '') : spokenDay(close, told);
  return text(
    `特設サイトから${until.ja === '' ? '' : `${until.ja}までに`}、お振込先の口座をご申請ください。`,
    `Please apply for a bank transfer on the special site${until.en === '' ? '' : ` by ${until.en}`}.`,
  );
}

function lapsed(told: Told): Text {
  const { ja, en } = yenWords(told.amounts.payableYen);
  const closes = [told.terms.applicationsClose, told.terms.bankApplicationsClose].filter((day) => day !== undefined);
  const close = spokenDay(Math.max(...closes), told);
  return text(
    `受付期間(${close.ja}まで)に有効なご申請がなかったため、${ja}はお支払いできません。`,
    `No valid application was made until ${close.en}, so ${en} can no longer be paid.`,
  );
}

/** Nothing is left to order; what was really sent is another matter. */
function settledWords(told: Told): readonly Text[] {
  const { unsentYen, sentYen } = paidSoFar(told.payments);
  const sent = yenWords(sentYen);
  return [
    ...(unsentYen > 0 ? [toBePaid(unsentYen)] : []),
    ...(sentYen > 0 && unsentYen === 0
      ? [text(`${sent.ja}をお支払い済みです。`, `You have been paid ${sent.en}.`)]
      : []),
    ...paymentWords(told),
    text('このほかにお支払いするものはございません。', 'Nothing else is due.'),
  ];
}

function usedUp(told: Told): Text {
  const until = spokenDay(told.amounts.validUntil, told);
  const { residualYen } = told.amounts;
  if (residualYen > 0 && !isTheBalance(told.terms)) {
    const left = yenWords(residualYen);
    return text(
      `${until.ja}の時点の残高は${left.ja}ですが、お支払いする額が定められた最低額に満たないため、お支払いはございません。`,
      `The balance was ${left.en} on ${until.en}; what is paid for it comes to less than the least that is paid, so nothing is.`,
    );
  }
  return text(
    `${until.ja}までに全額ご利用済みのため、お支払いする残額はございません。`,
    `All of it was spent by ${until.en}, so there is no balance left to pay.`,
  );
}

function extendedWords(told: Told, lastDay: number): readonly Text[] {
  const { residualYen } = told.amounts;
  const [until, balance] = [spokenDay(lastDay, told), yenWords(residualYen)];
  const paid = isTheBalance(told.terms)
    ? text('その時点で残った額は、そのあとにお支払いします。', 'What is left on it then is paid afterwards.')
    : text(
        `その時点で残高があれば、${shareWords(told.terms).ja}を、そのあとにお支払いします。`,
        `If anything is left on it then, this is paid afterwards: ${shareWords(told.terms).en}.`,
      );
  return [
    text(
      `クーポンは${until.ja}までご利用いただけます。${paid.ja}`,
      `The coupon can be used until ${until.en}. ${paid.en}`,
    ),
    text(`現在の残高は${balance.ja}です。`, `The balance is now ${balance.en}.`),
    ...stillToPutBack(told.amounts),
  ];
}

function stillToPutBack({ reinstateYen }: SettledAmounts): readonly Text[] {
  if (reinstateYen === 0) return [];
  const { ja, en } = yenWords(reinstateYen);
  return [
    text(
      `このほか、誤って引き落とされた${ja}を残高にお戻しします。`,
      `Besides, ${en} that was wrongly deducted is put back on it.`,
    ),
  ];
}

function stillValid(told: Told): readonly Text[] {
  const until = spokenDay(told.amounts.validUntil, told);
  return [
    text(
      `クーポンは、もとの有効期限の${until.ja}までご利用いただけます。それまではお支払いはございません。`,
      `The coupon can be used until its own expiry on ${until.en}, and nothing is paid before.`,
    ),
    ...stillToPutBack(told.amounts),
  ];
}

function pendingWords(told: Told): readonly Text[] {
  const { terms, amounts } = told;
  const { expiresOn } = told.facts;
  const [until, least, balance] = [
    spokenDay(firstExtension(expiresOn, terms), told),
    yenWords(terms.minimumResidualYen),
    yenWords(amounts.residualYen),
  ];
  const usable =
    cohortOf(terms, expiresOn)?.firstExtension === undefined
      ? text(`クーポンは${until.ja}までご利用いただけます。`, `The coupon can be used until ${until.en}.`)
      : text(
          `クーポンは${until.ja}まで延長されており、ご利用いただけます。`,
          `The coupon was extended to ${until.en} and can be used.`,
        );
  return [
    text(
      `${usable.ja}${until.ja}が終わった時点で${least.ja}以上残っていれば、補償の対象となります。`,
      `${usable.en} If ${least.en} or more is left at the end of that day, it is covered.`,
    ),
    text(`現在の残高は${balance.ja}です。`, `The balance is now ${balance.en}.`),
  ];
}

/** Deductions that nobody has called about yet. */
function awaitsClaim(told: Told, besideJa: string): Text {
  const { settlement, terms, asOf } = told;
  const unclaimed = settlement.findings
    .filter(({ ground }) => ground !== undefined && ground.id !== 'A')
    .filter((finding) => concludes(finding, settlement.findings) && !isClaimed(finding, told));
  const yen = yenWords(
    unclaimed.reduce(
      (sum, { ground }) => sum + (ground?.payments ?? []).reduce((all, { amountYen }) => all + amountYen, 0),
      0,
    ),
  );
  if (terms.claimsClose !== undefined && asOf >= endOfDay(terms.claimsClose)) {
    const close = spokenDay(terms.claimsClose, told);
    if (unclaimed.length > 0 && unclaimed.every((finding) => isClaimedLate(finding, told)))
      return text(
        `${besideJa}${yen.ja}については、お申し出をいただいたのが受付の期限(${close.ja})の後でしたので、お手続きできません。`,
        `${capital(yen.en)}${besideJa === '' ? '' : ' more'} can no longer be paid, as the call about it came after ${close.en}.`,
      );
    return text(
      `${besideJa}${yen.ja}については、${close.ja}までにお申し出がなかったため、お手続きできません。`,
      `${capital(yen.en)}${besideJa === '' ? '' : ' more'} can no longer be paid, as nobody called about it until ${close.en}.`,
    );
  }
  return text(
    `${besideJa}お申し出をいただけましたら、${yen.ja}について確認のうえお手続きします。`,
    `Please call about ${yen.en}${besideJa === '' ? '' : ' more'}: once you have, we check it and see to it.`,
  );
}

/** Somebody has called about payments at this shop, but when it was too late. */
const isClaimedLate = ({ group }: JudgedFinding, { facts, terms }: Told): boolean =>
  facts.claims.some(
    (claim) => claim.kind !== 'other' && claim.merchantId === group?.merchantId && isOutOfTime(claim, terms),
  );

const isOutOfTime = ({ receivedAt }: ClaimRow, { claimsClose }: Terms): boolean =>
  claimsClose !== undefined && receivedAt >= endOfDay(claimsClose);

/** Whether a deduction needs no call any more: a valid claim is in, or regionPAY has put something back (3-rules.md §5). */
function isClaimed({ group, ground }: JudgedFinding, { facts, settlement, terms }: Told): boolean {
  if (group === undefined || ground === undefined) return false;
  const isApproved = (claimId: string): boolean =>
    settlement.findings.some(
      ({ about, question, item }) =>
        about === claimId && question?.reason === 'CLAIM_MISMATCH' && item?.verdict === 'approve',
    );
  const isValid = (claim: ClaimRow): boolean =>
    claim.kind !== 'other' &&
    claim.merchantId === group.merchantId &&
    (mismatchesOf(claim, facts, terms).length === 0 || isApproved(claim.claimId)) &&
    !isOutOfTime(claim, terms);
  return facts.claims.some(isValid) || isReinstated(facts, group, ground.payments);
}

function inReview(open: readonly ReviewItem[]): Text {
  if (open.some(({ holds }) => holds))
    return text(
      '確認が済むまで、お支払いを保留しております。',
      'The payment is on hold until something has been looked into.',
    );
  if (open.every(({ reason }) => SETTLES_NO_GROUND.includes(reason)))
    return text(
      'お支払いするものはございませんが、確認することが残っております。',
      'Nothing is due, but there is something to look into.',
    );
  return text(
    '補償の対象となるかどうか、確認しております。',
    'Whether anything is due to you is still being looked into.',
  );
}

/** Questions whose answer can give no ground where there is none. */
const SETTLES_NO_GROUND: readonly ReviewReason[] = ['OVERPAID', 'APPLICATION_MISMATCH'];

/** What a sum is made of, where it is not one balance alone. */
function sumWords(told: Told): readonly Text[] {
  const { amounts } = told;
  const { residualYen, reinstateYen, alreadyPaidYen } = amounts;
  const shareYen = shareOf(told.terms, residualYen);
  if (shareYen + reinstateYen > alreadyPaidYen + amounts.payableYen + (amounts.cutYen ?? 0))
    return [cutToFace(amounts, told.terms)];
  const [until, residual, wrong, paid] = [
    spokenDay(amounts.validUntil, told),
    yenWords(residualYen),
    yenWords(reinstateYen),
    yenWords(alreadyPaidYen),
  ];
  const [isWhole, share] = [isTheBalance(told.terms), yenWords(shareYen)];
  const balance = text(`${until.ja}時点の残高${residual.ja}`, `the balance of ${residual.en} on ${until.en}`);
  const forBalance = text(`${until.ja}時点の残高${residual.ja}に対する${share.ja}`, `${share.en} for ${balance.en}`);
  const parts = [
    ...(shareYen === 0 ? [] : [isWhole ? balance : forBalance]),
    ...(reinstateYen === 0 ? [] : [text(`誤って引き落とされた${wrong.ja}`, `${wrong.en} that was wrongly deducted`)]),
  ];
  if (parts.length === 1 && alreadyPaidYen === 0 && (isWhole || shareYen === 0))
    return reinstateYen === 0
      ? [text(`${until.ja}の時点で残っていた額です。`, `That is what was left on ${until.en}.`)]
      : [text('誤って引き落とされた額です。', 'That is what was wrongly deducted.')];
  return [
    text(
      `内訳は、${parts.map(({ ja }) => ja).join('と、')}です。${alreadyPaidYen === 0 ? '' : `すでにお手続きした${paid.ja}を差し引いております。`}`,
      `That is ${parts.map(({ en }) => en).join(' and ')}${alreadyPaidYen === 0 ? '' : `, less ${paid.en} that was ordered before`}.`,
    ),
  ];
}

/** What is not paid because the same person is paid for other coupons, too. */
function cutWords({ amounts: { cutYen }, terms }: Told): readonly Text[] {
  const { capPerPersonYen } = terms.compensation;
  if (cutYen === undefined || capPerPersonYen === undefined) return [];
  const [cut, cap] = [yenWords(cutYen), yenWords(capPerPersonYen)];
  return [
    text(
      `お支払いはおひとりにつき合わせて${cap.ja}までのため、このクーポンの${cut.ja}はお支払いできません。`,
      `No more than ${cap.en} is paid to one person in all, so ${cut.en} for this coupon is not paid.`,
    ),
  ];
}

/** The sums come to more than is paid: a person let it be paid up to the face value (R16). */
function cutToFace({ faceYen, residualYen, reinstateYen, alreadyPaidYen }: SettledAmounts, terms: Terms): Text {
  const [sum, face, paid] = [
    yenWords(shareOf(terms, residualYen) + reinstateYen),
    yenWords(faceYen),
    yenWords(alreadyPaidYen),
  ];
  return text(
    `計算では${sum.ja}になりますが、お支払いできるのは${mediumWords(terms).faceJa}の${face.ja}までです${alreadyPaidYen === 0 ? '' : `(うち${paid.ja}はお手続き済みです)`}。`,
    `The sums come to ${sum.en}, but no more than the face value of ${face.en} is paid${alreadyPaidYen === 0 ? '' : ` (${paid.en} of it already ordered)`}.`,
  );
}

/** Why it is covered: a sentence for each ground. */
function groundWords(told: Told): readonly Text[] {
  const { findings, grounds } = told.settlement;
  const found = findings.flatMap((finding) => {
    const { ground } = finding;
    if (ground === undefined || ground.pending || !concludes(finding, findings)) return [];
    return [ground.id === 'A' ? leftAfterExtension(told) : deducted(finding, ground.id, told)];
  });
  const backYen = reinstatementsOf(told.facts).reduce((sum, { amountYen }) => sum + amountYen, 0);
  const back = yenWords(backYen);
  const isB = grounds.some((ground) => ground !== 'A');
  return [
    ...found,
    ...grantedWords(told),
    ...(isB && backYen > 0 && told.amounts.reinstateYen === 0
      ? [
          text(
            `誤って引き落とされた分は、${back.ja}を残高にお戻ししております。`,
            `Of what was wrongly deducted, ${back.en} has been put back.`,
          ),
        ]
      : []),
  ];
}

function leftAfterExtension(told: Told): Text {
  const { ownExpiry, balanceYen } = expiryIn(told.settlement.findings);
  const [own, end, balance] = [
    spokenDay(ownExpiry, told),
    spokenDay(firstExtension(ownExpiry, told.terms), told),
    yenWords(balanceYen),
  ];
  const then = own.ja === end.ja ? text('その日', 'that day') : end;
  return text(
    `有効期限が${own.ja}のクーポンで、${then.ja}が終わった時点で${balance.ja}残っていたため、補償の対象です。`,
    `The coupon expired on ${own.en} and still held ${balance.en} at the end of ${then.en}: that is why it is covered.`,
  );
}

function deducted(finding: JudgedFinding, id: GroundId, told: Told): Text {
  const { group, ground } = finding;
  if (group === undefined) throw new Error('a deduction of no payments');
  const payments = spokenPayments(group, told);
  const [all, wrong] = [group.payments.length, ground?.payments.length ?? 0];
  const part = all === 1 ? '' : `のうち${wrong}件`;
  // What nobody has called about is not known for certain.
  const isOpen = isUncalled(told) && !isClaimed(finding, told);
  const was = isOpen ? 'may have been' : wrong === 1 ? 'was' : 'were';
  return id === 'B2'
    ? text(
        `${payments.ja}${part}は、二重に決済された${isOpen ? '可能性があります' : 'ものでした'}。`,
        `Of ${payments.en}, ${wrong} ${was} charged more than once.`,
      )
    : text(
        `${payments.ja}${part}は、別にお支払いいただいたのに、クーポンの残高からも引き落とされ${isOpen ? 'た可能性があります' : 'ていました'}。`,
        `${all === 1 ? capital(payments.en) : `Of ${payments.en}, ${wrong}`} ${was} deducted from the coupon although you paid in another way.`,
      );
}

/** Why it is not covered, as far as that is settled. */
function noGroundWords(told: Told): readonly Text[] {
  if (told.settlement.status === 'pending') return [];
  const { ownExpiry, inCohort, balanceYen } = expiryIn(told.settlement.findings);
  const [own, outage, end, balance] = [
    spokenDay(ownExpiry, told),
    anyOf(told.terms.cohorts.map(({ originalExpiry }) => spokenDay(originalExpiry, told))),
    spokenDay(firstExtension(ownExpiry, told.terms), told),
    yenWords(balanceYen),
  ];
  const expiry = inCohort
    ? text(
        `${end.ja}が終わった時点の残高は${balance.ja}でした。`,
        `The balance was ${balance.en} at the end of ${end.en}.`,
      )
    : text(
        `期限切れによる補償は有効期限が${outage.ja}のクーポンが対象で、このクーポンの有効期限は${own.ja}です。`,
        `What expired is made good for coupons valid until ${outage.en}; this one was valid until ${own.en}.`,
      );
  return [expiry, ...duringOutageWords(told)];
}

function duringOutageWords(told: Told): readonly Text[] {
  const { facts, settlement, terms } = told;
  const during = facts.payments.filter((payment) => duringOutage(terms, payment.occurredAt));
  if (during.length === 0)
    return [
      text(
        '障害の時間帯に、このクーポンのお支払いはありませんでした。',
        'No payment was made with it during the outage.',
      ),
    ];
  const undone = during.filter((payment) => payment.undone).length;
  const cancelled =
    undone === 0
      ? []
      : [
          text(
            `障害の時間帯のお支払い${during.length}件のうち${undone}件は、すでに取り消されています。`,
            `Of ${during.length === 1 ? '1 payment' : `${during.length} payments`} during the outage, ${undone} ${undone === 1 ? 'was' : 'were'} cancelled.`,
          ),
        ];
  return [...cancelled, ...settlement.findings.flatMap((finding) => recorded(finding, told))];
}

/** What the shop's record has of a group that nobody is asked about. */
function recorded(finding: JudgedFinding, told: Told): readonly Text[] {
  const { group, observed, outcome, question } = finding;
  if (group === undefined || observed?.kind !== 'support') return [];
  const at = momentWords(group.payments[0]?.occurredAt ?? 0, understoodYear(told));
  const yen = yenWords(group.amountYen * group.payments.length);
  const ja = group.payments.length === 1 ? `${at.ja}のお支払い` : spokenPayments(group, told).ja;
  if (outcome === 'met')
    return [
      text(
        `${ja}については、お店の記録でも、その時刻に${yen.ja}分のクーポン利用が確認できました。`,
        `The shop\u2019s record, too, has ${yen.en} paid by coupon on ${at.en}.`,
      ),
    ];
  if (observed.support.kind !== 'uncovered' || question !== undefined) return [];
  const payments = spokenPayments(group, told);
  return [
    text(
      `${payments.ja}については、お店の売上の報告がそろっていないため、確かめられておりません。`,
      `As the shop\u2019s report is not complete, ${payments.en} could not be checked.`,
    ),
  ];
}

/** Calls that came after calls had closed, with both times. */
function lateClaims(told: Told): readonly Text[] {
  const { facts, settlement, terms } = told;
  if (!settlement.reasons.includes('CLAIM_OUT_OF_TIME')) return [];
  const { claimsClose } = terms;
  const late =
    claimsClose === undefined ? [] : facts.claims.filter(({ receivedAt }) => receivedAt >= endOfDay(claimsClose));
  const [first, ...others] = late;
  if (first === undefined || claimsClose === undefined)
    return [text('お申し出は、受付期間の外でした。', 'The claim came out of time.')];
  const [at, close] = [momentWords(first.receivedAt, understoodYear(told)), spokenDay(claimsClose, told)];
  const more = others.length === 0 ? '' : `ほか${others.length}件`;
  return [
    text(
      `${at.ja}${more === '' ? '' : `と${more}`}のお申し出は、受付の締切(${close.ja})より後でしたので、お受けできておりません。`,
      `The call of ${at.en}${others.length === 0 ? '' : `, and ${others.length} more,`} came after calls had closed on ${close.en}, and does not count.`,
    ),
  ];
}

function reasonWords(told: Told): readonly Text[] {
  const { reasons } = told.settlement;
  const words: Text[] = [];
  if (reasons.includes('NO_GROUND'))
    words.push(
      text(
        'ご申請はいただいておりますが、補償の対象となる理由がございません。',
        'There is an application, but nothing for which it could be paid.',
      ),
    );
  return [...words, ...lateClaims(told)];
}
