import { GROUPS, type RunComparison } from '../../audit/diff/difference.ts';
import { text } from '../../base/text.ts';
import type { Say } from '../terminal/language.ts';
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
export function diffText(comparison: RunComparison, say: Say): string {
  const sections = [
    [`${headline(comparison, say)}${say(text('。', '.'))}`],
    groupLines(comparison, say),
    runLines(comparison, say),
    ...comparison.coupons.map((coupon) => [
      `${coupon.couponNumber}  ${say(GROUP_WORDS[coupon.group])}  ${netText(coupon, say)}`,
      ...changesLines(coupon.changes, say).map((line) => `    ${line}`),
      ...causeLines(coupon, comparison, say).flatMap(([cause, ...details]) => [
        `  ← ${cause}`,
        ...details.map((detail) => `      ${detail}`),
      ]),
    ]),
    [moreText(comparison, say) ?? ''],
  ];
  return `${sections
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const groupLines = ({ groups }: RunComparison, say: Say): readonly string[] =>
  GROUPS.filter((group) => groups[group].coupons > 0).map(
    (group) => `  ${say(GROUP_WORDS[group])}: ${countedText(groups[group], say)}`,
  );

/** What differs between the runs, and how many coupons and yen that comes to, where it could be told. */
function runLines(comparison: RunComparison, say: Say): readonly string[] {
  const { runs, attribution } = comparison;
  const untold = untoldText(comparison, say);
  const causes =
    attribution.how === 'executed'
      ? attribution.steps.map(
          ({ cause, what, ...net }) => `  ${say(CAUSE_WORDS[cause])}  ${what.join(', ')}: ${countedText(net, say)}`,
        )
      : runs.map(({ cause, what }) => `  ${say(CAUSE_WORDS[cause])}  ${what}`);
  const head = say(text('ふたつの実行で違うもの', 'What differs between the runs'));
  return [...(causes.length > 0 ? [`${head}:`, ...causes] : []), untold ?? ''];
}
