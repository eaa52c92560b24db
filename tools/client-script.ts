// Bundles the script of the page (src/report/client) and puts it, as text, beside the room that writes pages: it is loaded
// like any module, so that a run opens no file for it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const home = fileURLToPath(new URL('..', import.meta.url));
const target = new URL('../src/report/client-script.ts', import.meta.url);

const { outputFiles } = await build({
  absWorkingDir: home,
  entryPoints: ['src/report/client/main.ts'],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  tsconfig: 'src/report/client/tsconfig.json',
  write: false,
});
const script = (outputFiles[0]?.text ?? '').trim();
// It stands within an element that these would end.
if (script === '' || /<\/script|<!--/i.test(script)) throw new Error('the script of the page cannot stand in a page');
const literal = script.replace(/[\\`]|\$\{/g, (sign) => `\\${sign}`);
const content = `// Made by tools/client-script.ts from src/report/client.\nexport const CLIENT_SCRIPT =\n  \`${literal}\`;\n`;
if (!existsSync(target) || readFileSync(target, 'utf8') !== content) writeFileSync(target, content);
