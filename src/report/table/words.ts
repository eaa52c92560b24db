import { dayWords } from '../../base/figures.ts';
import type { CalendarDate } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import { isTheBalance } from '../../policy/compensation.ts';
import { clausesOf, firstExtensionOf, type Policy } from '../../policy/policy.ts';
import { type Cohort, isOffered, yearOf } from '../../policy/terms.ts';
import { canComeUnder, GROUNDS, REASONS, REVIEW_REASONS, STATUSES } from '../../policy/vocabulary.ts';
import { firstReading, mediumWords, readAfter, type Wording, wordedBy } from '../../policy/wording.ts';
import { channelsOf, sentFrom } from '../../rules/channels/index.ts';
import { RULES } from '../../rules/index.ts';

type ByName<T> = Readonly<Record<string, T>>;

/** What a rule rests on, as a row that opens names it. */
export interface RuleWords {
  readonly title: Text;
  readonly clauses: readonly string[];
}

/** Every word that the table of coupons shows, of the policy in force: its script knows none of them. */
export interface TableWords {
  readonly statuses: ByName<Text>;
  /** What a status means for the coupon; `{payable}` and the like are filled with its own figures. */
  readonly says: ByName<Text>;
  readonly grounds: ByName<Text>;
  /** Why the ground applies. */
  readonly because: ByName<Text>;
  readonly reasons: ByName<Text>;
  readonly routes: ByName<{ readonly name: Text; readonly from: Text }>;
  readonly rules: ByName<RuleWords>;
  /** The rules that speak of a ground, and of each of the others that a row can rest on. */
  readonly rulesOf: ByName<readonly string[]>;
  readonly clauses: ByName<{ readonly printedAs: string; readonly says: Text }>;
}

const NO_DAY = text('(定めなし)', '(none stated)');

const RULES_OF: ByName<readonly string[]> = {
  A: ['expiry-extension'],
  B1: ['cash-plus-deduction'],
  B2: ['double-charge'],
  amount: ['residual-balance'],
  route: ['delivery-route'],
  CLAIM_AWAITED: ['call-centre-claim'],
  APPLICATION_OUT_OF_TIME: ['application'],
  POINTS_APPLICATIONS_CLOSED: ['application'],
  CLAIM_OUT_OF_TIME: ['call-centre-claim'],
  SUPPORTED_BY_MERCHANT: ['shop-record'],
  OUT_OF_SCOPE: ['programme-scope'],
};

export function tableWords(policy: Policy): TableWords {
  const year = yearOf(policy.terms);
  const worded = (words: ByName<Wording>): ByName<Text> =>
    Object.fromEntries(Object.entries(words).map(([name, each]) => [name, wordedBy(policy.terms, each)]));
  return {
    statuses: worded(STATUSES),
    says: statusSays(policy),
    grounds: worded(GROUNDS),
    because: groundBecause(policy),
    reasons: {
      ...Object.fromEntries(Object.entries(worded(REASONS)).filter(([reason]) => canComeUnder(policy.terms, reason))),
      ...Object.fromEntries(
        Object.entries(REVIEW_REASONS)
          .filter(([reason]) => canComeUnder(policy.terms, reason))
          .map(([reason, { asks }]) => [reason, asks]),
      ),
    },
    routes: Object.fromEntries(
      channelsOf(policy.terms).map((channel) => [
        channel.id,
        { name: channel.name, from: dayWords(sentFrom(channel, policy.terms), year) },
      ]),
    ),
    rules: Object.fromEntries(RULES.map(({ id, title, clauses }) => [id, { title, clauses }])),
    rulesOf: RULES_OF,
    clauses: Object.fromEntries(clausesOf(policy).map(({ id, printedAs, says }) => [id, { printedAs, says }])),
  };
}

/** A day of the terms in words, or that there is none. */
export const termDay = (day: CalendarDate | undefined, policy: Policy): Text =>
  day === undefined ? NO_DAY : dayWords(day, yearOf(policy.terms));

/** Until when applications are taken, of the ways in which anything is paid. */
function closingWords({ terms }: Policy, day: (date: CalendarDate | undefined) => Text): Text {
  const [points, bank] = [day(terms.applicationsClose), day(terms.bankApplicationsClose)];
  if (!isOffered(terms, 'points'))
    return text(`振込の申請の締切: ${bank.ja}`, `Applications for bank transfers close: ${bank.en}`);
  if (!isOffered(terms, 'bank_transfer'))
    return text(`ポイントの申請の締切: ${points.ja}`, `Applications for points close: ${points.en}`);
  return text(
    `ポイントの申請の締切: ${points.ja}、振込の申請の締切: ${bank.ja}`,
    `Applications for points close: ${points.en}; for bank transfers: ${bank.en}`,
  );
}

function statusSays(policy: Policy): ByName<Text> {
  const { terms } = policy;
  const day = (date: CalendarDate | undefined): Text => termDay(date, policy);
  const closes = closingWords(policy, day);
  const calls = day(terms.claimsClose);
  const [cohort, ...others] = terms.cohorts;
  // Of several it is the day until which the coupon itself can be used meanwhile.
  const first = cohort === undefined || others.length > 0 ? text('{until}', '{until}') : day(firstExtensionOf(cohort));
  const [isExtended, { own }] = [readAfter(terms) === 'extension', mediumWords(terms)];
  return {
    payable: text('{payable}円を支払えます。', '{payable} yen can be paid.'),
    in_review: text(
      '人の確認が済むまで、支払うかどうかが決まりません。',
      'Whether it is paid is not settled until a person has looked at it.',
    ),
    not_eligible: text('補償の対象ではありません。', 'It is not covered.'),
    awaiting_claim: text(
      `コールセンターへの申出があれば補償の対象になります。申出の締切: ${calls.ja}。`,
      `It is covered once somebody calls the call centre. Calls close: ${calls.en}.`,
    ),
    pending:
      cohort === undefined || (others.length > 0 && !isExtended)
        ? text(`${first.ja}が終わるまでは判定できません。`, `Nothing can be said before ${first.en} has ended.`)
        : text(
            `${isExtended ? '最初の延長が終わる' : `${own.ja}の期限の`}${first.ja}までは判定できません。`,
            `Nothing can be said before ${isExtended ? 'the first extension ends on' : `its ${own.en} expiry,`} ${first.en}.`,
          ),
    extended: text(
      '期限が{until}まで延長され、まだ使えます。支払う額は期限の後に決まります。',
      'It was extended to {until} and can still be used. What is paid is settled afterwards.',
    ),
    still_valid: text(
      `${own.ja}の期限{until}まで使えるため、補償はありません。`,
      'It can be used until its own expiry {until}.',
    ),
    settled: text(
      '払うべき額{already}円は、前回までにすべて支払いを作りました。',
      'All that is due, {already} yen, was ordered on earlier nights.',
    ),
    used_up: isTheBalance(terms)
      ? text('残高がなく、支払うものがありません。', 'Nothing is left on it, and nothing is due.')
      : text('支払うものがありません。', 'Nothing is due.'),
    lapsed: text(
      `申請の期限までに申請がなかったため、支払えません。${closes.ja}。`,
      `Nobody applied in time. ${closes.en.replace('close:', 'closed:')}.`,
    ),
    awaiting_application: text(
      `{payable}円を支払えますが、送り先が分からないため申請を待っています。${closes.ja}。`,
      `{payable} yen can be paid, but where to send them is known only once somebody applies. ${closes.en}.`,
    ),
  };
}

function becauseOfCohort(cohort: Cohort, policy: Policy): Text {
  const [isExtended, { own }] = [cohort.firstExtension !== undefined, mediumWords(policy.terms)];
  const [expiry, first] = [termDay(cohort.originalExpiry, policy), termDay(firstExtensionOf(cohort), policy)];
  return text(
    `${own.ja}の期限が${expiry.ja}で、${isExtended ? `最初の延長が終わった${first.ja}` : 'その終わり'}に残高がありました。`,
    `Its ${own.en} expiry is ${expiry.en}, and something was left ${isExtended ? `when the first extension ended on ${first.en}` : 'at the end of it'}.`,
  );
}

function groundBecause(policy: Policy): ByName<Text> {
  const { terms } = policy;
  const { own } = mediumWords(terms);
  const [cohort, ...others] = terms.cohorts;
  const end = firstReading(terms);
  return {
    A:
      cohort === undefined || others.length > 0
        ? text(
            `${own.ja}の期限が (A) の定める日で、${end.ja}に残高がありました。`,
            `Its ${own.en} expiry is one that (A) names, and something was left at ${end.en}.`,
          )
        : becauseOfCohort(cohort, policy),
    B1: text(
      '障害中にクーポンが使えず現金などで払ったのに、残高も引かれていました。',
      'It could not be used during the outage, the person paid otherwise, and it was deducted all the same.',
    ),
    B2: text(
      '障害中に同じ決済が二度以上成立しました。',
      'The same payment was settled more than once during the outage.',
    ),
  };
}
