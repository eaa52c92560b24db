import type { ExplainedFinding, ExplainedRule, Explanation } from '../../audit/explain/explanation.ts';
import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import { wordedBy } from '../../policy/wording.ts';
import type { Translate } from '../terminal/language.ts';
import { code, dated, heading, place } from './letter-words.ts';
import { SEEN_WORDS, seenValue } from './seen-words.ts';
import { grouped } from './yen-words.ts';

const OUTCOMES: Readonly<Record<ExplainedFinding['outcome'], Text>> = {
  met: text('当てはまる', 'met'),
  'not met': text('当てはまらない', 'not met'),
  undetermined: text('決められない', 'undetermined'),
};

/** Rule by rule. Where the money goes has a part of its own. */
export function* rulesPart({ rules }: Explanation, terms: Terms, t: Translate): Generator<string> {
  const told = rules.filter((rule) => rule.id !== 'delivery-route');
  const silent = told.filter((rule) => rule.findings.length === 0);
  const among = { rules: new Map(rules.map((rule) => [rule.id, metIn(rule)])), terms };
  yield heading(text('規則ごとの判定', 'Rule by rule'), t);
  for (const rule of told) {
    if (rule.findings.length === 0) continue;
    yield '';
    yield* ruleLines(rule, among, t);
  }
  if (silent.length === 0) return;
  yield '';
  yield `  ${t(text('このクーポンには判定するものがない規則', 'Rules with nothing to judge on this coupon'))}: ${silent.map((rule) => t(rule.title)).join(t(text('、', '; ')))}`;
}

/** A rule of the letter, and what of its findings is met. */
interface MetIn {
  readonly title: Text;
  readonly about: ReadonlySet<string | null>;
}

const metIn = ({ title, findings }: ExplainedRule): MetIn => ({
  title,
  about: new Set(findings.filter(({ outcome }) => outcome === 'met').map(({ about }) => about)),
});

/** The rules of the letter that a finding is told among, by their ids, and the terms in force. */
interface Among {
  readonly rules: ReadonlyMap<string, MetIn>;
  readonly terms: Terms;
}

function* ruleLines(rule: ExplainedRule, among: Among, t: Translate): Generator<string> {
  yield `【${t(rule.title)}】${code(rule.id)}`;
  for (const clause of rule.clauses) yield `  ${t(text('条項', 'clause'))} ${clause.id}: ${dated(t(clause.says), t)}`;
  yield `  ${t(text('解釈', 'our reading'))}: ${t(rule.reading)}`;
  for (const finding of rule.findings) yield* findingLines(finding, among, t);
}

/** A sum is grouped as everywhere in a letter. */
const valueWords = (name: string, value: Parameters<typeof seenValue>[0]): Text =>
  name.endsWith('_yen') && typeof value === 'number' ? text(grouped(value), grouped(value)) : seenValue(value);

/** A group of payments is named by its shop and amount, anything else by its own name. */
function aboutOf({ about, seen }: ExplainedFinding, t: Translate): string {
  if (about === null) return '';
  const [shop, amount] = [seen.merchant_id, seen.amount_yen];
  if (about !== `${shop} ${amount}`) return `  ${about}`;
  return `  ${t(text(`${shop} の ${grouped(Number(amount))}円の決済`, `the payments of ${grouped(Number(amount))} yen at ${shop}`))}`;
}

function findingLines(finding: ExplainedFinding, { rules, terms }: Among, t: Translate): readonly string[] {
  const { outcome, seen, rows, missing, question, settledBy, putBack } = finding;
  const values = Object.entries(seen).map(
    ([name, value]) =>
      `${t(wordedBy(terms, ownOf(SEEN_WORDS, name) ?? text(name, name)))} ${dated(t(valueWords(name, value)), t)}`,
  );
  const lacks = settledBy === null ? missing : [];
  const lines = [
    `${t(text('判定に使った値', 'values'))}: ${values.join(t(text('、', '; ')))}`,
    ...(rows.length === 0 ? [] : [`${t(text('根拠の行', 'rows'))}: ${rows.map(place).join(', ')}`]),
    ...(putBack.length === 0 ? [] : [`${t(text('戻すべき決済', 'to be put back'))}: ${putBack.map(place).join(', ')}`]),
    ...lacks.map((each) => `${t(text('足りないもの', 'missing'))}: ${t(each)}`),
    ...(question === null
      ? []
      : [
          `${t(text('人への問い', 'asks a person'))}: ${t(question.detail)}${code(question.reason, question.reviewId)}`,
        ]),
  ];
  // What another rule has settled or asked is neither met nor open here.
  const comesTo =
    settledBy === null
      ? `${t(OUTCOMES[outcome])}${aboutOf(finding, t)}`
      : t(settledWords(finding, settledBy, rules, t));
  return [`  ▸ ${comesTo}`, ...lines.map((line) => `      ${line}`)];
}

/** What an earlier rule has made of the same payments: a ground, or a question. */
function settledWords(finding: ExplainedFinding, settledBy: string, rules: Among['rules'], t: Translate): Text {
  const rule = rules.get(settledBy);
  const title = rule?.title ?? text(settledBy, settledBy);
  const about = aboutOf(finding, t).trim();
  return rule?.about.has(finding.about) === true
    ? text(
        `${about}は【${title.ja}】で決まっています。`,
        `Of ${about}, an earlier rule, “${title.en}”, has settled it.`,
      )
    : text(
        `${about}は【${title.ja}】で人に尋ねています。`,
        `Of ${about}, an earlier rule, “${title.en}”, asks a person.`,
      );
}
