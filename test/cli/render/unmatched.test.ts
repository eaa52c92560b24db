import { describe, expect, it } from 'vitest';
import { filesOf, readRows } from '../../support/program.ts';
import { type Ended, inFolder, put, regionpay, toldAsJson, toldCodes } from '../command.ts';

const ISSUANCE_HEADER = 'coupon_number,medium,prefecture,face_yen,issued_at,expires_on';
const LOG_HEADER = 'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id';
const SALES_HEADER = 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,coupon_number';
const CLAIMS_HEADER = 'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id';

/** Coupons 000000000001 and on: of Kagoshima, on paper, and valid to the end of March. */
const issued = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${number(at + 1)},paper,46,2000,2023-02-20 10:00,2023-03-31`);
const number = (at: number): string => String(at).padStart(12, '0');
const payment = (id: number, coupon: string, yen = 100, more = 'payment,completed'): string =>
  `T${id},${coupon},2023-02-24 12:00,${more},${yen},M1`;
const sale = (id: number, coupon: string): string => `S${id},M1,2023-02-24 12:00,100,100,0,${coupon}`;
const claim = (id: number, coupon: string): string =>
  `C${id},2023-02-25 10:00,double_charge,${coupon},2023-03-31,46,M1`;
/** So many payments on coupons that were issued, and the given ones behind them. */
const log = (known: number, others: readonly string[], yen = 100): string[] => [
  ...Array.from({ length: known }, (_, at) => payment(at + 1, number(1), yen)),
  ...others,
];

interface Files {
  readonly issuance?: readonly string[];
  readonly transactions: readonly string[];
  readonly sales?: readonly string[];
  readonly claims?: readonly string[];
}

async function given<T>(files: Files, use: (options: readonly string[], folder: string) => Promise<T>): Promise<T> {
  return inFolder((folder) => {
    const file = (name: string, header: string, rows: readonly string[]) =>
      put(folder, name, `${[header, ...rows].join('\n')}\n`);
    const options = [
      ...['--issuance', file('issuance.csv', ISSUANCE_HEADER, files.issuance ?? issued(3))],
      ...['--transactions', file('log.csv', LOG_HEADER, files.transactions)],
      ...['--merchant-reports', file('sales.csv', SALES_HEADER, files.sales ?? [sale(1, '')])],
      ...(files.claims === undefined ? [] : ['--claims', file('claims.csv', CLAIMS_HEADER, files.claims)]),
      // All payments are of one noon: none is in the outage.
      ...['--as-of', '2023-05-10', '--lang', 'en', '--allow-missing-days'],
    ];
    return use(options, folder);
  });
}

/** Runs, and gives back how it ended with the rows of unmatched.csv. */
const run = (files: Files, ...more: readonly string[]) =>
  given(files, async (options, folder) => {
    const out = `${folder}/run`;
    const ended = await regionpay(['run', ...options, '--out', out, '--quiet', ...more]);
    const rowsOf = (table: string) => (ended.status === 0 ? readRows(`${out}/${table}.csv`) : []);
    return { ended, unmatched: rowsOf('unmatched'), review: rowsOf('review'), eligibility: rowsOf('eligibility') };
  });

const isRefused = ({ status, stderr }: Ended): boolean => {
  if (status === 0) return false;
  expect([status, stderr]).toEqual([3, expect.stringContaining('TOO_MANY_UNMATCHED')]);
  return true;
};

describe('the limit of rows that find no coupon', () => {
  const stranger = payment(900, number(99));
  const twoStrangers = [stranger, payment(901, number(98))];
  it.concurrent.each([
    // One of 200 is 0.5 %.
    ['is 0.5 % of the completed payments: one of 200 is let through', log(199, [stranger]), [], false],
    ['is 0.5 % of the completed payments: one of 199 is not', log(198, [stranger]), [], true],
    ['is 0.5 % of their yen too: 100 of 20,000 yen is let through', log(995, [stranger], 20), [], false],
    ['is 0.5 % of their yen too: 101 of 20,001 yen is not', log(995, [payment(900, number(99), 101)], 20), [], true],
    ['may be a number of rows: one of one', log(9, [stranger]), ['--max-unmatched', '1'], false],
    ['may be a number of rows: two of one', log(9, twoStrangers), ['--max-unmatched', '1'], true],
    ['may be nothing at all', log(999, [stranger]), ['--max-unmatched', '0'], true],
    ['may be nothing at all, as a share', log(999, [stranger]), ['--max-unmatched', '0%'], true],
    ['may be another share: two of eight is a quarter', log(6, twoStrangers), ['--max-unmatched', '25%'], false],
    [
      'may be another share: two of eight is more than 24.9 %',
      log(6, twoStrangers),
      ['--max-unmatched', '24.9%'],
      true,
    ],
    ['may be all of them', log(0, twoStrangers), ['--max-unmatched', '100%'], false],
    [
      'sees completed payments only: a failed one pays for nothing',
      log(9, [payment(900, number(99), 100, 'payment,failed')]),
      [],
      false,
    ],
    [
      'sees completed payments only: a charge spends nothing',
      log(9, [payment(900, number(99), 100, 'charge,completed')]),
      [],
      false,
    ],
  ] as const)('%s', async (_, transactions, options, refused) => {
    const { ended } = await run({ transactions }, ...options);
    expect(isRefused(ended)).toBe(refused);
  });

  it('is of each file, not of all together', () =>
    given({ transactions: log(999, []) }, async (options, folder) => {
      const other = put(folder, 'other.csv', `${LOG_HEADER}\n${payment(2001, number(99))}\n`);
      const words = options.flatMap((word, at) => (options[at - 1] === '--transactions' ? [word, other] : [word]));
      const ended = await regionpay(['run', ...words, '--out', `${folder}/run`, '--quiet']);
      expect(isRefused(ended)).toBe(true);
      expect(ended.stderr).toContain('[TOO_MANY_UNMATCHED] other.csv\n');
    }));

  it('may stand in a config file', () =>
    given({ transactions: log(9, [stranger]) }, async (options, folder) => {
      const config = put(folder, 'run.json', JSON.stringify({ maxUnmatched: '10%' }));
      const ended = await regionpay(['run', '--config', config, ...options, '--out', `${folder}/run`, '--quiet']);
      expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
    }));

  it('does not refuse what people write by hand, unless a spreadsheet wrote it otherwise', async () => {
    const transactions = log(9, []);
    const typed = await run({ transactions, claims: [claim(1, number(99))], sales: [sale(1, '12345')] });
    expect(typed.ended.status).toBe(0);
    expect(
      typed.unmatched.map((row) => `${row.file}:${row.line} ${row.input} ${row.amount_yen} ${row.nearest}`),
    ).toEqual(['sales.csv:2 sales 100 ', 'claims.csv:2 claims 0 ']);
    for (const files of [{ claims: [claim(1, '2'), claim(2, '3')] }, { sales: [sale(1, '2'), sale(2, '3')] }]) {
      const respelled = await run({ transactions, ...files });
      expect(isRefused(respelled.ended)).toBe(true);
      expect(respelled.ended.stderr).toContain(
        `2 of 2 rows name a coupon in another spelling than the issuance${'sales' in files ? ' (0.5% allowed)' : ''}\n`,
      );
      expect(respelled.ended.stderr).toContain('coupon number 2 was never issued, but 000000000002 was');
    }
  });

  it('refuses what is another column, and says how to map it', async () => {
    const receipts = [7, 8, 9].map((at) => sale(at, `R-000${at}`));
    const transactions = log(9, []);
    const refused = await run({ transactions, sales: receipts });
    expect(isRefused(refused.ended)).toBe(true);
    expect(refused.ended.stderr).toContain('none of 3 rows names a coupon that was issued');
    expect(refused.ended.stderr).toContain('map its header in a profile to what it is (receipt_no for receipts)');
    expect((await run({ transactions, sales: receipts.slice(1) })).ended.status).toBe(0);
    await given({ transactions, sales: receipts }, async (options, folder) => {
      const inputs = { sales: { headers: { coupon_number: 'receipt_no' } } };
      const profile = put(folder, 'profile.json', JSON.stringify({ schemaVersion: 1, id: 'own', inputs }));
      const ended = await regionpay(['run', ...options, '--profile', profile, '--out', `${folder}/run`, '--quiet']);
      expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
    });
  });

  it.concurrent.each([
    ['takes one number of one for a slip of the pen', [claim(1, '2')], false],
    ['takes one of two for one', [claim(1, '2'), claim(2, number(1))], false],
    ['takes two of four for some', [1, 2, 3, 4].map((at) => claim(at, at < 3 ? `${at}` : number(at))), false],
    [
      'takes two of three for a spreadsheet\u2019s',
      [1, 2, 3].map((at) => claim(at, at < 3 ? `${at}` : number(at))),
      true,
    ],
  ] as const)('%s, of claims', async (_, claims, refused) => {
    const { ended, review } = await run({ issuance: issued(5), transactions: log(9, []), claims });
    expect(isRefused(ended)).toBe(refused);
    if (!refused) expect(review.map(({ reason }) => reason)).toContain('UNKNOWN_COUPON');
  });

  it('is not asked of coupons that the issuance names, whatever became of their rows', async () => {
    // One cannot be read, one is of another prefecture, one is an app\u2019s.
    const issuance = [
      `${number(1)},paper,46,2000,2023-02-20 10:00,2023-02-30`,
      `${number(2)},paper,13,2000,2023-02-20 10:00,2023-03-31`,
      `${number(3)},app,46,2000,2023-02-20 10:00,2023-03-31`,
    ];
    const transactions = [1, 2, 3].map((at) => payment(at, number(at)));
    const { ended, unmatched } = await run({ issuance, transactions }, '--max-rejects', '1');
    expect(ended.status).toBe(0);
    expect(unmatched).toEqual([]);
  });
});

describe('a number that is nearly a known one', () => {
  it.each([
    ['without its zeros', '2', '000000000002'],
    ['with one zero too few', '00000000002', '000000000002'],
    ['with zeros too many', '00000000000002', '000000000002'],
    ['with a fraction of none', '2.0', '000000000002'],
  ])('is shown with it: %s', async (_, written, nearest) => {
    const { ended, unmatched } = await run({ transactions: log(9, [payment(900, written)]) }, '--max-unmatched', '1');
    expect(ended.status).toBe(0);
    expect(unmatched).toEqual([
      { file: 'log.csv', line: '11', input: 'transactions', coupon_number: written, amount_yen: '100', nearest },
    ]);
  });

  it('may be the one whose last digits were kept, if others were rounded', async () => {
    const issuance = ['4601234567890123,paper,46,2000,2023-02-20 10:00,2023-03-31'];
    const transactions = [payment(1, '4601234567890120')];
    const { unmatched } = await run({ issuance, transactions }, '--max-unmatched', '1');
    expect(unmatched[0]?.nearest).toBe('4601234567890123');
  });

  it('may differ in case, where numbers have letters', async () => {
    const issuance = ['KG0001,paper,46,2000,2023-02-20 10:00,2023-03-31'];
    const { unmatched } = await run({ issuance, transactions: [payment(1, 'kg0001')] }, '--max-unmatched', '1');
    expect(unmatched[0]?.nearest).toBe('KG0001');
  });

  it('is told first, of the rows for which a run is refused', async () => {
    const others = Array.from({ length: 9 }, (_, at) => payment(900 + at, number(500 + at)));
    const { ended } = await run({ transactions: [...others, payment(999, '3')] });
    expect(toldCodes(ended)).toEqual(['TOO_MANY_UNMATCHED', ...Array.from({ length: 5 }, () => 'UNKNOWN_COUPON')]);
    expect(ended.stderr).toMatch(
      /UNKNOWN_COUPON\] log\.csv:11:coupon_number\n {2}coupon number 3 was never issued, but 000000000003 was/,
    );
  });

  it('of another form than the known ones is not shown itself: it may be a phone', async () => {
    const { ended } = await run({ transactions: log(0, [payment(1, '09012345678')]) });
    expect(ended.stderr).toContain('coupon number <99999999999> was never issued');
    expect(ended.stderr).not.toContain('09012345678');
    const { unmatched } = await run({ transactions: log(0, [payment(1, '09012345678')]) }, '--max-unmatched', '1');
    expect(unmatched[0]?.coupon_number).toBe('<99999999999>');
  });
});

describe('the control total of coupon numbers', () => {
  const files: Files = {
    issuance: issued(4),
    transactions: log(9, [payment(900, number(99), 250), payment(901, number(2), 100, 'payment,pending')]),
    sales: [sale(1, ''), sale(2, number(1))],
    claims: [claim(1, number(1)), claim(2, number(99))],
  };

  it('stands in summary.json, the manifest and what is printed', () =>
    given(files, async (options, folder) => {
      const out = `${folder}/run`;
      const ended = await regionpay(['run', ...options, '--out', out, '--max-unmatched', '1', '--log-level', 'error']);
      expect(ended.status).toBe(0);
      const read = async (name: string) => JSON.parse((await import('node:fs')).readFileSync(`${out}/${name}`, 'utf8'));
      const counts = [
        null,
        {
          named: { rows: 10, yen: 1150 },
          unknown: { rows: 1, yen: 250 },
          unknownOther: { rows: 0, yen: 0 },
          respelled: 0,
        },
        { named: { rows: 1, yen: 100 }, unknown: { rows: 0, yen: 0 }, unknownOther: { rows: 0, yen: 0 }, respelled: 0 },
        { named: { rows: 2, yen: 0 }, unknown: { rows: 1, yen: 0 }, unknownOther: { rows: 0, yen: 0 }, respelled: 0 },
      ];
      const summary = await read('summary.json');
      expect(summary.files.map((file: { coupons: unknown }) => file.coupons)).toEqual(counts);
      // Coupon 2 was paid with, though nobody knows whether it went through; 3 and 4 never were.
      expect(summary.issued).toEqual({ inScope: 4, neverInLog: 2 });
      expect((await read('manifest.json')).inputs.map((input: { coupons: unknown }) => input.coupons)).toEqual(counts);
      expect(ended.stdout).toMatch(
        /log\.csv +10 {2}completed payments, 1 of them \(250 yen\) not issued \(unmatched\.csv\)/,
      );
      expect(ended.stdout).toMatch(/sales\.csv +1 {2}rows with a number, all issued/);
      expect(ended.stdout).toMatch(/claims\.csv +2 {2}rows with a number, 1 of them not issued/);
      expect(ended.stdout).toContain('of 4 coupons issued in this programme, 2 never appear in the log');
    }));

  it('is shown by check, which refuses what run would', () =>
    given(files, async (options) => {
      const words = ['check', ...options, '--log-level', 'error'];
      const shown = await regionpay(words);
      expect([shown.status, toldCodes(shown)]).toEqual([3, ['TOO_MANY_UNMATCHED', 'UNKNOWN_COUPON']]);
      expect(shown.stdout).toMatch(/log\.csv +10 {2}completed payments, 1 of them \(250 yen\) not issued/);
      const json = await regionpay([...words, '--json', '--max-unmatched', '1']);
      expect(json.status).toBe(0);
      expect(JSON.parse(json.stdout)).toMatchObject({
        issued: { inScope: 4, neverInLog: 2 },
        files: [{}, { coupons: { unknown: { rows: 1, yen: 250 } } }, {}, {}],
      });
    }));
});

describe('one number in two spellings', () => {
  const spelled = (first: string, second: string): string[] => [
    ...log(9, []),
    ...[first, second].map((id) => payment(0, number(1)).replace('T0', id.includes(',') ? `"${id}"` : id)),
  ];

  it.concurrent.each([
    ['with zeros and without', '000501', '501'],
    ['with one zero and with two', '0501', '00501'],
    ['in small letters and in capitals', 'ab-1', 'AB-1'],
    ['with a fraction of none', '501', '501.0'],
    ['with a point behind', '501', '501.'],
    ['with a group', '10261', '10,261'],
    ['with a group and a fraction', '10261', '10,261.00'],
    ['with an apostrophe of print', '501', '’501'],
    ['with the sign of the yen', '501', '¥501'],
    ['with the word for number', '501', 'No.501'],
    ['with a hash', '501', '#501'],
    ['with another dash', 'AB-1', 'AB\u20151'],
    ['with another case and dash', 'ab-1', 'AB\u20101'],
  ])('within one column refuses the run, with both places: %s', async (_, first, second) => {
    await given({ transactions: spelled(first, second) }, async (options, folder) => {
      const ended = await regionpay(['run', ...options, '--out', `${folder}/run`, '--json', '--quiet']);
      expect(ended.status).toBe(3);
      const problems = toldAsJson(ended);
      expect(problems.map(({ code }) => code)).toEqual(['TWO_SPELLINGS']);
      const told = `${problems[0]?.where} ${problems[0]?.what.en}`;
      for (const part of ['log.csv:11', 'log.csv:12', first, second]) expect(told).toContain(part);
    });
  });

  it.concurrent.each([
    ['numbers that were only counted on', '9', '10'],
    ['zeros alone, which stand for no number', '0000', '00000000'],
    ['numbers with a hyphen, which may be two', '1-23', '12-3'],
    ['numbers with and without zeros that are not one', '000501', '502'],
    ['words whose case tells them apart', 'aB', 'Ab'],
    ['words with a number of other zeros, which no spreadsheet touches', 'T01', 'T1'],
  ])('are not %s', async (_, first, second) => {
    const { ended } = await run({ transactions: spelled(first, second) });
    expect([ended.status, ended.stderr]).toEqual([0, '']);
  });

  it('sets both rows aside where that is let through, and holds the coupon', () => {
    const issuance = [`${number(1)},paper,46,2000,2023-02-20 10:00,2023-02-24`];
    return given({ issuance, transactions: spelled('000501', '501') }, async (options, folder) => {
      const out = `${folder}/run`;
      const ended = await regionpay(['run', ...options, '--out', out, '--quiet', '--max-unmatched', '100%']);
      expect(ended.status).toBe(0);
      expect(readRows(`${out}/rejects.csv`).map((row) => `${row.file}:${row.line} ${row.code}`)).toEqual([
        'log.csv:11 TWO_SPELLINGS',
        'log.csv:12 TWO_SPELLINGS',
      ]);
      expect(readRows(`${out}/review.csv`).map((row) => `${row.coupon_number} ${row.reason}`)).toEqual([
        `${number(1)} CONFLICTING_ROWS`,
      ]);
    });
  });

  const fewOf = (count: number, rows: readonly string[]): string[] => [
    ...Array.from({ length: count }, (_, at) => payment(at + 1, number(1)).replace(',M1', ',M2')),
    ...rows,
  ];
  it('of shops: neither\u2019s journal is whole, where that is let through', () => {
    // One coupon of the (A) cohort, paid with at SHOP1, whose report lacks the sale; a sale of that yen is shop1\u2019s.
    const issuance = [...issued(1), `${number(2)},paper,46,2000,2023-02-20 10:00,2023-03-31`];
    const transactions = fewOf(399, [`T900,${number(2)},2023-02-24 18:00,payment,completed,100,SHOP1`]);
    const sold = (id: string, shop: string, yen: number) => `${id},${shop},2023-02-24 18:00,${yen},${yen},0,`;
    const sales = [
      ...Array.from({ length: 498 }, (_, at) => sold(`R${at}`, 'M2', 100)),
      sold('R900', 'SHOP1', 700),
      sold('R901', 'shop1', 100),
    ];
    const claims = [`C1,2023-02-25 10:00,cash_and_deducted,${number(2)},2023-03-31,46,SHOP1`];
    return given({ issuance, transactions, sales, claims }, async (options, folder) => {
      const out = `${folder}/run`;
      const ended = await regionpay(['run', ...options, '--out', out, '--quiet']);
      expect([ended.status, ended.stderr]).toEqual([0, '']);
      expect(readRows(`${out}/rejects.csv`).map((row) => `${row.file}:${row.line} ${row.code}`)).toEqual([
        'sales.csv:500 TWO_SPELLINGS',
        'sales.csv:501 TWO_SPELLINGS',
      ]);
      // Without the sale of shop1 the payment would look as if it had been cash as well.
      const [item] = readRows(`${out}/review.csv`);
      expect(`${item?.coupon_number} ${item?.reason}`).toBe(`${number(2)} CLAIM_UNVERIFIED`);
      expect(item?.detail).toContain('sale R900: the number of the shop in two spellings');
    });
  });

  it('of a payment, in the column of what a cancel names, is told by that column', async () => {
    const header = `${LOG_HEADER},related_transaction_id`;
    const rows = ['000501', '000502'].map((id, at) => `${payment(0, number(1), 100 + at).replace('T0', id)},`);
    const cancel = `T9,${number(1)},2023-02-24 13:00,cancel,completed,100,,501`;
    await given({ transactions: [] }, async (options, folder) => {
      const log = put(folder, 'log.csv', `${[header, ...rows, cancel].join('\n')}\n`);
      const ended = await regionpay(['run', ...options, '--out', `${folder}/run`, '--json', '--quiet']);
      expect(log).toContain('log.csv');
      const [problem] = toldAsJson(ended);
      expect([problem?.code, problem?.where]).toEqual(['TWO_SPELLINGS', 'log.csv:2:transaction_id']);
      expect(problem?.what.en).toBe('000501 is another spelling of 501 (log.csv:4)');
    });
  });

  it.each([
    ['numbers', '000123', '123', true],
    ['words, which people choose', 'taro', 'TARO', false],
  ])('of accounts is looked for among %s', async (_, first, second, refused) => {
    const issuance = [first, second].map(
      (account, at) => `${number(at + 1)},app,46,2000,2023-02-20 10:00,2023-03-31,${account}`,
    );
    await given({ transactions: log(9, []) }, async (options, folder) => {
      put(folder, 'issuance.csv', `${ISSUANCE_HEADER},account_id\n${issuance.join('\n')}\n`);
      const ended = await regionpay(['run', ...options, '--out', `${folder}/run`, '--json', '--quiet']);
      expect(ended.status).toBe(refused ? 3 : 0);
      if (refused)
        expect(toldAsJson(ended)[0]).toMatchObject({ code: 'TWO_SPELLINGS', where: 'issuance.csv:2:account_id' });
    });
  });

  it('refuses check as it does run, and is told there with both places', () =>
    given({ transactions: spelled('000501', '501') }, async (options) => {
      const shown = await regionpay(['check', ...options, '--log-level', 'error']);
      expect([shown.status, toldCodes(shown)]).toEqual([3, ['TWO_SPELLINGS']]);
      expect(shown.stderr).toContain('000501 is another spelling of 501 (log.csv:12)');
      const json = await regionpay(['check', ...options, '--json', '--log-level', 'error']);
      expect(JSON.parse(json.stdout).findings).toEqual([
        { code: 'TWO_SPELLINGS', file: 'log.csv', column: 'transaction_id', rows: 2 },
      ]);
    }));
});

describe('check', () => {
  it('lists the first rows that find no coupon, each with the number it nearly is', () => {
    const strangers = Array.from({ length: 30 }, (_, at) => payment(900 + at, at === 0 ? '2' : number(600 + at)));
    return given({ transactions: strangers }, async (options) => {
      const { stdout } = await regionpay(['check', ...options, '--log-level', 'error']);
      expect(stdout).toContain('    log.csv:2  2 (nearly 000000000002)\n    log.csv:3  000000000601\n');
      expect(stdout).toContain('    10 more\n');
      expect(stdout).not.toContain('unmatched.csv');
    });
  });
});

describe('a row whose number nearly is an issued one', () => {
  // Valid on the last day before the outage, and 500 yen left of 2,000: ground (A) without any other row.
  const issuance = [1, 2].map((at) => `${number(at)},paper,46,2000,2023-02-20 10:00,2023-02-24`);
  const spent = payment(1000, number(2), 1500, 'payment,completed');
  const many = (others: readonly string[]): string[] => [...log(10, []), spent, ...failedOnes, ...others];
  const failedOnes = Array.from({ length: 1000 }, (_, at) => payment(2000 + at, number(1), 100, 'payment,failed'));
  const options = ['--max-unmatched', '5'];

  const found = async (others: readonly string[], sales: readonly string[] = [sale(1, '')]) => {
    const { ended, review, eligibility, unmatched } = await run(
      { issuance, transactions: many(others), sales },
      ...options,
    );
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const coupon = eligibility.find((row) => row.coupon_number === number(2));
    const held = review
      .filter((row) => row.coupon_number === number(2))
      .map(({ reason, evidence }) => `${reason} ${evidence}`);
    return { held, status: coupon?.status, unmatched: unmatched.map(({ line, nearest }) => `${line} ${nearest}`) };
  };
  const held = (evidence: string) => ({
    held: [`REJECTED_ROWS ${evidence}`],
    status: 'in_review',
    unmatched: [`${evidence.startsWith('sale') ? 3 : 1013} ${number(2)}`],
  });

  it.concurrent.each([
    ['a payment, which would leave less', 'payment,completed'],
    ['a payment of unknown outcome', 'payment,pending'],
    ['a reinstatement, which would leave more', 'reinstatement,completed'],
  ])('holds that coupon: %s', async (_, words) =>
    expect(await found([payment(900, '2', 100, words)])).toEqual(held('tx:T900')));

  it('holds that coupon: a sale, which would support its payment', async () =>
    expect(await found([], [sale(1, ''), sale(2, '2')])).toEqual(held('sale:S2')));

  it.concurrent.each([
    ['it failed', 'payment,failed'],
    ['it only charges', 'charge,completed'],
  ])('is not even told where %s', async (_, words) =>
    expect(await found([payment(900, '2', 100, words)])).toEqual({
      held: [],
      status: 'awaiting_application',
      unmatched: [],
    }));

  it.concurrent.each([
    ['it came after as-of', payment(900, '2').replace('2023-02-24', '2023-05-10')],
  ])('holds nobody where %s', async (_, row) =>
    expect(await found([row])).toEqual({ held: [], status: 'awaiting_application', unmatched: [`1013 ${number(2)}`] }));

  it('holds nobody where it is nearly none', async () =>
    expect(await found([payment(900, '77')])).toEqual({
      held: [],
      status: 'awaiting_application',
      unmatched: ['1013 '],
    }));

  it('is refused if the log has many, payments or not', async () => {
    const cancels = Array.from({ length: 6 }, (_, at) => payment(900 + at, '2', 100, 'reinstatement,completed'));
    const { ended } = await run({ issuance, transactions: many(cancels) }, ...options);
    expect(isRefused(ended)).toBe(true);
    expect(ended.stderr).toContain('6 of 1,017 rows name a coupon in another spelling than the issuance (5 allowed)');
  });

  it('may be a row that cannot be read', async () => {
    const unreadable = payment(900, '2').replace(',100,', ',1O0,');
    const { ended, review } = await run(
      { issuance, transactions: many([unreadable]) },
      ...options,
      '--max-rejects',
      '1',
    );
    expect(ended.stderr).toBe('');
    expect(review.map((row) => `${row.coupon_number} ${row.reason}`)).toContain(`${number(2)} REJECTED_ROWS`);
  });
});

describe('a number that may be a person\u2019s, where a coupon\u2019s was asked for', () => {
  const typed = ['09011112222', '080-1111-2222', 'someone@example.jp', '見本花子'];
  const issuance = issued(60);

  it('is shown by its shape and the row that says it, and each is a coupon of its own', () =>
    given(
      {
        issuance,
        transactions: log(9, []),
        claims: [...typed.map((each, at) => claim(at, each)), claim(9, number(1))],
      },
      async (options, folder) => {
        const out = `${folder}/run`;
        const ended = await regionpay(['run', ...options, '--out', out, '--log-level', 'info']);
        expect(ended.status).toBe(0);
        const shown = [
          '<99999999999> claim:C0',
          '<99999999999> claim:C1',
          '<aaaaaaa@aaaaaaa.aa> claim:C2',
          '<字字字字> claim:C3',
        ];
        const listed = (table: string) =>
          readRows(`${out}/${table}`).flatMap((row) => (row.coupon_number?.startsWith('<') ? [row.coupon_number] : []));
        expect(listed('review.csv')).toEqual(shown);
        expect(listed('eligibility.csv')).toEqual(shown);
        for (const [name, content] of Object.entries(filesOf(out)))
          for (const each of typed) expect(`${name} ${content}`).not.toContain(each);
        for (const each of typed) expect(ended.stdout + ended.stderr).not.toContain(each);
      },
    ));
});

describe('the number of a claim that is an address', () => {
  it('is told by its shape, where the claim nearly names a coupon too', () =>
    given(
      {
        issuance: [1, 2].map((at) => `${number(at)},paper,46,2000,2023-02-20 10:00,2023-02-24`),
        transactions: log(9, []),
        claims: [claim(1, '2').replace('C1', 'someone@example.jp'), claim(2, number(1))],
      },
      async (options, folder) => {
        const out = `${folder}/run`;
        expect((await regionpay(['run', ...options, '--out', out, '--quiet'])).status).toBe(0);
        const told = readRows(`${out}/review.csv`).map((row) => `${row.coupon_number} ${row.reason} ${row.evidence}`);
        expect(told).toContain(`${number(2)} REJECTED_ROWS claim:<aaaaaaa@aaaaaaa.aa>`);
        for (const [name, content] of Object.entries(filesOf(out)))
          expect(`${name} ${content}`).not.toContain('someone@example.jp');
      },
    ));
});

describe('a number that is nearly an issued one is told with it', () => {
  const files = { transactions: log(9, []), claims: [claim(1, '2'), claim(2, number(1)), claim(3, number(3))] };
  it('by the question about a claim, and by explain', () =>
    given(files, async (options, folder) => {
      const out = `${folder}/run`;
      await regionpay(['run', ...options, '--out', out, '--archive', '--quiet']);
      const [item] = readRows(`${out}/review.csv`).filter(({ reason }) => reason === 'UNKNOWN_COUPON');
      expect(item?.detail).toContain(`claim:C1 names a number that was never issued (${number(2)} was)`);
      const { stdout } = await regionpay(['explain', out, '2', '--lang', 'en']);
      expect(stdout).toContain(`no issuance row has this number; one has ${number(2)}, which is nearly the same`);
      expect(stdout).toContain(`Could it be ${number(2)}?`);
    }));
});

describe('a file of which nothing is used because all of it is later', () => {
  it('is told of, in check and in the summary', () =>
    given({ transactions: log(3, []) }, async (options, folder) => {
      const early = options.map((word) => (word === '2023-05-10' ? '2023-02-21' : word));
      const words = 'all of its rows are after as-of, and not used: check its dates, or --as-of';
      const checked = await regionpay(['check', ...early, '--log-level', 'error']);
      expect(checked.stdout).toContain(`warning: ${words}`);
      const ended = await regionpay(['run', ...early, '--out', `${folder}/run`, '--log-level', 'error']);
      expect(ended.stdout).toMatch(new RegExp(`To be checked\\n +log\\.csv +${words}`));
      const whole = await regionpay(['check', ...options, '--log-level', 'error']);
      expect(whole.stdout).not.toContain(words);
    }));
});

describe('check', () => {
  it('shows the zone and the time that a profile states', () =>
    given({ transactions: log(3, []) }, async (options, folder) => {
      const profile = {
        schemaVersion: 1,
        id: 'own',
        inputs: { transactions: { zone: 'UTC' }, sales: { timeOfDatesAlone: '12:00' } },
      };
      const words = ['--profile', put(folder, 'profile.json', JSON.stringify(profile))];
      const { stdout } = await regionpay(['check', ...options, ...words, '--log-level', 'error']);
      expect(stdout).toContain('times without an offset are of: UTC');
      expect(stdout).toContain('dates without a time stand for: 12:00');
    }));

  it('shows both places of a number in two spellings that is let through', async () => {
    const transactions = log(9, [
      payment(0, number(1)).replace('T0', '000501'),
      payment(0, number(1)).replace('T0', '501'),
    ]);
    await given({ transactions }, async (options) => {
      const { status, stdout } = await regionpay(['check', ...options, '--max-unmatched', '2', '--log-level', 'error']);
      expect(status).toBe(0);
      expect(stdout).toContain('warning: rows whose number stands in two spellings are not used');
      expect(stdout).toContain('log.csv:11:transaction_id');
      expect(stdout).toContain('000501 is another spelling of 501 (log.csv:12)');
    });
  });
});
