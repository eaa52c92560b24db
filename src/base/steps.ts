/**
 * Work in steps is a generator that yields undefined wherever somebody else may have a turn, and returns what it comes to.
 * This goes through all of it at once.
 */
export function drained<Whole>(steps: Iterator<undefined, Whole>): Whole {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
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
