import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { bulkRows, codes, csv, HEADERS, ROW, read, readTables } from '../read-files.ts';
import { madeWorkbook, textCell, textWorkbook } from '../workbooks.ts';

const fields = (row: string): string[] => row.split(',');
const HEADER = HEADERS.sales.split(',');
const row = (...cells: string[]): string => `<row>${cells.join('')}</row>`;
const number = (value: string, style = 0): string => `<c s="${style}"><v>${value}</v></c>`;
const texts = (...each: string[]): string[] => each.map(textCell);

describe('a workbook', () => {
  test.each([
    ['as it is', (book: Buffer) => book],
    ['in a gzip', (book: Buffer) => gzipSync(book)],
  ])('of texts comes to the same as the CSV, %s', async (_, pack) => {
    const plain = await readTables({ sales: csv('sales', ROW.sales, ROW.sales.replace('S1', 'S2')) });
    const book = textWorkbook(HEADER, fields(ROW.sales), fields(ROW.sales.replace('S1', 'S2')));
    const tables = await readTables({ sales: { 'sales.xlsx': pack(book) } });
    expect(bulkRows(tables, 'sales')).toEqual(bulkRows(plain, 'sales'));
    expect(tables.sales.totalYen.slice(0, 2)).toEqual(plain.sales.totalYen.slice(0, 2));
    expect(tables.files[0]).toMatchObject({ encoding: 'xlsx', rowsRead: 2, yenRead: plain.files[0]?.yenRead });
  });

  it('of numbers and dates is read as it is shown', async () => {
    const cells = [
      ...texts('S1', 'M1'),
      number('44981.75', 1),
      number('700'),
      number('500'),
      number('200'),
      number('0'),
    ];
    const book = madeWorkbook({
      sheets: [{ name: 'S', rows: row(...texts(...HEADER)) + row(...cells, number('1', 2)) }],
      formats: [22, '0000'],
    });
    const plain = await readTables({ sales: csv('sales', ROW.sales) });
    const tables = await readTables({ sales: book });
    expect(tables.sales.soldAt[0]).toBe(plain.sales.soldAt[0]);
    expect(tables.coupons.textOf(tables.sales.coupon[0] as never)).toBe('0001');
  });

  it('that another program wrote is read alike', async () => {
    const soldAt = { value: new Date(Date.UTC(2023, 1, 24, 18)), type: Date, format: 'yyyy/mm/dd hh:mm' } as const;
    const amounts = [700, 500, 200, 0].map((value) => ({ value, type: Number }) as const);
    const cells = [{ value: 'S1' }, { value: 'M1' }, soldAt, ...amounts, { value: '0001' }];
    const book = await writeExcelFile([HEADER.map((value) => ({ value })), cells], { sheet: '売上' }).toBuffer();
    const [plain, tables] = [await readTables({ sales: csv('sales', ROW.sales) }), await readTables({ sales: book })];
    expect(tables.sales.soldAt[0]).toBe(plain.sales.soldAt[0]);
    expect(bulkRows(tables, 'sales')).toEqual(bulkRows(plain, 'sales'));
    expect(tables.files[0]?.yenRead).toBe(plain.files[0]?.yenRead);
  });

  it('tells rows by their numbers in the sheet, and sets aside what Excel could not compute', async () => {
    const wrong = fields(ROW.sales).map((value, at) => (at === 7 ? '<c t="e"><v>#N/A</v></c>' : textCell(value)));
    const rows = `<row r="1">${texts(...HEADER).join('')}</row><row r="4">${wrong.join('')}</row>`;
    const { rejects } = await readTables({ sales: madeWorkbook({ sheets: [{ name: 'S', rows }] }) });
    expect(rejects.map(({ line, code }) => `${line} ${code}`)).toEqual(['4 SPREADSHEET_ERROR']);
  });

  it('is not said to be cut at its last row', async () => {
    const tables = await readTables({
      sales: textWorkbook(
        HEADER,
        fields(ROW.sales).map((value) => value.replace('700', 'x')),
      ),
    });
    expect(tables.files[0]?.cutAtLine).toBeUndefined();
    expect(tables.rejects.map(({ code }) => code)).toEqual(['BAD_AMOUNT']);
  });

  it('with a faulty header is told as a CSV is', async () => {
    const { problems } = await read({ sales: textWorkbook(['report_id', 'x']) });
    expect(new Set(codes(problems).map((each) => each.split(' ')[0]))).toEqual(new Set(['MISSING_COLUMN']));
  });
});

describe('what a number cell destroyed is found as in CSV', () => {
  const issued = (coupon: string): string[] => fields(ROW.issuance.replace('0001', coupon));
  const paid = (at: number, coupon: string): string[] =>
    fields(ROW.transactions.replace('T1', `T${at}`)).map((value, column) =>
      column === 1 ? number(coupon) : textCell(value),
    );
  const log = (...coupons: string[]): Buffer =>
    madeWorkbook({
      sheets: [
        {
          name: 'S',
          rows:
            row(...texts(...HEADERS.transactions.split(','))) +
            coupons.map((each, at) => row(...paid(at, each))).join(''),
        },
      ],
    });
  const issuance = (...coupons: string[]): string => csv('issuance', ...coupons.map((each) => issued(each).join(',')));

  it('zeros in front: the coupon is unknown, and the number that was meant is named', async () => {
    const { unmatched, files } = await readTables({ issuance: issuance('0001'), transactions: log('1') });
    expect(files.find(({ kind }) => kind === 'transactions')?.coupons?.unknown.rows).toBe(1);
    expect([...unmatched].map(({ nearest }) => nearest)).toEqual(['0001']);
  });

  it('digits from the sixteenth on', async () => {
    const endings = ['120', '450', '780'];
    const known = issuance(...['123', '456', '789'].map((ending) => `4601234567890${ending}`));
    const { findings } = await readTables({
      issuance: known,
      transactions: log(...endings.map((each) => `4601234567890${each}`)),
    });
    expect(findings.map(({ code, column, rows }) => `${code} ${column} ${rows}`)).toEqual([
      'ROUNDED_NUMBERS coupon_number 3',
    ]);
  });

  it('digits that Excel keeps as a power of ten', async () => {
    const known = issuance('46012345678901234567', '46012345678901234568', '46012345678901234569');
    const { findings } = await readTables({
      issuance: known,
      transactions: log('4.6012345678901E+19', '4.6012345678902E+19', '4.6012345678903E+19'),
    });
    expect(findings.map(({ code, column }) => `${code} ${column}`)).toEqual(['ROUNDED_NUMBERS coupon_number']);
  });
});
