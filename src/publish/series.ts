import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { RunInSeries } from './chain-place.ts';
import { MOST_MANIFEST_BYTES, NoPlainFile, readManifestBytes, readPlainFile } from './folder-entries.ts';
import { sha256 } from './hash.ts';
import { takeLock } from './lock.ts';
import { makeFolders, syncFolder, writeSynced } from './on-disk.ts';
import { type Done, Unconfirmed } from './run-folder.ts';
import { restoreRuns } from './run-place.ts';
import { type Head, parseSeries, type Series } from './series-file.ts';

export const SERIES_FILE = 'series.json';
/** `--previous` of this name is whatever the chain has come to. */
export const LATEST = 'latest';

/** Runs that belong together, with what is known of them; nobody else writes there until it is closed. */
export interface OpenSeries {
  readonly folder: string;
  /** As series.json says; undefined where there is none. */
  readonly recorded: Series | undefined;
  /** Every run that lies in the folder, of whatever policy. */
  readonly runs: readonly RunInSeries[];
  /**
   * Publishes by way of series.json: what is to become the head stands there before the run is in place, and is the head
   * afterwards. Whoever comes after a crash in between can tell whether it came to be.
   *
   * @throws what `put` throws; Unconfirmed where the run is in place, and its being the head could not be recorded
   */
  publish(next: NextHead, put: () => Done): Done;
  close(): void;
}

/** What a run makes of its series. */
export interface NextHead {
  readonly policyId: string;
  readonly head: Head;
  /** Heads of the policy's other chains, which no run goes on with. */
  readonly ended: readonly Head[];
}

/** series.json cannot be read, or is not what a run writes. */
export class SeriesDamaged extends Error {
  readonly path: string;
  constructor(path: string) {
    super('damaged');
    this.path = path;
  }
}

/** Whether runs of the folder are a series. */
export const isSeries = (folder: string): boolean => existsSync(join(folder, SERIES_FILE));

/**
 * Takes the series' lock, and sees to what a crashed run left.
 *
 * @throws Locked, SeriesDamaged, or the system's own error
 */
export function openSeries(folder: string): OpenSeries {
  makeFolders(folder);
  const lock = takeLock(join(folder, '.series.lock'));
  try {
    restoreRuns(folder, 'all');
    const recorded = readSeries(folder);
    return {
      folder,
      recorded,
      runs: runsIn(folder),
      publish: (next, put) => publishInto(folder, recorded, next, put),
      close: () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What series.json holds, a run that a crash kept from becoming the head included. @throws SeriesDamaged */
export function readSeries(folder: string): Series | undefined {
  const path = join(folder, SERIES_FILE);
  if (!existsSync(path)) return undefined;
  const series = parseSeries(readRecord(path));
  if (series === undefined) throw new SeriesDamaged(path);
  const { pending } = series;
  if (pending === null) return series;
  const isInPlace = runAt(join(folder, pending.head.run))?.manifestSha256 === pending.head.manifestSha256;
  return isInPlace ? withHead(series, pending) : { ...series, pending: null };
}

/** @throws SeriesDamaged where something else than a file stands there, or what the system says */
function readRecord(path: string): string {
  try {
    return readPlainFile(path, MOST_MANIFEST_BYTES).toString('utf8');
  } catch (error) {
    throw error instanceof NoPlainFile ? new SeriesDamaged(path) : error;
  }
}

function publishInto(folder: string, recorded: Series | undefined, next: NextHead, put: () => Done): Done {
  const before: Series = recorded ?? { schemaVersion: 1, heads: {}, ended: {}, pending: null };
  const write = (series: Series): void => writeSeries(folder, series);
  write({ ...before, pending: next });
  let done: Done;
  try {
    done = put();
  } catch (error) {
    ifItCan(() => {
      if (error instanceof Unconfirmed) write(withHead(before, next));
      // A run that was refused leaves everything as it was.
      else if (recorded === undefined) rmSync(join(folder, SERIES_FILE), { force: true });
      else write(before);
    });
    throw error;
  }
  try {
    write(withHead(before, next));
  } catch (error) {
    throw new Unconfirmed(done, error);
  }
  return done;
}

/** What is pending stands there already, and the next run sees by the folders what came of it. */
function ifItCan(write: () => void): void {
  try {
    write();
  } catch {
    // What went wrong before is what is told.
  }
}

const withHead = (series: Series, { policyId, head, ended }: NextHead): Series => ({
  schemaVersion: 1,
  heads: { ...series.heads, [policyId]: head },
  ended:
    ended.length === 0 ? series.ended : { ...series.ended, [policyId]: [...(series.ended[policyId] ?? []), ...ended] },
  pending: null,
});

/** Whole or not at all. */
function writeSeries(folder: string, series: Series): void {
  const path = join(folder, SERIES_FILE);
  const draft = join(folder, `.${SERIES_FILE}.partial`);
  rmSync(draft, { force: true });
  try {
    writeSynced(draft, canonicalJson(series));
    renameSync(draft, path);
  } catch (error) {
    ifItCan(() => rmSync(draft, { force: true }));
    throw error;
  }
  syncFolder(folder);
}

const recordedSchema = z.object({
  fingerprint: z.string(),
  asOf: z.string(),
  policy: z.object({ id: z.string() }),
  previous: z.object({ manifestSha256: z.string() }).nullable(),
});

/** The run in a folder, by its manifest; undefined where there is none. */
export function runAt(folder: string): RunInSeries | undefined {
  try {
    const manifest = readManifestBytes(folder);
    const { fingerprint, asOf, policy, previous } = recordedSchema.parse(JSON.parse(manifest.toString('utf8')));
    return {
      run: basename(folder),
      asOf,
      manifestSha256: sha256(manifest),
      fingerprint,
      policyId: policy.id,
      previousSha256: previous?.manifestSha256 ?? null,
    };
  } catch {
    return undefined;
  }
}

/** Every run that lies in a folder, by name. What is hidden is no run yet. */
export const runsIn = (folder: string): readonly RunInSeries[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => name)
        .sort()
        .flatMap((name) => runAt(join(folder, name)) ?? [])
    : [];

/** Runs beside a run that follow it, by name. */
export function followersOf(target: string): readonly string[] {
  const own = runAt(target);
  if (own === undefined) return [];
  return runsIn(dirname(target))
    .filter(({ previousSha256 }) => previousSha256 === own.manifestSha256)
    .map(({ run }) => run);
}
