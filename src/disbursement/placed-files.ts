import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type StagedFile, stageFile } from './whole-file.ts';

export interface FileToPlace {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What stands where a file is to go: `same` where it is that file already. @throws the system's own error */
export function whatIsAt({ path, bytes }: FileToPlace): 'nothing' | 'same' | 'other' {
  if (!existsSync(path)) return 'nothing';
  if (!statSync(path).isFile()) return 'other';
  return readFileSync(path).equals(bytes) ? 'same' : 'other';
}

/**
 * Writes files beside their places, notes what is in them, and only then puts them there: after a crash a payout may be
 * noted whose file is missing, which asks somebody; never the other way round, which would pay it again.
 *
 * Where the system refuses to put one of them in its place, the note is taken back, and so are those that are there.
 *
 * @param note is called once all of them are on disk, and returns what takes it back
 * @throws what note throws, or the system's own error; then no file is in place that was not there before
 */
export function placeFiles(files: readonly FileToPlace[], note: () => () => void): void {
  const staged: StagedFile[] = [];
  try {
    for (const file of files.filter((each) => whatIsAt(each) === 'nothing')) {
      mkdirSync(dirname(file.path), { recursive: true, mode: 0o700 });
      staged.push(stageFile(file.path, file.bytes));
    }
    const takeBack = note();
    createAll(staged, takeBack);
  } finally {
    for (const file of staged) file.discard();
  }
}

function createAll(staged: readonly StagedFile[], takeBack: () => void): void {
  const created: StagedFile[] = [];
  try {
    for (const file of staged) {
      file.create();
      created.push(file);
    }
  } catch (error) {
    for (const file of created) rmSync(file.path, { force: true });
    takeBack();
    throw error;
  }
}
