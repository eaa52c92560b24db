import { dayWords, grouped } from '../../base/figures.ts';
import type { CalendarDate, Instant } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import { reinstatementsOf } from '../../ledger/balance.ts';
import type { Case } from '../../ledger/case.ts';
import { duringOutage, firstExtensionOf } from '../../policy/policy.ts';
import { cohortOf, type Terms, yearOf } from '../../policy/terms.ts';
import type { GroundId } from '../../policy/vocabulary.ts';
import { anyOf, expireOnDayOfOutage, mediumWords } from '../../policy/wording.ts';
import { concludes } from '../../rules/conclusions.ts';
import type { JudgedFinding, Observed } from '../../rules/finding.ts';
import type { SettledAmounts, Settlement } from '../../settlement/settlement.ts';

/** What the sentences are made of. */
interface Judged {
  readonly facts: Case;
  readonly settlement: Settlement;
  readonly amounts: SettledAmounts;
  readonly terms: Terms;
  readonly asOf: Instant;
}

/**
 * Why a case is covered, or why not, for whoever checks it: by the grounds as the notice names them, with the shop. What is
 * read out to the holder says the same in other words (answer-words.ts).
 */
export function groundsOn(
  facts: Case,
  settlement: Settlement,
  { terms, asOf }: Pick<Judged, 'terms' | 'asOf'>,
): readonly Text[] {
  const { amounts } = settlement;
  if (amounts === undefined) throw new Error('a case without amounts');
  const judged: Judged = { facts, settlement, amounts, terms, asOf };
  const grounds = groundWords(judged);
  return grounds.length > 0 ? grounds : noGroundWords(judged);
}

const day = (date: CalendarDate, terms: Terms): Text => dayWords(date, yearOf(terms));

/** When the first extension ended of a coupon of this expiry; the day itself where its cohort has none. */
export function firstExtension(expiresOn: CalendarDate, terms: Terms): CalendarDate {
  const cohort = cohortOf(terms, expiresOn);
  return cohort === undefined ? expiresOn : firstExtensionOf(cohort);
}

/** Why, in the words of what was found: one sentence for each ground. */
function groundWords(judged: Judged): readonly Text[] {
  const { settlement, facts, terms, amounts } = judged;
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
  const back = reinstatementsOf(facts).reduce((sum, movement) => sum + movement.amountYen, 0);
  const isB = settlement.grounds.some((ground) => ground !== 'A');
  return [
    ...found,
    ...decidedWords(settlement, 'approve'),
    ...(isB &&
    back > 0 &&
    amounts.reinstateYen === 0 &&
    !reasons.includes('CLAIM_AWAITED') &&
    !reasons.includes('CLAIMS_CLOSED')
      ? [
          text(
            `誤って引き落とされた分は、すでに ${grouped(back)}円が残高に戻されています。`,
            `${grouped(back)} yen have been put back already.`,
          ),
        ]
      : []),
    ...(reasons.includes('CLAIM_AWAITED')
      ? [
          text(
            'ただし、(B) については本人からの申出がまだないので、その分は数えません。',
            'But nobody has called about (B) yet, so that part does not count.',
          ),
        ]
      : []),
    ...(reasons.includes('CLAIMS_CLOSED') ? [uncalledInTime(judged)] : []),
  ];
}

/** That nobody called in time, and whether a call came after it. */
function uncalledInTime({ settlement: { reasons }, terms }: Judged): Text {
  const close = terms.claimsClose === undefined ? text('', '') : day(terms.claimsClose, terms);
  const later = reasons.includes('CLAIM_OUT_OF_TIME')
    ? text('(そのあとの申出はあります)', ', though a call came later')
    : text('', '');
  return text(
    `ただし、(B) については締切(${close.ja})までに本人からの申出がなかったので${later.ja}、その分は期限切れです。`,
    `But nobody had called about (B) when calls closed on ${close.en}${later.en}, so that part has lapsed.`,
  );
}

/** What a person has made of the questions whose approval is a (B). */
const decidedWords = ({ findings }: Settlement, verdict: 'approve' | 'reject'): readonly Text[] =>
  findings.flatMap((finding) => {
    const { item, question } = finding;
    if (item?.verdict !== verdict || (question?.grants ?? []).length === 0 || !concludes(finding, findings)) return [];
    const [ja, en] = [question?.detail.ja, question?.detail.en];
    return verdict === 'approve'
      ? [text(`人の決定により (B) と認められています(${ja})。`, `A person has decided that (B) applies (${en}).`)]
      : [
          text(
            `人の決定により (B) とは認められていません(${ja})。`,
            `A person has decided that (B) does not apply (${en}).`,
          ),
        ];
  });

/** What the rule on (A) saw. */
export function expiryIn(findings: readonly JudgedFinding[]): ObservedExpiry {
  for (const { observed } of findings) if (observed?.kind === 'expiry') return observed;
  throw new Error('no rule looked at the coupon\u2019s expiry');
}

type ObservedExpiry = Extract<Observed, { kind: 'expiry' }>;

function becauseOfA({ ownExpiry, balanceYen }: ObservedExpiry, terms: Terms): Text {
  const [date, end, { own }] = [day(ownExpiry, terms), endWords(ownExpiry, terms), mediumWords(terms)];
  const expiry = expireOnDayOfOutage(terms)
    ? text(`障害の日(${date.ja})`, `the day of the outage (${date.en})`)
    : text(`、(A) の定める${date.ja}`, `that of (A), ${date.en}`);
  return text(
    `${own.ja}の期限が${expiry.ja}で、${end.ja}の時点で ${grouped(balanceYen)}円残っていたので、(A) に当たります。`,
    `Its ${own.en} expiry is ${expiry.en}, and the balance was ${grouped(balanceYen)} yen ${end.en}: that is (A).`,
  );
}

/** When the balance is read for (A): an extension ends only where there is one. */
function endWords(ownExpiry: CalendarDate, terms: Terms): Text {
  const end = day(firstExtension(ownExpiry, terms), terms);
  return cohortOf(terms, ownExpiry)?.firstExtension === undefined
    ? text(`${end.ja}が終わったとき`, `at the end of ${end.en}`)
    : text(`延長が終わった ${end.ja}`, `when the extension ended on ${end.en}`);
}

function becauseOfB({ group }: JudgedFinding, ground: GroundId, unsupported: number): Text {
  const [shop, count] = [group?.merchantId, group?.payments.length ?? 0];
  const yen = grouped(group?.amountYen ?? 0);
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
function noGroundWords({ facts, settlement, terms }: Judged): readonly Text[] {
  if (settlement.status === 'pending') return [];
  return [
    notA(expiryIn(settlement.findings), terms),
    ...decidedWords(settlement, 'reject'),
    ...notB(facts, settlement, terms),
  ];
}

function notA({ ownExpiry, inCohort, balanceYen }: ObservedExpiry, terms: Terms): Text {
  if (inCohort) {
    const end = endWords(ownExpiry, terms);
    return text(
      `${end.ja}の時点の残高が ${grouped(balanceYen)}円だったので、(A) には当たりません。`,
      `It is not (A): the balance was ${grouped(balanceYen)} yen ${end.en}.`,
    );
  }
  const [date, { own }] = [day(ownExpiry, terms), mediumWords(terms)];
  const of = anyOf(terms.cohorts.map(({ originalExpiry }) => day(originalExpiry, terms)));
  const expiry = expireOnDayOfOutage(terms)
    ? text(`障害の日(${of.ja})`, `the day of the outage (${of.en})`)
    : text(` (A) の定める${of.ja}`, `that of (A), ${of.en}`);
  return text(
    `${own.ja}の期限 ${date.ja}は${expiry.ja}ではないので、(A) には当たりません。`,
    `It is not (A): its ${own.en} expiry ${date.en} is not ${expiry.en}.`,
  );
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
