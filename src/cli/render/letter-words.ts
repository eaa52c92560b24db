import type { Row } from '../../audit/explain/explanation.ts';
import type { Text } from '../../base/text.ts';
import type { Say } from '../terminal/language.ts';

/** What all parts of a letter are written with. */
export const heading = (words: Text, say: Say): string => `■ ${say(words)}`;
/** A row, and where it stands. */
export const place = (row: Row): string => `${row.id}${row.where.length === 0 ? '' : ` (${row.where.join(', ')})`}`;
