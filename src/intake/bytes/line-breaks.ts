const LINE_BREAK = /\r\n|\n|\r/g;

/** Line ends inside a record's fields. */
export function breaksInside(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    if (field.includes('\n') || field.includes('\r')) count += field.match(LINE_BREAK)?.length ?? 0;
  }
  return count;
}
