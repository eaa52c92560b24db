// Holds the house to its rules (.dependency-cruiser.cjs) and draws its rooms: docs/house.svg, written with --write, otherwise
// only compared with what is there.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { instance } from '@viz-js/viz';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const home = fileURLToPath(new URL('..', import.meta.url));
process.chdir(home);
const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly object[];
  readonly options: ICruiseOptions;
};
const PLACES = ['src', 'bin', 'test', 'bench', 'tools'];
const DRAWING = new URL('../docs/house.svg', import.meta.url);

/** A room is a folder of src, or of one of its folders that are divided. */
const ROOMS = '^src/(?:intake|audit|cli)/[^/]+(?=/)|^src/[^/]+(?=/)';

async function rulesHold(): Promise<boolean> {
  const ruleSet = { forbidden } as ICruiseOptions['ruleSet'];
  const { output } = await cruise(PLACES, { ...options, validate: true, ruleSet, outputType: 'err' } as ICruiseOptions);
  process.stdout.write(String(output));
  const { output: result } = await cruise(PLACES, { ...options, validate: true, ruleSet } as ICruiseOptions);
  return (result as ICruiseResult).summary.error === 0;
}

/** The rooms and their imports, as dependency-cruiser draws them, without whose words change from release to release. */
async function drawn(): Promise<string> {
  const { output } = await cruise(['src'], {
    ...options,
    includeOnly: '^src/',
    collapse: ROOMS,
    outputType: 'dot',
  } as ICruiseOptions);
  const viz = await instance();
  return viz.renderString(String(output), { format: 'svg' });
}

const svg = await drawn();
if (process.argv.includes('--write')) writeFileSync(DRAWING, svg);
else if (readFileSync(DRAWING, 'utf8') !== svg) {
  process.stderr.write('docs/house.svg is not up to date. Run: npm run layers\n');
  process.exitCode = 1;
}
if (!(await rulesHold())) process.exitCode = 1;
