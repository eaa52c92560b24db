import { GROUPS, type RunComparison } from '../../audit/diff/difference.ts';
import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
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
    ...comparison.coupons.map((coupon) => [
      `${coupon.couponNumber}  ${t(GROUP_WORDS[coupon.group])}  ${netText(coupon, t)}`,
      ...changesLines(coupon.changes, t).map((line) => `    ${line}`),
      ...causeLines(coupon, comparison, t).flatMap(([cause, ...details]) => [
        `  ← ${cause}`,
        ...details.map((detail) => `      ${detail}`),
      ]),
    ]),
    [moreText(comparison, t) ?? ''],
  ];
  return `${sections
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const groupLines = ({ groups }: RunComparison, t: Translate): readonly string[] =>
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
