import type { Text } from '../base/text.ts';
import { visibleInLine } from '../base/visible-text.ts';

/** A piece of the page: only {@link markup} makes one, so no text of a file can pass for it. */
export interface Markup {
  readonly html: string;
}

/** What may stand in a template: a text is escaped, a piece is not. */
type Part = string | number | Markup | readonly Markup[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const ESCAPED = /[&<>"']/g;

/** Any text, as text: of an element or of an attribute. What nobody sees, or turns the direction of what follows, is shown. */
export const escaped = (text: string): string => visibleInLine(text).replace(ESCAPED, (sign) => SIGNS[sign] ?? sign);

function htmlOf(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}

/** A template of the page: whatever is filled in is escaped, unless it is a piece itself. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let html = pieces[0] ?? '';
  for (let at = 0; at < parts.length; at++) html += htmlOf(parts[at] as Part) + (pieces[at + 1] ?? '');
  return { html };
}

export const NOTHING: Markup = { html: '' };

export const when = (holds: boolean, piece: () => Markup): Markup => (holds ? piece() : NOTHING);

/** A sentence in both languages, of which the page shows one (shell.ts). */
export const both = (words: Text): Markup => ofBoth(markup`${words.ja}`, markup`${words.en}`);

/** The same of sentences that hold more than text. */
export const ofBoth = (ja: Markup, en: Markup): Markup =>
  markup`<span class="ja" lang="ja">${ja}</span><span class="en" lang="en">${en}</span>`;

/** The same within a drawing: two texts in one place. @param place attributes, written by us */
export const drawnText = (words: Text, place: Markup): Markup =>
  words.ja === words.en
    ? markup`<text ${place}>${words.ja}</text>`
    : markup`<text class="ja" lang="ja" ${place}>${words.ja}</text><text class="en" lang="en" ${place}>${words.en}</text>`;

/** A figure that the run's files state, marked so that it can be held against them. */
export const figure = (name: string, shown: string): Markup =>
  markup`<span class="figure" data-figure="${name}">${shown}</span>`;

const IN_DATA = /[<>&\u2028\u2029]/g;

const shownData = (json: string): string =>
  json.replace(IN_DATA, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** So many things of a list are written at a time. */
const THINGS_A_STEP = 1 << 12;

/** JSON as it may stand within a page, in pieces and steps: no sign of it can end the block. */
export function* dataText(value: unknown): Generator<undefined, readonly string[]> {
  const pieces: string[] = [];
  yield* putData(value, pieces);
  return pieces;
}

function* putData(value: unknown, pieces: string[]): Generator<undefined, void> {
  if (Array.isArray(value) && value.length > THINGS_A_STEP) yield* putList(value, pieces);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    let before = '{';
    for (const [name, each] of Object.entries(value)) {
      if (each === undefined) continue;
      pieces.push(before, shownData(JSON.stringify(name)), ':');
      yield* putData(each, pieces);
      before = ',';
    }
    pieces.push(before === '{' ? '{}' : '}');
  } else pieces.push(shownData(JSON.stringify(value)));
}

function* putList(things: readonly unknown[], pieces: string[]): Generator<undefined, void> {
  for (let from = 0; from < things.length; from += THINGS_A_STEP) {
    const few = JSON.stringify(things.slice(from, from + THINGS_A_STEP));
    pieces.push(from === 0 ? '[' : ',', shownData(few.slice(1, -1)));
    yield undefined;
  }
  pieces.push(']');
}
