import { formatDate } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import { reinstatementsOf } from '../../ledger/balance.ts';
import type { Case } from '../../ledger/case.ts';
import { duringOutage } from '../../policy/policy.ts';
import type { Terms } from '../../policy/terms.ts';
import type { GroundId, ReviewReason, Status } from '../../policy/vocabulary.ts';
import { channelOf } from '../../rules/channels/index.ts';
import { concludes } from '../../rules/conclusions.ts';
import type { JudgedFinding, Observed } from '../../rules/finding.ts';
import type { ReviewItem, SettledAmounts, Settlement } from '../../settlement/settlement.ts';
import type { Missing } from './explanation.ts';
import { isOpen, missingFor, SUPPLIER_WORDS } from './open-questions.ts';

/** What the sentences are made of. */
interface Told {
  readonly facts: Case;
  readonly settlement: Settlement;
  readonly amounts: SettledAmounts;
  readonly terms: Terms;
}

/** What a case gets and why, or what a person must find out first: the first thing that a reader wants to know. */
export function answerOn(facts: Case, settlement: Settlement, terms: Terms): readonly Text[] {
  const { amounts } = settlement;
  if (amounts === undefined) throw new Error('a case without amounts');
  const told: Told = { facts, settlement, amounts, terms };
  const grounds = groundWords(told);
  const [why, open] = [grounds.length > 0 ? grounds : noGroundWords(told), openWords(settlement)];
  return [
    ...(settlement.listed ? HEADLINES[settlement.status](told) : NOTHING),
    ...(settlement.status === 'in_review' ? [...open, ...why] : [...why, ...open]),
  ];
}

/** The same for a coupon that is no case. */
export const answerWithoutCase = (noCase: Text, settlement: Settlement | undefined): readonly Text[] => [
  text(`判定の対象ではありません。${noCase.ja}。`, `There is no case, because ${noCase.en}.`),
  ...(settlement === undefined ? [] : openWords(settlement)),
];

const NOTHING = [
  text(
    '支払うものはありません。補償の理由も、確かめることも、申出・申請・支払いもないので、どの一覧にも載っていません。',
    'Nothing is due. It is in no output, as there is no ground, no question, no claim, no application and no payout.',
  ),
];

const HEADLINES: Readonly<Record<Status, (told: Told) => readonly Text[]>> = {
  payable: (told) => [
    text(
      `${told.amounts.payableYen}円を支払います。${routeWords(told.settlement).ja}。`,
      `${told.amounts.payableYen} yen are to be paid, ${routeWords(told.settlement).en}.`,
    ),
    ...sumWords(told),
  ],
  awaiting_application: (told) => [
    text(
      `${told.amounts.payableYen}円を支払えますが、送り先がありません。本人の申請を待っています。`,
      `${told.amounts.payableYen} yen could be paid, but there is nowhere to send them: the holder has to apply.`,
    ),
    ...sumWords(told),
    ...applicationWords(told.settlement),
  ],
  lapsed: ({ amounts }) => [
    text(
      `${amounts.payableYen}円は、使える申請のないまま受付が終わったため、支払えません。`,
      `${amounts.payableYen} yen were not applied for in time and can no longer be paid.`,
    ),
  ],
  settled: ({ amounts }) => [
    text(
      `すでに ${amounts.alreadyPaidYen}円を支払っており、残りはありません。`,
      `${amounts.alreadyPaidYen} yen have been paid, and nothing is left to pay.`,
    ),
  ],
  used_up: () => [
    text('補償の対象ですが、支払う残高がありません。', 'The coupon is covered, but no balance is left to pay.'),
  ],
  extended: ({ amounts }) => [
    text(
      `${formatDate(amounts.validUntil)} の終わりまで使えます。残った額は、そのあとで支払います(いまの残高 ${amounts.residualYen}円、これから戻し入れる額 ${amounts.reinstateYen}円)。`,
      `It can be used until the end of ${formatDate(amounts.validUntil)}; what is left then is paid afterwards (balance now ${amounts.residualYen} yen, still to put back ${amounts.reinstateYen} yen).`,
    ),
  ],
  still_valid: ({ amounts }) => [
    text(
      `もともとの期限の ${formatDate(amounts.validUntil)} まで使えます。それまでは何も支払いません。`,
      `It can be used until its own expiry on ${formatDate(amounts.validUntil)}; nothing is paid before.`,
    ),
  ],
  pending: ({ amounts, terms }) => [
    text(
      `延長(${firstExtension(terms)} まで)の途中です。終わった時点で ${terms.minimumResidualYen}円以上残っていれば (A) に当たります。いまの残高は ${amounts.residualYen}円です。`,
      `The extension to ${firstExtension(terms)} is still running. With at least ${terms.minimumResidualYen} yen left at its end the coupon is covered by (A); the balance is now ${amounts.residualYen} yen.`,
    ),
  ],
  awaiting_claim: () => [
    text(
      '本人がコールセンターに申し出るまで、支払いません。',
      'Nothing is paid before the holder calls the call centre.',
    ),
  ],
  in_review: ({ settlement }) => [inReview(settlement.items.filter(isOpen))],
  not_eligible: ({ settlement }) => [
    ...(settlement.reasons.includes('REJECTED')
      ? [
          text(
            '人が確かめたうえで、支払わないと決めました。',
            'A person has looked into it and decided against paying.',
          ),
        ]
      : [text('補償の対象ではありません。支払いはありません。', 'It is not covered, and nothing is paid.')]),
    ...reasonWords(settlement),
  ],
};

function inReview(open: readonly ReviewItem[]): Text {
  if (open.some(({ holds }) => holds))
    return text(
      '支払いを止めています。人が確かめるまで、何も支払いません。',
      'The payment is held: nothing is paid until a person has looked.',
    );
  if (open.every(({ reason }) => SETTLES_NO_GROUND.includes(reason)))
    return text(
      '支払うものはありませんが、人が確かめることが残っています。',
      'Nothing is due, but there is something for a person to look into.',
    );
  return text(
    '補償するかどうか、まだ決まっていません。人が確かめます。',
    'Whether anything is due is not decided yet: a person has to look.',
  );
}

/** Questions whose answer can give no ground where there is none. */
const SETTLES_NO_GROUND: readonly ReviewReason[] = ['OVERPAID', 'APPLICATION_MISMATCH'];

const routeWords = ({ route }: Settlement): Text => (route === undefined ? text('', '') : channelOf(route).paidBy);

const firstExtension = (terms: Terms): string => formatDate(terms.firstExtension ?? terms.originalExpiry);

function sumWords({ amounts }: Told): readonly Text[] {
  if (isCutToFace(amounts)) return [cutToFace(amounts)];
  const { residualYen, reinstateYen, alreadyPaidYen, validUntil } = amounts;
  const until = formatDate(validUntil);
  const parts = [
    ...(residualYen === 0
      ? []
      : [text(`${until} の終わりに残っていた ${residualYen}円`, `${residualYen} yen left at the end of ${until}`)]),
    ...(reinstateYen === 0
      ? []
      : [text(`これから戻し入れる ${reinstateYen}円`, `${reinstateYen} yen still to be put back`)]),
  ];
  const [paidJa, paidEn] =
    alreadyPaidYen === 0
      ? ['です', '']
      : [`から、支払済みの ${alreadyPaidYen}円を引いた額です`, `, less ${alreadyPaidYen} yen paid already`];
  return [
    text(
      `内訳は、${parts.map(({ ja }) => ja).join('と、')}${paidJa}。`,
      `That is ${parts.map(({ en }) => en).join(' and ')}${paidEn}.`,
    ),
  ];
}

/** The sums come to more than is paid: a person let it be paid up to the face value (R16). */
const isCutToFace = ({ residualYen, reinstateYen, alreadyPaidYen, payableYen }: SettledAmounts): boolean =>
  residualYen + reinstateYen > alreadyPaidYen + payableYen;

function cutToFace({ faceYen, residualYen, reinstateYen, alreadyPaidYen }: SettledAmounts): Text {
  const sumYen = residualYen + reinstateYen;
  return text(
    `計算では ${sumYen}円になりますが、額面の ${faceYen}円までしか支払いません${alreadyPaidYen === 0 ? '' : `(うち ${alreadyPaidYen}円は支払済み)`}。`,
    `The sums come to ${sumYen} yen, but no more than the face value of ${faceYen} yen is paid${alreadyPaidYen === 0 ? '' : ` (${alreadyPaidYen} of them already)`}.`,
  );
}

function applicationWords({ reasons }: Settlement): readonly Text[] {
  const words: Text[] = [];
  if (reasons.includes('APPLICATION_OUT_OF_TIME'))
    words.push(
      text(
        '出された申請は受付期間の外だったので、数えません。',
        'The application that was made is out of time and does not count.',
      ),
    );
  if (reasons.includes('POINTS_APPLICATIONS_CLOSED'))
    words.push(
      text(
        'ポイントの申請は締め切られましたが、銀行振込の申請はまだできます。',
        'Applications for points are closed; one for a bank transfer can still be made.',
      ),
    );
  return words;
}

/** Why, in the words of what was found: one sentence for each ground. */
function groundWords({ settlement, facts, terms, amounts }: Told): readonly Text[] {
  const { findings, reasons } = settlement;
  const found = findings.flatMap((finding) => {
    const { ground } = finding;
    if (ground === undefined || ground.pending || !concludes(finding, findings)) return [];
    return [
      ground.id === 'A'
        ? becauseOfA(expiryIn(findings), terms)
        : becauseOfB(finding, ground.id, ground.payments.length),
    ];
  });
  const granted = findings.flatMap((finding) =>
    finding.item?.verdict === 'approve' && (finding.question?.grants ?? []).length > 0 && concludes(finding, findings)
      ? [
          text(
            `人の決定により (B) と認められています(${finding.question?.detail.ja})。`,
            `A person has decided that (B) applies (${finding.question?.detail.en}).`,
          ),
        ]
      : [],
  );
  const back = reinstatementsOf(facts).reduce((sum, movement) => sum + movement.amountYen, 0);
  const isB = settlement.grounds.some((ground) => ground !== 'A');
  return [
    ...found,
    ...granted,
    ...(isB && back > 0 && amounts.reinstateYen === 0 && !reasons.includes('CLAIM_AWAITED')
      ? [text(`引かれすぎた分は、すでに ${back}円が戻し入れられています。`, `${back} yen have been put back already.`)]
      : []),
    ...(reasons.includes('CLAIM_AWAITED')
      ? [
          text(
            'ただし、(B) については本人がコールセンターに申し出ていないので、その分はまだ戻し入れません。',
            'But nobody has called about (B) yet, so that part is not put back.',
          ),
        ]
      : []),
  ];
}

/** What the rule on (A) saw. */
function expiryIn(findings: readonly JudgedFinding[]): ObservedExpiry {
  for (const { observed } of findings) if (observed?.kind === 'expiry') return observed;
  throw new Error('no rule looked at the coupon\u2019s expiry');
}

type ObservedExpiry = Extract<Observed, { kind: 'expiry' }>;

const becauseOfA = ({ ownExpiry, balanceYen }: ObservedExpiry, terms: Terms): Text =>
  text(
    `券面の期限が障害の日(${formatDate(ownExpiry)})で、延長が終わった ${firstExtension(terms)} の時点で ${balanceYen}円残っていたので、(A) に当たります。`,
    `Its printed expiry is the day of the outage (${formatDate(ownExpiry)}), and the balance was ${balanceYen} yen when the extension ended on ${firstExtension(terms)}: that is (A).`,
  );

function becauseOfB({ group }: JudgedFinding, ground: GroundId, unsupported: number): Text {
  const [shop, yen, count] = [group?.merchantId, group?.amountYen, group?.payments.length ?? 0];
  if (ground === 'B2') {
    return text(
      `${shop} での ${yen}円の決済 ${count} 件のうち ${unsupported} 件には店の売上がなく、短い間隔で続いているので、二重決済(B②)に当たります。`,
      `Of ${count} payments of ${yen} yen at ${shop}, ${unsupported} ${unsupported === 1 ? 'has' : 'have'} no sale and came in quick succession: charged more than once (B②).`,
    );
  }
  return text(
    `${shop} では、${yen}円の決済${count === 1 ? '' : ` ${count} 件のうち ${unsupported} 件`}の近くに、クーポンなしで払われた会計が店の記録にあります。現金などで払ったのに残高も引かれたので、(B①) に当たります。`,
    `${count === 1 ? `The payment of ${yen} yen` : `For ${unsupported} of ${count} payments of ${yen} yen`} at ${shop}${count === 1 ? ' was deducted although' : ''} the shop\u2019s record has a bill that was paid without the coupon (B①).`,
  );
}

/** Why neither (A) nor (B), as far as that is settled. */
function noGroundWords({ facts, settlement, terms }: Told): readonly Text[] {
  if (settlement.status === 'pending') return [];
  const { ownExpiry, inCohort, balanceYen } = expiryIn(settlement.findings);
  const notA = inCohort
    ? text(
        `延長が終わった ${firstExtension(terms)} の時点の残高が ${balanceYen}円だったので、(A) には当たりません。`,
        `It is not (A): the balance was ${balanceYen} yen when the extension ended on ${firstExtension(terms)}.`,
      )
    : text(
        `券面の期限 ${formatDate(ownExpiry)} は障害の日(${formatDate(terms.originalExpiry)})ではないので、(A) には当たりません。`,
        `It is not (A): its printed expiry ${formatDate(ownExpiry)} is not the day of the outage (${formatDate(terms.originalExpiry)}).`,
      );
  return [notA, ...notB(facts, settlement, terms)];
}

function notB(facts: Case, { findings }: Settlement, terms: Terms): readonly Text[] {
  const during = facts.payments.filter((payment) => duringOutage(terms, payment.occurredAt));
  if (during.length === 0)
    return [
      text(
        '障害中に成立した決済がないので、(B) にも当たりません。',
        'It is not (B): it made no payment during the outage.',
      ),
    ];
  const undone = during.filter((payment) => payment.undone).length;
  const cancelled =
    undone === 0
      ? []
      : [
          text(
            `障害中の決済 ${during.length} 件のうち ${undone} 件は、すでに取り消されています。`,
            `Of ${during.length} payments during the outage, ${undone} ${undone === 1 ? 'was' : 'were'} cancelled.`,
          ),
        ];
  const groups = findings.filter((finding) => finding.ruleId === 'shop-record');
  if (groups.length === 0 || !groups.every((finding) => finding.outcome === 'met')) return cancelled;
  return [
    ...cancelled,
    text(
      `${undone === 0 ? '障害中' : 'そのほか'}の決済には店の売上があるので、(B) にも当たりません。`,
      `It is not (B): the shop\u2019s sales account for ${undone === 0 ? 'every payment during the outage' : 'the rest'}.`,
    ),
  ];
}

function reasonWords({ reasons }: Settlement): readonly Text[] {
  const words: Text[] = [];
  if (reasons.includes('NO_GROUND'))
    words.push(
      text('申請は出ていますが、補償の理由がありません。', 'There is an application, but no ground for compensation.'),
    );
  if (reasons.includes('CLAIM_OUT_OF_TIME'))
    words.push(text('申出は受付期間の外でした。', 'The claim came out of time.'));
  return words;
}

/** What is missing, and the yen that hang on it. */
function openWords(settlement: Settlement): readonly Text[] {
  return settlement.items.filter(isOpen).flatMap((item) =>
    missingFor({ ...settlement, items: [item], listed: false }).map(({ what, who }: Missing) => {
      const stake = item.stakeYen ?? 0;
      return text(
        `足りないのは「${what.ja}」です(求める先: ${SUPPLIER_WORDS[who].ja})。${stake > 0 ? `かかっている額は ${stake}円です。` : ''}`,
        `Missing: ${what.en} (ask ${SUPPLIER_WORDS[who].en}).${stake > 0 ? ` At stake: ${stake} yen.` : ''}`,
      );
    }),
  );
}
