import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Encoding } from '../../src/intake/bytes/file.ts';
import { type IntakeRequest, readInputs } from '../../src/intake/read-inputs.ts';
import { type Profile, profileSchema } from '../../src/intake/schema/profile.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { ABSENT, INPUT_KINDS, type InputKind, type Tables, type TextLookup } from '../../src/tables/tables.ts';
import { WORKER } from '../support/program.ts';
import { csv, HEADERS, inFolder, instant, put, ROW, windows31j } from './read-files.ts';

/**
 * The byte reader and the reference reader are two ways to one answer: every file here is read by both, in blocks and
 * batches of all sizes and in chunks by several threads, and everything that is known of it afterwards must be equal.
 */
type Kind = InputKind;
type BulkKind = 'issuance' | 'transactions' | 'sales';
type Content = string | Uint8Array;
type How = Pick<IntakeRequest, 'reader' | 'sizes' | 'threads'>;

interface Setting {
  readonly profile?: Profile;
  readonly encoding?: Encoding;
}

const REFERENCE: How = { reader: 'csv-parse' };
/** By a thread beside the main one, which reads some chunks itself where it may. To start a thread takes longer than to read. */
const inChunks = (chunkBytes: number, ownChunks = 0, count = 2): How => ({
  threads: { script: pathToFileURL(WORKER), count, leastBytes: 0, chunkBytes, ownChunks },
  sizes: { batchRecords: 3 },
});

/** Everything that intake says of a file, as values and texts. */
async function answer(
  read: string | readonly string[],
  kind: Kind,
  how: How,
  { profile, encoding }: Setting,
): Promise<unknown> {
  const paths = Object.fromEntries(INPUT_KINDS.map((each) => [each, each === kind ? [read].flat() : []]));
  const result = await readInputs({
    paths: paths as unknown as IntakeRequest['paths'],
    profile,
    encoding,
    understand: { rows: 3 },
    terms: KAGOSHIMA.terms,
    asOf: instant('2023-12-01T00:00:00+09:00'),
    ...how,
  });
  if (!('tables' in result)) return result.problems;
  const { tables } = result;
  const { rejects, files, findings, issued } = tables;
  return { rows: rowsOf(tables, kind), rejects, files, findings, issued, unmatched: [...tables.unmatched] };
}

const isBulk = (kind: Kind): kind is BulkKind => kind === 'issuance' || kind === 'transactions' || kind === 'sales';

function rowsOf(tables: Tables, kind: Kind): unknown {
  if (!isBulk(kind)) return tables[kind];
  const { rows, ...columns } = tables[kind];
  const texts: Readonly<Record<string, TextLookup>> = {
    coupon: tables.coupons,
    transaction: tables.transactionIds,
    related: tables.transactionIds,
    report: tables.reports,
    merchant: tables.merchants,
    issuer: tables.words,
    terminal: tables.words,
    account: tables.texts,
    phone: tables.texts,
    email: tables.texts,
    receipt: tables.texts,
  };
  const shown = Object.entries(columns);
  return Array.from({ length: rows }, (_, row) =>
    shown.map(([name, column]) => {
      const value = (column as Float64Array)[row] ?? ABSENT;
      const lookup = texts[name];
      return `${name}=${lookup === undefined || value === ABSENT ? value : lookup.textOf(value)}`;
    }),
  );
}

async function expectAgreement(
  kind: Kind,
  content: Content,
  ways: readonly How[],
  setting: Setting = {},
): Promise<void> {
  await inFolder(async (folder) => {
    const path = put(folder, `${kind}.csv`, content);
    const expected = await answer(path, kind, REFERENCE, setting);
    for (const how of ways) {
      const told = how.threads === undefined ? JSON.stringify(how.sizes) : `chunks of ${how.threads.chunkBytes}`;
      expect(await answer(path, kind, how, setting), told).toEqual(expected);
    }
  });
}

const SIZES = [
  {},
  { blockBytes: 61, batchRecords: 3 },
  { blockBytes: 1, batchRecords: 1 },
  { blockBytes: 999, batchRecords: 64 },
];
const WAYS: readonly How[] = SIZES.map((sizes) => ({ sizes }));

const tx = (id: string, words: Partial<Record<string, string>> = {}): string => {
  const given: Record<string, string> = {
    transaction_id: id,
    coupon_number: '000123456789',
    occurred_at: '2023-02-24T18:00:00+09:00',
    kind: 'payment',
    status: 'completed',
    amount_yen: '500',
    merchant_id: 'M0001',
    terminal_id: 'M0001-1',
    related_transaction_id: '',
    funding: 'coupon',
  };
  return HEADERS.transactions
    .split(',')
    .map((name) => words[name] ?? given[name])
    .join(',');
};
const file = (...rows: readonly string[]): string => csv('transactions', ...rows);
const odd = (name: string, ...values: readonly string[]): [string, string] => [
  `${name} of every form`,
  file(...values.flatMap((value, index) => [tx(`T${1000 + index}`), tx(`X${1000 + index}`, { [name]: value })])),
];
const many = (count: number, of: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => of(index));

function withMemo(count: number, isOdd: (index: number) => boolean): string {
  const [header = '', ...rows] = file(...many(count, (index) => tx(`T${index}`)))
    .trimEnd()
    .split('\n');
  return [`${header},memo`, ...rows.map((row, index) => `${row},${isOdd(index) ? '"M"x' : 'M'}`), ''].join('\n');
}

const NASTY: readonly (readonly [name: string, content: Content])[] = [
  ['an empty file', ''],
  ['a header alone', `${HEADERS.transactions}\n`],
  ['a header without a line end', HEADERS.transactions],
  ['a byte order mark alone', '\ufeff'],
  ['a byte order mark', `\ufeff${file(tx('T1'), tx('T2'))}`],
  ['blank lines before the header and between rows', `\n\r\n\r${file(tx('T1'), '', tx('T2'), '', '')}`],
  ['lines that hold two quotes', file('""', tx('T1'), '""', tx('T2'))],
  ['a line of two quotes before the header', `""\n${file(tx('T1'))}`],
  ['quotes in quotes', file(tx('"T""1"'), tx('T2'), tx('"T3"'))],
  ['a quote inside a field', file(tx('T"1'), tx('T2"'), tx('T3'))],
  ['junk behind a closing quote', file(tx('T1'), tx('"T2"x'), tx('T3'))],
  ['junk behind the last closing quote', file(tx('T1'), tx('T2', { funding: '"coupon"x' })).trimEnd()],
  [
    'junk behind a closing quote, and lines inside the next',
    file(tx('"T2"x', { terminal_id: '"a\r\nb\rc"' }), tx('T3')),
  ],
  ['junk that holds quotes, commas and lines', file(tx('"T2"x"'), tx('"a"b,"c"'), tx('"d"e\n"f"g'), tx('T3'))],
  ['junk and line ends of two characters', file(tx('"T1"x'), tx('T2'), tx('"T3"x')).replaceAll('\n', '\r\n')],
  ['junk and line ends that are carriage returns', file(tx('"T1"x'), tx('T2'), tx('"T3"x')).replaceAll('\n', '\r')],
  ['junk and a quote that is never closed', file(tx('"T1"x'), tx('T2'), tx('"T3'), tx('T4'))],
  ['junk in a record that begins like a file', file(tx('T1'), tx('\ufeffT2', { kind: '"payment"x' }), tx('T3'))],
  ['junk and a NUL', file(tx('"T1"\0', { kind: '"payment"\0x' }), tx('T2'))],
  ['junk in Windows-31J', windows31j(file(tx('"決済"表'), tx('T2', { terminal_id: '端末ソ' })))],
  ['junk in every one of many rows', file(...many(1500, (index) => tx(`"T${index}"x`)), tx('T9999'))],
  // A row that csv-parse cuts is as good as any other where nobody reads the field in question.
  ['junk in a column that is not read, in every row', withMemo(1024, () => true)],
  ['junk in a column that is not read, in every second row', withMemo(1024, (index) => index % 2 === 0)],
  ['junk in a column that is not read, where room ends', withMemo(66, (index) => index > 62)],
  ['a space behind a closing quote', file(tx('"T1" '), tx('T3'))],
  ['a quote that is never closed', file(tx('T1'), tx('"T2'), tx('T3'))],
  ['a quote that is never closed in the last field', file(tx('T1'), tx('T2', { funding: '"coupon' }))],
  ['line ends inside quotes', file(tx('"T\n1"'), tx('"T\r\n2"'), tx('"T\r3"'), tx('T4'))],
  ['line ends inside quotes of a field that is not read', `note,${file(tx('T1')).replace('\nT1', '\n"a\nb\r\n",T1')}`],
  ['CRLF', file(tx('T1'), tx('T2')).replaceAll('\n', '\r\n')],
  ['lone carriage returns', file(tx('T1'), tx('T2')).replaceAll('\n', '\r')],
  ['mixed line ends', `${HEADERS.transactions}\r${tx('T1')}\n${tx('T2')}\r\n${tx('T3')}\r\r\n${tx('T4')}`],
  ['one lone carriage return among line feeds', `${HEADERS.transactions}\n${tx('T1')}\r${tx('T2')}\n${tx('T3')}\n`],
  ['a last line without an end', file(tx('T1'), tx('T2')).slice(0, -1)],
  ['a last line that is cut short', file(tx('T1'), tx('T2')).slice(0, -20)],
  ['a carriage return at the very end', `${file(tx('T1')).slice(0, -1)}\r`],
  ['a comma at the very end', `${file(tx('T1')).slice(0, -1)},`],
  ['a date of NUL bytes', file(tx('T1'), tx('T2', { occurred_at: `${'\0'.repeat(10)}T17:45:03+09:00` }), tx('T3'))],
  ['NUL bytes', file(tx('T\x01'), tx('T2', { merchant_id: '\0' }), tx('"T3"\0'), tx('T4'))],
  ['a field of 2 MB', file(tx('T1'), tx(`T${'x'.repeat(2_000_000)}`), tx('T3'))],
  ['a quoted field of 1 MB', file(tx('T1'), tx(`"${'y,\n'.repeat(330_000)}"`), tx('T3'))],
  [
    'a field that nearly fills the window, and short ones',
    file(tx('T1', { terminal_id: 'P'.repeat(125_000) }), tx('T2')),
  ],
  ['too many and too few fields', file(tx('T1'), `${tx('T2')},`, 'T3', tx('T4'), tx('T5').slice(0, -7), tx('T6'))],
  [
    'all fields quoted',
    file(
      ...many(9, (at) =>
        tx(`T${at}`)
          .split(',')
          .map((field) => `"${field}"`)
          .join(','),
      ),
    ),
  ],
  ['some fields quoted, of equal length', file(tx('"T1"'), tx('T12'), tx('"T2"'), tx('"T"'), tx('T345'), tx('"T3"'))],
  [
    'rows whose empty last field comes and goes',
    file(...many(9, (at) => tx(`T${at}`, { funding: at % 2 === 0 ? '' : 'own' }))),
  ],
  [
    'a separator where the field before had its end',
    file(tx('T1234'), tx('T1,23'), tx('T1234'), tx('T12\n3'), tx('T1234')),
  ],
  [
    'columns in another order, and more of them',
    'x,funding,kind,status,amount_yen,y,coupon_number,transaction_id,occurred_at,merchant_id,z\n1,own,payment,completed,5,"a,b",0001,T1,2023-02-24T18:00:00+09:00,M1,\n,,charge,completed,0,,2,T2,2023-02-24T18:00:00+09:00,,q\n',
  ],
  ['a header that stands twice', `funding,${file(tx('T1')).replace('\n', '\ncoupon,')}`],
  ['a column too few', file(tx('T1')).replace('status', 'state')],
  ['repeats and contradictions', file(tx('T1'), tx('T2'), tx('T1'), tx('T2', { amount_yen: '501' }), tx('T3'))],
  [
    'identifiers that are alike in their last twelve bytes',
    file(
      ...many(40, (at) =>
        tx(`${'AB'[at % 2]}${'CDE'[at % 3]}-${String(at >> 3).padStart(12, '0')}`, { terminal_id: `P${at % 5}` }),
      ),
    ),
  ],
  ['identifiers without an order', file(...many(200, (at) => tx(`T${(at * 7919) % 211}`)), tx('T5'))],
  odd(
    'transaction_id',
    'T-1',
    'a b',
    ' T1',
    'T1 ',
    'Ｔ１',
    '①',
    'é',
    'x'.repeat(60),
    '12345678901234567890',
    '1',
    'T',
    '',
    '💴1234',
    '日本語',
    'T\t1',
  ),
  odd(
    'coupon_number',
    '1',
    '0001',
    '1234-5678-9012',
    '1234 5678',
    '１２３４',
    '1.23457E+11',
    '1E+11',
    'ABC',
    'A+1',
    '-',
    '',
    '12345678901234567890',
    '①234',
    '12‐34',
  ),
  odd(
    'amount_yen',
    '0',
    '1,000',
    '"1,000"',
    '"12,34"',
    '¥1000',
    '\\1000',
    '１，０００',
    '1000円',
    '1234567890',
    '9999999999999',
    '12.5',
    '1e3',
    '-1',
    '+1',
    ' 5',
    '５００',
    '',
    '007',
  ),
  odd(
    'occurred_at',
    '2023/2/24 17:45',
    '2023/02/24 17:45:03',
    '2023-02-24 17:45:03',
    '2023-02-24T17:45:03Z',
    '2023-02-24T17:45:03+09:00',
    '2023-02-24T17:45:03+0900',
    '2023-02-24T17:45:03.5+09:00',
    '2023-02-24T08:45:03-01:30',
    '2023-02-30T17:45:03+09:00',
    '2023-02-24T24:00:00+09:00',
    '2023-02-24T17:60:03+09:00',
    '2023-02-24T17:45:60+09:00',
    '2023-02-24X17:45:03+09:00',
    '2023/02-24T17:45:03+09:00',
    '2023-02-24T1/:45:03+09:00',
    '令和5年2月24日 17:45:03',
    '1969-12-31T23:59:59+09:00',
    '1969-12-31T23:59:59Z',
    '2024-02-29T00:00:00Z',
    '2023-02-24',
    '',
    '２０２３-02-24T17:45:03+09:00',
    '2023-02-24  17:45:03',
  ),
  odd(
    'kind',
    'charge',
    'payment',
    'cancel',
    'reinstatement',
    '決済',
    'チャージ',
    ' payment',
    'Payment',
    'ｐａｙｍｅｎｔ',
    '"pay,ment"',
    '',
  ),
  odd('status', 'failed', 'pending', '完了', '', 'complete', 'completedx'),
  odd('merchant_id', '', 'M2', '店 1', 'Ｍ２', '①', '"M,1"', 'M1'),
  odd('funding', 'own', '', 'クーポン', ' ', 'x'),
  [
    'Japanese in Windows-31J',
    windows31j(file(tx('T1', { kind: '決済', merchant_id: '表示店1' }), tx('T2', { status: '完了' }), tx('ソ1234'))),
  ],
  ['an encoding that is none', Uint8Array.from([...new TextEncoder().encode(file(tx('T1'))), 0x81, 0xff, 0x0a])],
  [
    'an encoding that changes late',
    Uint8Array.from([
      ...new TextEncoder().encode(file(tx('T1', { merchant_id: '店' }), ...many(60, (at) => tx(`T${at}`)))),
      ...windows31j(tx('T2', { merchant_id: '加盟店' })),
    ]),
  ],
  ['gzip', gzipSync(file(...many(60, (at) => tx(`T${at}`))))],
  ['gzip that is cut short', gzipSync(file(tx('T1'), tx('T2'))).subarray(0, 60)],
  ['gzip of nothing', gzipSync('')],
];

describe('both readers agree on', () => {
  it.each(NASTY)('%s', async (_, content) => {
    // A block of one byte is for files of a few lines.
    const ways = content.length > 20_000 ? WAYS.filter(({ sizes }) => sizes?.blockBytes !== 1) : WAYS;
    await expectAgreement('transactions', content, ways);
  });

  // To start a thread takes longer than to read such files: those that can be read at all are read together. A chunk of one
  // byte is a message for each line.
  it.each([1, 137])('all of these but the largest, read in chunks of %i bytes', async (chunkBytes) => {
    await inFolder(async (folder) => {
      const small = NASTY.filter(([, content]) => content.length < (chunkBytes === 1 ? 300 : 20_000));
      const paths = small.map(([, content], at) => put(folder, `${String(at).padStart(3, '0')}.csv`, content));
      const alone = await Promise.all(paths.map((path) => answer(path, 'transactions', REFERENCE, {})));
      const together = paths.filter((_, at) => !Array.isArray(alone[at]));
      expect(together.length).toBeGreaterThan(small.length / 2);
      const ways = [together, ...paths.filter((path) => !together.includes(path)).map((path) => [path])];
      for (const way of ways) {
        const expected = await answer(way, 'transactions', REFERENCE, {});
        expect(await answer(way, 'transactions', inChunks(chunkBytes, 2, 3), {}), way.join()).toEqual(expected);
      }
    });
  });

  it('a file longer than a block, of rows of all lengths', async () => {
    const rows = many(60_000, (at) =>
      tx(`T${at ** 2}`, { amount_yen: String((at * 7) % 10_007 || 1), terminal_id: 'P'.repeat(at % 23) }),
    );
    await expectAgreement('transactions', file(...rows), [{}, inChunks(700_000), inChunks(50_000, 2)]);
  });

  it('a file of several windows, with odd rows on both sides of every border', async () => {
    const kinds: readonly ((at: number) => string)[] = [
      (at) => tx(`T${at}`),
      (at) => tx(`"T${at}"`, { merchant_id: '"M\n1"' }),
      (at) => `${tx(`T${at}`)}\r`,
      (at) => tx(`T${at}`, { amount_yen: '"1,000"', terminal_id: 'P'.repeat((at * 31) % 90) }),
      (at) => tx(`T${at}`, { occurred_at: '2023/2/24 18:00' }),
      (at) => `${tx(`T${at}`)},`,
      () => '',
      (at) => tx(`T${at}`, { kind: '取消', related_transaction_id: `T${at - 1}` }),
    ];
    const rows = many(9000, (at) => (kinds[(at * at + (at >> 7)) % kinds.length] as (at: number) => string)(at));
    await expectAgreement('transactions', file(...rows), [
      {},
      { sizes: { blockBytes: 300_000 } },
      inChunks(250_000, 1),
    ]);
  });

  it.each([
    ['shorter', 400, 3],
    ['longer', 3, 400],
  ])('a file whose later rows are %s', async (_, first, then) => {
    const rows = many(6000, (at) => tx(`T${at}`, { terminal_id: 'P'.repeat(at < 2000 ? first : then) }));
    await expectAgreement('transactions', file(...rows), [{}, inChunks(9000), inChunks(9000, 2)]);
  });

  it('addresses with so many shapes that some have no key, and receipts behind them', async () => {
    const sale = (at: number): string =>
      `S${at},M1,2023-02-24T18:00:00+09:00,700,500,200,0,,${at < 3000 ? `n${at * 7}r@receipts.example` : `R${at}`}`;
    const content = `${HEADERS.sales},receipt_no\n${many(4000, sale).join('\n')}\n`;
    await expectAgreement('sales', content, [{}, inChunks(9000)]);
  });

  it('more shapes of identifiers than have a key', async () => {
    const rows = many(11_000, (at) =>
      tx(`${at.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string)}-1234`),
    );
    await expectAgreement('transactions', file(...rows, ...rows), [{}, inChunks(200_000)]);
  });

  // Days of years and none in turn: what the kernel keeps of an empty field gives way to them, again and again.
  it('more days than are kept, with empty fields between them', async () => {
    const travelled = (at: number): string => {
      const day = new Date(Date.UTC(2017, 0, 1 + at)).toISOString().slice(0, 10);
      return `${10_000 + at},paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,${at % 2 === 0 ? day : ''}`;
    };
    const rows = Array.from({ length: 4000 }, (_, at) => travelled(at));
    const header = 'coupon_number,medium,prefecture,face_yen,issued_at,expires_on,travel_date';
    await expectAgreement('issuance', `${header}\n${rows.join('\n')}\n`, [{ sizes: { batchRecords: 64 } }]);
  });

  const issued = (...words: readonly string[]): string => csv('issuance', ...words);
  it.each<[string, Kind, Content]>([
    [
      'issuance',
      'issuance',
      issued(
        ROW.issuance,
        '0002,app,01,1000,2023-02-23 15:00:00,2023/2/24,,,090-1234-5678,a@b.jp',
        '0003,紙,鹿児島県,"2,000",2023-02-23T15:00:00Z,令和5年2月24日,A①,退会,①,"a ""b""@c"',
        '0004,paper,99,0,x,2023-02-24T10:00:00+09:00,,,,',
        '0003,paper,46,2000,2023-02-23T15:00:00Z,2023-02-24,,,,',
      ),
    ],
    [
      'sales',
      'sales',
      csv(
        'sales',
        ROW.sales,
        'S2,M1,2023-02-24T18:00:00+09:00,700,500,200,1,0001',
        'S3,M1,2023-02-24T18:00:00+09:00,700,700,0,,',
        'S4,M1,2023-02-24T18:00:00+09:00,0,0,0,,',
        'S1,M1,2023-02-24T18:00:00+09:00,700,500,200,0,0001',
      ),
    ],
  ])('a file of %s', (_, kind, content) => expectAgreement(kind, content, [...WAYS, inChunks(50)]));

  const few = (kind: Kind, ...values: readonly (readonly [from: string, to: string])[]): [Kind, Content] => [
    kind,
    csv(kind, ROW[kind], ...values.map(([from, to]) => ROW[kind].replace(from, to)), ROW[kind]),
  ];
  it.each<[Kind, Content]>([
    few(
      'claims',
      ['C1', '"C""2"'],
      ['double_charge', '二重決済'],
      ['0001', '0001,x'],
      ['2023-02-24', ''],
      ['C1', '"C\n3"'],
    ),
    few(
      'applications',
      ['見本太郎', '" 見本, 花子 "'],
      ['points', 'cash'],
      [',,,,,', ','],
      ['AP1', 'AP"1'],
      ['0001', ''],
    ),
    few('decisions', ['係員', '"係\r\n員"'], ['approve', '却下'], ['2023-05-01', '2023-05-32'], ['R1', '"R2"x']),
    few('paid', ['1000', '"1,000円"'], ['sent', '受取済'], ['P1', ''], ['1000', '-1'], ['P1', '"P2']),
    few('paid', ['P1', '"P2"x'], ['sent', '"sent"x'], ['1000', '2000']),
    ['claims', ''],
    ['paid', `\ufeff\n${csv('paid', ROW.paid)}`],
    ['decisions', windows31j(csv('decisions', ROW.decisions))],
    ['applications', gzipSync(csv('applications', ROW.applications).replaceAll('\n', '\r\n'))],
  ])('a file of few rows: %s', (kind, content) => expectAgreement(kind, content, [...WAYS, inChunks(50)]));

  it.each<Encoding>(['utf-8', 'windows-31j'])('a file that is said to be %s', async (encoding) => {
    const japanese = file(tx('T1', { merchant_id: '店' }));
    for (const content of [japanese, windows31j(japanese), file(tx('T1')), `\ufeff${japanese}`])
      await expectAgreement('transactions', content, WAYS, { encoding });
  });

  // What stands for nothing, guards, what nobody sees, what a spreadsheet destroyed.
  const SPOILED = [
    ...[
      '-',
      '--',
      '–',
      'ー',
      '―',
      '－',
      'NULL',
      'null',
      'ｎｕｌｌ',
      'N/A',
      '#N/A',
      'なし',
      'ナシ',
      '未登録',
      '0',
      '００',
      '000',
    ],
    ...[' ', '\u3000', '\u00a0', '\t', ' - ', "'", "'A1", '＇A1', '"=""A1"""', '=A1', '#', '########', '#1'],
    ...[
      'A\u200b1',
      '\u200eA1',
      'A1\ufeff',
      'A\u00ad1',
      'A\u20601',
      'A\u00001',
      'A1\u0000',
      'A\ufe0f1',
      '\u0085A1',
      'A\u2800',
    ],
    ...['1.23457E+11', '1,23457E+15', '１．２Ｅ＋１０', '1e+5', '1E5', 'é', 'A\u0301'],
    ...['Dec-01', 'Dec 01', 'dec-1', '1-Dec', '31-DEC', '12月1日', 'ABC-01', '12-ABC', 'Dec-2023'],
  ];
  const spoiled = (kind: Kind, column: number, quote = false): Content => {
    const rows = SPOILED.flatMap((value, at) => {
      const fields = ROW[kind].split(',');
      // One id a row, unless it is the id that is spoiled.
      fields[0] = `${fields[0]}${at}`;
      const isQuoted = value.startsWith('"');
      fields[column] = !isQuoted && (quote || value.includes(',')) ? `"${value}"` : value;
      return [ROW[kind].replace(/^[^,]+/, `Z${at}`), fields.join(',')];
    });
    return csv(kind, ...rows);
  };
  const columnsOf = (kind: Kind): number[] => HEADERS[kind].split(',').map((_, at) => at);
  it.each(
    INPUT_KINDS.flatMap((kind) => columnsOf(kind).map((column) => [kind, column] as const)),
  )('a file of %s whose column %i holds what is no value', async (kind, column) => {
    await expectAgreement(kind, spoiled(kind, column), [{}, ...WAYS.slice(1, 2), inChunks(137)]);
    await expectAgreement(kind, spoiled(kind, column, true), [{}]);
  });

  it.each<[string, (value: string) => string]>([
    ['an apostrophe', (value) => `'${value}`],
    ['a full-width apostrophe', (value) => `＇${value}`],
    ['a formula', (value) => `"=""${value}"""`],
  ])('a file all of whose identifiers are guarded by %s', async (_, guarded) => {
    const rows = many(40, (at) =>
      tx(guarded(`T${at}`), {
        coupon_number: guarded(`0000${at}`),
        merchant_id: guarded('M1'),
        terminal_id: guarded('P1'),
      }),
    );
    for (const others of [[], [tx('T99')], [tx(guarded('T98'), { coupon_number: '00001' })]])
      await expectAgreement('transactions', file(...rows, ...others), [...WAYS.slice(0, 2), inChunks(300)]);
  });

  it('a file of dates in every form that is known', async () => {
    const forms = [
      ...[
        'R5.2.24 18:00',
        'R05/02/24 18:00:00',
        '令和5年2月24日(金) 18:00',
        '2023/2/24(金) 18:00',
        '2023/2/24(木) 18:00',
      ],
      ...['2023/2/24 24:30', '2023/2/24 29:59', '2023/2/24 30:00', '2023-02-24T24:30:00Z', '2023/2/24(金) 24:30'],
      ...['2003-01-01 00:00', '2002-12-31 23:59', '2043-12-31 00:00', '2044-01-01 00:00', '9999-12-31T23:59:59+09:00'],
      ...['2023/2/24', 'R5.2.24', 'H31.4.30 10:00', '23/2/24 18:00', '2023-02-24T18:00:00+0900'],
    ];
    const rows = forms.map((occurred_at, at) => tx(`T${at}`, { occurred_at }));
    await expectAgreement('transactions', file(...rows), [...WAYS, inChunks(90)]);
    const expiries = forms.map((form, at) => `${at},paper,46,2000,2023-02-23T15:00:00+09:00,${form},,,,`);
    await expectAgreement('issuance', csv('issuance', ...expiries), [...WAYS, inChunks(90)]);
  });

  it('a file of sales that their shop voided, or did not', async () => {
    const rows = ['', '0', '1', '通常', '取消', 'no', 'yes', 'いいえ', '-', 'x'].map(
      (word, at) => `S${at},M1,2023-02-24T18:00:00+09:00,700,500,200,0,0001,${word}`,
    );
    const content = `${HEADERS.sales},voided\n${rows.join('\n')}\n`;
    await expectAgreement('sales', content, [...WAYS, inChunks(60)]);
  });

  it('numbers in two spellings, and numbers that a spreadsheet rounded', async () => {
    const twice = many(60, (at) => tx(at % 2 === 0 ? String(at).padStart(6, '0') : String(at - 1)));
    const long = many(60, (at) => tx(`20230224${String(at).padStart(7, '0')}0`));
    for (const rows of [twice, long, [...twice, ...long]])
      await expectAgreement('transactions', file(...rows), [...WAYS.slice(0, 2), inChunks(300)]);
  });

  it.each<[string, unknown]>([
    ['another zone', { zone: 'UTC' }],
    ['a zone west of Greenwich', { zone: '-03:30' }],
    ['a time for dates alone', { timeOfDatesAlone: '12:00' }],
    ['its own words for nothing', { absent: ['nix', '０', 'M0001-1'] }],
    ['no words for nothing', { absent: [] }],
    ['patterns of dates and times', { dateFormats: ['yyyyMMddHHmm', 'yyyy/M/d H:mm', 'yy/MM/dd hh:mm a'] }],
    ['patterns, and a time for dates alone', { dateFormats: ['dd.MM.yyyy'], timeOfDatesAlone: '09:30' }],
  ])('a file with a profile that states %s', async (_, transactions) => {
    const profile = profileSchema().parse({ schemaVersion: 1, id: 'own', inputs: { transactions } });
    const forms = [
      ...['2023-02-24T18:00:00+09:00', '2023-02-24 18:00:00', '2023/02/24 18:00:00', '2023-02-24', '2023/2/24 24:30'],
      ...['202302241800', '23/02/24 06:00 PM', '23/02/24 06:00 午後', '24.02.2023', '2023/2/24(金) 18:00', '0', 'nix'],
    ];
    for (const first of forms) {
      const rows = [first, first, ...forms].map((occurred_at, at) =>
        tx(`T${at}`, {
          occurred_at,
          terminal_id: at % 2 === 0 ? 'nix' : '0',
          related_transaction_id: at % 3 === 0 ? '０' : '-',
        }),
      );
      await expectAgreement('transactions', file(...rows), first === forms[0] ? [{}, inChunks(90)] : [{}], { profile });
    }
  });

  it('a file with a profile of its own headers, values and dates', async () => {
    const profile = profileSchema().parse({
      schemaVersion: 1,
      id: 'own',
      inputs: {
        transactions: {
          headers: { id: 'transaction_id' },
          values: { kind: { P: 'payment' } },
          dateFormats: ['dd.MM.yyyy HH:mm'],
        },
      },
    });
    const content = file(tx('T1', { kind: 'P', occurred_at: '24.02.2023 18:00' }), tx('T2')).replace(
      'transaction_id,',
      'id,',
    );
    await expectAgreement('transactions', content, [...WAYS, inChunks(40)], { profile });
  });
});

describe('a file with a profile that maps it:', () => {
  const LOG = '取引番号,店舗,日時,金額,支払方法,ステータス,番号,端末';
  const JOURNAL = '伝票,店舗,日時,合計,現金,カード,区分,取消,元伝票';
  /** Cells that meet conditions, and that do not; totals, headers and rows cut otherwise among them. */
  const CELLS: Readonly<Record<string, readonly string[]>> = {
    取引番号: ['1001', '1002', 'T3', '合計', '', 'total', '小計', '取引番号', '"1004"', 'T,5'],
    伝票: ['2001', '2002', 'S-3', '合計', '', '計', '件数', '伝票'],
    店舗: ['M01', 'M02', '', '店舗', '"M01"'],
    日時: ['2023-02-24T18:00:00+09:00', '2023/02/24 19:00', '日時', '', '2023-02-24'],
    金額: ['500', '-500', '¥1,000', '', '金額', '(300)', '0'],
    合計: ['1500', '-1500', '700', '', '0', '2200'],
    現金: ['1500', '-1500', '0', '700', '', '-'],
    カード: ['0', '0', '700', '', '¥0'],
    支払方法: ['クーポン', 'クーポン', '現金', '', '支払方法', 'クーポン '],
    ステータス: ['完了', '失敗', '返金完了', '', '?', 'ステータス'],
    番号: ['000123456789', '123456789', '', '番号'],
    端末: ['P1', '', '-'],
    区分: ['売上', '売上', '入金', '返品', '', '区分'],
    取消: ['0', '0', '1', '', '取消'],
    元伝票: ['', '2001', '2002', '9'],
  };
  const common = { transaction_id: '取引番号', merchant_id: '店舗', occurred_at: '日時', amount_yen: '金額' };
  const log = { ...common, coupon_number: '番号', status: 'ステータス', kind: { constant: 'payment' } };
  const journal = { report_id: '伝票', merchant_id: '店舗', sold_at: '日時', total_yen: '合計', cash_yen: '現金' };
  const plain = { ...journal, other_yen: 'カード', coupon_yen: { constant: '0' } };
  const MAPPINGS: readonly (readonly [string, 'transactions' | 'sales', object])[] = [
    ['constants', 'transactions', { columns: log, values: { status: { 返金完了: 'failed' } } }],
    [
      'a constant text',
      'transactions',
      { columns: { ...log, terminal_id: { constant: 'P-9' }, kind: { constant: 'charge' } } },
    ],
    ['rows of one way of paying', 'transactions', { columns: log, rows: { only: { 支払方法: ['クーポン'] } } }],
    [
      'rows by a column of its own',
      'transactions',
      { columns: log, rows: { leaveOut: { ステータス: ['失敗', '?'] } } },
    ],
    [
      'rows by several columns, each left out for the first',
      'transactions',
      { columns: log, rows: { only: { 支払方法: ['クーポン'] }, leaveOut: { ステータス: ['?'], 端末: ['-', 'P1'] } } },
    ],
    ['refunds', 'transactions', { columns: log, refunds: { when: { ステータス: ['返金完了'] }, of: '取引番号' } }],
    [
      'refunds by sign',
      'transactions',
      { columns: log, refunds: { negative: true, of: '端末', id: { join: ['取引番号', { line: true }], with: '-' } } },
    ],
    ['filters', 'sales', { columns: plain, rows: { only: { 区分: ['売上', '返品'] }, leaveOut: { 取消: ['1'] } } }],
    [
      'refunds that may name a sale',
      'sales',
      { columns: plain, refunds: { when: { 区分: ['返品'] }, negative: true, of: '元伝票' } },
    ],
    [
      'joined ids and shared columns',
      'sales',
      { columns: { ...plain, report_id: { join: ['店舗', '伝票'], with: '-' }, receipt_no: '伝票' } },
    ],
    [
      'sums and differences',
      'sales',
      {
        columns: {
          ...journal,
          total_yen: { sum: ['現金', 'カード'] },
          other_yen: { from: '合計', minus: ['現金'] },
          coupon_yen: { constant: '0' },
        },
      },
    ],
    [
      'values of some rows',
      'sales',
      { columns: { ...plain, cash_yen: { from: '現金', when: { 区分: ['売上'] }, unless: { 取消: ['1'] } } } },
    ],
    [
      'sums of fields of some rows',
      'sales',
      {
        columns: {
          ...journal,
          coupon_yen: {
            sum: [
              { from: '合計', when: { 区分: ['入金'] } },
              { from: 'カード', when: { 取消: ['1'] } },
            ],
          },
          other_yen: { sum: ['カード', { from: '合計', when: { 区分: ['返品'] }, unless: { 取消: ['1'] } }] },
        },
      },
    ],
    ['rows by a pattern', 'transactions', { columns: log, rows: { only: { ステータス: { pattern: '完了|失' } } } }],
    [
      'rows left out, and taken back, by patterns',
      'sales',
      {
        columns: plain,
        rows: { leaveOut: { 取消: { pattern: '^1' } } },
        refunds: { when: { 区分: { pattern: '返' } }, of: '元伝票' },
      },
    ],
    [
      'parts of fields',
      'transactions',
      {
        columns: {
          ...log,
          transaction_id: { from: '取引番号', pattern: '(\\d+)$' },
          coupon_number: { from: '番号', pattern: '^0*([1-9]\\d+)', unless: { 支払方法: ['現金'] } },
          amount_yen: { from: '金額', pattern: '([\\d,]+)' },
        },
      },
    ],
    ['trailing commas', 'sales', { columns: plain, table: { trailingCommas: true } }],
    ['words of totals', 'sales', { columns: plain, table: { totals: ['入金'] } }],
    ['a constant of a date', 'sales', { columns: { ...plain, sold_at: { constant: '2023-02-24 18:00' } } }],
  ];

  it.each(MAPPINGS)('%s (%s)', async (_, kind, input) => {
    const profile = profileSchema().parse({ schemaVersion: 2, id: 'own', inputs: { [kind]: input } });
    const header = kind === 'sales' ? JOURNAL : LOG;
    const names = header.split(',');
    const row = fc.tuple(...names.map((name) => fc.constantFrom(...(CELLS[name] ?? ['']))));
    const usual = names.map((name) => CELLS[name]?.[0] ?? '');
    const odd = row.map((cells) =>
      cells.map((cell) => (cell.includes(',') && !cell.startsWith('"') ? `"${cell}"` : cell)),
    );
    const rows = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: odd }), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('', ',', ',,x'), async (cells, end) => {
        const lines = cells.map((each, at) => `${each.join(',')}${at % 5 === 4 ? end : ''}`);
        // So many usual rows that threads have something to read.
        const content = [header, ...lines, ...many(30, () => usual.join(',')), ...lines, ''].join('\n');
        await expectAgreement(kind, content, end === '' ? [...WAYS, inChunks(200)] : WAYS, { profile });
      }),
      { numRuns: 5, seed: 17 },
    );
  });
});

describe('threads', () => {
  /** All three bulk files, so that coupons are issued in one and named in others. */
  async function answerOfAll(folder: string, how: How): Promise<unknown> {
    const number = (at: number): string => String((at * 7919) % 997).padStart(4, '0');
    const issued = many(400, (at) =>
      ROW.issuance.replace('0001', number(at)).replace('A1,active,,', `A${at % 50},active,,u${at}@x.jp`),
    );
    const log = many(900, (at) =>
      tx(`T${at % 880}`, { coupon_number: number(at * 3), merchant_id: `M${(at * 31) % 90}` }),
    );
    const sold = many(
      300,
      (at) =>
        `S${at},M${(at * 17) % 120},2023-02-24T18:00:00+09:00,700,500,200,0,${at % 3 === 0 ? '' : number(at * 5)}`,
    );
    const paths = {
      issuance: [
        put(folder, 'a.csv', csv('issuance', ...issued, issued[3] ?? '')),
        put(folder, 'b.csv', csv('issuance', issued[9] ?? '', 'x')),
      ],
      transactions: [
        put(folder, 'c.csv', csv('transactions', ...log)),
        put(folder, 'd.csv.gz', gzipSync(csv('transactions', tx('T900'), tx('T5')))),
      ],
      sales: [put(folder, 'e.csv', csv('sales', ...sold))],
    };
    const result = await readInputs({
      paths,
      profile: undefined,
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: instant('2023-12-01T00:00:00+09:00'),
      ...how,
    });
    if (!('tables' in result)) return result.problems;
    const { tables } = result;
    const { rejects, files } = tables;
    return {
      issuance: rowsOf(tables, 'issuance'),
      log: rowsOf(tables, 'transactions'),
      sales: rowsOf(tables, 'sales'),
      rejects,
      files,
    };
  }

  it.each([
    ['alone', 700, 0],
    ['beside the main thread', 700, 3],
    ['in chunks larger than the files', 1_000_000, 0],
  ])('read several files %s, with coupons that nobody issued', async (_, chunkBytes, own) => {
    await inFolder(async (folder) => {
      const expected = await answerOfAll(folder, REFERENCE);
      // By two threads.
      expect(await answerOfAll(folder, inChunks(chunkBytes, own, 3))).toEqual(expected);
    });
  });

  it.each([
    ['never begin', 'missing.mjs', undefined],
    [
      'have no room for their first chunk',
      'failing.mjs',
      "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { throw Object.assign(new Error('no'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }); });\nparentPort.postMessage('ready');\n",
    ],
  ])('that %s leave the file to the main thread', async (_, name, script) => {
    await inFolder(async (folder) => {
      if (script !== undefined) put(folder, name, script);
      const threads = {
        script: pathToFileURL(join(folder, name)),
        count: 3,
        leastBytes: 0,
        chunkBytes: 700,
        ownChunks: 0,
      };
      const expected = await answerOfAll(folder, REFERENCE);
      expect(await answerOfAll(folder, { threads })).toEqual(expected);
    });
  });
});

const field = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('T1', 'T2', 'T10', 'M1', '500', '', '0001', 'payment', 'cancel', 'own') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('"T1"', '"T2"', '"a,b"', '"a\nb"', '"a\r\nb"', '"a""b"', '""', '" "', 'T"1'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('"T1"x', '"T1', ' T1', 'Ｔ１', '①', '決済', '\0', '2023-02-24T18:00:00+09:00'),
  },
);
const changed = fc.dictionary(fc.constantFrom(...HEADERS.transactions.split(',')), field, { maxKeys: 2 });
const row = fc.oneof(
  { weight: 5, arbitrary: fc.nat(3000).map((id) => tx(`T${id}`)) },
  { weight: 3, arbitrary: fc.tuple(fc.nat(3000), changed).map(([id, words]) => tx(`T${id}`, words)) },
  { weight: 1, arbitrary: fc.array(field, { maxLength: 12 }).map((fields) => fields.join(',')) },
);
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');
const content = fc
  .tuple(fc.array(fc.tuple(row, lineEnd), { maxLength: 14 }), lineEnd, fc.boolean())
  .map(([rows, end, whole]) => {
    const text = HEADERS.transactions + end + rows.map(([words, after]) => words + after).join('');
    return whole ? text : text.slice(0, -1);
  });

describe('both readers agree on any file', () => {
  const runs = Number(process.env.READERS_AGREE_RUNS ?? 300);
  it(`of ${runs} that are made up`, { timeout: 3_600_000 }, async () => {
    const sizes = fc.record({
      blockBytes: fc.integer({ min: 1, max: 400 }),
      batchRecords: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(content, sizes, (text, size) => expectAgreement('transactions', text, [{ sizes: size }, {}])),
      { numRuns: runs },
    );
  });
});
