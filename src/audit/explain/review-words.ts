import { yenWords } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import { type ClaimMismatch, mismatchesOf } from '../../ledger/claims.ts';
import type { ReviewReason } from '../../policy/vocabulary.ts';
import { mediumWords } from '../../policy/wording.ts';
import type { JudgedFinding } from '../../rules/finding.ts';
import type { ReviewItem } from '../../settlement/settlement.ts';
import type { ClaimRow } from '../../tables/tables.ts';
import { decisionsOn, isOpen } from './open-questions.ts';
import { capital, type Deciding, spokenDay, spokenDayOf, spokenPayments } from './spoken-words.ts';

/** What is told of a question to a holder. */
interface Asked {
  readonly told: Deciding;
  readonly item: ReviewItem;
  /** Undefined where the question is not that of a rule. */
  readonly finding: JudgedFinding | undefined;
}

interface Words {
  /** What is not known, and who has to be asked. */
  readonly open: (asked: Asked) => Text;
  /** What a person found against the holder, before the date of it. */
  readonly rejected: (asked: Asked) => Text;
}

/** Every question of a coupon that is open: what is missing, from whom, and the yen that wait for it. */
export function openWords(told: Deciding): readonly Text[] {
  const open = told.settlement.items.filter(isOpen);
  // What holds a coupon holds all that is due on it: its yen are told once.
  const lastHold = open.findLast(({ holds }) => holds);
  return open.flatMap((item) => {
    const says = WORDS[item.reason].open(askedOf(item, told));
    const stakeYen = item.holds && item !== lastHold ? 0 : (item.stakeYen ?? 0);
    return stakeYen > 0 ? [says, pendingYen(stakeYen)] : [says];
  });
}

function pendingYen(stakeYen: number): Text {
  const yen = yenWords(stakeYen);
  return text(`確認中の金額は${yen.ja}です。`, `${capital(yen.en)} is waiting for it.`);
}

/** Every question that a person has answered against the holder: what was found, when, and who can say why. */
export function rejectedWords(told: Deciding): readonly Text[] {
  const rejected = told.settlement.items.filter(({ verdict }) => verdict === 'reject');
  if (rejected.length === 0) return [];
  return [
    ...rejected.map((item) => {
      const says = WORDS[item.reason].rejected(askedOf(item, told));
      const day = dayOf(item, told);
      return text(`${says.ja}${day.ja}。`, `${says.en}${day.en}.`);
    }),
    ...(told.namesDecider ? rejected.map((item) => decider(item, told)) : [ASK_THE_OFFICE]),
  ];
}

const ASK_THE_OFFICE = text(
  '決定の理由につきましては、事務局がお答えします。',
  'The office can say why this was decided.',
);

function decider(item: ReviewItem, { decided }: Deciding): Text {
  const taken = decisionsOn(item, decided.get(item.reviewId) ?? []);
  const names = taken.map(({ decidedBy }) => decidedBy);
  const notes = taken.map(({ note }) => note).filter((note) => note !== '');
  return text(
    `決定したのは${names.join('、')}です。${notes.length === 0 ? '理由の記載はありません。' : `理由は「${notes.join('」「')}」です。`}`,
    `It was decided by ${names.join(' and ')}${notes.length === 0 ? ', who left no reason.' : `, because: “${notes.join('”, “')}”.`}`,
  );
}

/** Every question whose approval has put something in the holder's favour. */
export const grantedWords = (told: Deciding): readonly Text[] =>
  told.settlement.items.flatMap((item) => {
    const asked = askedOf(item, told);
    if (item.verdict !== 'approve' || (asked.finding?.question?.grants ?? []).length === 0) return [];
    const [what, day] = [chargedTwice(asked), dayOf(item, told)];
    return [
      text(
        `${checked(item).ja}、${what.ja}と認められました${day.ja}。`,
        `${checked(item).en} ${what.en} was accepted${day.en}.`,
      ),
    ];
  });

const askedOf = (item: ReviewItem, told: Deciding): Asked => ({
  told,
  item,
  finding: findingsAsked(told.settlement.findings).get(item.reviewId),
});

const FINDINGS_ASKED = new WeakMap<readonly JudgedFinding[], ReadonlyMap<string, JudgedFinding>>();

/** The first finding behind each question, by its id: a coupon may have as many as it has rows. */
function findingsAsked(findings: readonly JudgedFinding[]): ReadonlyMap<string, JudgedFinding> {
  const known = FINDINGS_ASKED.get(findings);
  if (known !== undefined) return known;
  const found = new Map<string, JudgedFinding>();
  for (const finding of findings)
    if (finding.item !== undefined && !found.has(finding.item.reviewId)) found.set(finding.item.reviewId, finding);
  FINDINGS_ASKED.set(findings, found);
  return found;
}

/** Of the last of them, where two had to agree. */
function dayOf(item: ReviewItem, told: Deciding): Text {
  const row = decisionsOn(item, told.decided.get(item.reviewId) ?? []).at(-1);
  if (row === undefined) return text('', '');
  const day = spokenDayOf(row.decidedAt, told);
  return text(`(${day.ja}決定)`, ` (decided on ${day.en})`);
}

/** Whom a person asked: the shop, of what its record left open. */
const SHOP_IS_ASKED: ReadonlySet<ReviewReason> = new Set([
  'AMBIGUOUS_SUPPORT',
  'REPEAT_UNVERIFIED',
  'NO_SALE_RECORDED',
  'UNSUPPORTED_PAYMENT',
  'CLAIM_UNVERIFIED',
]);

const checked = ({ reason }: ReviewItem): Text =>
  SHOP_IS_ASKED.has(reason)
    ? text('お店への確認の結果', 'After asking the shop,')
    : text('確認の結果', 'After looking into it,');

/** The claim that a finding is about: of one list the ids are taken once, for each of its questions asks. */
function claimAbout({ facts }: Deciding, finding: Asked['finding']): ClaimRow | undefined {
  if (facts === undefined || typeof finding?.about !== 'string') return undefined;
  const { claims } = facts;
  const byId = knownById.get(claims) ?? new Map([...claims].reverse().map((claim) => [claim.claimId, claim]));
  knownById.set(claims, byId);
  return byId.get(finding.about);
}

const knownById = new WeakMap<readonly ClaimRow[], ReadonlyMap<string, ClaimRow>>();

/** What the holder would have had put back: of several payments, and of a claim of it, that they were one. */
function chargedTwice({ told, item, finding }: Asked): Text {
  const claim = claimAbout(told, finding);
  const [grant] = finding?.question?.grants ?? [];
  const group = finding?.group;
  const isDouble =
    item.reason === 'CLAIM_UNVERIFIED' ? claim?.kind === 'double_charge' : (group?.payments.length ?? 0) > 1;
  if (grant !== undefined && grant.payments.length === 0)
    return text('補償による残高のお戻し', 'that the balance was put back as compensation');
  return isDouble
    ? text('二重のお支払い', 'that you were charged more than once')
    : text('クーポンとは別にお支払いになったもの', 'that you paid for it in another way');
}

const notAccepted = (asked: Asked): Text => {
  const [by, what] = [checked(asked.item), chargedTwice(asked)];
  return text(`${by.ja}、${what.ja}とは認められませんでした`, `${by.en} it was not accepted ${what.en}`);
};

const subject = ({ finding, told }: Asked): Text =>
  finding?.group === undefined
    ? text('障害中のお支払い', 'a payment during the outage')
    : spokenPayments(finding.group, told);

/** The same for every coupon that it is asked of. */
const plainly = (open: Text, matter: Text): Words => ({
  open: () => open,
  rejected: () =>
    text(
      `${matter.ja}について確認した結果、お支払いできないことになりました`,
      `${matter.en} was looked into, and nothing can be paid`,
    ),
});

/** The same of every coupon of the programme, for which there is a word for the yen that it was issued for. */
const ofFaceValue = (words: (faceJa: string) => readonly [open: Text, matter: Text]): Words => {
  const wordsIn = ({ told }: Asked): Words => plainly(...words(`${mediumWords(told.terms).faceJa}の額`));
  return { open: (asked) => wordsIn(asked).open(asked), rejected: (asked) => wordsIn(asked).rejected(asked) };
};

const ofPayments = (open: (payments: Text, asked: Asked) => Text): Words => ({
  open: (asked) => open(subject(asked), asked),
  rejected: notAccepted,
});

const CLAIM_OTHERWISE: Readonly<Record<ClaimMismatch, (asked: Asked) => Text>> = {
  prefecture: () =>
    text(
      '都道府県が、お申し出とクーポンの記録で異なります。',
      'The prefecture that you named is not that of the coupon.',
    ),
  expires_on: ({ told, finding }) => {
    const claim = claimAbout(told, finding);
    const [called, recorded] = [spokenDay(claim?.expiresOn ?? 0, told), spokenDay(told.facts?.expiresOn ?? 0, told)];
    return text(
      `有効期限が、お申し出(${called.ja})と記録(${recorded.ja})で異なります。`,
      `You named ${called.en} as the expiry, but it is ${recorded.en} in the records.`,
    );
  },
  merchant_id: () =>
    text(
      'お申し出のお店では、障害中のお支払いの記録がありません。',
      'The records have no payment at the shop that you named during the outage.',
    ),
};

function claimOtherwise(asked: Asked): Text {
  const { told, finding } = asked;
  const claim = claimAbout(told, finding);
  const { facts } = told;
  const otherwise = claim === undefined || facts === undefined ? [] : mismatchesOf(claim, facts, told.terms);
  const says = otherwise.map((each) => CLAIM_OTHERWISE[each](asked));
  return text(
    `${says.map(({ ja }) => ja).join('')}お客様に確認する必要があります。`,
    `${says.map(({ en }) => en).join(' ')} You have to be asked again.`,
  );
}

const lastExtension = ({ told }: Asked): Text => spokenDay(told.terms.secondExtension, told);

function pastDeadline({ told }: Asked): Text {
  const { receiveBy } = told.terms;
  const day = receiveBy === undefined ? text('', '') : spokenDay(receiveBy, told);
  return text(
    `お受け取りの期限(${day.ja})を過ぎているため、お送りできるかどうか、事務局で決める必要があります。`,
    `The day by which it had to be received (${day.en}) has passed: the office has to decide whether it can be sent.`,
  );
}

const WORDS: Readonly<Record<ReviewReason, Words>> = {
  OVERDRAWN: plainly(
    text(
      '残高の合わない利用履歴があり、regionPAYに確認する必要があります。',
      'The balance does not add up in the records, and regionPAY has to be asked.',
    ),
    text('残高の合わない利用履歴', 'The balance that does not add up'),
  ),
  OVER_REFUNDED: ofFaceValue((faceJa) => [
    text(
      `${faceJa}より多くお戻ししている記録があり、regionPAYに確認する必要があります。`,
      'More was put back than the face value, and regionPAY has to be asked.',
    ),
    text(`${faceJa}を超えるお戻し`, 'What was put back above the face value'),
  ]),
  OUTSIDE_VALIDITY: plainly(
    text(
      '有効期限の外でご利用の記録があり、regionPAYに確認する必要があります。',
      'There is a payment outside the validity of the coupon, and regionPAY has to be asked.',
    ),
    text('有効期限の外でのご利用', 'The payment outside the validity'),
  ),
  REVERSAL_MISMATCH: plainly(
    text(
      '取消か返金の記録が元のお支払いと合わないため、regionPAYに確認する必要があります。',
      'A cancel or a refund does not fit its payment, and regionPAY has to be asked.',
    ),
    text('元のお支払いと合わない取消や返金', 'The cancel or refund that does not fit its payment'),
  ),
  INDETERMINATE: {
    open: ({ told }) => {
      const count = told.facts?.pending.length ?? 0;
      return text(
        `結果が不明な決済が${count}件あり、regionPAYに確認する必要があります。`,
        `There ${count === 1 ? 'is 1 payment' : `are ${count} payments`} of unknown outcome, and regionPAY has to be asked.`,
      );
    },
    rejected: () =>
      text(
        '結果が不明な決済について確認した結果、お支払いできないことになりました',
        'The payment of unknown outcome was looked into, and nothing can be paid',
      ),
  },
  CONFLICTING_ROWS: plainly(
    text(
      '記録に食い違いがあり、どれが正しいか、事務局で確認する必要があります。',
      'Records contradict each other, and the office has to find out which is right.',
    ),
    text('食い違う記録', 'What the records contradict each other in'),
  ),
  REJECTED_ROWS: plainly(
    text(
      '読み取れない記録があり、事務局で確認する必要があります。',
      'A record cannot be read, and the office has to look into it.',
    ),
    text('読み取れない記録', 'The record that cannot be read'),
  ),
  COMPETING_APPLICATIONS: plainly(
    text(
      '内容の異なるご申請が複数あるため、どれが正しいか、お客様に確認する必要があります。',
      'There are several applications that differ, and you have to be asked which is right.',
    ),
    text('内容の異なる複数のご申請', 'What the applications differ in'),
  ),
  NO_CONTACT: plainly(
    text(
      'ご案内をお送りできる携帯電話番号もメールアドレスもご登録がないため、お客様にお知らせいただく必要があります。',
      'There is neither a mobile number nor an e-mail address that can be used: we need one from you.',
    ),
    text('ご案内の送り先', 'Where to send it'),
  ),
  CONTACT_CONFLICT: plainly(
    text(
      'ご登録のご連絡先が複数あって異なるため、どれが正しいか、お客様に確認する必要があります。',
      'Your account has contacts that differ, and you have to be asked which is right.',
    ),
    text('異なるご連絡先', 'What the contacts differ in'),
  ),
  SHARED_ACCOUNT: plainly(
    text(
      '同じアカウントに多くのクーポンがあるため、事務局で確認する必要があります。',
      'There are very many coupons on one account, and the office has to look into it.',
    ),
    text('多くのクーポンがあるアカウント', 'The account with very many coupons'),
  ),
  BANK_DETAILS: plainly(
    text(
      'ご申請の口座の記載に誤りがあるため、正しい内容をお客様に確認する必要があります。',
      'The bank details in the application cannot be right, and you have to be asked for them.',
    ),
    text('ご申請の口座', 'The bank account in the application'),
  ),
  PAST_RECEIVE_BY: {
    open: pastDeadline,
    rejected: () =>
      text(
        'お受け取りの期限を過ぎているため、お送りできないことになりました',
        'As the day by which it had to be received has passed, it cannot be sent',
      ),
  },
  OUTLIVES_EXTENSION: {
    open: (asked) =>
      text(
        `有効期限が、延長後の期限(${lastExtension(asked).ja})より長いクーポンのため、お支払いするかどうか、事務局で決める必要があります。`,
        `The coupon is valid for longer than the extension (${lastExtension(asked).en}): the office has to decide whether it is paid.`,
      ),
    rejected: () =>
      text(
        '有効期限が延長後の期限より長いクーポンのため、お支払いしないことになりました',
        'As the coupon is valid for longer than the extension, it is not paid',
      ),
  },
  EXCEEDS_FACE: ofFaceValue((faceJa) => [
    text(
      `お支払いの合計が${faceJa}を超えるため、regionPAYに確認する必要があります。`,
      'The payments would come to more than the face value, and regionPAY has to be asked.',
    ),
    text(`${faceJa}を超えるお支払い`, 'What is above the face value'),
  ]),
  AMBIGUOUS_SUPPORT: ofPayments((payments) =>
    text(
      `${payments.ja}については、お店の記録だけでは判断できないため、お店に確認する必要があります。`,
      `The shop\u2019s record alone does not tell about ${payments.en}: the shop has to be asked.`,
    ),
  ),
  REPEAT_UNVERIFIED: ofPayments((payments) =>
    text(
      `${payments.ja}が短い間隔で続いていますが、お店の売上の報告では確かめられないため、お店に確認する必要があります。`,
      `As the shop has reported too little to check ${payments.en}, which came in quick succession, it has to be asked.`,
    ),
  ),
  NO_SALE_RECORDED: ofPayments((payments) =>
    text(
      `${payments.ja}に当たる売上がお店の記録に見当たらないため、お店に確認する必要があります。`,
      `The shop\u2019s record shows no sale for ${payments.en}: the shop has to be asked.`,
    ),
  ),
  UNSUPPORTED_PAYMENT: ofPayments((payments, { finding }) =>
    text(
      `${payments.ja}${finding?.group?.payments.length === 1 ? 'が' : 'の中に'}、お店の記録に見当たらない${finding?.group?.payments.length === 1 ? '' : 'ものがある'}ため、お店に確認する必要があります。`,
      `The shop\u2019s record does not account for ${payments.en}: the shop has to be asked.`,
    ),
  ),
  CLAIM_MISMATCH: {
    open: claimOtherwise,
    rejected: () =>
      text(
        'お申し出の内容が記録と合わないため、お申し出のとおりとは認められませんでした',
        'As the claim does not fit the records, it was not accepted',
      ),
  },
  CLAIM_OTHER: {
    open: () =>
      text(
        'お申し出の内容を、コールセンターでくわしく伺う必要があります。',
        'The call centre has to hear from you what exactly happened.',
      ),
    rejected: () =>
      text(
        'お申し出の内容を確認した結果、補償の対象とは認められませんでした',
        'The claim was looked into, and it is not covered',
      ),
  },
  CLAIM_UNVERIFIED: {
    open: () =>
      text(
        'お申し出を確かめるため、お店に売上の報告を求める必要があります。',
        'To check the claim, the shop has to be asked for its report.',
      ),
    rejected: notAccepted,
  },
  APPLICATION_MISMATCH: {
    open: () =>
      text(
        'ご申請の都道府県がクーポンの記録と異なるため、お客様に確認する必要があります。',
        'The application names another prefecture than the coupon, and you have to be asked.',
      ),
    rejected: () =>
      text(
        'ご申請の都道府県がクーポンの記録と異なるため、このクーポンのご申請とは認められませんでした',
        'As the application names another prefecture, it was not accepted for this coupon',
      ),
  },
  UNKNOWN_COUPON: {
    open: () =>
      text(
        'この番号のクーポンは発行の記録に見当たらないため、番号をお客様に確認する必要があります。',
        'There is no record that a coupon of this number was issued: you have to be asked for the number again.',
      ),
    rejected: () =>
      text(
        'この番号のクーポンは発行の記録に見当たらないため、お支払いできないことになりました',
        'As there is no record of a coupon of this number, nothing can be paid',
      ),
  },
  OVERPAID: {
    open: () =>
      text(
        'お支払いする額より多くの手続きをしているため、事務局で扱いを決める必要があります。',
        'More was ordered to be paid than is due: the office has to decide what to do.',
      ),
    rejected: () =>
      text('お支払いする額より多かった分の扱いは、決まっております', 'What is done about the excess has been decided'),
  },
  REINSTATED_WITHOUT_GROUND: {
    open: () =>
      text(
        '残高をお戻しした理由が記録から分からないため、regionPAYに確認する必要があります。',
        'The records do not tell why the balance was put back, and regionPAY has to be asked.',
      ),
    rejected: notAccepted,
  },
};
