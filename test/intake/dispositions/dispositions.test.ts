import { describe, expect, it } from 'vitest';
import { brokenInvariants } from '../../../src/settlement/invariants.ts';
import { FEW_KINDS, INPUT_KINDS, type InputFile, type InputKind, type Tables } from '../../../src/tables/tables.ts';
import { bulkRows, counted, csv, HEADERS, ROW, readTables } from '../read-files.ts';

/** The run sees what happened strictly before it. */
const AS_OF = '2023-05-10T00:00:00+09:00';
const LATER = '2023-05-10T00:00:00+09:00';
const JUST_BEFORE = '2023-05-09T23:59:59.999999+09:00';

/** Where the instant stands that as_of is held against (2-data.md), and the yen that the control totals add up. */
const KINDS: Readonly<Record<InputKind, { readonly instant: number; readonly yen: number; readonly other: number }>> = {
  issuance: { instant: 4, yen: 2000, other: 6 },
  transactions: { instant: 2, yen: 500, other: 7 },
  sales: { instant: 2, yen: 700, other: 1 },
  claims: { instant: 1, yen: 0, other: 6 },
  applications: { instant: 1, yen: 0, other: 5 },
  decisions: { instant: 4, yen: 0, other: 2 },
  paid: { instant: 3, yen: 1000, other: 2 },
};
/** What contradicts the row there, where any other value does not. */
const CONTRADICTION: Readonly<Partial<Record<InputKind, string>>> = { decisions: 'reject' };

const changed = (row: string, column: number, value: string): string =>
  row
    .split(',')
    .map((field, index) => (index === column ? value : field))
    .join(',');

/** Every row's place, in order of file and line, rejected ones too. */
function places(tables: Tables, kind: InputKind): string[] {
  if (kind === 'issuance' || kind === 'transactions' || kind === 'sales') return bulkRows(tables, kind);
  return tables[kind].map(({ line, disposition }) => `${line} ${disposition}`);
}

const readKind = (kind: InputKind, ...rows: readonly string[]): Promise<Tables> =>
  readTables({ [kind]: csv(kind, ...rows) }, { asOf: AS_OF });

describe.each(INPUT_KINDS)('rows of %s', (kind) => {
  const row = ROW[kind];
  const { instant, yen, other } = KINDS[kind];

  it('are accepted', async () => {
    const tables = await readKind(kind, row);
    expect(counted(tables.files[0])).toEqual({ accepted: { rows: 1, yen } });
  });

  it('that repeat a row are duplicates, but for the first', async () => {
    const tables = await readKind(kind, row, row, row);
    expect(counted(tables.files[0])).toEqual({
      accepted: { rows: 1, yen },
      duplicate: { rows: 2, yen: 2 * yen },
    });
  });

  it('that repeat a row in another file, as when exports overlap, are duplicates there', async () => {
    const content = csv(kind, row);
    const tables = await readTables({ [kind]: { 'b.csv': content, 'a.csv': content } }, { asOf: AS_OF });
    expect(tables.files.map((file) => [file.name, counted(file)])).toEqual([
      ['a.csv', { accepted: { rows: 1, yen } }],
      ['b.csv', { duplicate: { rows: 1, yen } }],
    ]);
  });

  it('that repeat a row in another spelling are duplicates', async () => {
    const spelled = row
      .replaceAll('+09:00', '')
      .replace(/(\d{4})-(\d{2})-(\d{2})T(\d\d:\d\d)/g, (_, y, m, d, t) => `${y}/${Number(m)}/${Number(d)} ${t}`)
      .replace(/^(\w)/, '　$1');
    const tables = await readKind(kind, row, spelled);
    expect(counted(tables.files[0])).toMatchObject({ accepted: { rows: 1 }, duplicate: { rows: 1 } });
  });

  it('of one id and different content are all conflicting', async () => {
    const tables = await readKind(kind, row, changed(row, other, CONTRADICTION[kind] ?? '7'), row);
    expect(counted(tables.files[0]).conflicting?.rows).toBe(3);
    expect(Object.keys(counted(tables.files[0]))).toEqual(['conflicting']);
  });

  it('at as_of or later are after it', async () => {
    const tables = await readKind(kind, changed(row, instant, LATER));
    expect(counted(tables.files[0])).toEqual({ after_as_of: { rows: 1, yen } });
  });

  it('a microsecond before as_of have happened', async () => {
    const tables = await readKind(kind, changed(row, instant, JUST_BEFORE));
    expect(counted(tables.files[0])).toEqual({ accepted: { rows: 1, yen } });
  });

  it('that cannot be read are rejected, with the yen that can', async () => {
    const tables = await readKind(kind, changed(row, instant, 'x'), row);
    expect(counted(tables.files[0])).toEqual({ accepted: { rows: 1, yen }, rejected: { rows: 1, yen } });
    expect(tables.rejects.map(({ line, code }) => [line, code])).toEqual([[2, 'BAD_INSTANT']]);
  });

  it('that are rejected neither repeat nor contradict a row of the same id', async () => {
    const tables = await readKind(kind, row, changed(row, instant, 'x'), changed(row, instant, 'x'));
    expect(counted(tables.files[0])).toMatchObject({ accepted: { rows: 1 }, rejected: { rows: 2 } });
  });

  it('are duplicates before they are after as_of', async () => {
    const late = changed(row, instant, LATER);
    const tables = await readKind(kind, late, late);
    expect(counted(tables.files[0])).toMatchObject({ duplicate: { rows: 1 }, after_as_of: { rows: 1 } });
  });

  it('lack a value that is required, and are rejected', async () => {
    const tables = await readKind(kind, changed(row, 0, ' '));
    const [id] = HEADERS[kind].split(',');
    expect(tables.rejects.map(({ column, code }) => `${column} ${code}`)).toEqual([`${id} MISSING_VALUE`]);
  });

  it('are read in full or rejected: what was read is what was disposed of', async () => {
    const tables = await readKind(
      kind,
      row,
      row,
      changed(row, instant, 'x'),
      changed(row, 0, ''),
      'a,b',
      '"",'.repeat(3),
    );
    const [file] = tables.files;
    const all = Object.values(file?.dispositions ?? {}).filter((each) => each !== undefined);
    // A row of empty fields counts for none where people write the rows.
    const isFew = FEW_KINDS.some((few) => few === kind);
    expect([file?.rowsRead, file?.passedOver]).toEqual(isFew ? [5, { empty: 1 }] : [6, {}]);
    expect(all.reduce((sum, { rows }) => sum + rows, 0)).toBe(file?.rowsRead);
    expect(all.reduce((sum, each) => sum + each.yen, 0)).toBe(file?.yenRead);
    expect(brokenInvariants([], [], [], tables.files)).toEqual([]);
  });
});

describe('conflicts', () => {
  // Of decisions that agree none contradicts another: decisions.test.ts.
  it.each(
    INPUT_KINDS.filter((kind) => kind !== 'paid' && kind !== 'decisions'),
  )('of %s are found whatever as_of is', async (kind) => {
    const late = changed(ROW[kind], KINDS[kind].instant, LATER);
    const tables = await readKind(kind, ROW[kind], late);
    expect(places(tables, kind).map((place) => place.split(' ').at(-1))).toEqual(['conflicting', 'conflicting']);
  });

  it('are found across files', async () => {
    const tables = await readTables({
      sales: { 'a.csv': csv('sales', ROW.sales), 'b.csv': csv('sales', changed(ROW.sales, 1, 'M2')) },
    });
    expect(tables.files.map(counted)).toEqual([
      { conflicting: { rows: 1, yen: 700 } },
      { conflicting: { rows: 1, yen: 700 } },
    ]);
  });

  it('come before scope: an issuance row of another prefecture contradicts one of ours', async () => {
    const tables = await readKind('issuance', ROW.issuance, changed(ROW.issuance, 2, '13'));
    expect(counted(tables.files[0])).toEqual({ conflicting: { rows: 2, yen: 4000 } });
  });

  it('are between what is said, not how: a default written out is no difference', async () => {
    const tables = await readTables({
      transactions: csv('transactions', ROW.transactions, ROW.transactions.replace(/,coupon$/, ',')),
    });
    expect(counted(tables.files[0])).toMatchObject({ accepted: { rows: 1 }, duplicate: { rows: 1 } });
  });

  it('are seen in a contact, too', async () => {
    const tables = await readKind('issuance', `${ROW.issuance}a@example.jp`, `${ROW.issuance}b@example.jp`);
    expect(counted(tables.files[0])).toEqual({ conflicting: { rows: 2, yen: 4000 } });
  });

  it('depend on neither the order of rows nor of files', async () => {
    const rows = [ROW.sales, changed(ROW.sales, 1, 'M2'), ROW.sales.replace('S1', 'S2')];
    const one = await readKind('sales', ...rows);
    const two = await readTables({
      sales: { 'z.csv': csv('sales', rows[1] ?? ''), 'a.csv': csv('sales', rows[2] ?? '', rows[0] ?? '') },
    });
    const byId = (tables: Tables): string[] =>
      bulkRows(tables, 'sales')
        .map((row) => row.replace(/^\d+ /, ''))
        .sort();
    expect(byId(two)).toEqual(byId(one));
    expect(byId(one)).toEqual(['S1 conflicting', 'S1 conflicting', 'S2 accepted']);
  });
});

describe('scope', () => {
  it.each([
    ['of another prefecture', changed(ROW.issuance, 2, '13')],
    ['of another medium', changed(ROW.issuance, 1, 'app')],
  ])('sets aside a coupon %s', async (_, row) => {
    expect(counted((await readKind('issuance', row)).files[0])).toEqual({ out_of_scope: { rows: 1, yen: 2000 } });
  });

  it('comes before as_of', async () => {
    const row = changed(changed(ROW.issuance, 2, '13'), 4, LATER);
    expect(counted((await readKind('issuance', row)).files[0])).toEqual({ out_of_scope: { rows: 1, yen: 2000 } });
    const own = changed(changed(ROW.transactions, 9, 'own'), 2, LATER);
    expect(counted((await readKind('transactions', own)).files[0])).toEqual({ out_of_scope: { rows: 1, yen: 500 } });
  });

  it('comes after repetition', async () => {
    const row = changed(ROW.issuance, 2, '13');
    expect(counted((await readKind('issuance', row, row)).files[0])).toMatchObject({
      out_of_scope: { rows: 1 },
      duplicate: { rows: 1 },
    });
  });

  it('sets aside a transaction of the holder\u2019s own money', async () => {
    const tables = await readKind('transactions', changed(ROW.transactions, 9, 'own'));
    expect(bulkRows(tables, 'transactions')).toEqual(['2 T1 out_of_scope']);
  });

  it('of a transaction is that of its coupon\u2019s issuance row, if there is one', async () => {
    const payment = (id: string, coupon: string): string => ROW.transactions.replace('T1,0001', `${id},${coupon}`);
    const tables = await readTables(
      {
        issuance: csv(
          'issuance',
          ROW.issuance,
          changed(ROW.issuance, 2, '13').replace('0001', '0002'),
          changed(ROW.issuance, 1, 'app').replace('0001', '0003'),
          ROW.issuance.replace('0001', '0005'),
          changed(ROW.issuance, 2, '13').replace('0001', '0005'),
        ),
        transactions: csv(
          'transactions',
          ...['0001', '0002', '0003', '0004', '0005'].map((coupon) => payment(`T${coupon}`, coupon)),
        ),
      },
      { asOf: AS_OF },
    );
    // 0004 has no issuance row; those of 0005 conflict, so nothing says that it is of another programme.
    expect(bulkRows(tables, 'transactions')).toEqual([
      '2 T0001 accepted',
      '3 T0002 out_of_scope',
      '4 T0003 out_of_scope',
      '5 T0004 accepted',
      '6 T0005 accepted',
    ]);
  });

  it('is never asked of sales, claims, applications, decisions and paid rows', async () => {
    const tables = await readTables(
      {
        issuance: csv('issuance', changed(ROW.issuance, 2, '13')),
        sales: csv('sales', ROW.sales),
        claims: csv('claims', changed(ROW.claims, 5, '13')),
        applications: csv('applications', changed(ROW.applications, 3, '13')),
        decisions: csv('decisions', ROW.decisions),
        paid: csv('paid', ROW.paid),
      },
      { asOf: AS_OF },
    );
    for (const file of tables.files.filter(({ kind }) => kind !== 'issuance')) {
      expect(Object.keys(counted(file))).toEqual(['accepted']);
    }
  });
});

describe('a row is rejected', () => {
  const cases: readonly (readonly [string, InputKind, string, string])[] = [
    ['with a face value of 0', 'issuance', changed(ROW.issuance, 3, '0'), 'face_yen ZERO_AMOUNT'],
    ['as a payment of 0', 'transactions', changed(ROW.transactions, 5, '0'), 'amount_yen ZERO_AMOUNT'],
    ['as a cancel of 0', 'transactions', 'T2,0001,2023-02-24T18:00,cancel,completed,0,,,T1,', 'amount_yen ZERO_AMOUNT'],
    [
      'as a reinstatement of 0',
      'transactions',
      'T2,0001,2023-02-24T18:00,reinstatement,completed,0,,,,',
      'amount_yen ZERO_AMOUNT',
    ],
    ['as a payment without a shop', 'transactions', changed(ROW.transactions, 6, ''), 'merchant_id MISSING_VALUE'],
    [
      'as a cancel that names no payment',
      'transactions',
      'T2,0001,2023-02-24T18:00,cancel,completed,500,,,,',
      'related_transaction_id MISSING_VALUE',
    ],
    ['as a sale that does not add up', 'sales', changed(ROW.sales, 3, '701'), ' SALE_TOTAL'],
    ['as a sale that does not add up by what is neither', 'sales', changed(ROW.sales, 6, '1'), ' SALE_TOTAL'],
    ['with a coupon number of hyphens', 'issuance', changed(ROW.issuance, 0, '---'), 'coupon_number MISSING_VALUE'],
    ['with a kind that is none', 'transactions', changed(ROW.transactions, 3, 'refund'), 'kind BAD_VALUE'],
    ['with a prefecture that is none', 'issuance', changed(ROW.issuance, 2, '48県'), 'prefecture BAD_PREFECTURE'],
    ['of one digit as prefecture', 'claims', changed(ROW.claims, 5, '6'), 'prefecture BAD_PREFECTURE'],
    ['as a decision that is none', 'decisions', changed(ROW.decisions, 2, 'maybe'), 'decision BAD_VALUE'],
    ['as a paid row of a negative amount', 'paid', changed(ROW.paid, 2, '-1'), 'amount_yen BAD_AMOUNT'],
    ['as an application without a name', 'applications', changed(ROW.applications, 5, ''), 'name MISSING_VALUE'],
  ];
  it.each(cases)('%s', async (_, kind, row, expected) => {
    const tables = await readKind(kind, row);
    expect(tables.rejects.map(({ column, code }) => `${column} ${code}`)).toEqual([expected]);
  });

  const fine: readonly (readonly [string, InputKind, string])[] = [
    ['a charge of 0', 'transactions', 'T2,0001,2023-02-24T18:00,charge,completed,0,,,,'],
    ['a reinstatement that names no payment', 'transactions', 'T2,0001,2023-02-24T18:00,reinstatement,completed,1,,,,'],
    ['a sale of 0', 'sales', 'S1,M1,2023-02-24T18:00,0,0,0,,'],
    ['a paid row of 0', 'paid', changed(ROW.paid, 2, '0')],
    ['an application whose phone cannot be used', 'applications', changed(ROW.applications, 7, '①②③')],
    ['an application whose bank cannot be used', 'applications', changed(ROW.applications, 9, 'mizuho')],
    ['an application whose account type is none', 'applications', changed(ROW.applications, 11, '9')],
    ['an issuance row whose e-mail is none', 'issuance', changed(ROW.issuance, 9, 'none')],
  ];
  it.each(fine)('never for being %s', async (_, kind, row) => {
    expect(Object.keys(counted((await readKind(kind, row)).files[0]))).toEqual(['accepted']);
  });

  it('with everything that is wrong with it told, the first of it by its column', async () => {
    const tables = await readKind('sales', 'S①,M1,yesterday,1.5,0,0,0,');
    expect(tables.rejects).toHaveLength(1);
    const [reject] = tables.rejects;
    expect(`${reject?.column} ${reject?.code}`).toBe('report_id CIRCLED_DIGIT');
    for (const column of ['report_id', 'sold_at', 'total_yen']) expect(reject?.what.en).toContain(column);
  });
});

describe('what was already paid', () => {
  const paid = (id: string, coupon: string, yen: number, day: string, status: string): string =>
    `${id},${coupon},${yen},2023-04-${day}T10:00:00+09:00,${status}`;
  const standing = async (...rows: readonly string[]): Promise<string[]> =>
    (await readKind('paid', ...rows)).paid.map(({ status, disposition }) => `${status} ${disposition}`);

  it('has the payout and the coupon together for its id', async () => {
    expect(await standing(paid('P1', '0001', 1000, '10', 'sent'), paid('P1', '0002', 500, '10', 'sent'))).toEqual([
      'sent accepted',
      'sent accepted',
    ]);
  });

  it('stands as its latest row says', async () => {
    expect(await standing(paid('P1', '0001', 1000, '10', 'sent'), paid('P1', '0001', 1000, '12', 'failed'))).toEqual([
      'sent duplicate',
      'failed accepted',
    ]);
  });

  it('stands as its latest row says, in whatever order rows come', async () => {
    expect(
      await standing(
        paid('P1', '0001', 1000, '12', 'failed'),
        paid('P1', '0001', 1000, '14', 'sent'),
        paid('P1', '0001', 1000, '10', 'sent'),
      ),
    ).toEqual(['failed duplicate', 'sent accepted', 'sent duplicate']);
  });

  it.each(['received', 'expired', 'failed'])('is %s rather than sent at the same instant', async (status) => {
    const [sent, final] = [paid('P1', '0001', 1000, '10', 'sent'), paid('P1', '0001', 1000, '10', status)];
    expect(await standing(sent, final)).toEqual(['sent duplicate', `${status} accepted`]);
    expect(await standing(final, sent)).toEqual([`${status} accepted`, 'sent duplicate']);
  });

  it('conflicts with another amount', async () => {
    expect(await standing(paid('P1', '0001', 1000, '10', 'sent'), paid('P1', '0001', 999, '12', 'received'))).toEqual([
      'sent conflicting',
      'received conflicting',
    ]);
  });

  it('conflicts with itself where it is two final things at one instant', async () => {
    const rows = [
      paid('P1', '0001', 1000, '09', 'sent'),
      paid('P1', '0001', 1000, '10', 'received'),
      paid('P1', '0001', 1000, '10', 'failed'),
    ];
    expect(await standing(...rows)).toEqual(['sent conflicting', 'received conflicting', 'failed conflicting']);
  });

  it('may be two final things at two instants', async () => {
    const rows = [paid('P1', '0001', 1000, '10', 'failed'), paid('P1', '0001', 1000, '11', 'received')];
    expect(await standing(...rows)).toEqual(['failed duplicate', 'received accepted']);
  });

  it('is judged among its rows before as_of: what comes later neither stands nor conflicts', async () => {
    const late = `P1,0001,5,${LATER},failed`;
    expect(await standing(paid('P1', '0001', 1000, '10', 'sent'), late)).toEqual([
      'sent accepted',
      'failed after_as_of',
    ]);
  });

  it('whose later row is repeated has a duplicate and one that is after as_of', async () => {
    const late = `P1,0001,1000,${LATER},received`;
    expect((await standing(late, late)).sort()).toEqual(['received after_as_of', 'received duplicate']);
  });
});

describe('a broken balance', () => {
  const off = (file: InputFile, rows: number, yen: number): InputFile => ({
    ...file,
    dispositions: {
      ...file.dispositions,
      accepted: { rows: file.dispositions.accepted.rows + rows, yen: file.dispositions.accepted.yen + yen },
    },
  });

  it.each([
    ['a row too few', -1, 0],
    ['a row too many', 1, 0],
    ['a yen too few', 0, -1],
    ['a yen too many', 0, 1],
  ])('of %s is reported, by file', async (_, rows, yen) => {
    const { files } = await readTables({ sales: csv('sales', ROW.sales), paid: csv('paid', ROW.paid) });
    const broken = files.map((file) => (file.kind === 'paid' ? off(file, rows, yen) : file));
    expect(brokenInvariants([], [], [], broken).map(({ code, where }) => `${code} ${where}`)).toEqual([
      'INVARIANT_BROKEN paid.csv',
    ]);
  });

  it('is reported even where a row too many makes up for one too few elsewhere', async () => {
    const { files } = await readTables({ sales: csv('sales', ROW.sales), paid: csv('paid', ROW.paid) });
    const broken = files.map((file) => off(file, file.kind === 'paid' ? 1 : -1, 0));
    expect(brokenInvariants([], [], [], broken)).toHaveLength(2);
  });
});
