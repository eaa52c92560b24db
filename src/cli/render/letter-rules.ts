import type { ExplainedFinding, ExplainedRule, Explanation } from '../../audit/explain/explanation.ts';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { heading, place } from './letter-words.ts';
import { SEEN_WORDS, seenValue } from './seen-words.ts';
import { grouped } from './yen-words.ts';

const OUTCOMES: Readonly<Record<ExplainedFinding['outcome'], Text>> = {
  met: text('当てはまる', 'met'),
  'not met': text('当てはまらない', 'not met'),
  undetermined: text('決められない', 'undetermined'),
};

/** Rule by rule. Where the money goes has a part of its own. */
export function rulesPart({ rules }: Explanation, t: Translate): readonly string[] {
  const told = rules.filter((rule) => rule.id !== 'delivery-route');
  const silent = told.filter((rule) => rule.findings.length === 0);
  return [
    heading(text('規則ごとの判定', 'Rule by rule'), t),
    ...told.filter((rule) => rule.findings.length > 0).flatMap((rule) => ['', ...ruleLines(rule, rules, t)]),
    ...(silent.length === 0
      ? []
      : [
          '',
          `  ${t(text('このクーポンには判定するものがない規則', 'Rules with nothing to judge on this coupon'))}: ${silent.map((rule) => t(rule.title)).join(t(text('、', '; ')))}`,
        ]),
  ];
}

function ruleLines(rule: ExplainedRule, rules: readonly ExplainedRule[], t: Translate): readonly string[] {
  return [
    `【${t(rule.title)}】 ${rule.id}`,
    ...rule.clauses.map((clause) => `  ${t(text('条項', 'clause'))} ${clause.id}: ${t(clause.says)}`),
    `  ${t(text('読み方', 'our reading'))}: ${t(rule.reading)}`,
    ...rule.findings.flatMap((finding) => findingLines(finding, rules, t)),
  ];
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

function findingLines(finding: ExplainedFinding, rules: readonly ExplainedRule[], t: Translate): readonly string[] {
  const { outcome, seen, rows, missing, question, settledBy, putBack } = finding;
  const values = Object.entries(seen).map(
    ([name, value]) => `${t(SEEN_WORDS[name] ?? text(name, name))} ${t(valueWords(name, value))}`,
  );
  const lacks = settledBy === null ? missing : [];
  const lines = [
    ...(settledBy === null ? [] : [t(settledWords(finding, settledBy, rules))]),
    `${t(text('見た値', 'values'))}: ${values.join(t(text('、', '; ')))}`,
    ...(rows.length === 0 ? [] : [`${t(text('根拠の行', 'rows'))}: ${rows.map(place).join(', ')}`]),
    ...(putBack.length === 0 ? [] : [`${t(text('戻すべき決済', 'to be put back'))}: ${putBack.map(place).join(', ')}`]),
    ...lacks.map((each) => `${t(text('足りないもの', 'missing'))}: ${t(each)}`),
    ...(question === null
      ? []
      : [`${t(text('人への問い', 'asks a person'))}: ${t(question.detail)} [${question.reviewId}]`]),
  ];
  return [`  ▸ ${t(OUTCOMES[outcome])}${aboutOf(finding, t)}`, ...lines.map((line) => `      ${line}`)];
}

/** What an earlier rule has made of the same payments: a ground, or a question. */
function settledWords({ about }: ExplainedFinding, settledBy: string, rules: readonly ExplainedRule[]): Text {
  const rule = rules.find(({ id }) => id === settledBy);
  const title = rule?.title ?? text(settledBy, settledBy);
  return rule?.findings.some((finding) => finding.about === about && finding.outcome === 'met')
    ? text(
        `この決済のことは、先の規則【${title.ja}】で決まっています。`,
        `An earlier rule, “${title.en}”, has settled these payments.`,
      )
    : text(
        `この決済のことは、先の規則【${title.ja}】がすでに人に尋ねています。`,
        `An earlier rule, “${title.en}”, asks a person about these payments.`,
      );
}
