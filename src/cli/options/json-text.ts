import { getNodeValue, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** Why a text is no JSON, and where. */
export interface JsonFault {
  /** In characters from the first, which is 0. */
  readonly position: number;
  /** A backslash stands before something that it cannot stand before. */
  readonly isEscape: boolean;
}

/** What a JSON file holds as a text: editors put a byte order mark before it. */
export const jsonTextOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\ufeff/, '');

const ESCAPES: ReadonlySet<string> = new Set(['InvalidEscapeCharacter', 'InvalidUnicode']);

/** Reads JSON in which people may write comments, and a comma behind the last of a list. */
export function parseJson(content: string): { readonly value: unknown } | { readonly fault: JsonFault } {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(content, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (error !== undefined)
      return { fault: { position: error.offset, isEscape: ESCAPES.has(printParseErrorCode(error.error)) } };
    return { value: tree === undefined ? undefined : getNodeValue(tree) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Lists in lists, deeper than anybody writes.
    return { fault: { position: 0, isEscape: false } };
  }
}
