// Builds dist: the program and the packages it starts with in few files, for opening hundreds is most of a short run.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { PARTS, type Part } from '../src/cli/parts.ts';
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
// The thread that reads is a module; all else is a script, for Node starts a script sooner than its first module.
const worker = await build({
  ...common,
  entryPoints: ['src/intake/parallel/worker.ts'],
  outdir: 'dist',
  outbase: 'src',
  format: 'esm',
  banner: { js: "import { createRequire as banner } from 'node:module'; const require = banner(import.meta.url);" },
});
const start = await build({
  ...common,
  entryPoints: ['src/cli/start.ts'],
  outfile: 'dist/cli/start.cjs',
  format: 'cjs',
  define: { 'import.meta.url': 'thisFile' },
  banner: { js: "const thisFile = require('node:url').pathToFileURL(__filename).href;" },
});
/** Commands of other parts are not built into one: nothing calls them there. */
const commandsOf = (part: Part): Plugin => ({
  name: 'commands-of-a-part',
  setup({ onResolve, onLoad }) {
    const own: readonly string[] = PARTS[part];
    onResolve({ filter: /^\.\/commands\/[\w-]+\.ts$/ }, ({ path, kind }) => {
      const name = path.slice('./commands/'.length, -'.ts'.length);
      const isBuilt = kind !== 'dynamic-import' || own.includes(name);
      return isBuilt ? undefined : { path: name, namespace: 'other-part' };
    });
    onLoad({ filter: /.*/, namespace: 'other-part' }, ({ path }) => ({
      contents: `export function declare() { throw new Error('${path} is called in a part without it'); }`,
    }));
  },
});
// One script a part, for Node can keep what it compiled of a script (tools/compile.ts), not of a module. A script that comes
// from what was kept can import nothing, only require. It is one expression, and ASCII: it is read at every start.
const buildPart = (part: Part) =>
  build({
    ...common,
    plugins: [...(common.plugins ?? []), commandsOf(part)],
    entryPoints: ['src/cli/main.ts'],
    outfile: `dist/cli/${part}.cjs`,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'thisFile' },
    banner: { js: '(function (exports, require, module, thisFile) {' },
    footer: { js: '})' },
    write: false,
  });
// Words name the parts to build: all of them, without any.
const named = process.argv.slice(2);
const asked = (Object.keys(PARTS) as Part[]).filter((part) => named.length === 0 || named.includes(part));
const parts = await Promise.all(asked.map(buildPart));
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
for (const { path, text } of parts.flatMap(({ outputFiles }) => outputFiles ?? []))
  writeFileSync(path, path.endsWith('.cjs') ? text.replace(/[^\0-\x7f]/g, escaped) : text);
// What is bundled is not installed beside it: its licences go with it, and its names to whoever asks what the program is made of.
const inputs = [worker, start, ...parts].flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
const bundled = bundledPackages(home, inputs);
writeFileSync(new URL('../dist/THIRD-PARTY-LICENSES.txt', import.meta.url), licencesText(bundled));
const names = bundled.map(({ name, version, license }) => ({ name, version, license }));
writeFileSync(new URL('../dist/bundled.json', import.meta.url), `${JSON.stringify(names, null, 2)}\n`);
