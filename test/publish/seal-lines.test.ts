import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/publish/hash.ts';
import {
  isOf,
  lastSealed,
  lineText,
  nextLine,
  readSeals,
  type Sealable,
  signedText,
} from '../../src/publish/seal-lines.ts';

const of = (letter: string, previous: string | null, policy = 'p'): Sealable => ({
  policy,
  asOf: `2031-05-0${'abcdef'.indexOf(letter) + 1}T02:00:00+09:00`,
  fingerprint: letter.repeat(64),
  manifestSha256: letter.repeat(64),
  previous: previous === null ? null : previous.repeat(64),
});
const fileOf = (...runs: readonly Sealable[]): string =>
  runs.reduce((content, run) => `${content}${lineText(nextLine(content, run, undefined))}\n`, '');
const said = (content: string): readonly string[] => readSeals(content).problems.map(({ en }) => en);

describe('a file of seals', () => {
  const file = fileOf(of('a', null), of('b', 'a'), of('c', null, 'q'), of('d', 'b'));

  test('binds each line to the one before, and is read again as it was written', () => {
    const { lines, problems } = readSeals(file);
    expect(problems).toEqual([]);
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    expect(lines[1]?.before).toBe(sha256(`${file.split('\n')[0]}\n`));
    expect(lines.map(({ fingerprint }) => fingerprint[0]).join('')).toBe('abcd');
    expect(said('')).toEqual([]);
  });

  const [one = '', two = '', three = '', four = ''] = file.split('\n');
  test.each<readonly [string, string, string]>([
    ['a line changed', file.replaceAll('b'.repeat(64), 'e'.repeat(64)), 'line 3 does not follow the line before it'],
    ['a line taken out', [one, three, four, ''].join('\n'), 'line 2 does not follow the line before it'],
    ['lines in another order', [one, three, two, four, ''].join('\n'), 'line 2 does not follow the line before it'],
    ['the first line taken out', [two, three, four, ''].join('\n'), 'line 1 does not follow the line before it'],
    ['a last line cut off', file.slice(0, -1), 'the last line is cut off'],
    ['a line in another form', file.replace('"line":1', '"line": 1'), 'line 1 is not in the form that seal writes'],
    ['an entry of its own', file.replace('"line":1', '"x":1,"line":1'), 'line 1 is not in the form that seal writes'],
    ['an empty line', `${file}\n`, 'line 5 is not in the form that seal writes'],
    [
      'another run of the same as-of',
      fileOf(of('a', null), { ...of('b', 'a'), asOf: of('a', null).asOf }),
      'line 2: the run as of 2031-05-01T02:00:00+09:00 was sealed in line 1 with another fingerprint',
    ],
    [
      'a run that does not follow the last',
      fileOf(of('a', null), of('c', 'b')),
      'line 2: it does not follow the run of its policy that was sealed last (line 1',
    ],
    ['a chain begun anew', fileOf(of('a', null), of('c', null)), 'line 2: it does not follow'],
  ])('with %s is found', (_, content, says) => {
    expect(said(content)).toContainEqual(expect.stringContaining(says));
  });

  test('knows the last of each policy, and a run by all that the line says', () => {
    const { lines } = readSeals(file);
    expect(lastSealed(lines, 'p')?.line).toBe(4);
    expect(lastSealed(lines, 'q')?.line).toBe(3);
    const line = lastSealed(lines, 'p');
    expect(line !== undefined && isOf(line, of('d', 'b'))).toBe(true);
    expect(line !== undefined && isOf(line, of('d', 'c'))).toBe(false);
  });

  test('is signed over a line without its signature', () => {
    const line = nextLine('', of('a', null), 'office');
    expect(signedText({ ...line, signature: 'AAAA' })).toBe(signedText(line));
    expect(lineText({ ...line, signature: 'AAAA' })).toBe(`${signedText(line).slice(0, -2)},"signature":"AAAA"}`);
  });
});
