import { visibleInLine } from '../../base/visible-text.ts';

/** One line on a terminal that is written over; nothing anywhere else. */
export interface Progress {
  show(line: string): void;
  clear(): void;
}

const INTERVAL_MILLISECONDS = 100;

export function openProgress(stream: NodeJS.WriteStream, wanted: boolean): Progress {
  if (!wanted || stream.isTTY !== true) return { show: () => {}, clear: () => {} };
  let shownAt = 0;
  let shown = false;
  return {
    show: (line) => {
      const now = Date.now();
      if (now - shownAt < INTERVAL_MILLISECONDS) return;
      shownAt = now;
      shown = true;
      stream.write(`\r\u001b[2K${visibleInLine(line).slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}
