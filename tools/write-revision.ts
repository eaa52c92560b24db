// Writes which source revision was built, for the manifest; without git, "unknown". Of this folder, or of one that is named.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const git = (...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: home, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
let revision = 'unknown';
try {
  revision =
    git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'package.json') === '' ? '' : '+changes');
} catch {}
writeFileSync(join(home, 'dist/revision.txt'), `${revision}\n`);
