// Builds dist: the program and the packages it starts with in few files, for opening hundreds is most of a short run.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { bundledPackages, licencesText } from './bundled.ts';
import './client-script.ts';
import './kernel.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
// zod speaks fifty languages; all but English are read at every start and said in none (cli/options/json-file.ts takes Japanese by itself).
const englishOnly: Plugin = {
  name: 'zod-in-english-only',
  setup({ onResolve }) {
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ path, resolveDir }) =>
      /[\\/]zod[\\/]/.test(resolveDir) ? { path: join(resolveDir, path.replace(/index\.js$/, 'en.js')) } : undefined,
    );
  },
};
const common: BuildOptions & { readonly absWorkingDir: string } = {
  absWorkingDir: home,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // What is loaded by name when it is needed is a package of its own, and a dependency; all else is bundled, and none.
  external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
  // What it says is its main file loads the others by itself, and cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [englishOnly],
  minifyWhitespace: true,
  legalComments: 'linked',
  logLevel: 'warning',
  metafile: true,
};
const modules = await build({
  ...common,
  entryPoints: ['src/cli/start.ts', 'src/intake/parallel/worker.ts'],
  outdir: 'dist',
  outbase: 'src',
  format: 'esm',
  banner: { js: "import { createRequire as banner } from 'node:module'; const require = banner(import.meta.url);" },
});
// One script, for Node can keep what it compiled of a script (tools/compile.ts), not of a module. A script that comes from
// what was kept can import nothing, only require. It is one expression, and ASCII: it is read at every start.
const program = await build({
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
for (const { path, text } of program.outputFiles ?? [])
  writeFileSync(path, path.endsWith('.cjs') ? text.replace(/[^\0-\x7f]/g, escaped) : text);
// What is bundled is not installed beside it: its licences go with it, and its names to whoever asks what the program is made of.
const inputs = [modules, program].flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
const bundled = bundledPackages(home, inputs);
writeFileSync(new URL('../dist/THIRD-PARTY-LICENSES.txt', import.meta.url), licencesText(bundled));
const names = bundled.map(({ name, version, license }) => ({ name, version, license }));
writeFileSync(new URL('../dist/bundled.json', import.meta.url), `${JSON.stringify(names, null, 2)}\n`);
