/** Signs that nobody sees and a terminal obeys: controls, and those that turn the direction of what follows. Not the line end. */
const UNSEEN = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A text as it may be shown: what a terminal would obey stands there as `\u001b`, which means the same within JSON. Lines stay
 * lines.
 */
export const visibleText = (text: string): string => text.replace(UNSEEN, escaped);

/** The same of a text that is part of a line: it ends none. */
export const visibleInLine = (text: string): string => visibleText(text).replaceAll('\n', '\\u000a');
