import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Holder, isGone, ownHolder, parseHolder } from './lock-holder.ts';
import { FLOCK, systemLock } from './system-lock.ts';

/** Somebody else is writing this run folder. */
export class Locked extends Error {
  readonly path: string;
  readonly holder: string;
  constructor(path: string, holder: string) {
    super('locked');
    this.path = path;
    this.holder = holder;
  }
}

export interface Lock {
  release(): void;
}

const ATTEMPTS = 10;
/** What a holder says of itself is far shorter; nothing longer is read, whatever lies there. */
const MOST_BYTES = 4096;
/** Where there are no links to refuse (Windows), the flag is none. */
const LOOK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * One writer at a time. The lock is held by an open file, and the system gives it back however the process
 * ends; the file says whose it is. Where the system has no such lock for us, what the file says counts alone. A lock that
 * a dead process left is taken over.
 *
 * @param flock the program that asks the system for it
 * @throws Locked, or the system's own error
 */
export function takeLock(path: string, flock = FLOCK): Lock {
  const draft = makeDraft(path, flock);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!takePlace(path, draft, flock)) continue;
      clearLeftovers(path);
      return { release: () => release(path, draft) };
    }
  } catch (error) {
    discard(draft);
    throw error;
  }
  discard(draft);
  throw new Locked(path, '?');
}

/** A lock file that stands nowhere yet: whole, and held from before anybody can see it. */
interface Draft {
  readonly path: string;
  readonly file: number;
  readonly content: string;
}

function makeDraft(path: string, flock: string): Draft {
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    const content = JSON.stringify(ownHolder(systemLock(file, 'exclusive', flock) === 'held'));
    const bytes = Buffer.from(content);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
    return { path: draft, file, content };
  } catch (error) {
    closeSync(file);
    rmSync(draft, { force: true });
    throw error;
  }
}

function discard({ path, file }: Draft): void {
  closeSync(file);
  removeIfCan(path);
}

/**
 * Puts the draft in place, or behind the dead lock that is there. Whoever finds a lock dead must make one file, whose name
 * follows from what the dead one says, so that of many only one can; and then the dead one must still stand there.
 *
 * @returns whether the lock is taken; if not, something has changed meanwhile
 * @throws Locked
 */
function takePlace(path: string, draft: Draft, flock: string): boolean {
  const dead: Found[] = [];
  for (let place = path; ; place = successor(path, dead.at(-1)?.content ?? '')) {
    if (linked(draft.path, place)) return dead.length === 0 || succeed(path, place, dead, flock);
    const found = look(place, flock);
    // Given back in between; or a draft that was cleared away.
    if (found === undefined) return false;
    if (!found.isGone) throw new Locked(place, found.holder === undefined ? '?' : describe(found.holder));
    dead.push(found);
  }
}

/** From behind the dead locks into their place, if they are still those that were found. */
function succeed(path: string, place: string, dead: readonly Found[], flock: string): boolean {
  const isUnchanged = dead.every((each) => look(each.place, flock)?.content === each.content);
  if (isUnchanged) renameSync(place, path);
  else rmSync(place, { force: true });
  return isUnchanged;
}

const successor = (path: string, deadContent: string): string =>
  `${path}.over-${createHash('sha256').update(deadContent).digest('hex').slice(0, 16)}`;

const describe = ({ host, pid }: Holder): string => `${host} pid ${pid}`;

/** Whether the place was free. */
function linked(draft: string, place: string): boolean {
  try {
    linkSync(draft, place);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST') || isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

interface Found {
  readonly place: string;
  readonly content: string;
  readonly holder: Holder | undefined;
  readonly isGone: boolean;
}

/** A lock that is there, and whether its holder is still alive; undefined where there is none. */
function look(place: string, flock: string): Found | undefined {
  let file: number;
  try {
    file = openSync(place, LOOK);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    const content = contentOf(file);
    const holder = content === undefined ? undefined : parseHolder(content);
    // Shared, so that two who only look are not in each other's way.
    const state = content === undefined ? 'busy' : systemLock(file, 'shared', flock);
    // A lock stands there whole at once: an empty one is what a crash of the machine left, or an older version.
    const isEmpty = content !== undefined && /^[\0\s]*$/.test(content);
    const gone = state !== 'busy' && (isEmpty || (holder !== undefined && isGone(holder, state === 'held')));
    return { place, content: content ?? '', holder, isGone: gone };
  } finally {
    closeSync(file);
  }
}

/** Undefined of what no holder writes. @throws the system's own error, of a folder EISDIR */
function contentOf(file: number): string | undefined {
  const found = fstatSync(file);
  if (!found.isFile() && !found.isDirectory()) return undefined;
  const bytes = Buffer.alloc(MOST_BYTES + 1);
  const read = readSync(file, bytes, 0, bytes.length, 0);
  return read > MOST_BYTES ? undefined : bytes.toString('utf8', 0, read);
}

const LEFTOVER = /^\.(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|over-[0-9a-f]{16})$/;

/** What those left who were killed while they took it. Of one who is still at it, it only makes him look again. */
function clearLeftovers(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(name) && LEFTOVER.test(entry.slice(name.length))) removeIfCan(join(folder, entry));
  }
}

/** What cannot be removed is taken over, or cleared away, by the next one who comes: it changes nothing of what was done. */
function release(path: string, { file, content }: Draft): void {
  try {
    const found = openSync(path, LOOK);
    const isOwn = contentOf(found) === content;
    closeSync(found);
    if (isOwn) rmSync(path, { force: true });
  } catch {
    // Gone, or out of reach: an empty one is nobody's.
    emptyIfCan(file);
  } finally {
    closeIfCan(file);
  }
}

/** Whatever the system says of it, the file is closed, and with it the lock is gone. */
function closeIfCan(file: number): void {
  try {
    closeSync(file);
  } catch {
    // What was published under the lock is published.
  }
}

function emptyIfCan(file: number): void {
  try {
    ftruncateSync(file);
  } catch {
    // It is dead once this process is.
  }
}

function removeIfCan(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next one clears it away.
  }
}

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
