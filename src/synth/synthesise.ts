import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Terms } from '../policy/terms.ts';
import { type Answers, answersText } from './answers.ts';
import { fileOf, Night } from './night.ts';
import type { NightOptions } from './night-options.ts';
import { FILE_NAMES } from './rows.ts';

export interface Place {
  readonly folder: string;
  /** Where the answers go. */
  readonly answers: string;
}

/** The names that earlier calls may have left in a folder. */
export const OWN_NAMES: readonly string[] = FILE_NAMES.flatMap((name) => [
  fileOf(name, { gzip: false }),
  fileOf(name, { gzip: true }),
]);

/**
 * Writes seeded inputs and their answers, which name the policy by its id where one is given. The same options give the same bytes. The files are made in a hidden folder
 * and put in place at the end, in place of any of the same names.
 */
export async function synthesise(
  place: Place,
  options: NightOptions,
  terms: Terms,
  onDay: (transactions: number) => void = () => {},
  policyId?: string,
): Promise<Answers> {
  const unfinished = join(place.folder, '.synth-unfinished');
  const unfinishedAnswers = join(dirname(place.answers), `.${basename(place.answers)}.unfinished`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  try {
    const answers = await new Night(unfinished, options, terms, policyId).write(onDay);
    await pipeline(Readable.from(answersText(answers)), createWriteStream(unfinishedAnswers));
    for (const name of OWN_NAMES) await rm(join(place.folder, name), { force: true });
    for (const name of FILE_NAMES)
      await rename(join(unfinished, fileOf(name, options)), join(place.folder, fileOf(name, options)));
    await rename(unfinishedAnswers, place.answers);
    return answers;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await rm(unfinishedAnswers, { force: true });
  }
}
