// Writes which source revision was built, for the manifest; without git, "unknown".
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const git = (...words) => execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
let revision = 'unknown';
try {
  revision =
    git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'package.json') === '' ? '' : '+changes');
} catch {}
writeFileSync(new URL('../dist/revision.txt', import.meta.url), `${revision}\n`);
