import { visibleText } from '../../base/visible-text.ts';

/** Writes to a stream, with nothing in it that a terminal would obey, and waits for what a pipe cannot take yet; a reader that went away is no error of ours. */
export function write(stream: NodeJS.WriteStream, content: string): Promise<void> {
  return new Promise((done, fail) => {
    stream.write(visibleText(content), (error) => {
      if (error === null || error === undefined || (error as NodeJS.ErrnoException).code === 'EPIPE') done();
      else fail(error);
    });
  });
}
