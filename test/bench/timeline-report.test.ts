import { describe, expect, test } from 'vitest';
import type { Watched } from '../../bench/timeline.ts';
import {
  drawingOf,
  phasesOf,
  scalingOf,
  scalingSection,
  secondsWith,
  timelineSection,
  workBetween,
} from '../../bench/timeline-report.ts';

const S = 1e9;
const [MAIN, READER, OWN] = [10, 11, 12];
const ran = (main: number, reader: number, own: number): ReadonlyMap<number, number> =>
  new Map([
    [MAIN, main * S],
    [READER, reader * S],
    [OWN, own * S],
  ]);

/** Four seconds: one of starting, two of reading in which a reader works half the time, one in which nobody but the main thread works. */
const WATCHED: Watched = {
  pid: MAIN,
  readers: [READER],
  begun: 1000,
  ended: 5000,
  marks: [
    { name: 'read', at: 2000 },
    { name: 'settle', at: 4000 },
  ],
  samples: [
    { at: 1000, ranNs: ran(0, 0, 0) },
    { at: 2000, ranNs: ran(1, 0, 0.5) },
    { at: 4000, ranNs: ran(3, 1, 0.5) },
    { at: 5000, ranNs: new Map([[MAIN, 4 * S]]) },
  ],
};

describe('a watched run', () => {
  test('is told phase by phase, each thread where it belongs', () => {
    expect(phasesOf(WATCHED)).toEqual([
      { name: 'start', wallSeconds: 1, mainSeconds: 1, readerSeconds: 0, otherSeconds: 0.5 },
      { name: 'read', wallSeconds: 2, mainSeconds: 2, readerSeconds: 1, otherSeconds: 0 },
      // The reader has ended: it has run what it had.
      { name: 'settle', wallSeconds: 1, mainSeconds: 1, readerSeconds: 0, otherSeconds: 0 },
    ]);
  });

  test('counts a phase that comes again once', () => {
    const again = { ...WATCHED, marks: [...WATCHED.marks, { name: 'read', at: 4500 }] };
    expect(phasesOf(again).map(({ name, wallSeconds }) => [name, wallSeconds])).toEqual([
      ['start', 1],
      ['read', 2.5],
      ['settle', 0.5],
    ]);
  });

  test('between two samples has worked evenly', () => {
    expect(workBetween(WATCHED, 2500, 3500)).toEqual({ main: 1, reader: 0.5, other: 0 });
  });

  test('is drawn, a line for each kind of thread', () => {
    const [main, reader, other, phase] = drawingOf(WATCHED).split('\n') as [string, string, string, string];
    expect(main).toBe(`main   |${'█'.repeat(72)}|`);
    expect(reader).toBe(`reader |${' '.repeat(18)}${'▄'.repeat(36)}${' '.repeat(18)}|`);
    expect(other).toBe(`other  |${'▄'.repeat(18)}${' '.repeat(54)}|`);
    expect(phase).toBe(`phase  |${'a'.repeat(18)}${'b'.repeat(36)}${'c'.repeat(18)}|`);
  });

  test('says what part of two processors was used', () => {
    expect(timelineSection(1000, WATCHED)).toContain('| b | read | 2.00 | 2.00 | 1.00 | 0.00 | 75 % |');
  });
});

describe('one thread against two', () => {
  const phase = (name: string, wallSeconds: number) => ({
    name,
    wallSeconds,
    mainSeconds: 0,
    readerSeconds: 0,
    otherSeconds: 0,
  });
  const scaling = scalingOf(
    [phase('read', 4), phase('settle', 3), phase('slower', 1)],
    [phase('read', 2.5), phase('settle', 3), phase('slower', 1.2)],
  );

  test('tells what part a second thread took over: of 4 s that became 2.5, three quarters; never less than none', () => {
    expect(scaling.map(({ sharedPart }) => sharedPart)).toEqual([0.75, 0, 0]);
  });

  test('with eight threads leaves what is not shared, and an eighth of the rest', () => {
    expect(scaling.map((each) => secondsWith(each, 8))).toEqual([4 * (0.25 + 0.75 / 8), 3, 1]);
  });

  test('sums up', () => {
    expect(scalingSection(1000, scaling)).toContain('| 8.00 | 6.70 |  | 5.75 | 5.38 |');
  });
});
