import { basename, dirname, join } from 'node:path';
import { drained } from '../../base/steps.ts';
import { foldersIn, isThere, readText } from './files.ts';
import { type ContactFile, contactFiles, PURGED_FILE, type PurgedFile, readPurged } from './purged.ts';
import { DamagedRun } from './records.ts';
import { hashOfFile, type Manifest, readManifest } from './run-record.ts';

/** A file that is to be taken out. */
export interface FileToPurge extends ContactFile {
  readonly sha256: string;
  /** Runs beside it that keep the same content, by the names of their folders. */
  readonly alsoIn: readonly string[];
}

/** What a purge takes out of a run. */
export interface PurgePlan {
  readonly folder: string;
  readonly take: readonly FileToPurge[];
  /** What an earlier purge has noted; some of it may be there still, where that one was interrupted. */
  readonly noted: readonly PurgedFile[];
  /** The run that goes on with this one, and so has read all that it needs of it. */
  readonly followedBy: string | undefined;
}

/**
 * What holds contacts in a run folder, in steps. A file that is not what SHA256SUMS says is not taken: it would be gone, and with it
 * that it was altered.
 *
 * @param purging folders that are purged together: what they keep is not kept elsewhere
 * @throws DamagedRun
 */
export function* planPurge(
  folder: string,
  manifest: Manifest,
  allInputs: boolean,
  purging: readonly string[],
): Generator<undefined, PurgePlan> {
  const noted = notedIn(folder);
  const sums = sumsOf(folder);
  const beside = foldersIn(dirname(folder)).filter((each) => each !== folder && !basename(each).startsWith('.'));
  const others = beside.filter((each) => !purging.includes(each));
  const take: FileToPurge[] = [];
  for (const file of contactFiles(manifest, allInputs)) {
    const path = join(folder, file.name);
    if (!isThere(path)) continue;
    const sha256 = yield* hashOfFile(path);
    if (sums.get(file.name) !== sha256) throw new DamagedRun(path);
    const alsoIn = file.name.startsWith('inputs/') ? others.filter((each) => isThere(join(each, file.name))) : [];
    take.push({ ...file, sha256, alsoIn: alsoIn.map((each) => basename(each)) });
  }
  return { folder, take, noted, followedBy: followerOf(folder, beside) };
}

/** @throws DamagedRun */
function notedIn(folder: string): readonly PurgedFile[] {
  const path = join(folder, PURGED_FILE);
  if (!isThere(path)) return [];
  const read = readPurged(readText(path));
  if ('unreadable' in read) throw new DamagedRun(path);
  return read.purged;
}

/** @throws DamagedRun */
function sumsOf(folder: string): ReadonlyMap<string, string> {
  const path = join(folder, 'SHA256SUMS');
  if (!isThere(path)) throw new DamagedRun(path);
  const lines = readText(path).split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
      return hash === undefined || name === undefined ? [] : [[name, hash] as const];
    }),
  );
}

function followerOf(folder: string, beside: readonly string[]): string | undefined {
  const own = drained(hashOfFile(join(folder, 'manifest.json')));
  const follower = beside.find((each) => {
    const read = readManifest(each);
    return 'manifest' in read && read.manifest.previous?.manifestSha256 === own;
  });
  return follower === undefined ? undefined : basename(follower);
}
