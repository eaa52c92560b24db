/** What steps come to, and how often somebody else may have had a turn meanwhile. */
export function turnsOf<Whole>(steps: Iterator<undefined, Whole>): { readonly whole: Whole; readonly turns: number } {
  for (let turns = 0; ; turns++) {
    const step = steps.next();
    if (step.done === true) return { whole: step.value, turns };
  }
}
