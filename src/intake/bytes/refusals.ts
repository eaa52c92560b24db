/**
 * Whether the system, zlib or csv-parse says so: it is no bug, and whoever reads the file from its beginning will say what
 * it means.
 */
export function isOfFile(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && !MISUSE.test(code);
}

/** What Node says of a program that gave it what it should not have. */
const MISUSE = /^ERR_(?:INVALID_(?:ARG|STATE|THIS|RETURN)|OUT_OF_RANGE|MISSING_ARGS|METHOD_NOT_IMPLEMENTED)/;

/** Whether there is no memory for it: the same may be done where less is asked for. */
export const isOutOfMemory = (error: unknown): boolean => error instanceof RangeError && NO_ROOM.test(error.message);

/** In V8's words, of arrays and of WebAssembly: it has no code for them. */
const NO_ROOM = /allocation failed|could not allocate|cannot allocate|unable to grow/i;
