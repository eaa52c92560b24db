/** Signs that nobody sees and a terminal obeys: controls, and those that turn the direction of what follows. Not the line end. */
const UNSEEN = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/**
 * A text as it may be shown: what a terminal would obey stands there as `\u001b`, which means the same within JSON. Lines stay
 * lines.
 */
export const visibleText = (text: string): string => text.replace(UNSEEN, escaped);

const LONGEST_NAME = 120;
/** Of names also signs that take no room: two names that look alike may be two. */
const UNSEEN_IN_NAMES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The name of a file, or an entry of one, as it can be shown: whoever put it there chose it. */
export function shownName(name: string): string {
  const cut = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return cut.replace(UNSEEN_IN_NAMES, escaped);
}

/** The same of a text that is part of a line: it ends none. */
export const visibleInLine = (text: string): string => visibleText(text).replaceAll('\n', '\\u000a');
