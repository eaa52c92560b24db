#!/bin/sh
# A bill of materials of what is installed for production, without a package that is.
# Shows, of npm 11.19.1: where a production dependency is needed by a development dependency too, `npm sbom --omit dev` leaves
# it out (and whatever it alone brings), while `npm ls --omit dev` lists it and `npm install --omit dev` installs it. Whoever
# looks for an advisory in that bill does not find the package. Told as npm/cli#7909 (open). So this project draws its bill
# from the lock file and from what is bundled.
# Exits with 1 if it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --save-exact picomatch@2.3.1
npm install --silent --no-audit --no-fund --save-exact --save-dev micromatch@4.0.8 npm@11.19.1
npm=node_modules/.bin/npm
"$npm" sbom --omit dev --sbom-format cyclonedx > bom.json
"$npm" ls --omit dev --all --parseable > installed.txt
cat > seen.mjs <<'JS'
import { readFileSync } from 'node:fs';

const bom = JSON.parse(readFileSync('bom.json', 'utf8')).components.map(({ name }) => name);
const installed = readFileSync('installed.txt', 'utf8').split('\n').filter((path) => path.includes('/node_modules/'));
const seen = [
  ['npm ls --omit dev has picomatch', installed.some((path) => path.endsWith('/picomatch')), true],
  ['npm sbom --omit dev has picomatch', bom.includes('picomatch'), false],
];
for (const [what, says, said] of seen) console.log(`${says === said ? 'as found' : 'CHANGED '}  ${what}: ${says}`);
process.exitCode = seen.every(([, says, said]) => says === said) ? 0 : 1;
JS
node seen.mjs
