import { type Text, text } from '../../base/text.ts';
import type { Clause } from '../../policy/clauses.ts';
import { clausesOf, type Policy, readingsOf } from '../../policy/policy.ts';
import { GROUNDS, REASONS, REVIEW_REASONS, STATUSES } from '../../policy/vocabulary.ts';
import { RULES } from '../../rules/index.ts';
import type { Say } from '../terminal/language.ts';
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
      reading,
    })),
  };
}

const claimedBy = (clause: Clause): string =>
  RULES.filter((rule) => rule.clauses.includes(clause.id))
    .map((rule) => rule.id)
    .join(', ');

/** The rules as plain text for a terminal. */
export function rulesText(policy: Policy, say: Say): string {
  const rules = RULES.map((rule, index) => {
    const basis = `${say(text('条項', 'clauses'))} ${rule.clauses.join(' ')}  ${say(text('読み方', 'readings'))} ${rule.readings.join(' ')}`;
    return `${String(index + 1).padStart(2)}. ${rule.id}  ${say(rule.title)}\n    ${basis}\n    ${say(rule.reading)}`;
  });
  const clauses = clausesOf(policy).map(
    (clause) =>
      `  ${clause.id.padEnd(7)}${say(clause.says)}\n         → ${claimedBy(clause) || say(clause.notEncoded ?? text('', ''))}`,
  );
  const readings = readingsOf(policy).map((reading) => `  ${reading.id.padEnd(5)}${say(reading.says)}`);
  return [
    `${say(policy.title)} (${policy.id})`,
    `${say(text('■ 規則(上から順に優先)', '■ Rules, in order of precedence'))}\n${rules.join('\n')}`,
    `${say(text('■ 条項', '■ Clauses'))}\n${clauses.join('\n')}`,
    `${say(text('■ 読み方', '■ Readings'))}\n${readings.join('\n')}`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The rules as Markdown, both for `rules --markdown` and for the docs folder. */
export function rulesMarkdown(policy: Policy, say: Say): string {
  const rules = RULES.map((rule, index) => {
    const rows = [
      `${index + 1}. **\`${rule.id}\`** — ${say(rule.title)}`,
      `   ${say(rule.reading)}`,
      `   ${say(text('条項', 'Clauses'))}: ${rule.clauses.join(', ')} · ${say(text('読み方', 'readings'))}: ${rule.readings.join(', ')}`,
    ];
    return rows.join('  \n');
  });
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const words = (entries: Readonly<Record<string, Text>>): string[][] =>
    Object.entries(entries).map(([code, meaning]) => [`\`${code}\``, markdownCell(say(meaning))]);
  return [
    `# ${say(text('規則', 'Rules'))}`,
    `${say(policy.title)} (\`${policy.id}\`)`,
    `## ${say(text('規則(上から順に優先)', 'Rules, in order of precedence'))}`,
    rules.join('\n'),
    `## ${say(text('条項', 'Clauses'))}`,
    table(
      [say(text('番号', 'id')), say(text('内容', 'what it says')), say(text('規則', 'rules'))],
      clausesOf(policy).map((clause) => [
        clause.id,
        markdownCell(say(clause.says)),
        claimedBy(clause) || markdownCell(say(clause.notEncoded ?? text('', ''))),
      ]),
    ),
    `## ${say(text('読み方', 'Readings'))}`,
    table(
      [say(text('番号', 'id')), say(text('内容', 'what it says'))],
      readingsOf(policy).map((reading) => [reading.id, markdownCell(say(reading.says))]),
    ),
    `## ${say(text('状態', 'Statuses'))}`,
    table([say(text('値', 'value')), say(text('意味', 'meaning'))], words(STATUSES)),
    `## ${say(text('補償の理由', 'Grounds'))}`,
    table([say(text('値', 'value')), say(text('意味', 'meaning'))], words(GROUNDS)),
    `## ${say(text('人の確認', 'Review reasons'))}`,
    table(
      [say(text('値', 'value')), say(text('支払いを止める', 'holds')), say(text('人に求めること', 'what it asks'))],
      Object.entries(REVIEW_REASONS).map(([code, { holds, asks }]) => [
        `\`${code}\``,
        holds ? say(text('はい', 'yes')) : say(text('いいえ', 'no')),
        markdownCell(say(asks)),
      ]),
    ),
    `## ${say(text('その他の理由', 'Other reasons'))}`,
    table([say(text('値', 'value')), say(text('意味', 'meaning'))], words(REASONS)),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The terms in force, line by line. */
export function policyText(policy: Policy, say: Say): string {
  const terms = Object.entries(policy.file.terms).map(([name, value]) => `  ${name.padEnd(24)}${String(value)}`);
  return `${say(policy.title)} (${policy.id})\n${terms.join('\n')}\n`;
}
