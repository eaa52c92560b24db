/**
 * Lets signals be seen that came while one piece of work held the event loop. They are seen where a turn of the loop
 * waits for what comes from outside; the turn that is under way may be past that.
 */
export async function whereSignalsAreSeen(): Promise<void> {
  for (let turns = 0; turns < 2; turns++) await new Promise((resume) => setImmediate(resume));
}

/** Lets itself be ended. @throws what the signal was aborted with */
export async function mayEnd(signal: AbortSignal | undefined): Promise<void> {
  await whereSignalsAreSeen();
  signal?.throwIfAborted();
}

/** Settlements between which signals are seen: about a tenth of a second. */
const A_TURN = 1 << 12;

/**
 * Takes things as they come, as many at a time as a person may wait for.
 *
 * @param turn what is done between them, and at the end
 */
export async function inTurns<Thing>(
  things: Iterable<Thing>,
  take: (thing: Thing) => void,
  turn: () => Promise<void>,
): Promise<void> {
  let count = 0;
  for (const thing of things) {
    take(thing);
    count++;
    if (count % A_TURN === 0) await turn();
  }
  await turn();
}
