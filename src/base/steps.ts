/** Where somebody else may have a turn; with a promise, until that is kept: another thread is at work. */
export type Step = Promise<void> | undefined;

/**
 * Work in steps is a generator that yields a step wherever somebody else may have a turn, and returns what it comes to. This
 * goes through all of it at once.
 *
 * @throws Error where another thread would have to be waited for
 */
export function drained<Whole>(steps: Iterator<Step, Whole>): Whole {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (step.value === undefined) continue;
    steps.return?.();
    throw new Error('what another thread does cannot be had at once');
  }
}

/** So many things are made of others at a time. */
const THINGS_A_STEP = 1 << 8;

/** What is made of each of them, a few at a time. */
export function* mapped<From, To>(
  things: readonly From[],
  of: (thing: From) => To,
): Generator<undefined, readonly To[]> {
  const made: To[] = [];
  for (const thing of things) {
    made.push(of(thing));
    if (made.length % THINGS_A_STEP === 0) yield undefined;
  }
  return made;
}

/** So many things are put in order at once. */
const THINGS_IN_A_STRETCH = 1 << 12;

/** The same things in order, a few at a time. Things that compare as equal keep the order in which they come. */
export function* sorted<Thing>(
  things: Iterable<Thing>,
  compare: (a: Thing, b: Thing) => number,
): Generator<undefined, readonly Thing[]> {
  let stretches: Thing[][] = [];
  let stretch: Thing[] = [];
  for (const thing of things) {
    stretch.push(thing);
    if (stretch.length < THINGS_IN_A_STRETCH) continue;
    stretches.push(stretch.sort(compare));
    stretch = [];
    yield undefined;
  }
  stretches.push(stretch.sort(compare));
  while (stretches.length > 1) {
    const merged: Thing[][] = [];
    for (let at = 0; at < stretches.length; at += 2)
      merged.push(yield* mergedOf(stretches[at] ?? [], stretches[at + 1] ?? [], compare));
    stretches = merged;
  }
  return stretches[0] ?? [];
}

function* mergedOf<Thing>(
  first: readonly Thing[],
  second: readonly Thing[],
  compare: (a: Thing, b: Thing) => number,
): Generator<undefined, Thing[]> {
  const merged: Thing[] = [];
  let [a, b] = [0, 0];
  while (a < first.length || b < second.length) {
    const isFirst = b === second.length || (a < first.length && compare(first[a] as Thing, second[b] as Thing) <= 0);
    merged.push((isFirst ? first[a++] : second[b++]) as Thing);
    if (merged.length % THINGS_IN_A_STRETCH === 0) yield undefined;
  }
  return merged;
}
