// Builds dist: the program and the packages it starts with in few files, for opening hundreds is most of a short run.
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import './kernel.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
const common: BuildOptions & { readonly absWorkingDir: string } = {
  absWorkingDir: home,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // What is loaded by name when it is needed stays a package of its own.
  external: [
    'pino',
    'pino-pretty',
    'date-fns',
    'date-fns/*',
    '@date-fns/utc',
    'tinyglobby',
    'csv-parse',
    'csv-parse/*',
    'zengin-code',
    'libphonenumber-js/*',
    'write-excel-file/*',
    'fflate',
    '@clack/prompts',
  ],
  legalComments: 'linked',
  logLevel: 'warning',
};
await build({
  ...common,
  entryPoints: ['src/cli/start.ts', 'src/intake/parallel/worker.ts'],
  outdir: 'dist',
  outbase: 'src',
  format: 'esm',
  banner: { js: "import { createRequire as banner } from 'node:module'; const require = banner(import.meta.url);" },
});
// One script, for Node can keep what it compiled of a script (tools/compile.ts), not of a module. A script that comes from
// what was kept can import nothing, only require. It is one expression, and ASCII: it is read at every start.
const { outputFiles } = await build({
  ...common,
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/cli/main.cjs',
  format: 'cjs',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'thisFile' },
  banner: {
    js: "(function (exports, require, module) {const thisFile = require('node:url').pathToFileURL(require.resolve('./main.cjs')).href;",
  },
  footer: { js: '})' },
  write: false,
});
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
for (const { path, text } of outputFiles)
  writeFileSync(path, path.endsWith('.cjs') ? text.replace(/[^\0-\x7f]/g, escaped) : text);
