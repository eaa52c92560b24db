import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that lies whole beside its place, on disk, and is not there yet. */
export interface StagedFile {
  /** Its place. */
  readonly path: string;
  /** In its place, whatever stood there. @throws the system's own error */
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
    const file = openSync(draft, 'wx', 0o600);
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    discard();
    throw error;
  }
  return {
    path,
    replace: () => {
      renameSync(draft, path);
      syncFolder(dirname(path));
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

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
