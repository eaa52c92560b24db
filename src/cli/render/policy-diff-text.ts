import type {
  NightDifference,
  PolicyComparison,
  PolicyTermDifference,
  PolicyTotal,
} from '../../audit/diff/policy-difference.ts';
import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import { ROUTES } from '../../rules/channels/index.ts';
import type { Translate } from '../terminal/language.ts';
import { statusWords } from './comparison-words.ts';
import { couponLines, groupLines, sectionsText } from './diff-text.ts';
import { countedText, headline, moreText } from './diff-words.ts';
import { grouped, signedYen, yenText } from './yen-words.ts';

/** Two policies for a terminal: their terms, then what a night comes to under each. */
export function policyDiffText(comparison: PolicyComparison, t: Translate): string {
  const { before, after, terms, night } = comparison;
  return sectionsText([
    [policyLine(text('前', 'before'), before, t), policyLine(text('後', 'after'), after, t)],
    [termsHead(terms.length, t), ...terms.flatMap((each) => termLines(each, t))],
    ...(night === null ? [] : nightSections(night, t)),
  ]);
}

const policyLine = (which: Text, { id, title }: PolicyComparison['before'], t: Translate): string =>
  `${t(which)}: ${id}  ${visibleInLine(t(title))}`;

function termsHead(terms: number, t: Translate): string {
  if (terms === 0) return t(text('条件に違いはありません。', 'No term differs.'));
  return t(text(`条件の違い ${terms} 件:`, terms === 1 ? 'One term differs:' : `${terms} terms differ:`));
}

function termLines({ path, before, after, means }: PolicyTermDifference, t: Translate): readonly string[] {
  const value = (stated: string | number | null): string => String(stated ?? t(text('なし', 'none')));
  return [`  ${path}  ${value(before)} → ${value(after)}`, `      ${t(means)}`];
}

function nightSections(night: NightDifference, t: Translate): readonly (readonly string[])[] {
  const runs = night.steps.flatMap(({ cause, what }) => what.map((each) => ({ cause, what: each })));
  const said = headline({ ...night, tables: [] }, t);
  return [
    [t(text(`基準時刻 ${night.asOf}。${said}。`, `As of ${night.asOf}. ${said}.`)), ...groupLines(night, t)],
    stepLines(night, t),
    ...TOTALS.map(([part, head, words]) => totalLines(head, night[part], words, t)),
    ...night.coupons.map((coupon) => couponLines(coupon, { runs }, t)),
    [moreText(night, t) ?? ''],
  ];
}

function stepLines({ steps }: NightDifference, t: Translate): readonly string[] {
  if (steps.length === 0) return [];
  return [
    t(text('条件ごとの違い(上から順に替えたとき):', 'What each term moves, one exchanged after the other:')),
    ...steps.map(({ what, ...net }) => `  ${what.join(', ')}: ${countedText(net, t)}`),
  ];
}

type TotalPart = 'routes' | 'grounds' | 'statuses';
const TOTALS: readonly (readonly [TotalPart, Text, (name: string) => Text])[] = [
  [
    'routes',
    text('送り方ごとの支払(件、円)', 'To be paid, by route (payouts, yen)'),
    (name) => ownOf(ROUTES, name) ?? text(name, name),
  ],
  [
    'grounds',
    text(
      '理由ごとの支払える額(クーポン、円。確認待ちも含む。理由がふたつあれば両方に数える)',
      'Payable, by ground (coupons, yen, held ones too; one with two grounds counts in both)',
    ),
    (name) => text(name, name),
  ],
  ['statuses', text('状態ごとの残額(クーポン、円)', 'Left on coupons, by status (coupons, yen)'), statusWords],
];

function totalLines(
  head: Text,
  totals: readonly PolicyTotal[],
  words: (name: string) => Text,
  t: Translate,
): readonly string[] {
  if (totals.length === 0) return [];
  return [`${t(head)}:`, ...totals.map((total) => `  ${t(words(total.name))}: ${totalText(total, t)}`)];
}

function totalText({ before, after }: PolicyTotal, t: Translate): string {
  const sum = ({ count, yen }: PolicyTotal['before']): string => `${grouped(count)}, ${yenText(yen, t)}`;
  if (before.count === after.count && before.yen === after.yen) return sum(after);
  return `${sum(before)} → ${sum(after)} (${signedYen(after.yen - before.yen, t)})`;
}
