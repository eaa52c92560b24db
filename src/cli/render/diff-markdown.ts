import { type CouponDifference, GROUPS, type Net, type RunComparison } from '../../audit/diff/difference.ts';
import { type Text, text } from '../../base/text.ts';
import type { Say } from '../terminal/language.ts';
import {
  CAUSE_WORDS,
  causeLines,
  changesLines,
  countText,
  GROUP_WORDS,
  headline,
  moreText,
  NET_COLUMNS,
  untoldText,
} from './diff-words.ts';
import { markdownCell } from './markdown.ts';
import { signedYen } from './yen-words.ts';

const lines = (all: readonly string[]): string => all.map(markdownCell).join('<br>');

const COUPON = text('クーポン', 'coupon');
const COUPONS = text('クーポン', 'coupons');

type Column = readonly [words: Text, align: '---' | '---:'];

function table(columns: readonly Column[], rows: readonly (readonly string[])[], say: Say): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(columns.map(([words]) => say(words))), row(columns.map(([, align]) => align)), ...rows.map(row)];
}

/** A comparison as a comment on a pull request. */
export function diffMarkdown(comparison: RunComparison, say: Say): string {
  const sections = [
    [`### ${headline(comparison, say)}`],
    groupTable(comparison, say),
    [untoldText(comparison, say) ?? ''],
    causeTable(comparison, say),
    couponTable(comparison, say),
    [moreText(comparison, say) ?? ''],
  ];
  return `${sections
    .map((each) => each.filter((line) => line !== ''))
    .filter((each) => each.length > 0)
    .map((each) => each.join('\n'))
    .join('\n\n')}\n`;
}

/** Columns of yen: what is to pay, always; what is put back or kept, where that changes for somebody. */
function yenColumns({ coupons, groups, attribution }: RunComparison): typeof NET_COLUMNS {
  const all: readonly Net[] = [...coupons, ...Object.values(groups), ...attribution.steps];
  return NET_COLUMNS.filter(([column], index) => index === 0 || all.some((net) => net[column] !== 0));
}

function groupTable(comparison: RunComparison, say: Say): readonly string[] {
  const { groups, couponsDiffering } = comparison;
  if (couponsDiffering === 0) return [];
  const columns = yenColumns(comparison);
  const row = (name: string, coupons: number, net: Net): readonly string[] => [
    name,
    countText(coupons),
    ...columns.map(([column]) => signedYen(net[column], say)),
  ];
  const shown = GROUPS.filter((group) => groups[group].coupons > 0);
  return table(
    [[text('区分', 'group'), '---'], [COUPONS, '---:'], ...aligned(columns)],
    [
      ...shown.map((group) => row(say(GROUP_WORDS[group]), groups[group].coupons, groups[group])),
      row(`**${say(text('計', 'net'))}**`, couponsDiffering, comparison),
    ],
    say,
  );
}

const aligned = (columns: typeof NET_COLUMNS): readonly Column[] => columns.map(([, words]) => [words, '---:']);

/** What differs between the runs, and what it comes to where that could be told. */
function causeTable(comparison: RunComparison, say: Say): readonly string[] {
  const { how, steps } = comparison.attribution;
  if (how !== 'executed' || steps.length === 0)
    return comparison.runs.map(({ cause, what }) => `- **${say(CAUSE_WORDS[cause])}** ${markdownCell(what)}`);
  const columns = yenColumns(comparison);
  return table(
    [[text('原因', 'because of'), '---'], [COUPONS, '---:'], ...aligned(columns)],
    steps.map((step) => [
      `**${say(CAUSE_WORDS[step.cause])}** ${lines(step.what)}`,
      countText(step.coupons),
      ...columns.map(([column]) => signedYen(step[column], say)),
    ]),
    say,
  );
}

function couponTable(comparison: RunComparison, say: Say): readonly string[] {
  if (comparison.coupons.length === 0) return [];
  const columns = yenColumns(comparison);
  const row = (coupon: CouponDifference): readonly string[] => [
    markdownCell(coupon.couponNumber),
    say(GROUP_WORDS[coupon.group]),
    ...columns.map(([column]) => signedYen(coupon[column], say)),
    lines(changesLines(coupon.changes, say)),
    lines(causeLines(coupon, comparison, say).flat()),
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
    say,
  );
}
