/** Seeds as a document says them: `1, 7000 to 7049`. */
export function seedsText(seeds: Iterable<number>): string {
  const sorted = [...new Set(seeds)].sort((a, b) => a - b);
  const begins = sorted.filter((seed, at) => sorted[at - 1] !== seed - 1);
  const ends = sorted.filter((seed, at) => sorted[at + 1] !== seed + 1);
  return begins.map((begin, at) => (begin === ends[at] ? String(begin) : `${begin} to ${ends[at]}`)).join(', ');
}

/** The seeds that {@link seedsText} says. */
export const seedsIn = (said: string): readonly number[] =>
  said.split(', ').flatMap((part) => {
    const [begin, end = begin] = part.split(' to ').map(Number) as [number, number?];
    return seedsFrom(begin, end - begin + 1);
  });

export const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, place) => first + place);
