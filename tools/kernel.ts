// Compiles the kernels to WebAssembly and puts them, as text, beside their sources: they are loaded like any module. The
// numbers that a kernel exports stand beside it as constants, so that who lays out its memory says none of them again.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = new URL('../src/intake/kernel/', import.meta.url);
const KERNELS = { PLAIN_RECORDS: 'plain-records.ts', KEY_SLOTS: 'key-slots.ts' };
const sources = Object.values(KERNELS).map((name) => readFileSync(new URL(name, folder), 'utf8'));
const { version } = createRequire(import.meta.url)('assemblyscript/package.json');
const options = ['-O3', '--converge', '--runtime', 'stub', '--noAssert', '--importMemory', '--enable', 'simd'];
const madeFrom = createHash('sha256')
  .update(JSON.stringify([sources, version, options, readFileSync(import.meta.filename, 'utf8')]))
  .digest('hex');
const target = new URL('compiled.ts', folder);

if (!existsSync(target) || !readFileSync(target, 'utf8').includes(madeFrom)) {
  const texts = await Promise.all(Object.entries(KERNELS).map(compiled));
  writeFileSync(target, `// Made by tools/kernel.ts from the kernels beside it: ${madeFrom}\n${texts.join('')}`);
}

async function compiled([name, file]: readonly [string, string], place: number): Promise<string> {
  let binary: Uint8Array | undefined;
  // The compiler takes seconds to load, and is asked for where a kernel has changed.
  const { main } = await import('assemblyscript/asc');
  const { error, stderr } = await main([file, '--outFile', 'kernel.wasm', ...options], {
    readFile: (path) => (path === file ? (sources[place] ?? null) : null),
    writeFile: (path, contents) => {
      if (path === 'kernel.wasm') binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) {
    process.stderr.write(stderr.toString());
    process.exit(1);
  }
  const text = `export const ${name} =\n  '${Buffer.from(binary).toString('base64')}';\n`;
  const numbers = constantsOf(binary).map((constant) => `  ${constant},\n`);
  return `${text}export const ${name}_LAYOUT = {\n${numbers.join('')}} as const;\n`;
}

/** As much of WebAssembly as is used here: Node's types tell only that it exists. */
interface Assembly {
  readonly Memory: new (about: { readonly initial: number }) => object;
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Global: new (about: object) => { readonly value: number };
}

function constantsOf(binary: Uint8Array): readonly string[] {
  const { Memory, Module, Instance, Global } = (globalThis as unknown as { readonly WebAssembly: Assembly })
    .WebAssembly;
  const { exports } = new Instance(new Module(binary), { env: { memory: new Memory({ initial: 1 }) } });
  return Object.entries(exports).flatMap(([name, exported]) =>
    exported instanceof Global ? [`${name}: ${exported.value}`] : [],
  );
}
