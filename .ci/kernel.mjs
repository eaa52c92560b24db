// Compiles the reader's kernel to WebAssembly and puts it, as text, beside its source: it is loaded like any module.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { main } from 'assemblyscript/asc';

const folder = new URL('../src/intake/kernel/', import.meta.url);
const source = readFileSync(new URL('plain-records.ts', folder), 'utf8');
const { version } = createRequire(import.meta.url)('assemblyscript/package.json');
const options = ['-O3', '--converge', '--runtime', 'stub', '--noAssert', '--importMemory', '--enable', 'simd'];
const madeFrom = createHash('sha256')
  .update(JSON.stringify([source, version, options]))
  .digest('hex');
const target = new URL('compiled.ts', folder);

if (!existsSync(target) || !readFileSync(target, 'utf8').includes(madeFrom)) {
  let binary;
  const { error, stderr } = await main(['plain-records.ts', '--outFile', 'kernel.wasm', ...options], {
    readFile: (name) => (name === 'plain-records.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm') binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) {
    process.stderr.write(stderr.toString());
    process.exit(1);
  }
  const text = Buffer.from(binary).toString('base64');
  writeFileSync(
    target,
    `// Made by .ci/kernel.mjs from plain-records.ts: ${madeFrom}\nexport const PLAIN_RECORDS =\n  '${text}';\n`,
  );
}
