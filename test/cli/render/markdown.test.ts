import { expect, it } from 'vitest';
import { markdownCell } from '../../../src/cli/render/markdown.ts';

/** What a reader sees of a cell: https://github.github.com/gfm, an entity is the sign itself and means nothing else. */
it.each([
  ['a pipe would end the cell', 'a|b', 'a&#124;b'],
  ['a backslash before it would be taken for its escape, or escape what stands for the pipe', 'a\\|b', 'a&#92;&#124;b'],
  ['a backslash at the end would take the pipe behind the cell', 'C:\\', 'C:&#92;'],
  ['a backtick would begin code', 'a `b` c', 'a &#96;b&#96; c'],
  ['asterisks would make a word bold', '**a** 2*3*4', '&#42;&#42;a&#42;&#42; 2&#42;3&#42;4'],
  ['an underscore at the edge of a word would make it slanted', '_a_ __b__', '&#95;a&#95; &#95;&#95;b&#95;&#95;'],
  ['tildes would strike words out', '~~a~~b', '&#126;&#126;a&#126;&#126;b'],
  ['a tag would be none', '<b>&amp;', '&#60;b&#62;&#38;amp;'],
  ['a link would lead somewhere', '[a](b)', '&#91;a&#93;(b)'],
  ['a line end would end the row', 'a\nb \r\n c\rd', 'a b c d'],
  ['nothing is done to a word with an underscore', 'residual_yen 券_1', 'residual_yen 券_1'],
  ['nor to the sign of a row that changed', '~ tx:T1 (log.csv:2)', '~ tx:T1 (log.csv:2)'],
  ['nor to an ordinary sentence', 'B①: 1,000円 → 2,000円(有効)', 'B①: 1,000円 → 2,000円(有効)'],
])('%s', (_, written, expected) => {
  expect(markdownCell(written)).toBe(expected);
});
