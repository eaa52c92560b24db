import {
  type CouponDifference,
  GROUPS,
  type RunComparison,
  type TableDifference,
} from '../../audit/diff/difference.ts';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { differingTables, moreRowsText, rowsText, rowText, TABLES_HEAD, yenTexts } from './diff-tables.ts';
import {
  CAUSE_WORDS,
  causeLines,
  changesLines,
  countedText,
  GROUP_WORDS,
  headline,
  moreText,
  netText,
  untoldText,
} from './diff-words.ts';

/** A comparison for a terminal: net yen, groups, causes, then coupon by coupon. */
export function diffText(comparison: RunComparison, t: Translate): string {
  const sections = [
    [`${headline(comparison, t)}${t(text('。', '.'))}`],
    groupLines(comparison, t),
    runLines(comparison, t),
    ...comparison.coupons.map((coupon) => couponLines(coupon, comparison, t)),
    [moreText(comparison, t) ?? ''],
    tablesSummary(comparison, t),
    ...differingTables(comparison).map((table) => tableLines(table, t)),
  ];
  return sectionsText(sections);
}

/** Sections of lines, without what is empty. */
export const sectionsText = (sections: readonly (readonly string[])[]): string =>
  `${sections
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;

/** A coupon that comes out otherwise: how it was and is, and what that is due to. */
export const couponLines = (
  coupon: CouponDifference,
  comparison: Pick<RunComparison, 'runs'>,
  t: Translate,
): readonly string[] => [
  `${coupon.couponNumber}  ${t(GROUP_WORDS[coupon.group])}  ${netText(coupon, t)}`,
  ...changesLines(coupon.changes, t).map((line) => `    ${line}`),
  ...causeLines(coupon, comparison, t).flatMap(([cause, ...details]) => [
    `  ← ${cause}`,
    ...details.map((detail) => `      ${detail}`),
  ]),
];

/** By what became of coupons, how many of them and how many yen. */
export const groupLines = ({ groups }: Pick<RunComparison, 'groups'>, t: Translate): readonly string[] =>
  GROUPS.filter((group) => groups[group].coupons > 0).map(
    (group) => `  ${t(GROUP_WORDS[group])}: ${countedText(groups[group], t)}`,
  );

/** What differs between the runs, and how many coupons and yen that comes to, where it could be told. */
function runLines(comparison: RunComparison, t: Translate): readonly string[] {
  const { runs, attribution } = comparison;
  const untold = untoldText(comparison, t);
  const causes =
    attribution.how === 'executed'
      ? attribution.steps.map(
          ({ cause, what, ...net }) => `  ${t(CAUSE_WORDS[cause])}  ${what.join(', ')}: ${countedText(net, t)}`,
        )
      : runs.map(({ cause, what }) => `  ${t(CAUSE_WORDS[cause])}  ${what}`);
  const head = t(text('ふたつの実行で違うもの', 'What differs between the runs'));
  return [...(causes.length > 0 ? [`${head}:`, ...causes] : []), untold ?? ''];
}

function tablesSummary(comparison: RunComparison, t: Translate): readonly string[] {
  const tables = differingTables(comparison);
  if (tables.length === 0) return [];
  return [
    `${t(TABLES_HEAD)}:`,
    ...tables.map(
      (table) => `  ${table.name}: ${[rowsText(table, t), ...yenTexts(table, t)].join(t(text('、', ', ')))}`,
    ),
  ];
}

function tableLines(table: TableDifference, t: Translate): readonly string[] {
  if (table.rows.length === 0) return [];
  const rows = table.rows.flatMap((row) => {
    const [first = '', ...cells] = rowText(row, t);
    return [`  ${first}`, ...cells.map((cell) => `      ${cell}`)];
  });
  return [table.name, ...rows, moreRowsText(table, t) ?? ''];
}
