import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder, syncFolderOf, writeSynced } from '../publish/on-disk.ts';

/** A file that lies whole beside its place, on disk, and is not there yet. */
export interface StagedFile {
  /** Its place. */
  readonly path: string;
  /** In its place, whatever stood there. @throws NotConfirmed where it is there; the system's own error where it is not */
  replace(): void;
  /** In its place, or not at all; what stands there already is never overwritten. @throws the system's own error (EEXIST) */
  create(): void;
  /** Nothing is left of it; after the others it does nothing. */
  discard(): void;
}

/**
 * Writes a file beside its place, readable by its owner alone: a crash leaves either what was there, or all of it.
 *
 * @throws the system's own error
 */
export function stageFile(path: string, bytes: Uint8Array): StagedFile {
  const draft = join(dirname(path), `.${basename(path)}.partial-${randomUUID()}`);
  const discard = (): void => rmSync(draft, { force: true });
  try {
    writeSynced(draft, bytes);
  } catch (error) {
    discard();
    throw error;
  }
  return {
    path,
    replace: () => {
      renameSync(draft, path);
      syncFolderOf(path);
    },
    create: () => {
      linkSync(draft, path);
      try {
        discard();
        syncFolder(dirname(path));
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      }
    },
    discard,
  };
}
