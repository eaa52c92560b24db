import { TextDecoder } from 'node:util';

/** What Excel saves as "Unicode text" is UTF-16, with its byte order mark, and tabs between the fields. */
export type Utf16 = 'utf-16le' | 'utf-16be';

/** By the byte order mark; undefined of a file without one. */
export function utf16Of(bytes: Uint8Array): Utf16 | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** The largest that is read: all of it lies in memory at once. */
export const MOST_UTF16_BYTES = 1 << 27;

/** Whether a table in UTF-16 has its fields cut at tabs: where its first line has one. */
export const delimiterOf = (content: string): ',' | '\t' =>
  (content.split(/[\r\n]/, 1)[0] ?? '').includes('\t') ? '\t' : ',';

/**
 * The whole lines that a table in UTF-16 begins with.
 *
 * @param isAll no bytes follow
 */
export function utf16Begin(bytes: Uint8Array, encoding: Utf16, isAll: boolean): string {
  const content = new TextDecoder(encoding).decode(bytes.subarray(0, bytes.length & ~1));
  return isAll ? content : content.slice(0, content.lastIndexOf('\n') + 1);
}
