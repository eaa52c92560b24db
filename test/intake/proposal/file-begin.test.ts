import { describe, expect, it } from 'vitest';
import { readFileBegin, statedBy } from '../../../src/intake/proposal/file-begin.ts';
import { inFolder, put } from '../../cli/command.ts';

describe('readFileBegin', () => {
  it('reads what a file begins with, from its first line on', () =>
    inFolder(async (folder) => {
      const read = await readFileBegin(put(folder, 'a.csv', '題名\n\n店舗ID,合計\nM01,5\n'), 'a.csv');
      expect('begin' in read && read.begin.records).toEqual([
        { fields: ['題名'], line: 1 },
        { fields: ['店舗ID', '合計'], line: 3 },
        { fields: ['M01', '5'], line: 4 },
      ]);
    }));

  it.each([
    ['a page', 'a.csv', '%PDF-1.4\n', 'NO_TABLE'],
    ['nothing', 'none.csv', undefined, 'NO_SUCH_FILE'],
  ])('tells %s as what it is', (_, name, content, code) =>
    inFolder(async (folder) => {
      const path = content === undefined ? `${folder}/${name}` : put(folder, name, content);
      const read = await readFileBegin(path, name);
      expect('problem' in read && read.problem.code).toBe(code);
    }));
});

describe('what is to be stated', () => {
  const text = { what: 'text', hasByteOrderMark: false, lineEnd: 'lf', isGzip: false } as const;
  it.each([
    [{ ...text, encoding: 'windows-31j', isToState: false, delimiter: 'comma' } as const, {}],
    [
      { ...text, encoding: 'euc-jp', isToState: true, delimiter: 'tab' } as const,
      { encoding: 'euc-jp', delimiter: 'tab' },
    ],
    [{ what: 'workbook', sheets: ['a'], isGzip: false } as const, {}],
  ])('of %o is %o', (format, stated) => {
    expect(statedBy(format)).toEqual(stated);
  });
});
