import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Digest } from '../ledger/decisions.ts';
import { syncFolder, writeSynced } from './on-disk.ts';

/** Beside the runs of a series: 64 hexadecimal digits, readable by its owner alone. */
export const SERIES_KEY_FILE = 'series.key';

/**
 * The secret of a series (3-rules.md §7). Evidence that holds a telephone number, a name or an account is bound to decisions
 * by it, because whoever has the hash alone could try all numbers that there are.
 */
export interface EvidenceKey {
  /** What a manifest names it by. */
  readonly fingerprint: string;
  readonly keyedDigest: Digest;
}

/** The file is there, and holds no key. */
export class NoEvidenceKey extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`no evidence key: ${path}`);
    this.path = path;
  }
}

const KEY_BYTES = 32;
const WRITTEN = /^([0-9a-f]{64})\r?\n?$/;
const MOST_BYTES = 66;
const FINGERPRINT_LENGTH = 16;

/** @throws NoEvidenceKey, or what the system says */
export function readEvidenceKey(path: string): EvidenceKey {
  // Of what is no regular file nothing is read: it may have no end.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size > MOST_BYTES) throw new NoEvidenceKey(path);
    const written = WRITTEN.exec(readFileSync(file, 'latin1'))?.[1];
    if (written === undefined) throw new NoEvidenceKey(path);
    return keyOf(Buffer.from(written, 'hex'));
  } finally {
    closeSync(file);
  }
}

function keyOf(secret: Uint8Array): EvidenceKey {
  const keyedDigest: Digest = (content) => createHmac('sha256', secret).update(content, 'utf8').digest('hex');
  // The key is random, and long: what it makes of these words gives nothing away.
  return { fingerprint: keyedDigest('the fingerprint of this key').slice(0, FINGERPRINT_LENGTH), keyedDigest };
}

/** The key of a series, which gets one where it has none. Its lock is held. @throws NoEvidenceKey, or what the system says */
export function evidenceKeyOfSeries(folder: string): EvidenceKey {
  const path = join(folder, SERIES_KEY_FILE);
  if (!existsSync(path)) writeNewKey(path);
  return readEvidenceKey(path);
}

function writeNewKey(path: string): void {
  const draft = join(dirname(path), `.${SERIES_KEY_FILE}.partial`);
  rmSync(draft, { force: true });
  writeSynced(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/**
 * The key that a run was bound by: in the file that was named, or beside the run.
 *
 * @param fingerprint as the manifest names it
 * @returns undefined where neither is that key
 */
export function findEvidenceKey(
  folder: string,
  fingerprint: string,
  named: string | undefined,
): EvidenceKey | undefined {
  const places = [named, join(dirname(folder), SERIES_KEY_FILE)];
  for (const place of places) {
    const key = place === undefined ? undefined : keyIfReadable(place);
    if (key?.fingerprint === fingerprint) return key;
  }
  return undefined;
}

function keyIfReadable(path: string): EvidenceKey | undefined {
  try {
    return readEvidenceKey(path);
  } catch {
    return undefined;
  }
}
