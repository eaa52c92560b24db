import type { Text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';

/** Whatever stands in an element: a text becomes a text node, and nothing else. */
export type Content = Node | string;

/** A new element. @param attributes written by us, never by a file */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...contents: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...contents.map((each) => (typeof each === 'string' ? visibleInLine(each) : each)));
  return made;
}

/** A sentence in both languages, of which the page shows one. */
export function both({ ja, en }: Text): DocumentFragment {
  const pieces = document.createDocumentFragment();
  if (ja === en) pieces.append(visibleInLine(ja));
  else
    pieces.append(element('span', { class: 'ja', lang: 'ja' }, ja), element('span', { class: 'en', lang: 'en' }, en));
  return pieces;
}

/** An element of the page that its own frame has written. */
export function placeOf<Kind extends HTMLElement>(id: string, kind: { new (): Kind }): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${id}`);
}
