/** Writes to a stream and waits for what a pipe cannot take yet; a reader that went away is no error of ours. */
export function write(stream: NodeJS.WriteStream, content: string): Promise<void> {
  return new Promise((done, fail) => {
    stream.write(content, (error) => {
      if (error === null || error === undefined || (error as NodeJS.ErrnoException).code === 'EPIPE') done();
      else fail(error);
    });
  });
}
