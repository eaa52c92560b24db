import { isDifferent, type RunComparison } from '../../audit/diff/difference.ts';
import { type Text, text } from '../../base/text.ts';
import { both, type Markup, markup, NOTHING } from '../../report/markup.ts';
import type { PageParts } from '../../report/shell.ts';
import { causesHead, causesPart, hasCauses } from './comparison-causes.ts';
import { couponsPart, groupTable, tablesPart } from './comparison-coupons.ts';
import { movesDrawing, movesMatrix } from './comparison-moves.ts';
import { netFigure, said } from './comparison-words.ts';
import { differingTables, TABLES_HEAD } from './diff-tables.ts';
import { headline, NET_COLUMNS } from './diff-words.ts';
import { grouped } from './yen-words.ts';

/**
 * Two runs held against each other, as a page: what it comes to, where coupons went, why, and each of them. It says what
 * `diff` says, and nothing of anybody's contacts.
 */
export const comparisonPage = (comparison: RunComparison): PageParts => ({
  title: TITLE,
  body: markup`${verdict(comparison)}
${movesSection(comparison)}
${causesSection(comparison)}
${couponsSection(comparison)}
${tablesSection(comparison)}
${foot(comparison)}`,
  data: {},
});

const PAYOUTS = 'payouts.csv';
const TITLE = text('ふたつの実行結果の比較', 'Two runs compared');

const section = (id: string, head: Markup, content: Markup): Markup =>
  markup`<section aria-labelledby="${id}"><h2 id="${id}">${head}</h2>
${content}</section>`;

function verdict(comparison: RunComparison): Markup {
  const { before, after } = comparison;
  const style = comparison.money ? 'care' : isDifferent(comparison) ? 'idle' : '';
  const dates = text(`基準時刻 ${before.asOf} → ${after.asOf}`, `as of ${before.asOf} → ${after.asOf}`);
  return markup`<section class="verdict ${style}" aria-labelledby="verdict-head">
<h2 id="verdict-head">${said((t) => `${headline(comparison, t)}${t(text('。', '.'))}`)}</h2>
<p class="quiet">${both(dates)}</p>
<dl class="tiles">${tilesOf(comparison)}</dl></section>`;
}

const tile = (words: Text, shown: Markup, more: Markup = NOTHING): Markup =>
  markup`<div class="tile"><dt>${both(words)}</dt><dd>${shown}</dd>${more}</div>`;

/** What is to be paid and put back; how many coupons, and how many payouts, come out otherwise. */
function tilesOf(comparison: RunComparison): readonly Markup[] {
  const [pay, putBack, kept] = NET_COLUMNS.map(([column, words]) => ({
    words,
    shown: netFigure(column, comparison[column]),
  })) as [Tile, Tile, Tile];
  const coupons = markup`<span class="figure" data-figure="couponsDiffering">${grouped(comparison.couponsDiffering)}</span>`;
  return [
    tile(pay.words, pay.shown),
    tile(putBack.words, putBack.shown, markup`<dd class="more">${both(kept.words)} ${kept.shown}</dd>`),
    tile(text('結果が違うクーポン', 'coupons that come out otherwise'), coupons),
    payoutsTile(comparison),
  ];
}

interface Tile {
  readonly words: Text;
  readonly shown: Markup;
}

/** A payout is one payment to one person; of a run whose contacts were taken out they are not told. */
function payoutsTile({ tables }: RunComparison): Markup {
  const words = text('支払(一人に一回)', 'payouts, each to one person');
  const payouts = tables.find(({ name }) => name === PAYOUTS);
  if (payouts === undefined) return tile(words, markup`–`);
  const { added, removed, changed } = payouts;
  const counts = text(
    `追加 ${grouped(added)}・なくなった ${grouped(removed)}・変更 ${grouped(changed)}`,
    `${grouped(added)} added, ${grouped(removed)} gone, ${grouped(changed)} changed`,
  );
  return tile(words, markup`${grouped(added + removed + changed)}`, markup`<dd class="more">${both(counts)}</dd>`);
}

function movesSection({ moves }: RunComparison): Markup {
  if (moves.length === 0) return NOTHING;
  return section(
    'from-where',
    both(text('どこからどこへ', 'From where to where')),
    markup`${movesDrawing(moves)}${movesMatrix(moves)}`,
  );
}

const causesSection = (comparison: RunComparison): Markup =>
  hasCauses(comparison) ? section('causes-head', causesHead(), causesPart(comparison)) : NOTHING;

const couponsSection = (comparison: RunComparison): Markup =>
  comparison.couponsDiffering === 0
    ? NOTHING
    : section(
        'coupons-head',
        both(text('違うクーポン', 'Coupons that come out otherwise')),
        markup`${groupTable(comparison)}${couponsPart(comparison)}`,
      );

const tablesSection = (comparison: RunComparison): Markup =>
  differingTables(comparison).length === 0
    ? NOTHING
    : section('tables-head', both(TABLES_HEAD), tablesPart(comparison));

/** Which runs these were: by their fingerprints, which `run` printed. */
const foot = ({ before, after }: RunComparison): Markup =>
  markup`<div class="foot"><p>${both(text('前の実行の指紋', 'Fingerprint of the earlier run'))}: <code>${before.fingerprint}</code></p>
<p>${both(text('後の実行の指紋', 'Fingerprint of the later run'))}: <code>${after.fingerprint}</code></p></div>`;
