import type { Row } from '../../audit/explain/explanation.ts';
import { dayWords } from '../../base/figures.ts';
import { dayNumber } from '../../base/instants.ts';
import type { Text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';

/** What all parts of a letter are written with. */
export const heading = (words: Text, t: Translate): string => `■ ${t(words)}`;
/** A row, and where it stands. */
export const place = (row: Row): string => `${row.id}${row.where.length === 0 ? '' : ` (${row.where.join(', ')})`}`;

/** A code stands behind the words that say the same, at the end of a line: whoever reads aloud stops before it. */
export const code = (...codes: readonly string[]): string => `  [${codes.join(' ')}]`;

/** The dates of a sentence, a clause or a time of day as the language writes them, with their years. */
export const dated = (words: string, t: Translate): string =>
  // Behind a date in figures Japanese leaves a blank; behind 日 it does not.
  words.replace(/\b(\d{4})-(\d{2})-(\d{2})(?: (?=\p{Script=Hiragana}))?/gu, (_, year, month, day) =>
    t(dayWords(dayNumber(Number(year), Number(month), Number(day)), undefined)),
  );

/** `2023-02-24T02:00:00+09:00` as people read an instant of Japan. */
export const instantText = (written: string, t: Translate): string => dated(written.slice(0, 19).replace('T', ' '), t);
