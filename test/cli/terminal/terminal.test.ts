import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { write } from '../../../src/cli/terminal/terminal.ts';

/** A stream that keeps what it was given, piece by piece, and fails where it is told. */
function kept(fails?: string) {
  const pieces: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (piece: string, _, done) => {
      pieces.push(piece);
      done(fails === undefined ? null : Object.assign(new Error(fails), { code: fails }));
    },
  });
  stream.on('error', () => undefined);
  return { pieces, stream: stream as unknown as NodeJS.WriteStream };
}

const LINE = `${'x'.repeat(999)}\n`;

it('writes what is short at once, also where it is nothing, and shows what a terminal would obey', async () => {
  const { pieces, stream } = kept();
  await write(stream, 'a\u001bb\n');
  await write(stream, '');
  expect(pieces).toEqual(['a\\u001bb\n', '']);
});

it('writes what is long in pieces of whole lines', async () => {
  const { pieces, stream } = kept();
  const content = LINE.repeat(2500);
  await write(stream, content);
  expect(pieces.length).toBe(3);
  expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
  expect(pieces.join('')).toBe(content);
});

it('cuts a line that is too long, but no sign in two', async () => {
  const { pieces, stream } = kept();
  const content = `x${'\u{20bb7}'.repeat(1 << 20)}`;
  await write(stream, content);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.every((piece) => (piece as string & { isWellFormed(): boolean }).isWellFormed())).toBe(true);
  expect(pieces.join('')).toBe(content);
});

it('ends between two pieces where it is told to', async () => {
  const { pieces, stream } = kept();
  await expect(write(stream, LINE.repeat(2500), AbortSignal.abort(new Error('interrupted')))).rejects.toThrow(
    'interrupted',
  );
  expect(pieces.length).toBe(1);
});

it('goes on to write nothing once the reader has gone away, and fails of any other failure', async () => {
  const gone = kept('EPIPE');
  await write(gone.stream, LINE.repeat(2500));
  expect(gone.pieces.length).toBe(1);
  await expect(write(kept('EIO').stream, 'a')).rejects.toThrow('EIO');
});
