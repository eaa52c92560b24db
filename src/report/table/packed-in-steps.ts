import {
  type PackedSentences,
  type PackedTexts,
  type PackedWords,
  packSentences,
  packTexts,
  packWords,
} from './packed-texts.ts';

/** So many texts are packed at a time, and what they come to is joined to the others. */
const TEXTS_A_STEP = 1 << 10;

function* slicesOf(texts: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < texts.length; from += TEXTS_A_STEP) yield texts.slice(from, from + TEXTS_A_STEP);
}

/** What packWords makes of all of them. */
export function* wordsInSteps(texts: readonly string[]): Generator<undefined, PackedWords> {
  const words = new JoinedWords();
  for (const few of slicesOf(texts)) {
    words.add(packWords(few));
    yield undefined;
  }
  return words.packed();
}

/** What packSentences makes of all of them. */
export function* sentencesInSteps(texts: readonly string[]): Generator<undefined, PackedSentences> {
  const sentences = new JoinedWords();
  const figures: string[] = [];
  for (const few of slicesOf(texts)) {
    // Many say the very same.
    const { words, at } = packWords(few);
    const packed = packSentences(words);
    sentences.add({ ...packed.sentences, at: at.map((place) => packed.sentences.at[place] as number) });
    for (const place of at) figures.push(packed.figures[place] as string);
    yield undefined;
  }
  return { sentences: sentences.packed(), figures };
}

/** What packTexts makes of all of them. */
export function* textsInSteps(texts: readonly string[]): Generator<undefined, PackedTexts> {
  const joined = new JoinedTexts();
  for (const few of slicesOf(texts)) {
    joined.add(packTexts(few), few.length);
    yield undefined;
  }
  return joined.packed();
}

class JoinedWords {
  private readonly known = new Map<string, number>();
  private readonly at: number[] = [];

  add({ words, at }: PackedWords): void {
    const places = words.map((word) => placeIn(this.known, word));
    for (const place of at) this.at.push(places[place] as number);
  }

  packed(): PackedWords {
    return { words: [...this.known.keys()], at: this.at };
  }
}

/** Of a word that is not there yet, the next. */
function placeIn(known: Map<string, number>, word: string): number {
  const place = known.get(word) ?? known.size;
  if (place === known.size) known.set(word, place);
  return place;
}

class JoinedTexts {
  private readonly known = new Map<string, number>();
  private readonly shapes: (readonly [prefix: string, digits: number])[] = [];
  private readonly shape: number[] = [];
  private readonly more: number[] = [];
  /** Of each shape the counter that came last. */
  private readonly last: number[] = [];

  add({ shapes, shape, more }: PackedTexts, count: number): void {
    const places = shapes.map((each) => this.placeOf(each));
    const counters = shapes.map(() => 0);
    let next = 0;
    for (let at = 0; at < count; at++) {
      const own = shape?.[at] ?? 0;
      const place = places[own] as number;
      this.shape.push(place);
      if (shapes[own]?.[1] === 0) continue;
      const counter = (counters[own] as number) + (more[next++] as number);
      counters[own] = counter;
      this.more.push(counter - (this.last[place] as number));
      this.last[place] = counter;
    }
  }

  private placeOf(shape: readonly [prefix: string, digits: number]): number {
    const place = placeIn(this.known, `${shape[1]} ${shape[0]}`);
    if (place < this.shapes.length) return place;
    this.shapes.push(shape);
    this.last.push(0);
    return place;
  }

  packed(): PackedTexts {
    const { shapes, shape, more } = this;
    return shapes.length === 1 ? { shapes, more } : { shapes, shape, more };
  }
}
