import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What a run keeps on disk could not be written, or not be read again. */
export class DiskFailure extends Error {
  constructor(cause: unknown) {
    super('nothing can be kept on disk', { cause });
  }
}

/** A file that has no name once it is open, so that nothing of it outlives the process, however that ends. */
export class UnlinkedFile {
  /** Bytes that were written. */
  size = 0;
  private readonly file: number;

  /** @throws DiskFailure */
  constructor(folder: string) {
    const path = join(folder, `.regionpay-${process.pid}-${randomBytes(6).toString('hex')}`);
    this.file = onDisk(() => openSync(path, 'wx+', 0o600));
    try {
      unlinkSync(path);
    } catch (error) {
      closeSync(this.file);
      throw new DiskFailure(error);
    } finally {
      removeNameless(folder);
    }
  }

  /** Writes bytes behind all others. @throws DiskFailure */
  append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; )
      done += onDisk(() => writeSync(this.file, bytes, done, bytes.length - done, this.size + done));
    this.size += bytes.length;
  }

  /** Fills all of `bytes`. @throws DiskFailure */
  read(bytes: Uint8Array, offset: number): void {
    for (let done = 0; done < bytes.length; ) {
      const read = onDisk(() => readSync(this.file, bytes, done, bytes.length - done, offset + done));
      if (read === 0) throw new DiskFailure(new Error('what is kept on disk is cut short'));
      done += read;
    }
  }

  close(): void {
    closeSync(this.file);
  }
}

const NAMED = /^\.regionpay-(\d+)-[0-9a-f]{12}$/;

/**
 * What keeps its name could not be given up by whoever opened it, and nothing was ever written into it: the next one who
 * keeps rows there clears it away, once that one has ended.
 */
export function removeNameless(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = NAMED.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) removeEmpty(join(folder, name));
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Files can be made in it, and it cannot be listed.
    return [];
  }
}

function removeEmpty(path: string): void {
  try {
    if (lstatSync(path).size === 0) unlinkSync(path);
  } catch {
    // Gone meanwhile, or it cannot be removed now either.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** No reader may take a failing disk for a fault of the file that it reads. @throws DiskFailure */
export function onDisk<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new DiskFailure(error);
  }
}
