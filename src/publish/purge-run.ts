import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { takeLock } from './lock.ts';
import type { FileText } from './manifest.ts';
import { syncFolder, writeSynced } from './on-disk.ts';

/**
 * Takes files out of a run folder, and notes first that it does: after a crash the note says what was to go, and the same
 * call again takes what is left. What lay on the disk is unlinked, not overwritten.
 *
 * @param onStep tests stop at each
 * @throws Locked, or the system's own error
 */
export function takeOut(
  folder: string,
  note: FileText,
  names: readonly string[],
  onStep: (step: 'noted' | 'taken') => void = () => {},
): void {
  const { lockPath, draft } = besides(folder);
  const lock = takeLock(lockPath);
  try {
    rmSync(draft, { force: true });
    writeSynced(draft, note.content);
    renameSync(draft, join(folder, note.name));
    syncFolder(folder);
    onStep('noted');
    for (const each of names) {
      rmSync(join(folder, each), { force: true });
      onStep('taken');
    }
    const folders = new Set(names.map((each) => dirname(join(folder, each))));
    for (const each of folders) if (existsSync(each)) syncFolder(each);
  } finally {
    lock.release();
  }
}

/** Clears away what a call left that could not end, where there is no more to take: the folder stays as it is. @throws Locked, or the system's own error */
export function clearBeside(folder: string): void {
  const { lockPath, draft } = besides(folder);
  const begin = basename(lockPath);
  if (!existsSync(draft) && !readdirSync(dirname(folder)).some((entry) => entry.startsWith(begin))) return;
  const lock = takeLock(lockPath);
  try {
    rmSync(draft, { force: true });
  } finally {
    lock.release();
  }
}

function besides(folder: string): { readonly lockPath: string; readonly draft: string } {
  const [parent, name] = [dirname(folder), basename(folder)];
  return { lockPath: join(parent, `.${name}.lock`), draft: join(parent, `.${name}.purged`) };
}
