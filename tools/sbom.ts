// Prints what the program is made of, as CycloneDX: what npm installs with it, and what the build has put into its bundle.
// After a build; reads the lock file, and needs no network.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bom, type Bundled, type LockFile, programBom } from './bill-of-materials.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const whole = JSON.parse(execFileSync('npm', words, { cwd: home, encoding: 'utf8', maxBuffer: 1 << 28 })) as Bom;
const bom = programBom(whole, read('package-lock.json') as LockFile, read('dist/bundled.json') as readonly Bundled[]);
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`);
