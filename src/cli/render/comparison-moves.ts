import type { Move } from '../../audit/diff/difference.ts';
import { compareText, type Text, text } from '../../base/text.ts';
import { STATUSES } from '../../policy/vocabulary.ts';
import { both, drawnText, type Markup, markup } from '../../report/markup.ts';
import { inBothLanguages, said, statusWords } from './comparison-words.ts';
import { grouped, signedYen } from './yen-words.ts';

/** Where coupons that come out otherwise went: drawn as a flow from status to status, and told as a matrix. */

const ORDER: readonly string[] = [...Object.keys(STATUSES), ''];
/** In the order in which statuses are sought; those that there are not behind them, a coupon that is not listed last. */
const placeOf = (status: string): number => {
  const place = ORDER.indexOf(status);
  return status === '' ? ORDER.length : place < 0 ? ORDER.length - 1 : place;
};
const byStatus = (a: string, b: string): number => placeOf(a) - placeOf(b) || compareText(a, b);

/** What each status means for the money, as colours mean it on the page of a run. */
const FILLS: Readonly<Record<string, string>> = {
  payable: 'now',
  settled: 'earlier',
  in_review: 'held',
  awaiting_claim: 'waits',
  awaiting_application: 'waits',
  pending: 'later',
  extended: 'later',
  still_valid: 'later',
  lapsed: 'lapsed',
};
const fillOf = (status: string): string => (Object.hasOwn(FILLS, status) ? (FILLS[status] as string) : 'outside');

const WIDTH = 760;
const BAR = 14;
const LABELS = 200;
const [LEFT, RIGHT] = [LABELS, WIDTH - LABELS - BAR];
/** Room for the two lines beside a bar, however thin it is. */
const LEAST_PITCH = 44;
const TALLEST = 260;
const TOP = 8;

/** A status on one side of the drawing. */
interface Node {
  readonly status: string;
  readonly coupons: number;
  readonly top: number;
  readonly height: number;
}

function nodesOf(moves: readonly Move[], side: 'before' | 'after', all: number): readonly Node[] {
  const statuses = [...new Set(moves.map((move) => move[side]))].sort(byStatus);
  let top = TOP;
  return statuses.map((status) => {
    const coupons = moves.reduce((sum, move) => (move[side] === status ? sum + move.coupons : sum), 0);
    const height = Math.max(3, Math.round((coupons / all) * TALLEST));
    const node = { status, coupons, top, height };
    top += Math.max(height + 12, LEAST_PITCH);
    return node;
  });
}

/** How far down a bar its flows have come. */
class Taken {
  private readonly down = new Map<string, number>();
  /** The next part of a bar, as its upper and lower end. */
  next({ status, top, height, coupons }: Node, part: number): readonly [number, number] {
    const from = this.down.get(status) ?? top;
    const to = from + (height * part) / coupons;
    this.down.set(status, to);
    return [from, to];
  }
}

const rounded = (place: number): string => String(Math.round(place * 10) / 10);

function ribbonsOf(moves: readonly Move[], left: readonly Node[], right: readonly Node[]): readonly Markup[] {
  const [leaving, reaching] = [new Taken(), new Taken()];
  const nodeIn = (nodes: readonly Node[], status: string): Node => nodes.find((node) => node.status === status) as Node;
  const middle = (LEFT + BAR + RIGHT) / 2;
  return sorted(moves).map(({ before, after, coupons }) => {
    const [a, b] = leaving.next(nodeIn(left, before), coupons).map(rounded) as [string, string];
    const [c, d] = reaching.next(nodeIn(right, after), coupons).map(rounded) as [string, string];
    const path = `M${LEFT + BAR},${a}C${middle},${a} ${middle},${c} ${RIGHT},${c}V${d}C${middle},${d} ${middle},${b} ${LEFT + BAR},${b}Z`;
    return markup`<path class="ribbon fill-${fillOf(after)}" d="${path}"/>`;
  });
}

const sorted = (moves: readonly Move[]): readonly Move[] =>
  [...moves].sort((a, b) => byStatus(a.before, b.before) || byStatus(a.after, b.after));

const couponsWords = (coupons: number): Text =>
  text(`${grouped(coupons)} クーポン`, coupons === 1 ? '1 coupon' : `${grouped(coupons)} coupons`);

function drawnNode({ status, coupons, top, height }: Node, side: 'before' | 'after'): Markup {
  const [x, anchor] = side === 'before' ? [LEFT - 8, 'end'] : [RIGHT + BAR + 8, 'start'];
  const line = (y: number, style: string): Markup =>
    markup`x="${x}" y="${y}" text-anchor="${anchor}"${{ html: style }}`;
  const middle = Math.max(top + height / 2, top + 10);
  return markup`<rect class="fill-${fillOf(status)}" x="${side === 'before' ? LEFT : RIGHT}" y="${top}" width="${BAR}" height="${height}"/>
${drawnText(statusWords(status), line(middle, ''))}${drawnText(couponsWords(coupons), line(middle + 16, ' class="quiet"'))}`;
}

const FLOW = text('状態の移り変わり', 'From status to status');
const EXPLAINED = text(
  '左が前の実行、右が後の実行です。帯の太さはクーポンの数を表します。',
  'The earlier run is on the left, the later one on the right; the width of a band is the number of coupons.',
);

/** The flow. @param moves at least one */
export function movesDrawing(moves: readonly Move[]): Markup {
  const all = moves.reduce((sum, { coupons }) => sum + coupons, 0);
  const [left, right] = [nodesOf(moves, 'before', all), nodesOf(moves, 'after', all)];
  const bottom = Math.max(...[...left, ...right].map(({ top, height }) => Math.max(top + height, top + LEAST_PITCH)));
  return markup`<figure>
<figcaption><h3 id="moves-head">${both(FLOW)}</h3><p class="quiet">${both(EXPLAINED)}</p></figcaption>
<div class="wide" role="group" tabindex="0" aria-labelledby="moves-head">
<svg role="img" viewBox="0 0 ${WIDTH} ${Math.ceil(bottom + TOP)}" aria-labelledby="moves-head moves-told">
<desc id="moves-told">${movesTold(moves)}</desc>
${ribbonsOf(moves, left, right)}
${left.map((node) => drawnNode(node, 'before'))}
${right.map((node) => drawnNode(node, 'after'))}
</svg></div>
</figure>`;
}

/** The flow for who does not see it. */
function movesTold(moves: readonly Move[]): string {
  const told = inBothLanguages((t) =>
    sorted(moves)
      .map(
        ({ before, after, coupons }) =>
          `${t(statusWords(before))} → ${t(statusWords(after))}: ${t(couponsWords(coupons))}`,
      )
      .join(t(text('、', ', '))),
  );
  return `${told.ja} / ${told.en}`;
}

/** The same as a table: a row a status before, a column a status after. */
export function movesMatrix(moves: readonly Move[]): Markup {
  const [rows, columns] = (['before', 'after'] as const).map((side) =>
    [...new Set(moves.map((move) => move[side]))].sort(byStatus),
  ) as [string[], string[]];
  const cellOf = (before: string, after: string): Markup => {
    const move = moves.find((each) => each.before === before && each.after === after);
    if (move === undefined) return markup`<td class="number">–</td>`;
    return markup`<td class="number"><strong>${said((t) => t(couponsWords(move.coupons)))}</strong><br>${said((t) => signedYen(move.netYen, t))}</td>`;
  };
  const headOf = (status: string): Markup => markup`<th scope="col" class="number">${both(statusWords(status))}</th>`;
  return markup`<div class="scroll" role="group" tabindex="0" aria-labelledby="matrix-head">
<table><caption id="matrix-head">${both(MATRIX)}</caption>
<thead><tr><th scope="col" class="line">${both(text('前 \\ 後', 'before \\ after'))}</th>${columns.map(headOf)}</tr></thead>
<tbody>
${rows.map((before) => markup`<tr><th scope="row" class="line">${both(statusWords(before))}</th>${columns.map((after) => cellOf(before, after))}</tr>`)}
</tbody></table></div>`;
}

const MATRIX = text('クーポンの数と、支払う額の増減', 'Coupons, and by how much what is to be paid changes');
