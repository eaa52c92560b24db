import type { Attribution, RunComparison } from '../../audit/diff/difference.ts';
import { type Text, text } from '../../base/text.ts';
import { both, drawnText, type Markup, markup, NOTHING } from '../../report/markup.ts';
import { inBothLanguages, said, yenCells, yenHeads } from './comparison-words.ts';
import { CAUSE_WORDS, countText, untoldText, yenColumns } from './diff-words.ts';
import { signedYen } from './yen-words.ts';

/** What the difference is due to: as a table, and drawn step by step where the steps were executed. */

type AttributedStep = Attribution['steps'][number];

export function causesPart(comparison: RunComparison): Markup {
  const { attribution, runs } = comparison;
  const why = inBothLanguages((t) => untoldText(comparison, t) ?? '');
  const untold = why.ja === '' ? NOTHING : markup`<p class="note">${both(why)}</p>`;
  if (attribution.steps.length === 0)
    return markup`${untold}
<ul>${runs.map(({ cause, what }) => markup`<li>${both(CAUSE_WORDS[cause])}: ${what}</li>`)}</ul>`;
  return markup`${untold}${drawing(attribution.steps, comparison.netYen)}${causeTable(comparison)}`;
}

function causeTable(comparison: RunComparison): Markup {
  const columns = yenColumns(comparison);
  const row = ({ cause, what, coupons, ...net }: AttributedStep): Markup =>
    markup`<tr><th scope="row" class="line">${both(CAUSE_WORDS[cause])}</th><td>${what.map((each) => markup`<div>${each}</div>`)}</td><td class="number">${countText(coupons)}</td>${yenCells(net, columns)}</tr>`;
  return markup`<div class="scroll" role="group" tabindex="0" aria-labelledby="causes-head">
<table>
<thead><tr><th scope="col">${both(text('原因', 'because of'))}</th><th scope="col">${both(text('前 → 後', 'before → after'))}</th><th scope="col" class="number">${both(text('クーポン', 'coupons'))}</th>${yenHeads(columns)}</tr></thead>
<tbody>
${comparison.attribution.steps.map(row)}
</tbody></table></div>`;
}

const WIDTH = 760;
const [FROM, TO] = [170, 590];
const PITCH = 34;
const BAR = 20;

interface Bar {
  readonly words: Text;
  readonly fromYen: number;
  readonly toYen: number;
  readonly isNet: boolean;
}

/** Each step begins where the one before it ended; the last bar is what they come to. */
function barsOf(steps: readonly AttributedStep[], netYen: number): readonly Bar[] {
  let reached = 0;
  const bars = steps.map(({ cause, netYen }) => {
    const bar = { words: CAUSE_WORDS[cause], fromYen: reached, toYen: reached + netYen, isNet: false };
    reached += netYen;
    return bar;
  });
  return [...bars, { words: text('差引', 'net'), fromYen: 0, toYen: netYen, isNet: true }];
}

const rounded = (place: number): string => String(Math.round(place * 10) / 10);
const STEPS = text(
  '支払う額の増減を、原因ごとに積み上げたもの',
  'By how much what is to be paid changes, cause by cause',
);

/** Nothing where no yen to pay changes, or one cause has all of them: the table says it as well. */
function drawing(steps: readonly AttributedStep[], netYen: number): Markup {
  const moving = steps.filter((step) => step.netYen !== 0);
  if (moving.length < 2) return NOTHING;
  const bars = barsOf(moving, netYen);
  const ends = bars.flatMap(({ fromYen, toYen }) => [fromYen, toYen]);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const placeOf = (yen: number): number => FROM + ((yen - least) / (most - least)) * (TO - FROM);
  const drawn = bars.map(({ words, fromYen, toYen, isNet }, at) => {
    const [y, yen] = [at * PITCH + 6, toYen - fromYen];
    const [x, end] = [placeOf(Math.min(fromYen, toYen)), placeOf(Math.max(fromYen, toYen))];
    const fill = isNet ? 'ink' : yen < 0 ? 'held' : 'now';
    const width = Math.max(1, end - x);
    return markup`<rect class="fill-${fill}" x="${rounded(x)}" y="${y}" width="${rounded(width)}" height="${BAR}"/>
${drawnText(words, markup`x="${FROM - 12}" y="${y + 15}" text-anchor="end"`)}${drawnText(
  inBothLanguages((t) => signedYen(yen, t)),
  markup`x="${TO + 12}" y="${y + 15}"`,
)}`;
  });
  const height = bars.length * PITCH;
  const zero = rounded(placeOf(0));
  return markup`<figure>
<figcaption><h3 id="steps-head">${both(STEPS)}</h3></figcaption>
<div class="wide" role="group" tabindex="0" aria-labelledby="steps-head">
<svg role="img" viewBox="0 0 ${WIDTH} ${height}" aria-labelledby="steps-head steps-told">
<desc id="steps-told">${barsTold(bars)}</desc>
<line class="base" x1="${zero}" x2="${zero}" y1="0" y2="${height}"/>
${drawn}
</svg></div>
</figure>`;
}

function barsTold(bars: readonly Bar[]): string {
  const told = inBothLanguages((t) =>
    bars.map(({ words, fromYen, toYen }) => `${t(words)} ${signedYen(toYen - fromYen, t)}`).join(t(text('、', ', '))),
  );
  return `${told.ja} / ${told.en}`;
}

/** Whether there is anything to say of causes. */
export const hasCauses = ({ runs, attribution }: RunComparison): boolean =>
  runs.length > 0 || attribution.steps.length > 0 || attribution.why !== null;

export const causesHead = (): Markup => said((t) => t(text('何が違いを生んだか', 'What the difference is due to')));
