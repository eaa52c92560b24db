import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayNumber } from '../../src/base/instants.ts';
import { type Profile, profileSchema } from '../../src/intake/schema/profile.ts';
import { ABSENT, type Tables } from '../../src/tables/tables.ts';
import {
  bulkRows,
  type Content,
  codes,
  counted,
  csv,
  HEADERS,
  instant,
  ROW,
  read,
  readProblems,
  readTables,
  windows31j,
} from './read-files.ts';

const sale = (id: string, coupon = ''): string => `${id},M1,2023-02-24T18:00:00+09:00,700,500,200,0,${coupon}`;
const saleRows = async (content: Content): Promise<string[]> => bulkRows(await readTables({ sales: content }), 'sales');
const rejects = (tables: Tables): string[] =>
  tables.rejects.map(({ line, column, code }) => `${line} ${column} ${code}`);
const bom = (text: string): string => `\ufeff${text}`;

const program = fileURLToPath(new URL('./alone.ts', import.meta.url));
type Query = readonly [what: 'pattern' | 'date' | 'built-in' | 'changing', first: string, second?: string];

/** Reads in a process of its own. */
function alone(zone: string, queries: readonly Query[]): { values: unknown[]; localHour: number } {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, JSON.stringify(queries)], {
    encoding: 'utf8',
    env: { ...process.env, TZ: zone },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('lines and records', () => {
  const ends: readonly (readonly [string, string])[] = [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ];
  it.each(ends)('are found where lines end in %s', async (_, end) => {
    const rows = await saleRows([HEADERS.sales, sale('S1'), sale('S2'), ''].join(end));
    expect(rows).toEqual(['2 S1 accepted', '3 S2 accepted']);
  });

  it('are found where line ends are mixed', async () => {
    const rows = await saleRows(`${HEADERS.sales}\n${sale('S1')}\r\n${sale('S2')}\r${sale('S3')}\n`);
    expect(rows).toEqual(['2 S1 accepted', '3 S2 accepted', '4 S3 accepted']);
  });

  it('leave no carriage return in the last field', async () => {
    const tables = await readTables({ sales: `${HEADERS.sales}\r\n${sale('S1', '0001')}\r\n${sale('S2', '0002')}\n` });
    expect(tables.coupons.find('0001')).toBe(0);
    expect(tables.coupons.find('0002')).toBe(1);
  });

  it('are found without a line end after the last row', async () => {
    expect(await saleRows(`${HEADERS.sales}\n${sale('S1')}`)).toEqual(['2 S1 accepted']);
  });

  it.each(ends)('are numbered by the line on which they begin, with %s inside quotes', async (_, end) => {
    const rows = await saleRows(
      [`${HEADERS.sales},memo`, `${sale('S1')},"one${end}two${end}three"`, `${sale('S2')},`, `${sale('S3')},`].join(
        '\n',
      ),
    );
    expect(rows).toEqual(['2 S1 accepted', '5 S2 accepted', '6 S3 accepted']);
  });

  it('skip blank lines, and count them', async () => {
    const rows = await saleRows(
      `\n\r\n${HEADERS.sales}\n\n${sale('S1')}\r\n\r\n\r\n${sale('S2')}\r\r${sale('S3')}\n\n`,
    );
    expect(rows).toEqual(['5 S1 accepted', '8 S2 accepted', '10 S3 accepted']);
  });

  it('count a blank line inside quotes as part of the field', async () => {
    const rows = await saleRows(`${HEADERS.sales}\n${sale('"S1\n\n"')}\n${sale('S2')}\n`);
    expect(rows).toEqual(['2 S1 accepted', '5 S2 accepted']);
  });

  it('have the same number in a reject as in the file', async () => {
    const tables = await readTables({
      sales: `${HEADERS.sales}\r\n\r\n"S1",M1,2023-02-24T18:00:00+09:00,x,0,0,0,"a\r\nb"\r\nS2,M1,nonsense,0,0,0,0,\r\n`,
    });
    expect(rejects(tables)).toEqual(['3 total_yen BAD_AMOUNT', '5 sold_at BAD_INSTANT']);
  });
});

describe('fields', () => {
  const idOf = async (field: string): Promise<string> => {
    const tables = await readTables({ sales: `${HEADERS.sales}\n${sale(field)}\n` });
    return tables.sales.rows === 1 ? tables.reports.textOf(tables.sales.report[0] ?? ABSENT) : rejects(tables).join();
  };

  it('may be quoted', async () => expect(await idOf('"S1"')).toBe('S1'));
  it('may hold a comma inside quotes', async () => expect(await idOf('"S,1"')).toBe('S,1'));
  it('are trimmed of spaces around', async () => expect(await idOf('  S1  ')).toBe('S1'));
  it('with a doubled quote inside hold a quote, which no identifier may', async () =>
    expect(await idOf('"S""1"')).toBe('2 report_id STRAY_QUOTE'));
  it('may be a quoted name with a quote in it', async () => {
    const row = ROW.applications.replace('見本太郎', '"見本 ""タロ"" 太郎"');
    const tables = await readTables({ applications: csv('applications', row) });
    expect(tables.applications[0]?.name).toBe('見本 "タロ" 太郎');
  });

  const strays: readonly (readonly [string, string])[] = [
    ['in the middle', 'S"1'],
    ['at the end', 'S1"'],
    ['twice in the middle', 'S"1"2'],
    ['after a closing quote', '"S1"x'],
  ];
  it.each(strays)('with a stray quote %s cost that row, not the ones after it', async (_, field) => {
    const tables = await readTables({ sales: `${HEADERS.sales}\n${sale(field)}\n${sale('S2')}\n${sale('S3')}\n` });
    expect(rejects(tables)).toEqual(['2 report_id STRAY_QUOTE']);
    expect(bulkRows(tables, 'sales')).toEqual(['3 S2 accepted', '4 S3 accepted']);
  });

  // What the advice says is what helps: a doubled quote is one in the identifier, and taking one of the two out is none.
  describe.each(['bytes', 'csv-parse'] as const)('with a doubled quote, read by %s', (reader) => {
    const found = async (field: string): Promise<string> => {
      const tables = await readTables({ sales: `${HEADERS.sales}\n${sale(field)}\n` }, { reader });
      const [reject] = tables.rejects;
      if (reject === undefined) return tables.reports.textOf(tables.sales.report[0] ?? ABSENT);
      expect(reject.advice.en).toMatch(/^take every quote within it out, both where two stand as ""/);
      expect(reject.advice.ja).toMatch(/^ID の中の引用符をすべて取り除いてください。"" と二つ並んでいれば両方です/);
      return reject.code;
    };
    it.each([
      ['not quoted', 'AB""12', 'AB"12', 'AB12'],
      ['quoted', '"AB""12"', '"AB"12"', '"AB12"'],
      ['quoted beside a comma', '"A,B""12"', '"A,B"12"', '"A,B12"'],
    ])('%s, is mended once both are out', async (_, wrong, half, mended) => {
      expect([await found(wrong), await found(half)]).toEqual(['STRAY_QUOTE', 'STRAY_QUOTE']);
      expect(await found(mended)).toBe(mended.replaceAll('"', ''));
    });
  });

  it('may hold a NUL without harm to the rows around', async () => {
    const tables = await readTables({
      sales: `${HEADERS.sales}\n${sale('S1')}\n${sale('S\u00002')}\nS3,M1,2023-02-24T18:00:00+09:00,7\u000000,500,200,0,\n${sale('S4')}\n`,
    });
    expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted', '5 S4 accepted']);
    expect(rejects(tables)).toEqual(['3 report_id INVISIBLE_CHARACTER', '4 total_yen BAD_AMOUNT']);
  });

  it('may be a megabyte long', async () => {
    const long = 'x'.repeat(1 << 20);
    const header = `${HEADERS.sales},remark`;
    const rows = `${sale('S1')},${long}\n${sale('S2')},"${long}\n${long}"\n${sale('S3')},\n`;
    const tables = await readTables({ sales: `${header}\n${rows}` });
    expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted', '3 S2 accepted', '5 S3 accepted']);
    expect(tables.files[0]?.ignoredColumns.length).toBe(1);
  });

  it('that are too many or too few cost their row, and its readable yen is still counted', async () => {
    const tables = await readTables({ sales: csv('sales', sale('S1'), `${sale('S2')},more`, 'S3,M1', sale('S4')) });
    expect(rejects(tables)).toEqual(['3  FIELD_COUNT', '4  FIELD_COUNT']);
    expect(counted(tables.files[0])).toEqual({ accepted: { rows: 2, yen: 1400 }, rejected: { rows: 2, yen: 700 } });
  });

  it('of a last line that was cut off cost that line', async () => {
    const whole = csv('sales', sale('S1'), sale('S2'));
    const tables = await readTables({ sales: whole.slice(0, -12) });
    expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted']);
    expect(rejects(tables)).toEqual(['3  FIELD_COUNT']);
  });

  it('of spaces only make a row, not a blank line', async () => {
    const tables = await readTables({ sales: csv('sales', '   ', sale('S1')) });
    expect(rejects(tables)).toEqual(['2  FIELD_COUNT']);
    expect(bulkRows(tables, 'sales')).toEqual(['3 S1 accepted']);
  });
});

describe('a file', () => {
  it('of a header alone has no rows and no problem', async () => {
    const tables = await readTables({ sales: `${HEADERS.sales}\n` });
    expect(tables.files[0]?.rowsRead).toBe(0);
    expect(counted(tables.files[0])).toEqual({});
  });

  const empty: readonly (readonly [string, Content])[] = [
    ['nothing', ''],
    ['blank lines', '\n\r\n\r\n'],
    ['a byte order mark', bom('')],
    ['nothing, compressed', gzipSync('')],
  ];
  it.each(empty)('of %s is refused as empty', async (_, content) => {
    expect(codes(await readProblems({ sales: content }))).toEqual(['EMPTY_FILE sales.csv']);
  });

  it('with a quote that is never closed is refused, with the line', async () => {
    const content = csv('sales', sale('S1'), sale('"S2'), sale('S3'));
    expect(codes(await readProblems({ sales: content }))).toEqual(['QUOTE_NEVER_CLOSED sales.csv:3']);
  });

  it('with an open quote after a blank line and a long field is refused with a line not after it', async () => {
    const content = `${HEADERS.sales}\n\n${sale('"S1\n\n"')}\n${sale('"S2')}\n`;
    const [problem] = await readProblems({ sales: content });
    expect(problem?.code).toBe('QUOTE_NEVER_CLOSED');
    const line = Number(problem?.where.split(':')[1]);
    // "at or after line": record S1 ends on line 5, S2 begins on line 6.
    expect(line).toBeLessThanOrEqual(6);
    expect(line).toBeGreaterThan(2);
  });

  it('is told with all others that are wrong, not only the first', async () => {
    const problems = await readProblems({ sales: '', claims: 'a,b\n', paid: csv('paid', '"P1') });
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(['EMPTY_FILE', 'MISSING_COLUMN', 'QUOTE_NEVER_CLOSED']),
    );
  });
});

describe('encodings', () => {
  const shop = '鹿児島 表ソ能店';
  const withShop = csv('sales', sale('S1').replace('M1', shop), sale('S2').replace('M1', shop));
  const shopsOf = (tables: Tables): string[] =>
    Array.from({ length: tables.merchants.size }, (_, index) => tables.merchants.textOf(index));

  const found: readonly (readonly [string, Content, string])[] = [
    ['UTF-8', withShop, 'utf-8'],
    ['UTF-8 with a byte order mark', bom(withShop), 'utf-8'],
    ['Windows-31J', windows31j(withShop), 'windows-31j'],
    ['UTF-8, compressed', gzipSync(withShop), 'utf-8'],
    ['UTF-8 with a byte order mark, compressed', gzipSync(bom(withShop)), 'utf-8'],
    ['Windows-31J, compressed', gzipSync(windows31j(withShop)), 'windows-31j'],
  ];
  it.each(found)('%s is found', async (_, content, encoding) => {
    const tables = await readTables({ sales: content });
    expect(tables.files[0]?.encoding).toBe(encoding);
    expect(shopsOf(tables)).toEqual([shop]);
    expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted', '3 S2 accepted']);
  });

  it('are found per file', async () => {
    const tables = await readTables({
      sales: { 'a.csv': withShop, 'b.csv': windows31j(withShop.replace(/S(\d)/g, 'B$1')) },
    });
    expect(tables.files.map(({ name, encoding }) => `${name} ${encoding}`)).toEqual([
      'a.csv utf-8',
      'b.csv windows-31j',
    ]);
    expect(shopsOf(tables)).toEqual([shop]);
  });

  it('of plain ASCII are UTF-8', async () => {
    expect((await readTables({ sales: csv('sales', sale('S1')) })).files[0]?.encoding).toBe('utf-8');
  });

  it('know what Windows adds to Shift_JIS', async () => {
    const name = '髙﨑～①㈱';
    const bytes = windows31j(csv('applications', ROW.applications.replace('見本太郎', name)));
    const tables = await readTables({ applications: bytes });
    expect(tables.files[0]?.encoding).toBe('windows-31j');
    expect(tables.applications[0]?.name).toBe(name);
  });

  it('read a yen sign of Windows-31J in an amount', async () => {
    const row = sale('S1').replace('M1', shop).replace(',700,', ',"\\700",');
    const tables = await readTables({ sales: windows31j(csv('sales', row)) });
    expect(tables.sales.totalYen[0]).toBe(700);
  });

  it('are the same wherever the chunks of a read fall', async () => {
    const chunk = 1 << 18;
    const header = `${HEADERS.sales},remark\n`;
    for (const [encode, encoding] of [
      [(text: string): Uint8Array => Buffer.from(text), 'utf-8'],
      [windows31j, 'windows-31j'],
    ] as const) {
      for (const before of [1, 2, 3]) {
        // The first sign of the shop's name begins `before` bytes before the end of the first chunk.
        const head = `${header}${sale('S1')},`;
        const tail = `\nS2,`;
        const filler = 'x'.repeat(chunk - head.length - tail.length - before);
        const content = encode(`${head}${filler}${tail}${sale('S2').replace('S2,M1', shop)},終\n`);
        expect(content[chunk - before]).toBeGreaterThanOrEqual(0x80);
        const tables = await readTables({ sales: content });
        expect(tables.files[0]?.encoding).toBe(encoding);
        expect(shopsOf(tables)).toContain(shop);
        expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted', '3 S2 accepted']);
      }
    }
  });

  it('that are neither are refused, with the file', async () => {
    const broken = Buffer.concat([Buffer.from(withShop), Buffer.from([0xff, 0x0a])]);
    expect(codes(await readProblems({ sales: broken }))).toEqual(['BAD_ENCODING sales.csv']);
  });

  it('are not guessed from the first lines only', async () => {
    const ascii = csv('sales', ...Array.from({ length: 8000 }, (_, index) => sale(`S${index}`)));
    const bytes = Buffer.concat([Buffer.from(ascii), windows31j(`${sale('T1').replace('M1', shop)}\n`)]);
    const tables = await readTables({ sales: bytes });
    expect(tables.files[0]?.encoding).toBe('windows-31j');
    expect(shopsOf(tables)).toEqual(['M1', shop]);
  });

  it('with a UTF-8 mark and other bytes after it are not taken for Windows-31J', async () => {
    const mixed = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), windows31j(withShop)]);
    expect(codes(await readProblems({ sales: mixed }))).toEqual(['BAD_ENCODING sales.csv']);
  });

  it('that end in the middle of a character are refused', async () => {
    expect(codes(await readProblems({ sales: Buffer.from(`${withShop}あ`).subarray(0, -1) }))).toEqual([
      'BAD_ENCODING sales.csv',
    ]);
  });

  const utf16 = Buffer.from(withShop, 'utf16le');
  const utf16s: readonly (readonly [string, Uint8Array])[] = [
    ['little-endian', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['big-endian', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
  ];
  it.each(utf16s)('UTF-16, %s, is found by its byte order mark', async (_, content) => {
    expect(shopsOf(await readTables({ sales: content }))).toEqual([shop]);
  });

  it('UTF-16 that ends within a sign is refused by its name', async () => {
    for (const [, content] of utf16s) {
      const [problem] = await readProblems({ sales: content.subarray(0, content.length - 1) });
      expect(problem?.code).toBe('BAD_ENCODING');
      expect(problem?.what.en).toContain('UTF-16');
      expect(problem?.what.ja).toContain('UTF-16');
    }
  });

  it('may be told, and are then still checked', async () => {
    const told = await readTables({ sales: windows31j(withShop) }, { encoding: 'windows-31j' });
    expect(shopsOf(told)).toEqual([shop]);
    const problems = await readProblems({ sales: windows31j(withShop) }, { encoding: 'utf-8' });
    expect(codes(problems)).toEqual(['BAD_ENCODING sales.csv']);
    expect(problems[0]?.what.en).toContain('utf-8');
  });
});

describe('gzip', () => {
  const whole = csv('sales', sale('S1'), sale('S2'));

  it('is known by its bytes, not its name', async () => {
    const named = await readTables({ sales: { 'plain-name.csv': gzipSync(whole) } });
    expect(named.files[0]?.compressed).toBe(true);
    expect(bulkRows(named, 'sales')).toEqual(['2 S1 accepted', '3 S2 accepted']);
    const misnamed = await readTables({ sales: { 'really-plain.csv.gz': whole } });
    expect(misnamed.files[0]?.compressed).toBe(false);
    expect(bulkRows(misnamed, 'sales')).toEqual(['2 S1 accepted', '3 S2 accepted']);
  });

  it('of several members is read to the last', async () => {
    const cut = whole.indexOf('\n', whole.indexOf('S1'));
    const members = [whole.slice(0, 20), whole.slice(20, cut), whole.slice(cut)].map((part) => gzipSync(part));
    const tables = await readTables({ sales: { 'a.csv.gz': Buffer.concat(members) } });
    expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted', '3 S2 accepted']);
  });

  const damaged: readonly (readonly [string, Uint8Array])[] = [
    ['cut short', gzipSync(whole).subarray(0, -9)],
    ['cut in its last check', gzipSync(whole).subarray(0, -2)],
    ['cut in its header', gzipSync(whole).subarray(0, 6)],
    ['whose second member is cut short', Buffer.concat([gzipSync(whole), gzipSync(`${sale('S3')}\n`).subarray(0, -3)])],
    ['followed by something else', Buffer.concat([gzipSync(whole), Buffer.from(`${sale('S3')}\n`)])],
    ['with a wrong check sum', Buffer.concat([gzipSync(whole).subarray(0, -8), Buffer.alloc(8, 7)])],
  ];
  it.each(damaged)('%s is refused', async (_, content) => {
    expect(codes(await readProblems({ sales: { 'a.csv.gz': content } }))).toEqual(['BAD_GZIP a.csv.gz']);
  });

  it('has the hash and the size of the file as it is stored', async () => {
    const { createHash } = await import('node:crypto');
    const stored = gzipSync(whole);
    const [file] = (await readTables({ sales: stored })).files;
    expect(file?.sizeBytes).toBe(stored.length);
    expect(file?.sha256).toBe(createHash('sha256').update(stored).digest('hex'));
  });
});

describe('a file that changes while it is read', () => {
  const first = csv('sales', sale('S1'));
  const second = csv('sales', sale('S2'));
  /** The second file is inspected before the first is read, and changes then. */
  const changing = (content: Content, change: (path: string) => void) => {
    let done = false;
    return read(
      { sales: { 'a.csv': first, 'b.csv': content } },
      {
        onProgress: (_, __, folder) => {
          if (!done) change(join(folder, 'b.csv'));
          done = true;
        },
      },
    );
  };

  const changes: readonly (readonly [string, Content, (path: string) => void])[] = [
    ['that grows', second, (path) => appendFileSync(path, `${sale('S3')}\n`)],
    ['that shrinks to its header', second, (path) => writeFileSync(path, `${HEADERS.sales}\n`)],
    ['that becomes empty', second, (path) => writeFileSync(path, '')],
    ['whose size stays the same', second, (path) => writeFileSync(path, second.replace('700', '800'))],
    ['that goes away', second, (path) => rmSync(path)],
    ['whose quote is left open', second, (path) => appendFileSync(path, '"')],
    ['that was compressed and is not any more', gzipSync(second), (path) => writeFileSync(path, second)],
    [
      'that was compressed and is cut short',
      gzipSync(second),
      (path) => writeFileSync(path, gzipSync(second).subarray(0, 30)),
    ],
    [
      'of Windows-31J that grows',
      windows31j(csv('sales', sale('店'))),
      (path) => appendFileSync(path, `${sale('S3')}\n`),
    ],
  ];
  it.each(changes)('%s fails the run', async (_, content, change) => {
    const { tables, problems } = await changing(content, change);
    expect(tables).toBeUndefined();
    expect(codes(problems)).toEqual(['INPUT_CHANGED b.csv']);
  });
});

describe('a Windows-31J file that changes while it is read', () => {
  // 4-cli.md: "An input that changes while it is read fails the run" – with exit 3, not with an error that nobody catches.
  it('into bytes of no encoding fails the run', () => {
    expect(alone('Asia/Tokyo', [['changing', 'b.csv']]).values).toEqual([['INPUT_CHANGED b.csv']]);
  });
});

describe('headers', () => {
  it('are found in any order, and what is not known is not used', async () => {
    const columns = HEADERS.sales.split(',').reverse();
    const fields = sale('S1', '0001').split(',').reverse();
    const tables = await readTables({ sales: `memo,${columns.join(',')}\nx,${fields.join(',')}\n` });
    expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted']);
    expect(tables.files[0]?.ignoredColumns).toEqual(['memo']);
  });

  it('of optional columns may be missing', async () => {
    const tables = await readTables({
      sales:
        'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen\nS1,M1,2023-02-24T18:00:00+09:00,700,500,200\n',
    });
    expect(counted(tables.files[0])).toEqual({ accepted: { rows: 1, yen: 700 } });
  });

  it('are trimmed and NFKC', async () => {
    const tables = await readTables({ paid: `ｐａｙｏｕｔ＿ｉｄ, coupon_number ,金額,送付日時,状態\n${ROW.paid}\n` });
    expect(tables.paid[0]?.payoutId).toBe('P1');
  });

  it('that stand twice are refused by name', async () => {
    const content = `${HEADERS.sales},cash_yen\n${sale('S1')},5\n`;
    expect(codes(await readProblems({ sales: content }))).toEqual(['DUPLICATE_HEADER sales.csv:1:cash_yen']);
  });

  it('that stand twice are refused even if not used', async () => {
    const content = `${HEADERS.sales},memo,memo\n${sale('S1')},,\n`;
    expect(codes(await readProblems({ sales: content }))).toEqual(['DUPLICATE_HEADER sales.csv:1:memo']);
  });

  it('that are empty may stand often', async () => {
    const tables = await readTables({ sales: `${HEADERS.sales},,\n${sale('S1')},,\n` });
    expect(bulkRows(tables, 'sales')).toEqual(['2 S1 accepted']);
  });

  it('of which two mean one column are refused, naming both', async () => {
    const problems = await readProblems({ sales: `${HEADERS.sales},現金\n${sale('S1')},5\n` });
    expect(codes(problems)).toEqual(['DUPLICATE_HEADER sales.csv:1:cash_yen']);
    expect(problems[0]?.what.en).toContain('現金');
  });

  it('that are missing are each told, with the headers that were found', async () => {
    const problems = await readProblems({ sales: 'report_id,shop,sold_at,total_yen,coupon_yen\n' });
    expect(codes(problems)).toEqual(['MISSING_COLUMN sales.csv:1:cash_yen', 'MISSING_COLUMN sales.csv:1:merchant_id']);
    for (const { what } of problems) {
      for (const words of [what.ja, what.en])
        expect(words).toContain('report_id, shop, sold_at, total_yen, coupon_yen');
    }
  });

  it('that are missing altogether do not bring a person\u2019s data into the problem', async () => {
    const row = 'AP1,2023-04-02,0001,46,,見本太郎,points,09011112222,mihon@example.jp,0001,001,1,7654321,ミホン タロウ';
    const problems = await readProblems({ applications: `${row}\n` });
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['MISSING_COLUMN']));
    const told = JSON.stringify(problems);
    for (const secret of ['見本', '090', 'mihon', '7654321', 'ミホン', 'AP1']) expect(told).not.toContain(secret);
  });

  it('that are missing do not bring a phone or an e-mail of the issuance into the problem', async () => {
    const row = '0001,paper,46,2000,2023-02-23,2023-02-24,A1,active,09011112222,mihon@example.jp';
    const told = JSON.stringify(await readProblems({ issuance: `${row}\n` }));
    for (const secret of ['09011112222', 'mihon']) expect(told).not.toContain(secret);
  });

  // 2-data.md: personal data stands in payouts.csv alone; no error holds any. A phone with hyphens gets through.
  it('that are missing do not bring a phone with hyphens into the problem', async () => {
    const row = '0001,paper,46,2000,2023-02-23,2023-02-24,A1,active,090-1111-2222,';
    expect(JSON.stringify(await readProblems({ issuance: `${row}\n` }))).not.toContain('090-1111-2222');
  });

  // 2-data.md: no error holds a name. Who decided, and what was noted, are told of a decisions file without headers.
  it('that are missing do not bring the name of who decided into the problem', async () => {
    const told = JSON.stringify(
      await readProblems({ decisions: 'R1,abc,approve,見本太郎,2023-05-01,見本花子に電話\n' }),
    );
    for (const secret of ['見本太郎', '見本花子']) expect(told).not.toContain(secret);
  });

  const japanese: readonly (readonly [string, string, (tables: Tables) => unknown, unknown])[] = [
    [
      'issuance',
      'お問合せ番号,券種,都道府県,額面,発行日時,有効期限,会員ID,会員状態,電話番号,メールアドレス\n０００１,紙,鹿児島県,￥２，０００,2023/2/23 15:00,令和5年2月24日,A1,利用中,,\n',
      (tables) => [
        tables.issuance.medium[0],
        tables.issuance.prefecture[0],
        tables.issuance.faceYen[0],
        tables.issuance.accountStatus[0],
        tables.coupons.find('0001'),
      ],
      [0, 46, 2000, 0, 0],
    ],
    [
      'transactions',
      '取引ID,クーポン番号,取引日時,取引種別,状態,金額,加盟店ID,端末ID,元取引ID,原資\nT1,0001,2023/2/24 18:00,決済,完了,500円,M1,P1,,クーポン\nT2,0001,2023/2/24 18:01,取消,成功,500円,,,T1,\n',
      (tables) => [...tables.transactions.kind, ...tables.transactions.status, ...tables.transactions.disposition],
      [1, 2, 0, 0, 0, 0],
    ],
    [
      'sales',
      '報告ID,加盟店ID,売上日時,合計,クーポン,現金,その他,クーポン番号\nS1,M1,2023/2/24 18:00,700,500,200,0,0001\n',
      (tables) => counted(tables.files[0]),
      { accepted: { rows: 1, yen: 700 } },
    ],
    [
      'claims',
      '申出ID,受付日時,申出種別,クーポン番号,有効期限,都道府県,加盟店ID\nC1,2023/3/1 10:00,二重決済,0001,2023/2/24,鹿児島県,M1\n',
      (tables) => tables.claims.map(({ kind, prefecture }) => `${kind} ${prefecture}`),
      ['double_charge 46'],
    ],
    [
      'applications',
      '申請ID,申請日時,クーポン番号,都道府県,氏名,受取方法,銀行コード,支店コード,預金種目,口座番号,口座名義\nAP1,2023/4/2 10:00,0001,46,見本太郎,銀行振込,0001,001,普通,7654321,ミホン タロウ\n',
      (tables) => tables.applications.map(({ method, accountType }) => `${method} ${accountType}`),
      ['bank_transfer 1'],
    ],
    [
      'decisions',
      '確認ID,根拠ハッシュ,判断,判断者,判断日時,備考\nR1,abc,承認,係員,2023/5/1 10:00,\n',
      (tables) => tables.decisions.map(({ decision }) => decision),
      ['approve'],
    ],
    [
      'paid',
      '支払ID,クーポン番号,金額,送付日時,状態\nP1,0001,1000,2023/4/10 10:00,受取済\n',
      (tables) => tables.paid.map(({ status }) => status),
      ['received'],
    ],
  ];
  it.each(japanese)('in Japanese, and Japanese values, are known for %s', async (kind, content, look, expected) => {
    const tables = await readTables({ [kind]: content });
    expect(rejects(tables)).toEqual([]);
    expect(look(tables)).toEqual(expected);
  });
});

describe('a profile', () => {
  const profile: Profile = {
    schemaVersion: 1,
    id: 'source-system',
    inputs: {
      transactions: {
        headers: { SEQ: 'transaction_id', 券番: 'coupon_number', 処理時刻: 'occurred_at', 明細区分: 'kind' },
        values: { kind: { '01': 'payment', '09': 'cancel' }, status: { OK: 'completed', NG: 'failed' } },
        dateFormats: ['yyyyMMddHHmmss', 'dd.MM.yyyy HH:mm'],
      },
    },
  };
  const header = 'SEQ,券番,処理時刻,明細区分,status,amount_yen,merchant_id,related_transaction_id';

  it('maps headers, values and dates to ours, and leaves the rest as it is', async () => {
    const rows = [
      'T1,0001,20230224180000,01,OK,500,M1,',
      'T2,0001,20230224180500,09,NG,500,,T1',
      'T3,0001,20230224181000,charge,completed,0,,',
      'T4,0001,20230224181000,支払,保留,100,M1,',
    ];
    const tables = await readTables({ transactions: `${header}\n${rows.join('\n')}\n` }, { profile });
    expect(rejects(tables)).toEqual([]);
    expect([...tables.transactions.occurredAt]).toEqual(
      ['18:00', '18:05', '18:10', '18:10'].map((time) => instant(`2023-02-24 ${time}`)),
    );
    expect([...tables.transactions.kind]).toEqual([1, 2, 0, 1]);
    expect([...tables.transactions.status]).toEqual([0, 1, 0, 2]);
  });

  const written: readonly (readonly [string, string, string])[] = [
    ['its first pattern', '20230224180000', 'yyyyMMddHHmmss'],
    ['another pattern of it', '24.02.2023 18:00', 'dd.MM.yyyy HH:mm'],
    ['the forms that are known to all', '2023-02-24T09:00:00Z', 'known'],
  ];
  it.each(written)('reads a column by one form, decided by what the file begins with: %s', async (_, first, form) => {
    // One row by that form, and one by each of the others: these are rejected, and not read another way.
    const others = written.map(([, each]) => each).filter((each) => each !== first);
    const rows = [first, first, ...others].map((each, index) => `T${index},0001,${each},01,OK,500,M1,`);
    const tables = await readTables({ transactions: `${header}\n${rows.join('\n')}\n` }, { profile });
    expect(tables.files[0]?.forms).toContainEqual({ column: 'occurred_at', dates: form });
    expect([...tables.transactions.occurredAt]).toEqual([instant('2023-02-24 18:00'), instant('2023-02-24 18:00')]);
    expect(rejects(tables)).toEqual(['4 occurred_at BAD_INSTANT', '5 occurred_at BAD_INSTANT']);
  });

  it('rejects a date that does not exist in its own pattern too', async () => {
    const tables = await readTables({ transactions: `${header}\nT1,0001,20230230180000,01,OK,500,M1,\n` }, { profile });
    expect(rejects(tables)).toEqual(['2 occurred_at BAD_INSTANT']);
  });

  it('says which of two headers is meant: the other one is then not used', async () => {
    const row = 'T1,0001,20230224180000,01,OK,500,M1,,charge';
    const tables = await readTables({ transactions: `${header},kind\n${row}\n` }, { profile });
    expect(tables.transactions.kind[0]).toBe(1);
    expect(tables.files[0]?.ignoredColumns).toEqual(['kind']);
  });

  it('that names two headers of a file for one column has not said which is meant', async () => {
    const twice: Profile = {
      schemaVersion: 1,
      id: 'twice',
      inputs: { transactions: { headers: { SEQ: 'transaction_id', 取引番号: 'transaction_id' } } },
    };
    const content = 'SEQ,取引番号,coupon_number,occurred_at,kind,status,amount_yen\n';
    expect(codes(await readProblems({ transactions: content }, { profile: twice }))).toEqual([
      'DUPLICATE_HEADER transactions.csv:1:transaction_id',
    ]);
  });

  it('whose header no file of its input has is refused, and the nearest unused one is named', async () => {
    const renamed: Profile = {
      schemaVersion: 1,
      id: 'renamed',
      inputs: { transactions: { headers: { 支払い方法: 'funding' } } },
    };
    const content = csv('transactions', ROW.transactions).replace('funding', '支払方法');
    const problems = await readProblems({ transactions: content }, { profile: renamed });
    expect(codes(problems)).toEqual(['PROFILE_HEADER_MISSING profile: inputs.transactions.headers.支払い方法']);
    expect(problems[0]?.what.ja).toContain('「支払方法」');
  });

  it('whose header stands in one file of its input need not stand in all', async () => {
    const one: Profile = {
      schemaVersion: 1,
      id: 'one',
      inputs: { transactions: { headers: { 原資の別: 'funding' } } },
    };
    const files = {
      'a.csv': csv('transactions', ROW.transactions).replace('funding', '原資の別'),
      'b.csv': csv('transactions', ROW.transactions.replace('T1', 'T2')),
    };
    expect((await readTables({ transactions: files }, { profile: one })).transactions.rows).toBe(2);
  });

  it('may take a built-in header for another column', async () => {
    const swapped: Profile = {
      schemaVersion: 1,
      id: 'swapped',
      inputs: { sales: { headers: { 合計: 'coupon_yen', クーポン: 'total_yen' } } },
    };
    const content = '報告ID,加盟店ID,売上日時,合計,クーポン,現金\nS1,M1,2023/2/24 18:00,500,700,200\n';
    const tables = await readTables({ sales: content }, { profile: swapped });
    expect([tables.sales.totalYen[0], tables.sales.couponYen[0]]).toEqual([700, 500]);
  });

  it('works on Windows-31J files as well', async () => {
    const content = windows31j(`${header}\nT1,0001,20230224180000,01,OK,500,店,\n`);
    const tables = await readTables({ transactions: content }, { profile });
    expect(tables.merchants.textOf(0)).toBe('店');
  });

  // 2-data.md: "A profile file maps a source system's own headers, values and date formats"; a pattern with an offset, in a
  // file that has a date column as well.
  it('may have a pattern with an offset where a date column is read too', async () => {
    const offset: Profile = {
      schemaVersion: 1,
      id: 'offset',
      inputs: { issuance: { dateFormats: ['yyyyMMdd HHmmssxx'] } },
    };
    const row = '0001,paper,46,2000,20230223 150000+0900,20230224 000000+0900,A1,active,,';
    const tables = await readTables({ issuance: csv('issuance', row) }, { profile: offset });
    expect(tables.issuance.issuedAt[0]).toBe(instant('2023-02-23 15:00'));
  });
});

describe('a date format of a profile', () => {
  const schemaTakes = (pattern: string): boolean =>
    profileSchema().safeParse({ schemaVersion: 1, id: 'x', inputs: { issuance: { dateFormats: [pattern] } } }).success;

  it.each(['yyyyMMddHHmmss', "yyyy-MM-dd'T'HH:mm:ssxxx", 'd.M.yyyy H:mm'])('%s is taken', (pattern) =>
    expect(schemaTakes(pattern)).toBe(true));

  it('that is none is refused', () => expect(schemaTakes('nn')).toBe(false));

  // 4-cli.md: exit 2, "the profile is wrong". These pass the schema and end a run as a bug (70) once a value gets so far.
  it.each(['yyyy-MM-ddnHH', 'yyyy-MM-dd DD', 'yyyy-MM-dd HH:mm YYYY'])('%s is refused', (pattern) =>
    expect(schemaTakes(pattern)).toBe(false));

  // 2-data.md: "A date given with a time (an expires_on) keeps its date", as the built-in forms do.
  it('with an offset is the date that it was in Japan', async () => {
    const profile: Profile = {
      schemaVersion: 1,
      id: 'offset',
      inputs: { issuance: { dateFormats: ['yyyyMMdd HHmmssxx'] } },
    };
    const row = '0001,paper,46,2000,20230223 150000+0900,20230223 150000+0000,A1,active,,';
    const tables = await readTables({ issuance: csv('issuance', row) }, { profile });
    // Midnight in Japan, when the 24th began.
    expect(tables.issuance.expiresOn[0]).toBe(dayNumber(2023, 2, 24));
  });
});

describe('a date format without a date', () => {
  it('reads no instant, should it come past the schema of profiles', async () => {
    const profile: Profile = { schemaVersion: 1, id: 'time', inputs: { transactions: { dateFormats: ['HH:mm'] } } };
    const row = 'T1,0001,17:45,payment,completed,500,M1,P1,,coupon';
    const tables = await readTables({ transactions: csv('transactions', row) }, { profile });
    expect(rejects(tables)).toEqual(['2 occurred_at BAD_INSTANT']);
  });
});

describe('the machine\u2019s time zone', () => {
  const skipped = instant('2023-03-12T02:30:00+09:00');
  let newYork: ReturnType<typeof alone>;
  beforeAll(() => {
    newYork = alone('America/New_York', [
      ['built-in', '2023-03-12 02:30'],
      ['date', 'dd.MM.yyyy', '12.03.2023'],
      ['pattern', 'yyyyMMddHHmmss', '20230312023000'],
      ['pattern', 'yyyyMMddHHmmss', '20230224180000'],
      ['pattern', 'yyyyMMdd HHmmssxx', '20230312 023000+0900'],
    ]);
  });

  it('matters to the platform in the hour that New York skips', () => expect(newYork.localHour).toBe(3));

  it('does not matter to the built-in forms', () => expect(newYork.values[0]).toBe(skipped));

  it('does not matter to the dates of a profile', () => expect(newYork.values[1]).toBe(dayNumber(2023, 3, 12)));

  it('does not matter to the dates of a profile where midnight is skipped', () => {
    const saoPaulo = alone('America/Sao_Paulo', [['date', 'dd.MM.yyyy', '04.11.2018']]);
    expect(saoPaulo.values).toEqual([Date.UTC(2018, 10, 4) / 86_400_000]);
  });

  // 2-data.md: the machine's time zone changes no byte of any output. date-fns consults it in spite of the offset.
  it('does not matter to the instants of a profile, in the hour that it skips', () =>
    expect(newYork.values[2]).toBe(skipped));

  it('does not matter to the instants of a profile otherwise', () =>
    expect(newYork.values[3]).toBe(instant('2023-02-24 18:00')));

  it('does not matter to the instants of a profile with an offset, in the hour that it skips', () =>
    expect(newYork.values[4]).toBe(skipped));
});
