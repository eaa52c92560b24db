import type { ExplainedDecision, Explanation, Otherwise, PaymentMade } from '../../audit/explain/explanation.ts';
import { SUPPLIER_WORDS } from '../../audit/explain/open-questions.ts';
import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import { GROUNDS, isUnanswered, REASONS, STATUSES } from '../../policy/vocabulary.ts';
import { wordedBy } from '../../policy/wording.ts';
import { channelOf } from '../../rules/channels/index.ts';
import type { Translate } from '../terminal/language.ts';
import { merchantsPart } from './letter-merchants.ts';
import { otherwisePart } from './letter-otherwise.ts';
import { rulesPart } from './letter-rules.ts';
import { code, dated, heading, instantText, place } from './letter-words.ts';
import { titleOf } from './spoken-letter.ts';
import { grouped, yenText } from './yen-words.ts';

/** Of which night a letter tells, and by whose terms. */
interface LetterOf {
  readonly asOf: string;
  readonly terms: Terms;
}

/**
 * One explanation as a letter to a colleague, line by line, each with its end: the answer first, then the money, and why.
 * Before all of it, where the run has published something else.
 */
export function* letterOn(
  explanation: Explanation,
  letterOf: LetterOf,
  t: Translate,
  otherwise: Otherwise | null = null,
): Generator<string> {
  let isBegun = false;
  for (const part of partsOf(explanation, letterOf, otherwise, t)) {
    let isFirst = true;
    for (const line of part) {
      yield isFirst && isBegun ? `\n${line}\n` : `${line}\n`;
      [isFirst, isBegun] = [false, true];
    }
  }
}

/** A coupon with very much on it has parts of millions of lines: they are made as they are asked for. */
function* partsOf(
  explanation: Explanation,
  { asOf, terms }: LetterOf,
  otherwise: Otherwise | null,
  t: Translate,
): Generator<Iterable<string>> {
  const judged = explanation.noCase === null;
  yield [titleOf(explanation.couponNumber, asOf, t), '─'.repeat(60)];
  if (otherwise !== null) yield otherwisePart(explanation, otherwise, t);
  yield explanation.answer.map((sentence) => t(sentence));
  yield becausePart(explanation, t);
  if (explanation.status !== '' || judged) yield moneyPart(explanation, terms, t);
  if (judged) {
    yield paymentsPart(explanation, t);
    yield merchantsPart(explanation, t);
    yield rulesPart(explanation, terms, t);
    yield routePart(explanation, t);
  }
  if (judged || explanation.decisions.length > 0) {
    yield decisionsPart(explanation, t);
    yield missingPart(explanation, t);
  }
  if (!judged) yield rowsPart(explanation, t);
}

/** The grounds as the notice names them; of a coupon that is no case, why it is none. */
function becausePart({ because, noCase }: Explanation, t: Translate): readonly string[] {
  const says =
    noCase === null
      ? because
      : [text(`判定の対象ではありません。${noCase.ja}。`, `There is no case, because ${noCase.en}.`)];
  if (says.length === 0) return [];
  return [heading(text('判定の理由', 'Why'), t), ...says.map((sentence) => `  ${t(sentence)}`)];
}

/** Ordered is not sent: a coupon is settled as soon as its payouts are made. */
function statusText({ status, payments }: Explanation, terms: Terms, t: Translate): string {
  if (status === '') return '';
  const isUnsent = status === 'settled' && payments.some(({ standing }) => standing === 'made');
  return isUnsent
    ? t(text('手続き済み(送付の記録待ち)', 'ordered, not known to be sent yet'))
    : t(wordedBy(terms, STATUSES[status]));
}

function* moneyPart(explanation: Explanation, terms: Terms, t: Translate): Generator<string> {
  const { amounts } = explanation;
  const lines = [heading(text('お金と残高', 'The money and the balance'), t)];
  if (explanation.status !== '')
    lines.push(`  ${t(text('状態', 'Status'))}: ${statusText(explanation, terms, t)}${code(explanation.status)}`);
  const grounds = explanation.grounds.map(
    (ground) => `${t(wordedBy(terms, GROUNDS[ground]))} (${GROUND_NAMES[ground]})`,
  );
  if (grounds.length > 0) lines.push(`  ${t(text('補償の理由', 'Grounds'))}: ${grounds.join(t(text('、', '; ')))}`);
  if (amounts !== null) {
    const sums = [
      [text('残高', 'Balance'), amounts.residualYen],
      [text('誤って引き落とされた額', 'wrongly deducted'), amounts.reinstateYen],
      [text('前回までに手続きした額', 'ordered before'), amounts.alreadyPaidYen],
      [text('今回の支払額', 'payable now'), amounts.payableYen],
      ...(amounts.cutYen === undefined
        ? []
        : [[text('ひとりの上限により払わない額', 'cut by the cap a person'), amounts.cutYen] as const]),
    ] as const;
    lines.push(
      `  ${sums.map(([words, value]) => `${t(words)} ${yenText(value, t)}`).join(t(text('、', '; ')))}`,
      `  ${t(text('有効期限', 'Valid until'))}: ${dated(explanation.validUntil, t)}`,
    );
  }
  // What a person is asked stands among the decisions.
  for (const [reason, words] of Object.entries(REASONS))
    if (explanation.reasons.includes(reason)) lines.push(`  ${t(wordedBy(terms, words))}${code(reason)}`);
  yield* lines;
  if (explanation.noCase === null) yield* balanceLines(explanation, t);
}

/** As the notice prints them. */
const GROUND_NAMES = { A: 'A', B1: 'B①', B2: 'B②' } as const;

const MOVES: Readonly<Record<Explanation['balance'][number]['kind'], Text>> = {
  payment: text('決済', 'payment'),
  cancel: text('取消', 'cancel'),
  reinstatement: text('戻入', 'put back'),
};

function* balanceLines({ amounts, balance, issuance }: Explanation, t: Translate): Generator<string> {
  const face = yenText(amounts?.faceYen ?? 0, t);
  yield `  ${t(text('発行', 'Issued'))}: ${face}  ${issuance.map(place).join(', ')}`;
  yield balance.length === 0
    ? `  ${t(text('残高は一度も動いていません。', 'The balance has never moved.'))}`
    : `  ${t(text('残高の動き', 'The balance, movement by movement'))}:`;
  for (const step of balance) {
    const sign = step.kind === 'payment' ? '−' : '+';
    const at = step.merchantId === '' ? '' : `  ${step.merchantId}`;
    yield `    ${instantText(step.at, t)}  ${t(MOVES[step.kind])} ${sign}${grouped(step.amountYen)}  → ${yenText(step.balanceYen, t)}${at}  ${place(step.row)}`;
  }
}

/** What was made of the coupon before this run, and what has become of it. */
function* paymentsPart({ payments }: Explanation, t: Translate): Generator<string> {
  if (payments.length > 0) yield heading(text('これまでの支払い', 'Payments so far'), t);
  for (const { payoutId, route, amountYen, madeAt, standing, told } of payments) {
    const by = route === '' ? '' : `  ${t(channelOf(route).name)}`;
    const made =
      madeAt === ''
        ? ''
        : `  ${t(text(`${instantText(madeAt, t)}の実行で手続き`, `ordered by the run as of ${instantText(madeAt, t)}`))}`;
    yield `  ${t(PAYMENT_STANDINGS[standing])}  ${yenText(amountYen, t)}${by}${made}${code(payoutId)}`;
    for (const each of told)
      yield `    ${instantText(each.at, t)}  ${t(ownOf(PAID_STATUSES, each.status) ?? text(each.status, each.status))}  ${yenText(each.amountYen, t)}  ${place(each.row)}`;
  }
}

const PAID_STATUSES: Readonly<Record<string, Text>> = {
  sent: text('送付済み', 'sent'),
  received: text('受取済み', 'received'),
  expired: text('受取期限切れ', 'not received in time'),
  failed: text('不達', 'did not arrive'),
};

const PAYMENT_STANDINGS: Readonly<Record<PaymentMade['standing'], Text>> = {
  made: text('手続き済み・送付の記録なし', 'ordered, no record that it was sent'),
  sent: text('送付済み', 'sent'),
  received: text('受取済み', 'received'),
  expired: text('受取期限切れ', 'not received in time'),
  failed: text('不達', 'did not arrive'),
  contradicted: text('記録が食い違う', 'the records contradict each other'),
};

function routePart(
  { routes, recipient, deliverTo, rules, payout, couponNumber }: Explanation,
  t: Translate,
): readonly string[] {
  const rule = rules.find((each) => each.id === 'delivery-route');
  const lines = routes.map(({ route, standing, says, rows }, index) => {
    const { name, namesRecipient } = channelOf(route);
    const to = standing === 'taken' ? [...(namesRecipient ? [recipient] : []), deliverTo] : [];
    const words = [t(says), ...to.filter((each) => each !== ''), ...rows.map(place)].join('  ');
    return `  ${index + 1}. ${t(name)}: ${words}`;
  });
  const nowhere = (rule?.findings ?? []).filter((finding) => finding.about === 'no_contact');
  return [
    heading(text('送り方(上から順に探します)', 'The route, in the order in which it is sought'), t),
    ...(rule?.clauses ?? []).map(
      (clause) => `  ${t(text('条項', 'clause'))} ${clause.id}: ${dated(t(clause.says), t)}`,
    ),
    ...(rule === undefined ? [] : [`  ${t(text('解釈', 'our reading'))}: ${t(rule.reading)}`]),
    ...lines,
    ...(payout === null ? [] : [`  ${t(payoutWords(payout, couponNumber))}`]),
    ...nowhere.flatMap(({ question }) => (question === null ? [] : [`  ${t(NOWHERE[question.verdict])}`])),
  ];
}

const NOWHERE: Readonly<Record<ExplainedDecision['verdict'], Text>> = {
  open: text('使える送り先がないため、人の確認を待っています。', 'There is nowhere to send it: a person has to look.'),
  stale: text('使える送り先がないため、人の確認を待っています。', 'There is nowhere to send it: a person has to look.'),
  needs_second: text(
    '使える送り先がないとの決定に、もうひとりの確認を待っています。',
    'There is nowhere to send it: one person has decided, and another has to confirm it.',
  ),
  approve: text(
    '使える送り先がないので、人の決定により、本人の申請を待ちます。',
    'There is nowhere to send it: as a person has decided, the holder is waited for to apply.',
  ),
  reject: text(
    '使える送り先がなく、支払わないと人が決めました。',
    'There is nowhere to send it, and a person has decided against paying.',
  ),
};

function payoutWords({ payoutId, coupons }: NonNullable<Explanation['payout']>, couponNumber: string): Text {
  const others = coupons.filter((coupon) => coupon !== couponNumber);
  return others.length === 0
    ? text(`一件の支払いとして送ります。${code(payoutId)}`, `It is sent as one payout.${code(payoutId)}`)
    : text(
        `同じ受取人のクーポン ${others.join('、')} と合わせて、一件の支払いとして送ります。${code(payoutId)}`,
        `It is sent as one payout, together with the same recipient\u2019s ${others.join(', ')}.${code(payoutId)}`,
      );
}

const VERDICTS: Readonly<Record<ExplainedDecision['verdict'], Text>> = {
  open: text('まだ決まっていません', 'not decided yet'),
  stale: text(
    '決定のあとで根拠が変わったため、もう一度決める必要があります',
    'decided, but on other facts: to be decided again',
  ),
  needs_second: text('承認がひとり。もうひとりの確認が要ります', 'approved by one person; another has to confirm it'),
  approve: text('承認', 'approved'),
  reject: text('却下', 'rejected'),
};

function* decisionsPart({ decisions }: Explanation, t: Translate): Generator<string> {
  yield heading(text('人の決定', 'Decisions of a person'), t);
  if (decisions.length === 0)
    yield `  ${t(text('人が決めることはありません。', 'There is nothing for a person to decide.'))}`;
  for (const decision of decisions) yield* decisionLines(decision, t);
}

function decisionLines(decision: ExplainedDecision, t: Translate): readonly string[] {
  const { reason, asks, detail, reviewId, verdict, decidedAt, decidedBy, note, row } = decision;
  const about = [
    ...(detail.en.startsWith(asks.en) || asks.en.startsWith(detail.en) ? [] : [t(detail)]),
    ...stakeWords(decision, t),
  ];
  const by = [instantText(decidedAt, t), decidedBy, note, ...(row === null ? [] : [place(row)])].filter(
    (each) => each !== '',
  );
  return [
    `  ・${t(detail.en.startsWith(asks.en) ? detail : asks)}${code(reason, reviewId)}`,
    ...(about.length === 0 ? [] : [`      ${about.join(t(text('。', '; ')))}`]),
    `      → ${[t(VERDICTS[verdict]), ...by].join('  ')}`,
  ];
}

/** What hangs on a question, and whether it holds the payment. */
function stakeWords({ stakeYen, holds, verdict }: ExplainedDecision, t: Translate): readonly string[] {
  const stake =
    stakeYen === null || stakeYen === 0 ? [] : [`${t(text('確認中の金額', 'waiting for it'))} ${yenText(stakeYen, t)}`];
  const held = holds && isUnanswered(verdict) ? [t(text('決まるまで支払いを止めます', 'holds the payment'))] : [];
  return [...stake, ...held];
}

function* missingPart({ missing }: Explanation, t: Translate): Generator<string> {
  yield heading(text('確認が必要なことと、その相手', 'What is missing, and who could supply it'), t);
  if (missing.length === 0) yield `  ${t(text('ありません。', 'Nothing.'))}`;
  for (const { what, who } of missing) yield `  ・${t(what)} — ${t(SUPPLIER_WORDS[who])}`;
}

/** What the data holds on a coupon that is no case. */
function* rowsPart({ issuance, evidence }: Explanation, t: Translate): Generator<string> {
  const rows = new Map([...issuance, ...evidence].map((row) => [row.id, row]));
  if (rows.size > 0) yield heading(text('関係する行', 'The rows that name it'), t);
  for (const row of rows.values()) yield `  ${place(row)}`;
}
