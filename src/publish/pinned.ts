import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { type Text, text } from '../base/text.ts';
import { shownName } from '../base/visible-text.ts';
import { MOST_MANIFEST_BYTES, readManifestBytes, readPlainFile } from './folder-entries.ts';
import { sha256 } from './hash.ts';

/** How a manifest knows the run before it. */
const pinSchema = z.object({
  previous: z.object({ manifestSha256: z.string(), fingerprint: z.string() }).nullable(),
});
const ownSchema = z.object({ fingerprint: z.string() });

/**
 * Holds a manifest against the run before it, where that lies beside it: what it names as that one's manifest and
 * fingerprint must be so. Nothing where that run is elsewhere.
 *
 * @param written the manifest
 */
export function pinProblems(folder: string, written: string): readonly Text[] {
  const previous = previousIn(written);
  if (previous === null) return [];
  const beside = foldersBeside(folder);
  const named = withManifest(beside, previous.manifestSha256);
  if (named !== undefined)
    return named.fingerprint === previous.fingerprint
      ? []
      : [
          text(
            `manifest.json にある前の実行の指紋が ${shownName(named.name)} のものでない`,
            `the fingerprint that manifest.json gives the run before is not that of ${shownName(named.name)}`,
          ),
        ];
  const altered = beside
    .map(besideAt)
    .find(
      ({ fingerprint, listedSha256 }) =>
        fingerprint === previous.fingerprint || listedSha256 === previous.manifestSha256,
    );
  if (altered === undefined) return [];
  return [
    text(
      `前の実行 ${shownName(altered.name)} の manifest.json が、この実行が続いたものと違う`,
      `manifest.json of ${shownName(altered.name)}, the run before it, is not the one that it followed`,
    ),
  ];
}

function previousIn(written: string): z.infer<typeof pinSchema>['previous'] {
  try {
    return pinSchema.parse(JSON.parse(written)).previous;
  } catch {
    return null;
  }
}

/** A run beside another, by what its own files say. */
interface Beside {
  readonly name: string;
  /** The hash of its manifest, as its SHA256SUMS has it. */
  readonly listedSha256: string | undefined;
  readonly fingerprint: string | undefined;
}

/** The last by name first: mostly one of these is meant, and nobody looks further. */
function foldersBeside(folder: string): readonly string[] {
  const parent = dirname(resolve(folder));
  return entriesOf(parent)
    .filter((entry) => entry.isDirectory() && entry.name !== basename(resolve(folder)))
    .map(({ name }) => join(parent, name))
    .sort()
    .reverse();
}

function withManifest(folders: readonly string[], wanted: string): Pick<Beside, 'name' | 'fingerprint'> | undefined {
  for (const folder of folders) {
    const manifest = ifPlain(() => readManifestBytes(folder));
    if (manifest !== undefined && sha256(manifest) === wanted)
      return { name: basename(folder), fingerprint: fingerprintIn(manifest.toString('utf8')) };
  }
  return undefined;
}

function entriesOf(parent: string): readonly Dirent[] {
  try {
    return readdirSync(parent, { withFileTypes: true });
  } catch {
    // Whoever may not look beside the run sees nothing there.
    return [];
  }
}

function besideAt(folder: string): Beside {
  const manifest = ifPlain(() => readManifestBytes(folder));
  const sums = ifPlain(() => readPlainFile(join(folder, 'SHA256SUMS'), MOST_MANIFEST_BYTES));
  const listed = sums === undefined ? null : /^([0-9a-f]{64}) {2}manifest\.json$/m.exec(sums.toString('utf8'));
  return {
    name: basename(folder),
    listedSha256: listed?.[1],
    fingerprint: manifest === undefined ? undefined : fingerprintIn(manifest.toString('utf8')),
  };
}

function fingerprintIn(written: string): string | undefined {
  try {
    return ownSchema.parse(JSON.parse(written)).fingerprint;
  } catch {
    return undefined;
  }
}

/** What cannot be read as a file is no run: whether it ought to be one, others say. */
function ifPlain(read: () => Buffer): Buffer | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
