import { type CouponDifference, GROUPS, type RunComparison } from '../audit/difference.ts';
import { type Text, text } from '../policy/text.ts';
import {
  CAUSE_WORDS,
  causeLines,
  changesLines,
  countText,
  GROUP_WORDS,
  headline,
  moreText,
  signedYen,
  untoldText,
} from './diff-words.ts';
import type { Say } from './language.ts';

/** What stands in a table must not end its cell, nor be taken for HTML. */
const cell = (value: string): string =>
  value.replace(/[|<>&]/g, (found) => `&#${found.charCodeAt(0)};`).replace(/\s*\n\s*/g, ' ');
const lines = (all: readonly string[]): string => all.map(cell).join('<br>');

const COUPON = text('クーポン', 'coupon');
const COUPONS = text('クーポン', 'coupons');
const TO_PAY = text('支払', 'to pay');
const PUT_BACK = text('戻し', 'put back');

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

function groupTable({ groups, couponsDiffering, netYen, netReinstateYen }: RunComparison, say: Say): readonly string[] {
  if (couponsDiffering === 0) return [];
  const row = (name: string, { coupons, netYen, netReinstateYen }: RunComparison['groups']['more']) => [
    name,
    countText(coupons),
    signedYen(netYen, say),
    signedYen(netReinstateYen, say),
  ];
  const shown = GROUPS.filter((group) => groups[group].coupons > 0);
  return table(
    [
      [text('区分', 'group'), '---'],
      [COUPONS, '---:'],
      [TO_PAY, '---:'],
      [PUT_BACK, '---:'],
    ],
    [
      ...shown.map((group) => row(say(GROUP_WORDS[group]), groups[group])),
      row(`**${say(text('計', 'net'))}**`, { coupons: couponsDiffering, netYen, netReinstateYen }),
    ],
    say,
  );
}

/** What differs between the runs, and what it comes to where that could be told. */
function causeTable({ runs, attribution: { how, steps } }: RunComparison, say: Say): readonly string[] {
  if (how !== 'executed' || steps.length === 0)
    return runs.map(({ cause, what }) => `- **${say(CAUSE_WORDS[cause])}** ${cell(what)}`);
  return table(
    [
      [text('原因', 'because of'), '---'],
      [COUPONS, '---:'],
      [TO_PAY, '---:'],
      [PUT_BACK, '---:'],
    ],
    steps.map(({ cause, what, coupons, netYen, netReinstateYen }) => [
      `**${say(CAUSE_WORDS[cause])}** ${lines(what)}`,
      countText(coupons),
      signedYen(netYen, say),
      signedYen(netReinstateYen, say),
    ]),
    say,
  );
}

function couponTable({ coupons }: RunComparison, say: Say): readonly string[] {
  if (coupons.length === 0) return [];
  const row = (coupon: CouponDifference): readonly string[] => [
    cell(coupon.couponNumber),
    say(GROUP_WORDS[coupon.group]),
    signedYen(coupon.netYen, say),
    signedYen(coupon.netReinstateYen, say),
    lines(changesLines(coupon.changes, say)),
    lines(causeLines(coupon, say).flat()),
  ];
  return table(
    [
      [COUPON, '---'],
      [text('区分', 'group'), '---'],
      [TO_PAY, '---:'],
      [PUT_BACK, '---:'],
      [text('前 → 後', 'before → after'), '---'],
      [text('原因', 'because of'), '---'],
    ],
    coupons.map(row),
    say,
  );
}
