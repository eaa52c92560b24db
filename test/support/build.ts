import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './program.ts';

/** What the build ends with. */
const BUILT = 'dist/cli/whole.cjs.compiled';
const MADE_FROM = ['src', 'tools', 'package.json', 'package-lock.json'];

/** End-to-end tests run what users run: the built program, built from the source at hand. */
export default function build(): void {
  // `npm run check` has just built it: then only what it says of its revision may be another.
  const words = isBuilt(ROOT) ? ['exec', '--', 'tsx', 'tools/write-revision.ts'] : ['run', '--silent', 'build'];
  execFileSync('npm', words, { stdio: 'inherit' });
}

/** Nothing that the program is made from has changed, come or gone since it was built. */
export function isBuilt(root: string): boolean {
  const built = statSync(join(root, BUILT), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return MADE_FROM.every((name) => lastChangeOf(join(root, name)) < built);
}

/** Of a file, or of whatever is below a folder; what has gone shows by its folder. */
function lastChangeOf(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const below = readdirSync(path).map((name) => lastChangeOf(join(path, name)));
  return Math.max(found.mtimeMs, ...below);
}
