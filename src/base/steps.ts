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

/** So few are put in order at once, and so many of two lists in order into one. */
const SORTED_A_STEP = 1 << 14;

type Order<Thing> = (a: Thing, b: Thing) => number;

/** Things in an order, as `toSorted` puts them: what is equal stays as it came. */
export function* sorted<Thing>(things: readonly Thing[], order: Order<Thing>): Generator<undefined, readonly Thing[]> {
  let lists: (readonly Thing[])[] = yield* sortedLists(things, order);
  while (lists.length > 1) {
    const merged: (readonly Thing[])[] = [];
    for (let at = 0; at < lists.length; at += 2) {
      const [first, second] = [lists[at] as readonly Thing[], lists[at + 1] ?? []];
      merged.push(yield* inOneOrder(first, second, order));
    }
    lists = merged;
  }
  return lists[0] ?? [];
}

/** Lists that are each in order: one where all of them come nearly so. */
function* sortedLists<Thing>(things: readonly Thing[], order: Order<Thing>): Generator<undefined, Thing[][]> {
  const lists: Thing[][] = [];
  for (let from = 0; from < things.length; from += SORTED_A_STEP) {
    const few = things.slice(from, from + SORTED_A_STEP).sort(order);
    const before = lists.at(-1);
    if (before === undefined || order(before.at(-1) as Thing, few[0] as Thing) > 0) lists.push(few);
    else for (const thing of few) before.push(thing);
    yield undefined;
  }
  return lists;
}

function* inOneOrder<Thing>(
  first: readonly Thing[],
  second: readonly Thing[],
  order: Order<Thing>,
): Generator<undefined, readonly Thing[]> {
  const all = first.length + second.length;
  const merged: Thing[] = [];
  for (let a = 0; merged.length < all; ) {
    a = mergeSome(merged, first, a, second, order);
    yield undefined;
  }
  return merged;
}

/** Puts some more of two lists into one, and says how many of the first are there. */
function mergeSome<Thing>(
  merged: Thing[],
  first: readonly Thing[],
  taken: number,
  second: readonly Thing[],
  order: Order<Thing>,
): number {
  const end = Math.min(merged.length + SORTED_A_STEP, first.length + second.length);
  let [a, b] = [taken, merged.length - taken];
  while (merged.length < end) {
    const isOfFirst = b === second.length || (a < first.length && order(first[a] as Thing, second[b] as Thing) <= 0);
    merged.push((isOfFirst ? first[a++] : second[b++]) as Thing);
  }
  return a;
}
