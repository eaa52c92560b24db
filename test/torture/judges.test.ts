import { describe, expect, it } from 'vitest';
import type { Called } from '../../tools/torture/called.ts';
import { endingFaults, shown, terminalFaults, toldFaults, treeFaults } from '../../tools/torture/judges.ts';

const called = (how: Partial<Called>): Called => ({
  ...{ words: [], exit: 0, signal: undefined, stdout: '', stderr: '' },
  ...{ cpuSeconds: 0, wallSeconds: 0, peakBytes: 0, cut: undefined },
  ...how,
});
const SAID = 'error [SYSTEM_EIO] o\n  cannot write here\n';

describe('an ending', () => {
  it.each([
    ['done', {}, [0], []],
    ['refused, with words', { exit: 4, stderr: SAID }, [0, 4], []],
    ['refused, without a word', { exit: 4 }, [0, 4], ['exit 4, and not a word why']],
    ['with an exit code that it may not have', { exit: 3, stderr: 'error' }, [0], ['exit 3: error']],
    ['as a bug', { exit: 70, stderr: 'this is a bug' }, [0, 70], ['exit 70: this is a bug']],
    ['by a signal', { exit: undefined, signal: 'SIGABRT' }, [0], ['ended by SIGABRT: ']],
    [
      'by its limit',
      { exit: undefined, signal: 'SIGKILL', cut: 'takes more than 5 MB' },
      [0],
      ['takes more than 5 MB'],
    ],
    [
      'with a stack trace',
      { exit: 4, stderr: `${SAID}    at openSync (node:fs:573:18)\n` },
      [4],
      ['a stack trace: error [SYSTEM_EIO] o |   cannot write here |     at openSync (node:fs:573:18)'],
    ],
  ] as const)('%s', (_, how, allowed, faults) => {
    expect(endingFaults(called(how), allowed)).toEqual(faults);
  });
});

describe('what goes to a terminal', () => {
  it.each([
    ['a colour', '\u001b[31m'],
    ['a bell', '\u0007'],
    ['a sequence begun by one sign of eight bits', '\u009b31m'],
    ['a line written over', 'a\rb'],
    ['text turned round', '\u202etxt.exe'],
  ])('holds %s', (_, text) => {
    expect(terminalFaults({ stdout: '', stderr: `x ${text}` })).toEqual([
      `stderr has a control sign raw: x ${shown(text)}`,
    ]);
  });

  it('holds text, tabs and line ends', () => {
    expect(terminalFaults({ stdout: '髙﨑\t支払済み ｶｺﾞｼﾏ 😀\n', stderr: '' })).toEqual([]);
  });
});

describe('a folder', () => {
  const wanted = new Map([
    ['o/a.csv', '1'],
    ['o/b.csv', '2'],
  ]);

  it('is told for what is gone, what is left behind and what is otherwise', () => {
    const tree = new Map([
      ['o/b.csv', '3'],
      ['.o.lock.0b1f7a52-5b1f-4f4e-9a3e-2f6f3f6f0a11', ''],
    ]);
    expect(treeFaults(tree, wanted)).toEqual([
      'not there: o/a.csv',
      'left behind: .o.lock.N',
      'otherwise than without the fault: o/b.csv',
    ]);
  });

  it('is well if it is the same', () => {
    expect(treeFaults(new Map(wanted), wanted)).toEqual([]);
  });
});

describe('what is said of a run that failed', () => {
  const SAYS_NOTHING = 'no space left; nothing was published';
  it.each([
    ['nothing was published, and nothing is there', SAYS_NOTHING, 'old', 0],
    ['nothing was published, and it is there', SAYS_NOTHING, 'new', 1],
    ['not a word of it, and it is there', 'cannot write here', 'new', 1],
    ['it was published, and it is there', 'the run was published; its folder could not be synced', 'new', 0],
    ['it was published, and it is not there', 'the run was published; its folder could not be synced', 'old', 1],
  ] as const)('%s', (_, stderr, state, faults) => {
    expect(toldFaults(called({ exit: 4, stderr }), state)).toHaveLength(faults);
  });
});
