import { whereSignalsAreSeen } from '../intake/signals.ts';

/** Lets itself be ended. @throws what the signal was aborted with */
export async function mayEnd(signal: AbortSignal | undefined): Promise<void> {
  await whereSignalsAreSeen();
  signal?.throwIfAborted();
}

/** So long signals may wait, in milliseconds: nobody notices. */
const A_TURN = 100;
/** Most things take less time than a look at the clock. */
const BETWEEN_LOOKS = 1 << 4;

/**
 * Goes through steps as {@link inTurns} does, and returns what they come to.
 *
 * @param turn what is done between them
 * @param now in milliseconds
 */
export async function wholeInTurns<Whole>(
  steps: Iterator<undefined, Whole>,
  turn: () => Promise<void>,
  now: () => number = () => performance.now(),
): Promise<Whole> {
  let began = now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (now() - began < A_TURN) continue;
    await turn();
    began = now();
  }
}

/**
 * Takes things as they come, for as long at a time as a person may wait.
 *
 * @param things undefined: nothing is there yet, though time has passed
 * @param turn what is done between them, and at the end
 * @param now in milliseconds
 */
export async function inTurns<Thing>(
  things: Iterable<Thing | undefined>,
  take: (thing: Thing) => void,
  turn: () => Promise<void>,
  now: () => number = () => performance.now(),
): Promise<void> {
  let count = 0;
  let began = now();
  for (const thing of things) {
    if (thing !== undefined) {
      take(thing);
      count++;
      if (count % BETWEEN_LOOKS !== 0) continue;
    }
    if (now() - began < A_TURN) continue;
    await turn();
    began = now();
  }
  await turn();
}
