import { join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { entryAt, MOST_MANIFEST_BYTES, NoPlainFile, readPlainFile } from '../../publish/folder-entries.ts';
import type { WholeRun } from '../../publish/whole-run.ts';
import { isThere } from '../record/files.ts';
import { PURGED_FILE, type PurgedFile, readPurged } from '../record/purged.ts';
import { type Check, verdict } from './check.ts';

/** What purged.json says of a run folder. */
export interface PurgedHere {
  /** Files that are not there, by their names. */
  readonly gone: ReadonlyMap<string, PurgedFile>;
  /** What is wrong with the note itself. */
  readonly problems: readonly Text[];
}

export function purgedHere(folder: string): PurgedHere {
  const path = join(folder, PURGED_FILE);
  if (entryAt(path) === undefined) return { gone: new Map(), problems: [] };
  const read = readPurged(contentOf(path));
  if ('unreadable' in read) return { gone: new Map(), problems: [read.unreadable] };
  const isHere = ({ name }: PurgedFile): boolean => isThere(join(folder, name));
  return {
    gone: new Map(read.purged.filter((file) => !isHere(file)).map((file) => [file.name, file])),
    problems: read.purged
      .filter(isHere)
      .map(({ name }) =>
        text(
          `${name} は消したと記録されているが、まだある(purge をもう一度)`,
          `${name} is noted as purged and is still there (purge again)`,
        ),
      ),
  };
}

/** '' of what is no plain file, which is no note. @throws what the system says where it may not be read */
function contentOf(path: string): string {
  try {
    return readPlainFile(path, MOST_MANIFEST_BYTES).toString('utf8');
  } catch (error) {
    if (error instanceof NoPlainFile) return '';
    throw error;
  }
}

/** A run folder, with what was purged of it: SHA256SUMS and the manifest are held against the hashes that the note names. */
export interface RunWithPurged extends WholeRun {
  readonly purged: PurgedHere;
}

export function withPurged(run: WholeRun): RunWithPurged {
  const purged = purgedHere(run.folder);
  const names = [...run.names].filter((name) => name !== PURGED_FILE);
  return {
    ...run,
    purged,
    names: new Set([...names, ...purged.gone.keys()]),
    *hashOf(name) {
      return purged.gone.get(name)?.sha256 ?? (yield* run.hashOf(name));
    },
  };
}

/** Of what was purged nothing is proved, and nothing held against it; undefined where nothing was. */
export function checkPurged({ gone, problems }: PurgedHere): Check | undefined {
  if (problems.length > 0) return verdict('purged', problems);
  if (gone.size === 0) return undefined;
  return { check: 'purged', result: 'not checked', details: purgedWords({ gone, problems }) };
}

export const purgedWords = ({ gone }: PurgedHere): readonly Text[] =>
  [...gone.values()].map(({ name, at, by }) => {
    const who = by === null ? '' : by;
    return text(
      `${name} は ${at} に${who === '' ? '' : ` ${who} が`}消した(purged.json)。中身は確かめていない`,
      `${name} was purged at ${at}${who === '' ? '' : ` by ${who}`}, as noted in purged.json; not checked`,
    );
  });
