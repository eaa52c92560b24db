import { type Text, text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { InputProfile, Profile } from '../../intake/schema/profile.ts';
import { fileCountsOf, warningsOf } from '../../publish/summary.ts';
import type { InputFile, Tables } from '../../tables/tables.ts';
import type { InputOptions } from '../options/inputs.ts';
import type { LimitOptions } from '../options/limits.ts';
import type { Translate } from '../terminal/language.ts';
import { problemText } from '../terminal/problem-text.ts';
import { rowProblems } from './refusals.ts';
import type { FileSince } from './since.ts';
import { couponNumbers, refused } from './summary-text.ts';
import { findingsLetThrough, warningWords } from './unmatched.ts';
import { yenText } from './yen-words.ts';

/** What was read, as `check` tells it: files, numbers, and every row that cannot be read. */
export function checkText(
  tables: Tables,
  { maxUnmatched, profile }: Pick<LimitOptions & InputOptions, 'maxUnmatched' | 'profile'>,
  t: Translate,
  since?: readonly FileSince[],
): string {
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
    const lines = [
      `  ${visibleInLine(file.name)}: ${file.encoding}${file.compressed ? ' gzip' : ''}, ${yen}${ignored}`,
    ];
    return [
      ...lines,
      ...writtenAs({ ...file, warnings: warningsOf(file, index, tables) }, profile, t).map((line) => `    ${line}`),
    ].join('\n');
  });
  const rejected = rowProblems(tables).map(({ problem }) => problemText(problem, t));
  const done =
    rejected.length === 0 ? t(text('すべての行が読めました。\n', 'Every row can be read.\n')) : rejected.join('');
  const found = findingsLetThrough(tables, maxUnmatched).map((problem) => problemText(problem, t));
  const numbers = [couponNumbers(tables, t), ...unmatchedLines(tables, t)].join('\n');
  const sections = [
    files.join('\n'),
    numbers,
    refused({ files: fileCountsOf(tables) }, t, since),
    ...(found.length === 0 ? [] : [found.join('').trimEnd()]),
  ];
  return `${t(text('■ 入力', '■ Inputs'))}\n${sections.join('\n\n')}\n\n${done}`;
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
  { kind, forms, absentCells, warnings }: InputFile,
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
    ...warnings.map((warning) => `${t(text('注意', 'warning'))}: ${t(warningWords(warning))}`),
  ];
}

const listed = (title: Text, values: readonly string[], t: Translate): readonly string[] =>
  values.length === 0 ? [] : [`${t(title)}: ${values.join(t(text('、', ', ')))}`];

/** The same for a program. */
export const checkJson = (tables: Tables, since?: readonly FileSince[]): unknown => ({
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
});
