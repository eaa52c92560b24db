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
