import { type Text, text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { InputProfile, Profile } from '../../intake/schema/profile.ts';
import { fileCountsOf, warningsOf } from '../../publish/summary.ts';
import type { InputFile, StatedTotals, Tables } from '../../tables/tables.ts';
import type { Losses } from '../../tables/understood-file.ts';
import type { InputOptions } from '../options/inputs.ts';
import type { LimitOptions } from '../options/limits.ts';
import type { UnderstandingOptions } from '../options/understanding.ts';
import type { Translate } from '../terminal/language.ts';
import { problemsText } from '../terminal/problem-text.ts';
import { type ColumnMeanings, lossesOf, lossesSentence } from './losses.ts';
import { rowProblems } from './refusals.ts';
import type { FileSince } from './since.ts';
import { couponNumbers, differingTotalLines, refused } from './summary-text.ts';
import { allColumnLines, areMadeAlike, columnLines, formatWords, leftOutWords, sampleText } from './understood-text.ts';
import { findingsLetThrough, warningWords } from './unmatched.ts';
import { grouped, yenText } from './yen-words.ts';

/** By what the inputs were read, and how much is to be told of them. */
interface Telling
  extends Pick<LimitOptions & InputOptions & UnderstandingOptions, 'maxUnmatched' | 'profile' | 'columns'> {
  readonly meanings: ColumnMeanings;
  readonly since?: readonly FileSince[] | undefined;
}

/** What was read, as `check` tells it: files, numbers, every row that cannot be read, and what would be lost. */
export function checkText(tables: Tables, telling: Telling, t: Translate): string {
  const { maxUnmatched, profile, meanings, since } = telling;
  const files = tables.files.map((file, index) => {
    const ignored =
      file.ignoredColumns.length === 0
        ? ''
        : t(
            text(
              `; 使わない列: ${file.ignoredColumns.join(', ')}`,
              `; columns not used: ${file.ignoredColumns.join(', ')}`,
            ),
          );
    const yen = t(text(`合計 ${yenText(file.yenRead, t)}`, `${yenText(file.yenRead, t)} in all`));
    const format = file.understood === undefined ? '' : `${formatWords(file.understood, t)}, `;
    const lines = [
      `  ${visibleInLine(file.name)}: ${file.encoding}${file.compressed ? ' gzip' : ''}, ${format}${yen}${ignored}`,
    ];
    return [
      ...lines,
      ...understoodColumns(file, tables.files.slice(0, index), telling, t).map((line) => `    ${line}`),
      ...writtenAs({ ...file, warnings: warningsOf(file, index, tables) }, profile, t).map((line) => `    ${line}`),
    ].join('\n');
  });
  const sample = sampleText(tables.files, t);
  const rejected = rowProblems(tables).map(({ problem }) => problem);
  const done =
    rejected.length === 0
      ? t(text('すべての行が読めました。\n', 'Every row can be read.\n'))
      : problemsText(rejected, t);
  const found = findingsLetThrough(tables, maxUnmatched);
  const numbers = [couponNumbers(tables, t), ...unmatchedLines(tables, t)].join('\n');
  const sections = [
    files.join('\n'),
    ...(sample === '' ? [] : [`${t(text('■ 読み取った行の例', '■ Rows as they are understood'))}\n${sample}`]),
    numbers,
    refused({ files: fileCountsOf(tables) }, t, since),
    ...(found.length === 0 ? [] : [problemsText(found, t).trimEnd()]),
  ];
  const lost = t(lossesSentence(lossesOf(tables, meanings), meanings));
  return `${t(text('■ 入力', '■ Inputs'))}\n${sections.join('\n\n')}\n\n${done}\n${lost}\n`;
}

/** Of files that are made alike, the columns of the first are those of all. @param before the files told before it */
function understoodColumns(
  file: InputFile,
  before: readonly InputFile[],
  { columns, meanings }: Telling,
  t: Translate,
): readonly string[] {
  if (columns) return allColumnLines(file, meanings, t);
  const alike = before.find((other) => areMadeAlike(file, other));
  if (alike === undefined) return columnLines(file, t);
  const name = visibleInLine(alike.name);
  return [t(text(`列は ${name} と同じ`, `columns as in ${name}`))];
}

const MOST_UNMATCHED = 20;

/** The first rows whose coupon the issuance does not know; a run lists them all. */
function unmatchedLines({ unmatched, files }: Tables, t: Translate): readonly string[] {
  const lines: string[] = [];
  let more = 0;
  for (const { file, line, shownNumber, nearest } of unmatched) {
    if (lines.length === MOST_UNMATCHED) {
      more++;
      continue;
    }
    const near = nearest === undefined ? '' : t(text(`(似た番号 ${nearest})`, ` (nearly ${nearest})`));
    lines.push(`    ${files[file]?.name}:${line}  ${shownNumber}${near}`);
  }
  return more === 0 ? lines : [...lines, `    ${t(text(`ほか ${more} 件`, `${more} more`))}`];
}

const GUARD_WORDS = { apostrophe: text("先頭の '", "a leading '"), formula: text('="…"', '="…"') } as const;

/** How a file\u2019s columns are written: its dates, guards that were taken off, words for nothing, what looks odd. */
function writtenAs(
  { kind, forms, absentCells, warnings, understood, statedTotals }: InputFile,
  profile: Profile | undefined,
  t: Translate,
): readonly string[] {
  const { zone, timeOfDatesAlone } = (profile?.inputs[kind] ?? {}) as InputProfile;
  const dates = forms.flatMap(({ column, dates: form }) => {
    if (form === undefined) return [];
    const name = form === 'known' ? t(text('既定の書き方', 'the usual forms')) : `"${form}"`;
    return [`${column}: ${name}`];
  });
  const guards = forms.flatMap(({ column, guard }) =>
    guard === undefined ? [] : [`${column} ${t(GUARD_WORDS[guard])}`],
  );
  const absent = Object.entries(absentCells).map(([column, count]) => `${column} ${count}`);
  return [
    ...listed(text('日付の読み方', 'dates read by'), dates, t),
    ...listed(text('時差のない時刻の時差', 'times without an offset are of'), zone === undefined ? [] : [zone], t),
    ...listed(
      text('時刻のない日付の時刻', 'dates without a time stand for'),
      timeOfDatesAlone === undefined ? [] : [timeOfDatesAlone],
      t,
    ),
    ...listed(text('取り除いた印', 'guards taken off'), guards, t),
    ...listed(text('空とみなした値(- や なし など)', 'cells taken for empty (such as - or NULL)'), absent, t),
    ...listed(
      text('profile が外した行', 'rows that the profile leaves out'),
      leftOutWords(understood?.leftOut ?? [], t),
      t,
    ),
    ...totalsLines(statedTotals, t),
    ...warnings.map((warning) => `${t(text('注意', 'warning'))}: ${t(warningWords(warning))}`),
  ];
}

function totalsLines(totals: StatedTotals | undefined, t: Translate): readonly string[] {
  if (totals === undefined) return [];
  const { compared, differing } = totals;
  return [
    t(
      text(
        `合計の照合: ${grouped(compared)} か所のうち合わないもの ${grouped(differing.length)}`,
        `totals held against the rows: ${grouped(compared)}, of which ${grouped(differing.length)} differ`,
      ),
    ),
    ...differingTotalLines(totals, t).map((words) => `  ${words}`),
  ];
}

const listed = (title: Text, values: readonly string[], t: Translate): readonly string[] =>
  values.length === 0 ? [] : [`${t(title)}: ${values.join(t(text('、', ', ')))}`];

/** The same for a program. */
export const checkJson = (tables: Tables, { meanings, since }: Pick<Telling, 'meanings' | 'since'>): unknown => ({
  files: fileCountsOf(tables).map(({ firstAt, lastAt, warnings }, index) => ({
    ...tables.files[index],
    warnings,
    firstAt,
    lastAt,
    rowsBefore: since?.[index]?.rowsBefore ?? null,
  })),
  issued: tables.issued,
  findings: tables.findings.map(({ file, examples, ...finding }) => ({ ...finding, file: tables.files[file]?.name })),
  rejects: rowProblems(tables).map(({ problem }) => problem),
  losses: lossesJson(lossesOf(tables, meanings), meanings),
});

const lossesJson = (losses: Losses, meanings: ColumnMeanings) => ({
  ...losses,
  sentence: lossesSentence(losses, meanings),
});
