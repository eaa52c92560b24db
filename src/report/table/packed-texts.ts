/**
 * Texts that mostly end in a counter, such as numbers of coupons and of rows: what stands before it once, and of each only by
 * how much its counter is more than that of the one before of its shape. Any other text is a shape without a counter.
 */
export interface PackedTexts {
  /** What stands before the counter, and how many digits it has; 0 where there is none. */
  readonly shapes: readonly (readonly [prefix: string, digits: number])[];
  /** Of each text its shape; absent where all have the first. */
  readonly shape?: readonly number[];
  /** Of each that has a counter, more than the one before of its shape. */
  readonly more: readonly number[];
}

/** So many digits are exact. */
const MOST_DIGITS = 15;

export function packTexts(texts: readonly string[]): PackedTexts {
  const shapes: [string, number][] = [];
  const known = new Map<string, number>();
  const last: number[] = [];
  const shape: number[] = [];
  const more: number[] = [];
  let at = -1;
  for (const text of texts) {
    const digits = digitsAtEnd(text);
    // Most have the shape of the one before.
    if (at < 0 || !hasShape(text, digits, shapes[at] as [string, number])) {
      const prefix = text.slice(0, text.length - digits);
      const key = `${digits} ${prefix}`;
      const place = known.get(key);
      at = place ?? shapes.push([prefix, digits]) - 1;
      if (place === undefined) {
        known.set(key, at);
        last.push(0);
      }
    }
    shape.push(at);
    if (digits === 0) continue;
    const counter = Number(text.slice(text.length - digits));
    more.push(counter - (last[at] as number));
    last[at] = counter;
  }
  return shapes.length <= 1 && texts.length > 0 ? { shapes, more } : { shapes, shape, more };
}

const hasShape = (text: string, digits: number, [prefix, wanted]: readonly [string, number]): boolean =>
  digits === wanted && text.length === prefix.length + digits && text.startsWith(prefix);

function digitsAtEnd(text: string): number {
  let digits = 0;
  while (digits < text.length && digits < MOST_DIGITS) {
    const code = text.charCodeAt(text.length - 1 - digits);
    if (code < 48 || code > 57) break;
    digits++;
  }
  return digits;
}

/**
 * Each text by its place. Counters are added up once, into plain numbers; a text is made when it is asked for.
 *
 * @param count how many there are: of a single shape without a counter nothing else says so
 */
export function textsAt({ shapes, shape, more }: PackedTexts, count: number): (at: number) => string {
  const last = new Float64Array(shapes.length);
  const counters = new Float64Array(count);
  let next = 0;
  for (let at = 0; at < count; at++) {
    const place = shape?.[at] ?? 0;
    if (shapes[place]?.[1] === 0) continue;
    const counter = (last[place] as number) + (more[next++] as number);
    last[place] = counter;
    counters[at] = counter;
  }
  return (at) => {
    const [prefix, digits] = shapes[shape?.[at] ?? 0] ?? ['', 0];
    return digits === 0 ? prefix : prefix + String(counters[at]).padStart(digits, '0');
  };
}

/** Few texts that come again and again: each once, and where it stands. */
export interface PackedWords {
  readonly words: readonly string[];
  readonly at: readonly number[];
}

export function packWords(texts: readonly string[]): PackedWords {
  const known = new Map<string, number>();
  const at = texts.map((text) => {
    const place = known.get(text) ?? known.size;
    if (place === known.size) known.set(text, place);
    return place;
  });
  return { words: [...known.keys()], at };
}

/** A sentence, without its figures; and the figures, each once. */
export interface PackedSentences {
  readonly sentences: PackedWords;
  /** Of each sentence, with blanks between. */
  readonly figures: readonly string[];
}

const FIGURE = /\d+/g;
/** Stands for a figure by its place. The signs are of no script: where a text holds one, it is shown as unknown. */
const PLACE = /\ue000(\d+)\ue001/g;

/** Sentences that say the same of different rows. A figure that comes twice is told once. */
export function packSentences(texts: readonly string[]): PackedSentences {
  const figures: string[] = [];
  const bare = texts.map((text) => {
    const own: string[] = [];
    const sentence = text.replace(/[\ue000\ue001]/g, '\ufffd').replace(FIGURE, (shown) => {
      const known = own.indexOf(shown);
      return `\ue000${known < 0 ? own.push(shown) - 1 : known}\ue001`;
    });
    figures.push(own.join(' '));
    return sentence;
  });
  return { sentences: packWords(bare), figures };
}

export function unpackSentence({ sentences, figures }: PackedSentences, at: number): string {
  const own = (figures[at] ?? '').split(' ');
  return (sentences.words[sentences.at[at] ?? -1] ?? '').replace(PLACE, (_, place) => own[Number(place)] ?? '');
}
