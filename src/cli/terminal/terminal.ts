import { visibleText } from '../../base/visible-text.ts';
import { mayEnd } from '../../run/turns.ts';

/** So many signs are written at a time: what a command says may be as long as its inputs. */
const SIGNS_AT_ONCE = 1 << 20;

/**
 * Writes to a stream, with nothing in it that a terminal would obey, and waits for what a pipe cannot take yet; a reader that
 * went away is no error of ours.
 *
 * @param signal ends what is long between two of its lines
 * @throws what the signal was aborted with
 */
export async function write(stream: NodeJS.WriteStream, content: string, signal?: AbortSignal): Promise<void> {
  for (let from = 0, to = 0; to < content.length || from === 0; from = to) {
    to = pieceEnd(content, from);
    if (!(await put(stream, visibleText(content.slice(from, to)))) || to === content.length) return;
    await mayEnd(signal);
  }
}

/** The same of what is made piece by piece, each of whole signs: what is very long need not be one text. */
export async function writeInPieces(
  stream: NodeJS.WriteStream,
  pieces: Iterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  let waiting: string[] = [];
  let signs = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    signs += piece.length;
    if (signs < SIGNS_AT_ONCE) continue;
    if (!(await put(stream, visibleText(waiting.join(''))))) return;
    await mayEnd(signal);
    waiting = [];
    signs = 0;
  }
  await put(stream, visibleText(waiting.join('')));
}

/** At the end of a line, unless one is very long. */
function pieceEnd(content: string, from: number): number {
  if (content.length - from <= SIGNS_AT_ONCE) return content.length;
  const lineEnd = content.lastIndexOf('\n', from + SIGNS_AT_ONCE - 1) + 1;
  if (lineEnd > from) return lineEnd;
  const end = from + SIGNS_AT_ONCE;
  // A sign outside the basic plane is two in a string.
  return content.codePointAt(end - 1) === content.charCodeAt(end - 1) ? end : end + 1;
}

/** Whether anybody reads on. */
function put(stream: NodeJS.WriteStream, text: string): Promise<boolean> {
  return new Promise((done, fail) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) done(true);
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') done(false);
      else fail(error);
    });
  });
}
