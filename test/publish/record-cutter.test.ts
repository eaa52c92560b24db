import { describe, expect, test } from 'vitest';
import { cellsOf, NoTable, RecordCutter, textOf } from '../../src/publish/record-cutter.ts';

const cut = (pieces: readonly string[], lineEnd?: string) => {
  const cutter = new RecordCutter(lineEnd);
  const records = pieces.map((piece) => cutter.take(piece));
  return { records, rest: cutter.rest };
};

describe('a table is cut into records', () => {
  test('as they end, whatever a piece ends in', () => {
    expect(cut(['a,b\n1', ',2\n3,', '4'])).toEqual({ records: [['a,b'], ['1,2'], []], rest: '3,4' });
  });

  test('not at a line end in quotes, even where a piece ends in them, or between two of them', () => {
    const pieces = ['a\n"1', '\n', '2"', '"\n"\n3\n'];
    expect(cut(pieces)).toEqual({ records: [['a'], [], [], ['"1\n2""\n"', '3']], rest: '' });
  });

  test('by the line end of its first record, without a byte order mark', () => {
    expect(cut(['\u00ef\u00bb', '\u00bf"a\nb"\r\n1\n', '2\r\n'])).toEqual({
      records: [[], ['"a\nb"'], ['1\n2']],
      rest: '',
    });
    expect(cut(['a\r1\r'])).toEqual({ records: [['a', '1']], rest: '' });
  });

  test('by one that is known, whatever stands before it', () => {
    expect(cut(['\u00ef\u00bb\u00bfa\r\n'], '\n')).toEqual({ records: [['\u00ef\u00bb\u00bfa\r']], rest: '' });
  });
});

describe('a record is cut into cells', () => {
  test.each([
    ['', ['']],
    ['1,,2', ['1', '', '2']],
    ['"a,b",,"c ""d""",""', ['a,b', '', 'c "d"', '']],
  ])('%s', (record, cells) => expect(cellsOf(record)).toEqual(cells));

  test.each(['a"b', '1,"a', '"a"b', '"a" ,1', '"""'])('%s is none', (record) => {
    expect(() => cellsOf(record)).toThrow(NoTable);
  });
});

test('a cell is the text that its bytes mean', () => {
  const latin = (text: string): string => Buffer.from(text).toString('latin1');
  for (const text of ['', 'a', '\u3042', 'a long one, all of ASCII', '\u3042'.repeat(20)])
    expect(textOf(latin(text))).toBe(text);
});
