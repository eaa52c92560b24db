import type { InputKind } from '../tables/tables.ts';
import { endsWithLine, type Location } from './bytes/file.ts';
import { type Builder, isBulk } from './schema/decoders.ts';

/** The rows of a file that was just read, in their tables. */
export interface RowsJustRead {
  readonly kind: InputKind;
  /** Its number among the files. */
  readonly file: number;
  readonly into: Pick<Builder, 'issuance' | 'transactions' | 'sales' | 'few' | 'rejects'>;
}

/** Read well, and set aside for what it says: no sign of a cut. */
const WHOLE = 'VOIDED_SALE';

/**
 * The line of a file's last row, if that cannot be read and no line end follows it: the file was probably cut there. Only
 * then is the file looked at again; if it is gone by now, nothing is said of it.
 */
export async function cutLineOf(location: Location, read: RowsJustRead): Promise<number | undefined> {
  const last = lastReject(read);
  if (last === undefined || last.code === WHOLE || last.line < lastRead(read)) return undefined;
  return (await endsWithLine(location).catch(() => true)) ? undefined : last.line;
}

function lastReject({ file, into: { rejects } }: RowsJustRead) {
  let last: (typeof rejects)[number] | undefined;
  for (let at = rejects.length - 1; at >= 0 && rejects[at]?.file === file; at--) {
    const reject = rejects[at];
    if (reject !== undefined && (last === undefined || reject.line > last.line)) last = reject;
  }
  return last;
}

function lastRead({ kind, file, into }: RowsJustRead): number {
  const last = isBulk(kind) ? into[kind].last : into.few[kind].at(-1);
  return last?.file === file ? last.line : 0;
}
