// Builds dist: the program and the packages it starts with in a few files, for opening hundreds is most of a short run.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: ['src/cli/main.ts', 'src/intake/piece-worker.ts'],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting: true,
  format: 'esm',
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
  ],
  banner: { js: "import { createRequire as banner } from 'node:module'; const require = banner(import.meta.url);" },
  legalComments: 'linked',
  logLevel: 'warning',
});
