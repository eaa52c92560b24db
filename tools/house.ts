// Holds the house to its rules (.dependency-cruiser.cjs) and draws its rooms into docs, with --write; otherwise the
// drawings are only compared with what is there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { instance } from '@viz-js/viz';
import { cruise, format, type ICruiseOptions, type ICruiseResult, type IFormatOptions } from 'dependency-cruiser';

const home = fileURLToPath(new URL('..', import.meta.url));
process.chdir(home);
const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly object[];
  readonly options: ICruiseOptions;
};
const PLACES = ['src', 'bin', 'test', 'bench', 'tools'];
/** What is drawn, with which folders as one room each. */
const DRAWINGS: Readonly<Record<string, { readonly includeOnly: string; readonly collapse: string }>> = {
  'house.svg': { includeOnly: '^src/', collapse: '^src/[^/]+(?=/)' },
  'house-intake.svg': { includeOnly: '^src/intake/', collapse: '^src/intake/[^/]+(?=/)' },
};

// Read once, then told and drawn from what was read: reading is what takes its time.
const { output: read } = await cruise(PLACES, {
  ...options,
  validate: true,
  ruleSet: { forbidden } as ICruiseOptions['ruleSet'],
} as ICruiseOptions);
const house = read as ICruiseResult;

/** Rooms and their imports, as dependency-cruiser draws them. */
async function drawn(room: { readonly includeOnly: string; readonly collapse: string }): Promise<string> {
  const { output } = await format(house, { ...room, outputType: 'dot' } as IFormatOptions);
  const viz = await instance();
  return viz.renderString(String(output), { format: 'svg' });
}

for (const [name, room] of Object.entries(DRAWINGS)) {
  const file = new URL(`../docs/${name}`, import.meta.url);
  const svg = await drawn(room);
  if (process.argv.includes('--write')) writeFileSync(file, svg);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== svg) {
    process.stderr.write(`docs/${name} is not up to date. Run: npm run layers\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(String((await format(house, { outputType: 'err' })).output));
if (house.summary.error > 0) process.exitCode = 1;
