import { setTimeout } from 'node:timers/promises';
import type { Step } from '../base/steps.ts';
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
  steps: Iterator<Step, Whole>,
  turn: () => Promise<void>,
  now: () => number = () => performance.now(),
): Promise<Whole> {
  try {
    let began = now();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (step.value !== undefined) await keptInTurns(step.value, turn);
      else if (now() - began < A_TURN) continue;
      else await turn();
      began = now();
    }
  } catch (error) {
    // What they hold is let go: a lock, an open file, another thread.
    steps.return?.();
    throw error;
  }
}

/** Waits for a promise, with turns meanwhile. */
async function keptInTurns(promise: Promise<void>, turn: () => Promise<void>): Promise<void> {
  let isKept = false;
  const kept = promise.then(() => {
    isKept = true;
  });
  do {
    await Promise.race([kept, setTimeout(A_TURN, undefined, { ref: false })]);
    await turn();
  } while (!isKept);
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
