import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/base/problem.ts';
import { text } from '../../../src/base/text.ts';
import { problemsJson, problemsText } from '../../../src/cli/terminal/problem-text.ts';

const problem = (where: string, code = 'A', what = 'is wrong', advice = 'mend it'): Problem => ({
  code,
  where,
  what: text(`${what}(日)`, what),
  advice: text(`${advice}(日)`, advice),
});
const inEnglish = (...problems: readonly Problem[]) => problemsText(problems, ({ en }) => en);

describe('problems as a person reads them', () => {
  test.each<readonly [string, readonly Problem[], string]>([
    ['none says nothing', [], ''],
    ['one says where, what, and what to do', [problem('a:1')], 'error [A] a:1\n  is wrong\n  → mend it\n'],
    [
      'neighbours with the same cause say it once, behind all places',
      [problem('a:1'), problem('a:2'), problem('b:1')],
      'error [A] a:1\nerror [A] a:2\nerror [A] b:1\n  is wrong\n  → mend it\n',
    ],
    [
      'another code, finding or advice is another cause',
      [problem('a'), problem('b', 'B'), problem('c', 'B', 'is odd'), problem('d', 'B', 'is odd', 'leave it')],
      [
        'error [A] a\n  is wrong\n  → mend it\n',
        'error [B] b\n  is wrong\n  → mend it\n',
        'error [B] c\n  is odd\n  → mend it\n',
        'error [B] d\n  is odd\n  → leave it\n',
      ].join(''),
    ],
    [
      'what is the same again further on is told again, for its place is there',
      [problem('a'), problem('b', 'B'), problem('c')],
      'error [A] a\n  is wrong\n  → mend it\nerror [B] b\n  is wrong\n  → mend it\nerror [A] c\n  is wrong\n  → mend it\n',
    ],
    ['a place shows no control sign', [problem('a\u001b[2J')], 'error [A] a\\u001b[2J\n  is wrong\n  → mend it\n'],
  ])('%s', (_, problems, told) => {
    expect(inEnglish(...problems)).toBe(told);
  });

  test('are told in the language that is asked for', () => {
    expect(problemsText([problem('a')], ({ ja }) => ja)).toBe('エラー [A] a\n  is wrong(日)\n  → mend it(日)\n');
  });
});

test('a program reads each with its own cause, in both languages', () => {
  expect(JSON.parse(problemsJson([problem('a'), problem('b')]))).toEqual({ problems: [problem('a'), problem('b')] });
});
