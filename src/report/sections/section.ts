import { grouped } from '../../base/figures.ts';
import type { Text } from '../../base/text.ts';
import { both, figure, type Markup, markup } from '../markup.ts';

/** A section of the page. @param id by which the list of sections at its head leads to it */
export const section = (id: string, title: Text, body: Markup): Markup => markup`<section id="${id}">
<h2 tabindex="-1">${both(title)}</h2>
${body}
</section>
`;

/** A number as summary.json states it, by its place there. */
export const stated = (place: string, value: number): Markup => figure(place, grouped(value));

/** One more than one, in English. */
export const plural = (count: number, one: string, more = `${one}s`): string => (count === 1 ? one : more);
