import { text } from '../../base/text.ts';
import type { Clause } from '../../policy/clauses.ts';
import { clausesOf, type Policy, readingsOf } from '../../policy/policy.ts';
import { canComeUnder, GROUNDS, REASONS, REVIEW_REASONS, STATUSES } from '../../policy/vocabulary.ts';
import { type Wording, wordedBy } from '../../policy/wording.ts';
import { RULES } from '../../rules/index.ts';
import type { Translate } from '../terminal/language.ts';
import { markdownCell } from './markdown.ts';

/** Rules, clauses and readings as data: what every rendering is made from. */
export function rulesData(policy: Policy): unknown {
  return {
    policy: policy.file,
    clauses: clausesOf(policy),
    readings: readingsOf(policy),
    rules: RULES.map(({ id, version, title, clauses, readings, reading }) => ({
      id,
      version,
      title,
      clauses,
      readings,
      reading: wordedBy(policy.terms, reading),
    })),
  };
}

const claimedBy = (clause: Clause): string =>
  RULES.filter((rule) => rule.clauses.includes(clause.id))
    .map((rule) => rule.id)
    .join(', ');

/** The rules as plain text for a terminal. */
export function rulesText(policy: Policy, t: Translate): string {
  const rules = RULES.map((rule, index) => {
    const basis = `${t(text('条項', 'clauses'))} ${rule.clauses.join(' ')}  ${t(text('読み方', 'readings'))} ${rule.readings.join(' ')}`;
    return `${String(index + 1).padStart(2)}. ${rule.id}  ${t(rule.title)}\n    ${basis}\n    ${t(wordedBy(policy.terms, rule.reading))}`;
  });
  const clauses = clausesOf(policy).map(
    (clause) =>
      `  ${clause.id.padEnd(7)}${t(clause.says)}\n         → ${claimedBy(clause) || t(clause.notEncoded ?? text('', ''))}`,
  );
  const readings = readingsOf(policy).map((reading) => `  ${reading.id.padEnd(5)}${t(reading.says)}`);
  return [
    `${t(policy.title)} (${policy.id})`,
    `${t(text('■ 規則(上から順に優先)', '■ Rules, in order of precedence'))}\n${rules.join('\n')}`,
    `${t(text('■ 条項', '■ Clauses'))}\n${clauses.join('\n')}`,
    `${t(text('■ 読み方', '■ Readings'))}\n${readings.join('\n')}`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The rules as Markdown, both for `rules --markdown` and for the docs folder. */
export function rulesMarkdown(policy: Policy, t: Translate): string {
  const rules = RULES.map((rule, index) => {
    const rows = [
      `${index + 1}. **\`${rule.id}\`** — ${t(rule.title)}`,
      `   ${t(wordedBy(policy.terms, rule.reading))}`,
      `   ${t(text('条項', 'Clauses'))}: ${rule.clauses.join(', ')} · ${t(text('読み方', 'readings'))}: ${rule.readings.join(', ')}`,
    ];
    return rows.join('  \n');
  });
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const words = (entries: Readonly<Record<string, Wording>>): string[][] =>
    Object.entries(entries).map(([code, meaning]) => [`\`${code}\``, markdownCell(t(wordedBy(policy.terms, meaning)))]);
  return [
    `# ${t(text('規則', 'Rules'))}`,
    `${t(policy.title)} (\`${policy.id}\`)`,
    `## ${t(text('規則(上から順に優先)', 'Rules, in order of precedence'))}`,
    rules.join('\n'),
    `## ${t(text('条項', 'Clauses'))}`,
    table(
      [t(text('番号', 'id')), t(text('内容', 'what it says')), t(text('規則', 'rules'))],
      clausesOf(policy).map((clause) => [
        clause.id,
        markdownCell(t(clause.says)),
        claimedBy(clause) || markdownCell(t(clause.notEncoded ?? text('', ''))),
      ]),
    ),
    `## ${t(text('読み方', 'Readings'))}`,
    table(
      [t(text('番号', 'id')), t(text('内容', 'what it says'))],
      readingsOf(policy).map((reading) => [reading.id, markdownCell(t(reading.says))]),
    ),
    `## ${t(text('状態', 'Statuses'))}`,
    table([t(text('値', 'value')), t(text('意味', 'meaning'))], words(STATUSES)),
    `## ${t(text('補償の理由', 'Grounds'))}`,
    table([t(text('値', 'value')), t(text('意味', 'meaning'))], words(GROUNDS)),
    `## ${t(text('人の確認', 'Review reasons'))}`,
    table(
      [t(text('値', 'value')), t(text('支払いを止める', 'holds')), t(text('人に求めること', 'what it asks'))],
      Object.entries(REVIEW_REASONS).map(([code, { holds, asks }]) => [
        `\`${code}\``,
        holds ? t(text('はい', 'yes')) : t(text('いいえ', 'no')),
        markdownCell(t(asks)),
      ]),
    ),
    `## ${t(text('その他の理由', 'Other reasons'))}`,
    table([t(text('値', 'value')), t(text('意味', 'meaning'))], words(reasonsUnder(policy))),
  ]
    .join('\n\n')
    .concat('\n');
}

const reasonsUnder = ({ terms }: Policy): Readonly<Record<string, Wording>> =>
  Object.fromEntries(Object.entries(REASONS).filter(([reason]) => canComeUnder(terms, reason)));

/** The terms in force, line by line. */
export function policyText(policy: Policy, t: Translate): string {
  const terms = Object.entries(policy.file.terms).map(([name, value]) => `  ${name.padEnd(24)}${valueText(value)}`);
  return `${t(policy.title)} (${policy.id})\n${terms.join('\n')}\n`;
}

/** As JSON where it is a list, or has terms of its own. */
const valueText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
