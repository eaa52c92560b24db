import stringWidth from 'fast-string-width';

/** How many columns of a terminal a text takes: two for each full-width character, none for what colours it. */
export const displayWidth = (line: string): number => stringWidth(line);

/** No line begins with one of these, as in print (JIS X 4051, 行頭禁則). */
const NOT_AT_THE_BEGINNING = /^[、。,.・:;?!)」』】〉》〕}\]’”ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ%々]/u;
/** And none ends with one of these (行末禁則). */
const NOT_AT_THE_END = /[(「『【〈《〔{[‘“]$/u;

let words: Intl.Segmenter | undefined;
/** Made when a line is first broken: its dictionary is large. */
const segmenter = (): Intl.Segmenter => {
  words ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return words;
};

/**
 * Breaks each line of a text so that none is wider than the terminal: between words, and in Japanese, which has no
 * spaces, between the words that a reader sees. A word that is wider than all of it stays whole.
 *
 * @param width in columns
 */
export function wrapText(content: string, width: number): string {
  return content
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (displayWidth(line) <= width) return line;
  const lines: string[] = [];
  let current = '';
  for (const piece of unbreakable(line)) {
    if (current !== '' && displayWidth(current + piece.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else current += piece;
  }
  return [...lines, current.trimEnd()].join('\n');
}

/** The text in pieces between which a line may end. What is no Japanese is only broken at its spaces. */
function unbreakable(line: string): readonly string[] {
  const pieces: string[] = [];
  for (const { segment } of segmenter().segment(line)) {
    const before = pieces.at(-1);
    if (before !== undefined && staysTogether(before, segment)) pieces[pieces.length - 1] = before + segment;
    else pieces.push(segment);
  }
  return pieces;
}

function staysTogether(before: string, next: string): boolean {
  if (/^\s/.test(next)) return true;
  if (/\s$/.test(before)) return false;
  if (NOT_AT_THE_BEGINNING.test(next) || NOT_AT_THE_END.test(before)) return true;
  return isNarrow(before.at(-1) ?? '') && isNarrow(next.at(0) ?? '');
}

const isNarrow = (character: string): boolean => /[\x21-\x7e]/.test(character);
