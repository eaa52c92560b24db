import { type Text, text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { FileFinding, Proposal, Question } from '../../intake/proposal/propose.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import type { InputKind } from '../../tables/tables.ts';
import type { Translate } from '../terminal/language.ts';

/** What each file was taken for, and why. */
export function findingsText(findings: readonly FileFinding[], t: Translate): string {
  const files = findings.map((finding) =>
    [title(finding, t), ...reasons(finding, t).map((line) => `    ${line}`)].join('\n'),
  );
  return `${t(text('■ ファイル', '■ Files'))}\n${files.join('\n')}\n`;
}

function title({ name, kind, score }: FileFinding, t: Translate): string {
  if (kind === undefined)
    return `  ${visibleInLine(name)}: ${t(text('何のファイルかわかりません(使いません)', 'fits nothing that is known, and is left out'))}`;
  const percent = Math.round(score * 100);
  return `  ${visibleInLine(name)}: ${t(wordsOf(kind))} ${t(text(`(合い具合 ${percent} %)`, `(fits by ${percent} %)`))}`;
}

const wordsOf = (kind: InputKind): Text => declarationOf(kind).option.words;

function reasons(finding: FileFinding, t: Translate): readonly string[] {
  const { kind, columns, unused, line, rows, days, others, builtIn, sheets } = finding;
  const lines: string[] = [];
  const tell = (ja: string, en: string): void => void lines.push(t(text(ja, en)));
  if (kind === undefined) {
    if (unused.length > 0)
      tell(`見出しらしいもの: ${unused.join(', ')}`, `what may be its headers: ${unused.join(', ')}`);
    tell(
      '見出しの行を確かめてください。送り方は docs/data.md',
      'check its row of headers; what a file should hold: docs/data.md',
    );
    return lines;
  }
  if (builtIn !== undefined)
    tell(`組み込みのプロファイル ${builtIn} の見出し`, `headers of the built-in profile ${builtIn}`);
  if (sheets.length > 1)
    tell(`シート「${sheets[0]}」を見た(ほか ${sheets.length - 1} 枚)`, `the sheet "${sheets[0]}", of ${sheets.length}`);
  if (line > 1) tell(`見出しは ${line} 行目`, `its headers are on line ${line}`);
  const found = columns.map(({ name, header }) => (name === header ? name : `${header} → ${name}`));
  tell(`わかった列: ${found.join(', ')}`, `columns: ${found.join(', ')}`);
  if (unused.length > 0) tell(`使わない列: ${unused.join(', ')}`, `not used: ${unused.join(', ')}`);
  const period = days === undefined ? '' : days[0] === days[1] ? days[0] : `${days[0]} – ${days[1]}`;
  tell(
    `見た行: ${rows}${period === '' ? '' : `(${period})`}`,
    `rows looked at: ${rows}${period === '' ? '' : ` (${period})`}`,
  );
  const [other] = others.filter(({ score }) => score >= NEARLY);
  if (other !== undefined) tell(`次に近いもの: ${wordsOf(other.kind).ja}`, `next to that: ${wordsOf(other.kind).en}`);
  return lines;
}
const NEARLY = 0.5;

/** What was taken for granted. */
export function assumedText({ assumed, questions }: Pick<Proposal, 'assumed' | 'questions'>, t: Translate): string {
  if (assumed.length === 0 && questions.length === 0) return '';
  const ofKinds = assumed.map(({ kind, words }) => ({ about: t(wordsOf(kind)), words: t(words) }));
  const ofFiles = questions
    .filter(({ id }) => id.startsWith('kind.'))
    .map(({ assumed: words }) => ({ about: '', words: t(words) }));
  const lines = [...ofFiles, ...ofKinds].map(({ about, words }) => `  - ${about === '' ? '' : `${about}: `}${words}`);
  return `${t(text('■ 決めつけたこと(合っているか確かめ、違えば profile.json を直す)', '■ Assumed (check each; where it is wrong, change profile.json)'))}\n${lines.join('\n')}\n`;
}

/** A question, and what it is about. */
export const questionText = ({ about, words }: Pick<Question, 'about' | 'words'>, t: Translate): string =>
  about === undefined ? t(words) : t(text(`【${wordsOf(about).ja}】${words.ja}`, `[${wordsOf(about).en}] ${words.en}`));

/** What would have been asked at a terminal. */
export function unaskedText(questions: Proposal['questions'], t: Translate): string {
  if (questions.length === 0) return '';
  const lines = questions.map((question) => `  - ${questionText(question, t)}`);
  return `${t(text('■ 端末なら尋ねたこと(端末で init をもう一度実行すれば答えられます)', '■ Would have been asked at a terminal (call init there to answer)'))}\n${lines.join('\n')}\n`;
}
