import { closeSync, constants, existsSync, fsyncSync, ftruncateSync, openSync, realpathSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Text } from '../base/text.ts';
import { MOST_MANIFEST_BYTES, readPlainFile } from './folder-entries.ts';
import { takeLock } from './lock.ts';
import { syncFolderOf } from './on-disk.ts';
import {
  contradictions,
  isOf,
  lastSealed,
  lineText,
  nextLine,
  readSeals,
  type Sealable,
  type SealLine,
  signedText,
} from './seal-lines.ts';

/** The file of seals does not let the run be sealed. */
export class SealRefused extends Error {
  readonly why: 'damaged' | 'contradicted';
  readonly problems: readonly Text[];
  constructor(why: SealRefused['why'], problems: readonly Text[]) {
    super(why);
    this.why = why;
    this.problems = problems;
  }
}

export interface Sealed {
  readonly result: 'sealed' | 'already sealed';
  readonly line: SealLine;
}

export interface Signing {
  readonly signer: string | undefined;
  readonly sign: (content: string) => string;
}

/** The content of a file of seals. @throws NoPlainFile, or what the system says */
export const readSealFile = (path: string): string =>
  readPlainFile(realpathSync(path), MOST_MANIFEST_BYTES).toString('utf8');

/**
 * Adds a run to a file of seals: one line behind the others, in one write, synced; nothing that stands there is written
 * again. The run that was sealed last is not sealed twice, unless it gets its first signature.
 *
 * @throws NotConfirmed where the line stands; SealRefused, Locked, what signing throws, or what the system says
 */
export function appendSeal(path: string, run: Sealable, signing: Signing | undefined): Sealed {
  const place = existsSync(path) ? realpathSync(path) : path;
  const lock = takeLock(join(dirname(place), `.${basename(place)}.lock`));
  try {
    const isNew = !existsSync(place);
    const content = isNew ? '' : readSealFile(place);
    const { lines, problems } = readSeals(content);
    if (problems.length > 0) throw new SealRefused('damaged', problems);
    const last = lastSealed(lines, run.policy);
    const isSigned = last?.signature !== undefined || signing === undefined;
    if (last !== undefined && isOf(last, run) && isSigned) return { result: 'already sealed', line: last };
    const against = contradictions(lines, run);
    if (against.length > 0) throw new SealRefused('contradicted', against);
    const unsigned = nextLine(content, run, signing?.signer);
    const line = signing === undefined ? unsigned : { ...unsigned, signature: signing.sign(signedText(unsigned)) };
    append(place, `${lineText(line)}\n`, Buffer.byteLength(content));
    if (isNew) syncFolderOf(place);
    return { result: 'sealed', line };
  } finally {
    lock.release();
  }
}

/** Behind what is there. What could not be written whole is taken back. */
function append(path: string, line: string, sizeBytes: number): void {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o644);
  try {
    const bytes = Buffer.from(line, 'utf8');
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    takeBack(file, sizeBytes);
    throw error;
  } finally {
    closeSync(file);
  }
}

function takeBack(file: number, sizeBytes: number): void {
  try {
    ftruncateSync(file, sizeBytes);
  } catch {
    // A file that only grows keeps the cut line, and the next reader says so.
  }
}
