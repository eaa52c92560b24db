/** Whatever ends a cell, makes a tag, an entity, code, emphasis or a link of words, or takes the next sign's meaning. */
const SIGNS = /[|&<>\\`*[\]]|~(?=\S)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/**
 * A text as it must stand in a cell of a Markdown table, or in a line, to be read as it is. Signs become entities: a
 * backslash before a pipe would need to be told from one that stood there. An underscore within a word means nothing.
 */
export const markdownCell = (value: string): string =>
  value.replace(SIGNS, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\s*[\r\n]\s*/g, ' ');
