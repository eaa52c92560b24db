import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { write, writeInPieces } from '../../../src/cli/terminal/terminal.ts';

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

describe('what is made piece by piece', () => {
  /** Counts how many were asked for. */
  function lines(count: number) {
    const asked = { count: 0 };
    function* made(): Generator<string> {
      for (; asked.count < count; asked.count++) yield LINE;
    }
    return { asked, made: made() };
  }

  it('is written as it comes, and is never one text', async () => {
    const { pieces, stream } = kept();
    await writeInPieces(stream, lines(2500).made);
    expect(pieces.length).toBe(3);
    expect(pieces.join('')).toBe(LINE.repeat(2500));
  });

  it('shows what a terminal would obey', async () => {
    const { pieces, stream } = kept();
    await writeInPieces(stream, ['a\u001b', 'b\n']);
    expect(pieces).toEqual(['a\\u001bb\n']);
  });

  it('ends where it is told to, and makes nothing more', async () => {
    const { asked, made } = lines(5000);
    const told = AbortSignal.abort(new Error('interrupted'));
    await expect(writeInPieces(kept().stream, made, told)).rejects.toThrow('interrupted');
    expect(asked.count).toBeLessThan(1100);
  });

  it('is made no further once the reader has gone away', async () => {
    const { asked, made } = lines(5000);
    const gone = kept('EPIPE');
    await writeInPieces(gone.stream, made);
    expect(gone.pieces.length).toBe(1);
    expect(asked.count).toBeLessThan(1100);
  });
});
