import { configure } from 'safe-stable-stringify';

const stringify = configure({ deterministic: true, strict: true, bigint: false });

/** JSON in the one form that is hashed and compared: keys sorted, two spaces, a line end at the end. */
export function canonicalJson(value: unknown): string {
  const written = stringify(value, null, 2);
  if (written === undefined) throw new Error('nothing to write as JSON');
  return `${written}\n`;
}
