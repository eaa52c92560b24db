import type { Row } from '../../audit/explain/explanation.ts';
import type { Text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';

/** What all parts of a letter are written with. */
export const heading = (words: Text, t: Translate): string => `■ ${t(words)}`;
/** A row, and where it stands. */
export const place = (row: Row): string => `${row.id}${row.where.length === 0 ? '' : ` (${row.where.join(', ')})`}`;
