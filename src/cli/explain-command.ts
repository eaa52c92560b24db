import { resolve } from 'node:path';
import { explainCoupons, openForExplaining } from '../audit/explain.ts';
import type { ExplainedFinding, ExplainedRule, Explanation, Row } from '../audit/explanation.ts';
import { type Text, text } from '../policy/text.ts';
import {
  GROUNDS,
  type GroundId,
  REASONS,
  REVIEW_REASONS,
  ROUTES,
  type RouteId,
  STATUSES,
  type Status,
} from '../policy/vocabulary.ts';
import { canonicalJson } from '../publish/canonical-json.ts';
import { manifestOf } from './audit-commands.ts';
import { CommandFailure, EXIT } from './exit.ts';
import type { Say } from './language.ts';
import type { GivenOptions } from './options.ts';
import { SEEN_WORDS, seenValue } from './seen-words.ts';
import { write } from './terminal.ts';

/** `explain`: why each coupon came out as it did. @throws CommandFailure */
export async function explainCommand(
  run: string,
  coupons: readonly string[],
  given: GivenOptions,
  say: Say,
): Promise<void> {
  const folder = resolve(run);
  const manifest = manifestOf(folder);
  const originals = typeof given.inputs === 'string' ? resolve(given.inputs) : undefined;
  const inputs = await openForExplaining(folder, manifest, originals);
  if ('missing' in inputs) {
    throw new CommandFailure(
      EXIT.refused,
      inputs.missing.map((name) => ({
        code: 'INPUT_NOT_KEPT',
        where: name,
        what: text(
          '実行結果に保存されておらず、同じ内容の元ファイルも見つかりません',
          'was not kept with the run, and no original with the same content was found',
        ),
        advice: text(
          '--inputs に元ファイルのフォルダーを指定してください(次からは run --archive)',
          'name its folder with --inputs (and use run --archive next time)',
        ),
      })),
    );
  }
  const shown =
    given.showContact === true
      ? (all: readonly Explanation[]) => all
      : (all: readonly Explanation[]) => all.map(masked);
  const explanations = shown(explainCoupons(inputs.repeated, manifest, coupons));
  if (given.json === true)
    return write(
      process.stdout,
      canonicalJson({ run: manifest.fingerprint, asOf: manifest.asOf, coupons: explanations }),
    );
  await write(process.stdout, explanations.map((each) => explanationText(each, manifest.asOf, say)).join('\n'));
}

/** Contacts and accounts, but for their last two characters. */
const maskedText = (value: string): string => '*'.repeat(Math.max(0, value.length - 2)) + value.slice(-2);

function masked(explanation: Explanation): Explanation {
  const [kind, ...rest] = explanation.recipient.split(':');
  const hidden =
    kind === 'account' || rest.length === 0 ? explanation.recipient : `${kind}:${maskedText(rest.join(':'))}`;
  return { ...explanation, recipient: hidden, deliverTo: maskedText(explanation.deliverTo) };
}

const place = (row: Row): string => `${row.id}${row.where.length === 0 ? '' : ` (${row.where.join(', ')})`}`;
const yen = (value: number, say: Say): string => say(text(`${value}円`, `${value} yen`));

function explanationText(explanation: Explanation, asOf: string, say: Say): string {
  const title = `${say(text('クーポン', 'Coupon'))} ${explanation.couponNumber}  (${say(text(`${asOf} より前の記録による`, `as of ${asOf}`))})`;
  const parts = [
    `${title}\n${'─'.repeat(60)}`,
    verdictText(explanation, say),
    explanation.noCase === null ? balanceText(explanation, say) : '',
    ...explanation.rules.filter((rule) => rule.findings.length > 0).map((rule) => ruleText(rule, say)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function verdictText(explanation: Explanation, say: Say): string {
  const lines: string[] = [];
  if (explanation.noCase !== null)
    lines.push(`${say(text('判定していません', 'No case'))}: ${say(explanation.noCase)}`);
  if (explanation.noCase === null && explanation.status === '') {
    lines.push(
      say(
        text(
          '一覧に載っていません: 補償の理由も、確かめるべきことも、申出・申請・支払いもありません',
          'In no output: no ground, no question, no claim, application or payout',
        ),
      ),
    );
  }
  if (explanation.status !== '')
    lines.push(
      `${say(text('状態', 'Status'))}: ${say(STATUSES[explanation.status as Status])} (${explanation.status})`,
    );
  const grounds = explanation.grounds.map((ground) => `${ground} ${say(GROUNDS[ground as GroundId])}`);
  if (grounds.length > 0) lines.push(`${say(text('補償の理由', 'Grounds'))}: ${grounds.join(say(text('、', '; ')))}`);
  const { amounts } = explanation;
  if (amounts !== null) {
    lines.push(
      `${say(text('残高', 'Balance'))} ${yen(amounts.residualYen, say)} + ${say(text('戻入', 'to put back'))} ${yen(amounts.reinstateYen, say)} − ${say(text('支払済み', 'paid'))} ${yen(amounts.alreadyPaidYen, say)} → ${say(text('支払額', 'payable'))} ${yen(amounts.payableYen, say)}`,
      `${say(text('有効期限', 'Valid until'))}: ${explanation.validUntil}`,
    );
  }
  if (explanation.route !== '')
    lines.push(
      `${say(text('送り方', 'Route'))}: ${say(ROUTES[explanation.route as RouteId])}  ${explanation.recipient}  ${explanation.deliverTo}`,
    );
  for (const reason of explanation.reasons) lines.push(`  ${reason}: ${say(reasonWords(reason))}`);
  if (explanation.issuance.length > 0)
    lines.push(`${say(text('発行', 'Issued'))}: ${explanation.issuance.map(place).join(', ')}`);
  return lines.join('\n');
}

const reasonWords = (reason: string): Text => {
  const review = (REVIEW_REASONS as Readonly<Record<string, { readonly asks: Text }>>)[reason];
  return review?.asks ?? (REASONS as Readonly<Record<string, Text>>)[reason] ?? text(reason, reason);
};

const MOVES: Readonly<Record<string, Text>> = {
  payment: text('決済', 'payment'),
  cancel: text('取消', 'cancel'),
  reinstatement: text('戻入', 'put back'),
};

function balanceText(explanation: Explanation, say: Say): string {
  const face = explanation.amounts?.faceYen ?? 0;
  const lines = explanation.balance.map((step) => {
    const sign = step.kind === 'payment' ? '−' : '+';
    return `  ${step.at}  ${say(MOVES[step.kind] ?? text('', ''))} ${sign}${step.amountYen}  → ${step.balanceYen}  ${step.merchantId}  ${place(step.row)}`;
  });
  return [
    `${say(text('残高の動き', 'The balance, movement by movement'))}: ${say(text('額面', 'face'))} ${face}`,
    ...lines,
  ].join('\n');
}

const OUTCOMES: Readonly<Record<ExplainedFinding['outcome'], Text>> = {
  met: text('当てはまる', 'met'),
  'not met': text('当てはまらない', 'not met'),
  undetermined: text('決められない', 'undetermined'),
};

function ruleText(rule: ExplainedRule, say: Say): string {
  const head = `【${say(rule.title)}】 ${rule.id}`;
  const clauses = rule.clauses.map((clause) => `  ${say(text('条項', 'clause'))} ${clause.id}: ${say(clause.says)}`);
  const reading = `  ${say(text('読み方', 'our reading'))}: ${say(rule.reading)}`;
  return [head, ...clauses, reading, ...rule.findings.map((finding) => findingText(finding, say))].join('\n');
}

function findingText(finding: ExplainedFinding, say: Say): string {
  const about = finding.about === null ? '' : ` (${finding.about})`;
  const seen = Object.entries(finding.seen).map(
    ([name, value]) => `${say(SEEN_WORDS[name] ?? text(name, name))} ${say(seenValue(value))}`,
  );
  const lines = [
    `  ▸ ${say(OUTCOMES[finding.outcome])}${about}`,
    `      ${say(text('見た値', 'seen'))}: ${seen.join(say(text('、', '; ')))}`,
  ];
  if (finding.rows.length > 0)
    lines.push(`      ${say(text('根拠の行', 'rows'))}: ${finding.rows.map(place).join(', ')}`);
  for (const missing of finding.missing) lines.push(`      ${say(text('足りないもの', 'missing'))}: ${say(missing)}`);
  if (finding.question !== null) {
    const { reason, detail, reviewId, verdict } = finding.question;
    lines.push(
      `      ${say(text('人への問い', 'asks a person'))}: ${reason} ${say(detail)} [${reviewId}, ${say(VERDICTS[verdict] ?? text(verdict, verdict))}]`,
    );
  }
  return lines.join('\n');
}

const VERDICTS: Readonly<Record<string, Text>> = {
  open: text('未決定', 'open'),
  stale: text('根拠が変わり無効', 'decided on other facts'),
  approve: text('承認', 'approved'),
  reject: text('却下', 'rejected'),
};
