const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: new () => { readonly buffer: ArrayBuffer } } })
  .WebAssembly;

/** Bytes of every array and every memory of a kernel that something holds. */
export function bytesIn(value: unknown, seen = new Set<unknown>()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Memory) return value.buffer.byteLength;
  return Object.values(value).reduce((sum, each) => sum + bytesIn(each, seen), 0);
}
