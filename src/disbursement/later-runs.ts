import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { sha256 } from '../publish/hash.ts';

const followerSchema = z.object({ previous: z.object({ manifestSha256: z.string() }) });

/**
 * The run beside this one that was made after it and rests on it, by its folder's name: it has read what was paid
 * since, so whoever sends what the older one has waiting may pay twice.
 *
 * @throws the system's own error, where the folder itself cannot be read
 */
export function runThatFollows(runFolder: string): string | undefined {
  const own = sha256(readFileSync(join(runFolder, 'manifest.json')));
  const series = dirname(runFolder);
  return readdirSync(series, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== basename(runFolder))
    .map(({ name }) => name)
    .sort()
    .find((name) => previousOf(join(series, name)) === own);
}

/** What is no run, or was made without one before it, follows none. */
function previousOf(folder: string): string | undefined {
  try {
    const parsed = followerSchema.safeParse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
    return parsed.data?.previous.manifestSha256;
  } catch {
    return undefined;
  }
}
