import {
  type CouponDifference,
  GROUPS,
  type Net,
  type RunComparison,
  type TableDifference,
} from '../../audit/diff/difference.ts';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { differingTables, moreRowsText, rowsText, rowText, TABLES_HEAD, yenTexts } from './diff-tables.ts';
import {
  CAUSE_WORDS,
  causeLines,
  changesLines,
  countText,
  GROUP_WORDS,
  headline,
  moreText,
  type NET_COLUMNS,
  untoldText,
  yenColumns,
} from './diff-words.ts';
import { markdownCell } from './markdown.ts';
import { signedYen } from './yen-words.ts';

const lines = (all: readonly string[]): string => all.map(markdownCell).join('<br>');

const COUPON = text('クーポン', 'coupon');
const COUPONS = text('クーポン', 'coupons');

type Column = readonly [words: Text, align: '---' | '---:'];

function table(columns: readonly Column[], rows: readonly (readonly string[])[], t: Translate): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(columns.map(([words]) => t(words))), row(columns.map(([, align]) => align)), ...rows.map(row)];
}

/** A comparison as a comment on a pull request. */
export function diffMarkdown(comparison: RunComparison, t: Translate): string {
  const sections = [
    [`### ${headline(comparison, t)}`],
    groupTable(comparison, t),
    [untoldText(comparison, t) ?? ''],
    causeTable(comparison, t),
    couponTable(comparison, t),
    [moreText(comparison, t) ?? ''],
    tablesTable(comparison, t),
    ...differingTables(comparison).flatMap((table) => [rowsTable(table, t), [moreRowsText(table, t) ?? '']]),
  ];
  return `${sections
    .map((each) => each.filter((line) => line !== ''))
    .filter((each) => each.length > 0)
    .map((each) => each.join('\n'))
    .join('\n\n')}\n`;
}

function groupTable(comparison: RunComparison, t: Translate): readonly string[] {
  const { groups, couponsDiffering } = comparison;
  if (couponsDiffering === 0) return [];
  const columns = yenColumns(comparison);
  const row = (name: string, coupons: number, net: Net): readonly string[] => [
    name,
    countText(coupons),
    ...columns.map(([column]) => signedYen(net[column], t)),
  ];
  const shown = GROUPS.filter((group) => groups[group].coupons > 0);
  return table(
    [[text('区分', 'group'), '---'], [COUPONS, '---:'], ...aligned(columns)],
    [
      ...shown.map((group) => row(t(GROUP_WORDS[group]), groups[group].coupons, groups[group])),
      row(`**${t(text('計', 'net'))}**`, couponsDiffering, comparison),
    ],
    t,
  );
}

const aligned = (columns: typeof NET_COLUMNS): readonly Column[] => columns.map(([, words]) => [words, '---:']);

/** What differs between the runs, and what it comes to where that could be told. */
function causeTable(comparison: RunComparison, t: Translate): readonly string[] {
  const { how, steps } = comparison.attribution;
  if (how !== 'executed' || steps.length === 0)
    return comparison.runs.map(({ cause, what }) => `- **${t(CAUSE_WORDS[cause])}** ${markdownCell(what)}`);
  const columns = yenColumns(comparison);
  return table(
    [[text('原因', 'because of'), '---'], [COUPONS, '---:'], ...aligned(columns)],
    steps.map((step) => [
      `**${t(CAUSE_WORDS[step.cause])}** ${lines(step.what)}`,
      countText(step.coupons),
      ...columns.map(([column]) => signedYen(step[column], t)),
    ]),
    t,
  );
}

function couponTable(comparison: RunComparison, t: Translate): readonly string[] {
  if (comparison.coupons.length === 0) return [];
  const columns = yenColumns(comparison);
  const row = (coupon: CouponDifference): readonly string[] => [
    markdownCell(coupon.couponNumber),
    t(GROUP_WORDS[coupon.group]),
    ...columns.map(([column]) => signedYen(coupon[column], t)),
    lines(changesLines(coupon.changes, t)),
    lines(causeLines(coupon, comparison, t).flat()),
  ];
  return table(
    [
      [COUPON, '---'],
      [text('区分', 'group'), '---'],
      ...aligned(columns),
      [text('前 → 後', 'before → after'), '---'],
      [text('原因', 'because of'), '---'],
    ],
    comparison.coupons.map(row),
    t,
  );
}

function tablesTable(comparison: RunComparison, t: Translate): readonly string[] {
  const tables = differingTables(comparison);
  if (tables.length === 0) return [];
  return table(
    [
      [TABLES_HEAD, '---'],
      [text('行', 'rows'), '---'],
      [text('金額', 'yen'), '---'],
    ],
    tables.map((each) => [each.name, rowsText(each, t), lines(yenTexts(each, t))]),
    t,
  );
}

function rowsTable(differing: TableDifference, t: Translate): readonly string[] {
  if (differing.rows.length === 0) return [];
  const rows = differing.rows.map((row) => {
    const [first = '', ...cells] = rowText(row, t);
    return [markdownCell(first), lines(cells)];
  });
  return table(
    [
      [text(differing.name, differing.name), '---'],
      [text('前 → 後', 'before → after'), '---'],
    ],
    rows,
    t,
  );
}
