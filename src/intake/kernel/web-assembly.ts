export interface AssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** As much of WebAssembly as is used here: Node's types tell only that it exists. */
interface Assembly {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Memory: new (about: { readonly initial: number }) => AssemblyMemory;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: AssemblyMemory } },
  ) => { readonly exports: unknown };
}

/** Undefined where code may not be made while running (node --jitless). */
export const assembly = (globalThis as unknown as { readonly WebAssembly?: Assembly }).WebAssembly;

/** Compiled once a thread. */
const modules = new Map<string, object>();

/**
 * @param binary as the build made it, in base64
 * @param agreed numbers that are said on this side too, by the names that the kernel exports them under
 * @throws where the kernel has another number: what it reads would not be what was written for it
 */
export function instanceOf(
  { Module, Instance }: Assembly,
  binary: string,
  memory: AssemblyMemory,
  agreed: Readonly<Record<string, number>>,
): unknown {
  const module = modules.get(binary) ?? new Module(Buffer.from(binary, 'base64'));
  modules.set(binary, module);
  const { exports } = new Instance(module, { env: { memory } });
  const own = exports as Readonly<Record<string, { readonly value: unknown } | undefined>>;
  for (const [name, value] of Object.entries(agreed)) {
    const told = own[name]?.value;
    if (told !== value) throw new Error(`the kernel has another ${name}: ${told}, not ${value}`);
  }
  return exports;
}
