import { readFileSync } from 'node:fs';
import type { ProgramIdentity } from '../publish/manifest.ts';

/** Name and version from package.json; the revision from what the build wrote. Beside main.ts, as threads.ts. */
export function programIdentity(): ProgramIdentity {
  const { name, version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as ProgramIdentity;
  let revision = 'unknown';
  try {
    revision = readFileSync(new URL('../revision.txt', import.meta.url), 'utf8').trim();
  } catch {
    // Run from source: there was no build to say.
  }
  return { name, version, revision };
}
