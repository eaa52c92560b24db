import { type Text, text } from '../../base/text.ts';
import type { DecisionCounts, QuestionCount } from '../../publish/decision-counts.ts';
import type { Summary } from '../../publish/summary.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, yenText } from './yen-words.ts';

const QUESTIONS = {
  approved: text('承認', 'approved'),
  rejected: text('却下', 'rejected'),
  needsSecond: text('2 人目の確認待ち', 'waiting for a second person'),
  stale: text('根拠が変わり無効', 'stale'),
  contradicting: text('食い違い', 'contradicting'),
} as const satisfies Partial<Record<keyof DecisionCounts, Text>>;
const ALWAYS_TOLD: ReadonlySet<string> = new Set(['approved', 'rejected', 'stale']);

/** What became of the decisions that were handed in: nothing where none were. */
export function decisionsText({ decisions }: Pick<Summary, 'decisions'>, t: Translate): string {
  if (decisions === null) return '';
  const { decided, noLongerAsked, unknown } = decisions;
  const told = (Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).flatMap((name) => {
    const count = decisions[name];
    if (count.questions === 0 && !ALWAYS_TOLD.has(name)) return [];
    return [t(QUESTIONS[name]) + countWords(count, t)];
  });
  const closed = t(text(`もう聞かれていない ${grouped(noLongerAsked)}`, `no longer asked ${grouped(noLongerAsked)}`));
  const parts = [
    ...told,
    ...(noLongerAsked === 0 ? [] : [closed]),
    t(text(`知らない確認ID ${grouped(unknown)}`, `unknown ${grouped(unknown)}`)),
  ];
  return [
    t(text(`■ 人の決定  ${grouped(decided)} 件`, `■ Decided: ${grouped(decided)}`)),
    `  ${parts.join(t(text('、', ', ')))}`,
    ...rowWords(decisions, t),
  ].join('\n');
}

const countWords = ({ questions, stakeYen }: QuestionCount, t: Translate): string =>
  ` ${grouped(questions)}${stakeYen === 0 ? '' : t(text(`(${yenText(stakeYen, t)})`, ` (${yenText(stakeYen, t)})`))}`;

/** Rows that decide nothing. */
function rowWords({ undecided, answered, answeredElsewhere }: DecisionCounts, t: Translate): readonly string[] {
  const open = text(
    `  判断が空の行 ${grouped(undecided)}(決定していない)`,
    `  rows without a decision: ${grouped(undecided)}`,
  );
  const shown = text(
    `  決定済みと示すだけの行 ${grouped(answered)}(読み飛ばした)`,
    `  rows that only show an answer, and were passed over: ${grouped(answered)}`,
  );
  const lost = text(
    `  そのうち ${grouped(answeredElsewhere)} 行は、元の決定がどのファイルにもなく、決定していない扱い。前に渡した決定ファイルも --decisions に足してください`,
    `  of these, ${grouped(answeredElsewhere)} are decided in no file and count as open; add the decisions handed in before to --decisions`,
  );
  return [
    ...(undecided === 0 ? [] : [t(open)]),
    ...(answered === 0 ? [] : [t(shown)]),
    ...(answeredElsewhere === 0 ? [] : [t(lost)]),
  ];
}
