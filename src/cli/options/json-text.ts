import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** Why a text is no JSON, and where. */
export interface JsonFault {
  /** In characters from the first, which is 0. */
  readonly position: number;
  /** A backslash stands before something that it cannot stand before. */
  readonly isEscape: boolean;
  /** A name that stands twice in one object: of two values nobody can tell which was meant. */
  readonly repeated?: { readonly name: string; readonly firstPosition: number };
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
    if (tree === undefined) return { value: undefined };
    const fault = repetitionIn(tree);
    return fault === undefined ? { value: getNodeValue(tree) } : { fault };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Lists in lists, deeper than anybody writes.
    return { fault: { position: 0, isEscape: false } };
  }
}

/** The first name that stands twice in one object, wherever it is. */
function repetitionIn({ type, children = [] }: Node): JsonFault | undefined {
  const seen = new Map<string, number>();
  for (const child of children) {
    const name = type === 'object' ? child.children?.[0] : undefined;
    if (name !== undefined) {
      const firstPosition = seen.get(name.value);
      const repeated = firstPosition === undefined ? undefined : { name: String(name.value), firstPosition };
      if (repeated !== undefined) return { position: name.offset, isEscape: false, repeated };
      seen.set(name.value, name.offset);
    }
    const within = repetitionIn(child);
    if (within !== undefined) return within;
  }
  return undefined;
}
