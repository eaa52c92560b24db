import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvBytes } from '../../src/publish/csv-bytes.ts';

const csvText = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  Buffer.from(csvBytes(header, rows)).toString('utf8');

const cell = fc.oneof(
  fc.constantFrom('', ' ', 'a,b', '"', 'a"b', '\n', '\r', '\r\n', ' lead', 'trail ', '\t', '=1+1', '円', '\uFEFF', '0'),
  fc.string(),
);

test('rows are written as csv-stringify writes them, whatever stands in their cells', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.infiniteStream(cell), (width, cells) => {
      const rows = Array.from({ length: 6 }, () => Array.from({ length: width }, () => cells.next().value ?? ''));
      const [header = [], ...others] = rows;
      expect(csvText(header, others)).toBe(stringify(rows, { record_delimiter: '\n' }));
    }),
  );
});

test('what needs a quote gets one', () => {
  expect(csvText(['a', 'b'], [['1,5', 'say "no"']])).toBe('a,b\n"1,5","say ""no"""\n');
});

test('thousands of rows, long ones and wide characters among them, stay in their order', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => [
    `${index}`,
    index % 7 === 0 || (index > 1000 && index < 3500) ? `a,${index}` : '円'.repeat(index % 40),
    index % 997 === 0 ? 'x'.repeat(70_000) : '',
  ]);
  expect(csvText(['a', 'b', 'c'], rows)).toBe(stringify([['a', 'b', 'c'], ...rows], { record_delimiter: '\n' }));
});
