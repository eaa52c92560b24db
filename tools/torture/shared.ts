import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What was made for several workers, or why it could not be. */
interface Kept<T> {
  readonly value?: T;
  readonly failure?: string;
}

const LOOK_MS = 100;

/**
 * Something that takes long to make, made once below a folder that workers share; whoever comes later waits for it.
 *
 * @param make is given a folder of its own, which stays; what it returns must be JSON
 */
export async function madeOnce<T>(folder: string, name: string, make: (own: string) => Promise<T>): Promise<T> {
  const own = join(folder, name);
  const ready = join(own, 'made.json');
  if (begins(own)) {
    const kept = await make(own).then(
      (value): Kept<T> => ({ value }),
      (error: unknown): Kept<T> => ({ failure: String((error as Error).stack) }),
    );
    writeFileSync(`${ready}.draft`, JSON.stringify(kept));
    renameSync(`${ready}.draft`, ready);
  }
  while (!existsSync(ready)) await sleep(LOOK_MS);
  const { value, failure } = JSON.parse(readFileSync(ready, 'utf8')) as Kept<T>;
  if (failure !== undefined) throw new Error(failure);
  return value as T;
}

/** Of several, one makes the folder. */
function begins(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
