/**
 * Lets signals be seen that came while one piece of work held the event loop. They are seen where a turn of the loop
 * waits for what comes from outside; the turn that is under way may be past that.
 */
export async function whereSignalsAreSeen(): Promise<void> {
  for (let turns = 0; turns < 2; turns++) await new Promise((resume) => setImmediate(resume));
}

/**
 * Goes through steps, sees signals between them, and returns what they come to.
 *
 * @throws what the signal was aborted with
 */
export async function seeingSignals<Whole>(
  steps: Iterator<undefined, Whole>,
  signal: AbortSignal | undefined,
): Promise<Whole> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await whereSignalsAreSeen();
    signal?.throwIfAborted();
  }
}
