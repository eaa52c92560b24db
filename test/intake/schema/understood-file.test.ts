import { describe, expect, it } from 'vitest';
import { type Profile, profileSchema } from '../../../src/intake/schema/profile.ts';
import type { InputFile, InputKind } from '../../../src/tables/tables.ts';
import type { UnderstoodColumn, UnderstoodFile } from '../../../src/tables/understood-file.ts';
import { type Content, csv, type Options, ROW, readTables } from '../read-files.ts';
import { madeWorkbook } from '../workbooks.ts';

const profileOf = (kind: InputKind, input: object): Profile =>
  profileSchema().parse({ schemaVersion: 2, id: 'own', inputs: { [kind]: input } });

/** What is told of one file, by either reader. */
async function told(kind: InputKind, content: Content, options: Options = {}): Promise<InputFile> {
  const files = await Promise.all(
    (['bytes', 'csv-parse'] as const).map(async (reader) => {
      const { files } = await readTables({ [kind]: content }, { understand: { rows: 0 }, ...options, reader });
      return files[0] as InputFile;
    }),
  );
  expect(files[1]).toEqual(files[0]);
  return files[0] as InputFile;
}

async function understood(kind: InputKind, content: Content, options: Options = {}): Promise<UnderstoodFile> {
  const { understood } = await told(kind, content, options);
  if (understood === undefined) throw new Error('nothing was told');
  return understood;
}

const columnOf = ({ columns }: UnderstoodFile, name: string): UnderstoodColumn => {
  const column = columns.find((each) => each.column === name);
  if (column === undefined) throw new Error(`no ${name}`);
  return column;
};

const LOG = '取引番号,日付,時刻,支払方法,番号,金額,手数料,店番号,状態';
const MAPPED = {
  transaction_id: '取引番号',
  coupon_number: '番号',
  occurred_at: { join: ['日付', '時刻'], with: ' ' },
  kind: { constant: 'payment' },
  status: { constant: 'completed' },
  amount_yen: { from: '金額', minus: ['手数料'] },
  merchant_id: { join: [{ constant: 'S1' }, '店番号', { line: true }], with: '-' },
} as const;
const mapped = (more: object): Profile => profileOf('transactions', { columns: MAPPED, ...more });

describe('how a file is written', () => {
  it('is told of a plain one', async () => {
    const { byteOrderMark, delimiter, sheet, headerLine, headerRows } = await understood(
      'claims',
      csv('claims', ROW.claims),
    );
    expect({ byteOrderMark, delimiter, sheet, headerLine, headerRows }).toEqual({
      byteOrderMark: false,
      delimiter: 'comma',
      sheet: null,
      headerLine: 1,
      headerRows: 1,
    });
  });

  it('is told where it begins with a mark', async () => {
    const marked = await understood('claims', `\ufeff${csv('claims', ROW.claims)}`);
    expect([marked.byteOrderMark, columnOf(marked, 'claim_id').examples[0]?.written]).toEqual([true, 'C1']);
  });

  it('is told with tabs, below titles', async () => {
    const rows = ['店の一覧', '', 'a', csv('claims', ROW.claims)].join('\n').replaceAll(',', '\t');
    const table = { delimiter: 'tab', header: { words: ['claim_id', 'kind'] } };
    const file = await understood('claims', rows, { profile: profileOf('claims', { table }) });
    expect([file.delimiter, file.headerLine, columnOf(file, 'claim_id').examples.map(({ line }) => line)]).toEqual([
      'tab',
      4,
      [5],
    ]);
  });

  it('is told without headers', async () => {
    const table = { header: 'none', names: csv('claims').trim().split(',') };
    const file = await understood('claims', `${ROW.claims}\n`, { profile: profileOf('claims', { table }) });
    expect([file.headerLine, file.headerRows, columnOf(file, 'claim_id').examples.map(({ line }) => line)]).toEqual([
      null,
      0,
      [1],
    ]);
  });

  it.each([
    ['Sheet1', 'Sheet1'],
    ['取引明細', '取引明細'],
    ['見本花子', '<字字字字>'],
  ])('is told with the sheet %s as %s', async (name, shown) => {
    const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const rows = [csv('claims').trim(), ROW.claims].map(
      (row, at) => `<row r="${at + 1}">${row.split(',').map(cell).join('')}</row>`,
    );
    const file = await understood('claims', madeWorkbook({ sheets: [{ name, rows: rows.join('') }] }));
    expect([file.delimiter, file.sheet]).toEqual([null, shown]);
  });
});

describe('a column', () => {
  const rows = [
    LOG,
    'T1,2023/2/24,18:00,クーポン,000000000101,"1,500",0,M1,完了',
    'T2,2023/2/24,18:05,クーポン,000000000101,500,20,M1,完了',
    'T3,2023/2/24,18:05,クーポン,000000000101,x,0,M1,完了',
    'T4,2023/2/24,18:06,クーポン,000000000102,800,0,M1,完了',
  ].join('\n');

  it('is told with what it is made of', async () => {
    const file = await understood('transactions', rows, { profile: mapped({}) });
    const noConditions = { when: [], unless: [] };
    expect(columnOf(file, 'transaction_id').origin).toEqual({
      from: 'header',
      parts: [{ header: '取引番号' }],
      ...noConditions,
    });
    expect(columnOf(file, 'kind').origin).toEqual({
      from: 'constant',
      parts: [{ constant: 'payment' }],
      ...noConditions,
    });
    expect(columnOf(file, 'amount_yen').origin).toEqual({
      from: 'sum',
      parts: [{ header: '金額' }, { minus: '手数料' }],
      ...noConditions,
    });
    expect(columnOf(file, 'merchant_id').origin).toEqual({
      from: 'join',
      parts: [{ constant: 'S1' }, { header: '店番号' }, { line: true }],
      ...noConditions,
    });
    expect(columnOf(file, 'funding')).toMatchObject({ origin: { from: 'not_in_file', parts: [] }, examples: [] });
  });

  it('is told with the rows that it is taken of', async () => {
    const amount_yen = {
      sum: ['金額', '手数料'],
      when: { 支払方法: ['クーポン'] },
      unless: { 状態: ['失敗', '取消'] },
    };
    const profile = mapped({ columns: { ...MAPPED, amount_yen } });
    expect(columnOf(await understood('transactions', rows, { profile }), 'amount_yen').origin).toEqual({
      from: 'sum',
      parts: [{ header: '金額' }, { header: '手数料' }],
      when: [{ header: '支払方法', values: ['クーポン'] }],
      unless: [{ header: '状態', values: ['失敗', '取消'] }],
    });
  });

  it('is told with the first three values that differ, as they are written and as they were read', async () => {
    const file = await understood('transactions', rows, {
      profile: mapped({ columns: { ...MAPPED, amount_yen: '金額' } }),
    });
    expect(columnOf(file, 'amount_yen').examples).toEqual([
      { line: 2, written: '1,500', read: '1500' },
      { line: 3, written: '500', read: '500' },
      { line: 4, written: '<a>', read: null, code: 'BAD_AMOUNT' },
    ]);
    expect(columnOf(file, 'occurred_at').examples[0]).toEqual({
      line: 2,
      written: '2023/2/24 18:00',
      read: '2023-02-24 18:00',
    });
    expect(columnOf(file, 'coupon_number').examples.map(({ written }) => written)).toEqual([
      '000000000101',
      '000000000102',
    ]);
    expect(columnOf(file, 'kind').examples).toEqual([{ line: 2, written: 'payment', read: 'payment' }]);
  });

  it('of dates is told with their form and zone', async () => {
    const form = { dateFormats: ['yyyy/M/d H:mm'], zone: 'UTC' };
    const file = await understood('transactions', rows, { profile: mapped(form) });
    expect(columnOf(file, 'occurred_at').dates).toEqual({ form: 'yyyy/M/d H:mm', zone: 'UTC' });
    expect(columnOf(file, 'occurred_at').examples[0]?.read).toBe('2023-02-25 03:00');
    const usual = await understood('claims', csv('claims', ROW.claims));
    expect(columnOf(usual, 'expires_on').dates).toEqual({ form: 'known', zone: 'JST' });
    expect(columnOf(usual, 'claim_id').dates).toBeUndefined();
  });

  it('is told from the name of its file and from its titles', async () => {
    const columns = { merchant_id: { fileName: '^(claims)' }, prefecture: { title: '県番号 (\\d\\d)' } };
    const table = { header: { words: ['claim_id'] } };
    const header = 'claim_id,received_at,kind,coupon_number,expires_on';
    const row = 'C1,2023-03-01T10:00:00+09:00,double_charge,0001,2023-02-24';
    const profile = profileOf('claims', { columns, table });
    const file = await understood('claims', `県番号 46\n${header}\n${row}\n`, { profile });
    expect([columnOf(file, 'merchant_id'), columnOf(file, 'prefecture')]).toMatchObject([
      // A name without a digit may be somebody\u2019s.
      { origin: { from: 'file_name' }, examples: [{ written: '<aaaaaa>' }] },
      { origin: { from: 'title' }, examples: [{ line: 3, written: '46', read: '46' }] },
    ]);
  });

  it('that a mapping makes is told with its form and its words for nothing, as any other', async () => {
    const columns = { ...MAPPED, terminal_id: '状態' };
    const content = [LOG, "T1,2023/2/24,18:00,クーポン,'0101,500,0,M1,なし"].join('\n');
    const { forms, absentCells } = await told('transactions', content, { profile: mapped({ columns }) });
    expect(forms).toEqual([
      { column: 'coupon_number', guard: 'apostrophe' },
      { column: 'occurred_at', dates: 'known' },
    ]);
    expect(absentCells).toEqual({ terminal_id: 1 });
  });
});

describe('rows that a profile leaves out', () => {
  it('are counted by the first condition that leaves them out; one that fits none is told, too', async () => {
    const row = (id: number, paidBy: string, status: string): string =>
      `T${id},2023/2/24,18:00,${paidBy},000000000101,500,0,M1,${status}`;
    const content = [
      LOG,
      row(1, 'クーポン', '完了'),
      row(2, '現金', '完了'),
      row(3, '現金', '失敗'),
      row(4, 'クーポン', '失敗'),
      row(5, 'クーポン', '失敗'),
      row(6, 'クーポン', '保留'),
    ].join('\n');
    const profile = mapped({
      rows: { only: { 支払方法: ['クーポン'] }, leaveOut: { 状態: ['失敗', '保留', '取消'] } },
    });
    const { understood, passedOver, rowsRead } = await told('transactions', content, { profile });
    expect([rowsRead, passedOver]).toEqual([1, { left_out: 5 }]);
    expect(understood?.leftOut).toEqual([
      { rule: 'only', header: '支払方法', values: ['クーポン'], rows: 2 },
      { rule: 'leaveOut', header: '状態', values: ['失敗'], rows: 2 },
      { rule: 'leaveOut', header: '状態', values: ['保留'], rows: 1 },
      { rule: 'leaveOut', header: '状態', values: ['取消'], rows: 0 },
    ]);
  });
});

describe('the rows that are shown', () => {
  const claims = csv(
    'claims',
    ...Array.from({ length: 9 }, (_, at) => ROW.claims.replace('C1', `C${at}`)),
    'C10,too,short',
  );

  it.each([
    [0, []],
    [1, [2]],
    [2, [2, 10]],
    [3, [2, 6, 10]],
    [99, [2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ])('%i lie as far apart as can be, and have the fields of the header', async (rows, lines) => {
    const { sample } = await understood('claims', claims, { understand: { rows } });
    expect(sample.map(({ line }) => line)).toEqual(lines);
  });

  it('are told by those of their columns that hold something', async () => {
    const { sample } = await understood('paid', csv('paid', 'P1,-,"1,000",2023/4/10 10:00,sent'), {
      understand: { rows: 1 },
    });
    expect(sample).toEqual([
      {
        line: 2,
        values: {
          payout_id: { written: 'P1', read: 'P1' },
          amount_yen: { written: '1,000', read: '1000' },
          sent_at: { written: '2023/4/10 10:00', read: '2023-04-10 10:00' },
          status: { written: 'sent', read: 'sent' },
        },
      },
    ]);
  });
});

it('nothing is told where nobody asks', async () => {
  const { files } = await readTables({ claims: csv('claims', ROW.claims) });
  expect(files[0]).not.toHaveProperty('understood');
});
