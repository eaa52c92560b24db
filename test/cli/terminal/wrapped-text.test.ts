import { describe, expect, it } from 'vitest';
import { displayWidth, wrapText } from '../../../src/cli/terminal/wrapped-text.ts';

describe('a line of a terminal', () => {
  it.each([
    ['ab', 2],
    ['実行', 4],
    ['ｱｲ', 2],
    ['a実', 3],
    ['\u001b[1mab\u001b[22m', 2],
  ])('takes as many columns as are seen: %j', (line, columns) => {
    expect(displayWidth(line)).toBe(columns);
  });
});

describe('a text is broken', () => {
  it('nowhere where it fits', () => {
    expect(wrapText('実行結果', 8)).toBe('実行結果');
  });

  it('one column less, between the words that a reader sees', () => {
    expect(wrapText('実行結果', 7)).toBe('実行\n結果');
  });

  it('at the spaces of a language that has some, which are not shown at the end of a line', () => {
    expect(wrapText('one two three', 7)).toBe('one two\nthree');
  });

  // 7 columns would hold 「実行。」 but for the full stop.
  it('never before a full stop, a comma or a closing bracket', () => {
    expect(wrapText('結果実行。', 8)).toBe('結果\n実行。');
  });

  it('never behind an opening bracket', () => {
    expect(wrapText('結果(実行', 6)).toBe('結果\n(実行');
  });

  it.each(['--temp-directory', '60%。', 'a.csv.gz'])('never within %s', (word) => {
    expect(wrapText(`結果 ${word} 実行`, displayWidth(word)).split('\n')).toContain(word);
  });

  it('not within a word that is wider than all of it', () => {
    expect(wrapText('--merchant-reports', 4)).toBe('--merchant-reports');
  });

  it('line by line', () => {
    expect(wrapText('ab\nab cd', 3)).toBe('ab\nab\ncd');
  });

  it.each([20, 31, 44, 60])('so that no line is wider than %d columns, and nothing is lost', (width) => {
    const content =
      '公開済みの実行結果を置き換える(既定は run では --out のとなり、ほかでは一時フォルダー)。終われば消える';
    const lines = wrapText(content, width).split('\n');
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(lines.join('').replaceAll(' ', '')).toBe(content.replaceAll(' ', ''));
  });
});
