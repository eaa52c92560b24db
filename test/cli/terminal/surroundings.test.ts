import { describe, expect, it } from 'vitest';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { Log } from '../../../src/cli/terminal/log.ts';
import { tellingOfReading, timeLeft } from '../../../src/cli/terminal/surroundings.ts';

const ja = translateTo('ja');
const en = translateTo('en');

describe('the time that is left', () => {
  it.each([
    // A quarter took ten seconds, so three quarters take thirty.
    [10_000, 0.25, '  about 30 s left'],
    [30_000, 0.25, '  about 1 min 30 s left'],
    // What is begun counts: 1.1 s are 2.
    [1100, 0.5, '  about 2 s left'],
  ])('after %d ms, with %d of it done', (milliseconds, share, expected) => {
    expect(timeLeft(milliseconds, share, en)).toBe(expected);
  });

  it('is not told while it would be a guess, nor at the end', () => {
    expect([timeLeft(999, 0.5, en), timeLeft(10_000, 0.019, en), timeLeft(10_000, 1, en)]).toEqual(['', '', '']);
    expect(timeLeft(1000, 0.02, en)).not.toBe('');
  });

  it('is told in Japanese', () => {
    expect(timeLeft(30_000, 0.25, ja)).toBe('  残り約 1 分 30 秒');
  });
});

describe('reading is told', () => {
  it('to the log once a file, and on a line with percent, rows and the time that is left', () => {
    const logged: string[] = [];
    const shown: string[] = [];
    const log: Log = { info: (event, facts) => logged.push(`${event} ${facts?.file}`), warn: () => {} };
    const progress = { show: (line: string) => shown.push(line), clear: () => {} };
    const times = [0, 2000, 4000];
    const surroundings = { log, progress, signal: new AbortController().signal, threads: {} as never };
    const tell = tellingOfReading(surroundings, ja, () => times.shift() ?? 0);
    tell('log.csv', 1_234_567, 0.25);
    tell('log.csv', 2_469_134, 0.5);
    expect(logged).toEqual(['reading log.csv']);
    expect(shown).toEqual([' 25%  log.csv  1,234,567 行  残り約 6 秒', ' 50%  log.csv  2,469,134 行  残り約 4 秒']);
  });
});
