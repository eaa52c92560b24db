import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inFolder, put, regionpay, toldAsJson } from '../command.ts';
import { APP, BANK_1, BANK_2, type MadeRun, makeRun, REQUESTER, UNUSABLE } from '../run-to-send.ts';

interface Place {
  readonly folder: string;
  /** Calls `zengin` on the run, with words behind or in the place of the usual ones. */
  readonly zengin: (...words: readonly string[]) => ReturnType<typeof regionpay>;
  readonly out: string;
}

const inSeries = (made: MadeRun, use: (place: Place) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const run = makeRun(join(folder, 'runs'), made);
    const requester = put(folder, 'requester.json', JSON.stringify(REQUESTER));
    const out = join(folder, 'z.txt');
    const usual = { '--transfer-date': '2023-05-17', '--requester': requester, '--out': out };
    const zengin = (...words: readonly string[]) => {
      const kept = Object.entries(usual).flatMap(([name, value]) => (words.includes(name) ? [] : [name, value]));
      return regionpay(['zengin', run.folder, ...kept, ...words], { cwd: folder });
    };
    await use({ folder, zengin, out });
  });

describe('zengin', () => {
  test('writes what is due by bank, tells the sums, and notes it', () =>
    inSeries({}, async ({ folder, zengin, out }) => {
      const { status, stdout, stderr } = await zengin();
      expect(stderr).toBe('');
      expect(status).toBe(0);
      // 3,500 and 100,000 yen; the other route is not touched.
      expect(stdout).toContain('transfer date 2023-05-17: 2 transfers, 103,500 yen\nwritten to: z.txt\n');
      expect(stdout).toContain('payouts by other routes: 1\n');
      expect(stdout).toContain('P00000000000000bb: 0149-534 is 静岡 武蔵小杉 now (綱島 on 2022-04-25)');
      expect(stdout).toContain('2026-08-24');
      // Header, two transfers, trailer, end.
      expect(readFileSync(out)).toHaveLength(5 * 120);
      expect(
        readFileSync(join(folder, 'runs/orders.csv'), 'utf8')
          .split('\n')
          .slice(1, 3)
          .map((line) => line.split(',').slice(0, 5).join()),
      ).toEqual([
        'P0123456789abcdef,bank_transfer,3500,2023-05-17,z.txt',
        'P00000000000000bb,bank_transfer,100000,2023-05-17,z.txt',
      ]);
    }));

  test('called again leaves the same bytes, and on another day takes nothing twice', () =>
    inSeries({}, async ({ zengin, out }) => {
      await zengin();
      const before = readFileSync(out);
      expect((await zengin()).stdout).toContain('the same file as before: z.txt');
      expect(readFileSync(out).equals(before)).toBe(true);
      const { status, stdout } = await zengin('--transfer-date', '2023-05-18', '--out', 'y.txt');
      expect(status).toBe(0);
      expect(stdout).toContain('nothing to transfer on 2023-05-18; no file was made');
      expect(stdout).toContain('left out, for they were ordered before: 2\n  P0123456789abcdef: 2023-05-17 z.txt\n');
      expect(existsSync(join(out, '../y.txt'))).toBe(false);
      expect((await zengin('--transfer-date', '2023-05-18', '--out', 'y.txt', '--again')).stdout).toContain(
        '103,500 yen',
      );
    }));

  test('tells a program the same, and nothing of a person', () =>
    inSeries({ rows: [BANK_1, BANK_2, UNUSABLE, APP] }, async ({ zengin }) => {
      const { stdout } = await zengin('--json', '--skip-unusable', '--line-end', 'crlf');
      expect(JSON.parse(stdout)).toMatchObject({
        outcome: 'written',
        count: 2,
        totalYen: 103_500,
        transferDate: '2023-05-17',
        otherRoutes: 1,
        unusable: [{ payoutId: 'P00000000000000cc' }],
        bankDirectory: '2026-08-24',
      });
      for (const personal of ['ヤマダ', 'ﾔﾏﾀﾞ', '山', '0123456"', '7654321', '08000000001'])
        expect(stdout).not.toContain(personal);
    }));

  test('writes nothing where something cannot be written, and names it by id and field', () =>
    inSeries({ rows: [BANK_1, UNUSABLE] }, async ({ folder, zengin, out }) => {
      const ended = await zengin('--json');
      expect(ended.status).toBe(3);
      expect(toldAsJson(ended).map(({ code, where, what }) => `${code} ${where} ${what.ja}`)).toEqual([
        'UNUSABLE_TRANSFER P00000000000000cc 受取人名: 1 文字目が漢字',
        'UNUSABLE_TRANSFER P00000000000000cc 受取人名: 2 文字目が漢字',
      ]);
      expect(ended.stderr).not.toContain('山');
      expect(existsSync(out) || existsSync(join(folder, 'runs/orders.csv'))).toBe(false);
    }));
});

describe('zengin is refused', () => {
  const refused = async (made: MadeRun, words: readonly string[], prepare: (folder: string) => void = () => {}) => {
    let told: readonly string[] = [];
    await inSeries(made, async ({ folder, zengin }) => {
      prepare(folder);
      const ended = await zengin('--json', ...words);
      told = toldAsJson(ended).map(
        ({ code, where, advice }) => `${ended.status} ${code} ${where.split('/').at(-1)}: ${advice.en}`,
      );
      expect(ended.stdout).toBe('');
      expect(existsSync(join(folder, 'runs/orders.csv'))).toBe(existsSync(join(folder, 'keeps-orders')));
    });
    return told;
  };

  test.each([
    ['a Saturday', '2023-05-20', 'NOT_A_BANKING_DAY', 'the next banking day is 2023-05-22'],
    ['a holiday', '2023-07-17', 'NOT_A_BANKING_DAY', 'the next banking day is 2023-07-18'],
    ['the turn of the year', '2023-12-31', 'NOT_A_BANKING_DAY', 'the next banking day is 2024-01-04'],
    ['a year without a calendar', '2051-05-17', 'UNKNOWN_CALENDAR', 'check the year'],
    ['no date', 'soon', 'BAD_TRANSFER_DATE', 'write it as 2031-01-31'],
    ['a day before the run', '2023-05-12', 'BAD_TRANSFER_DATE', 'check the year, or name a newer run'],
    ['a slip of the year', '2024-05-17', 'BAD_TRANSFER_DATE', 'check the year, or name a newer run'],
  ])('on %s', async (_, date, code, advice) => {
    expect(await refused({}, ['--transfer-date', date])).toEqual([`2 ${code} --transfer-date ${date}: ${advice}`]);
  });

  test('without a file of who pays, by each of its fields', async () => {
    const wrong = (folder: string): void =>
      writeFileSync(
        join(folder, 'requester.json'),
        JSON.stringify({ ...REQUESTER, requesterCode: '1', bankName: '県' }),
      );
    expect(await refused({}, [], wrong)).toEqual([
      '2 BAD_REQUESTER requester.json: requesterCode: the expected shape: policy schema requester',
      '2 BAD_REQUESTER requester.json: bankName: the expected shape: policy schema requester',
    ]);
  });

  test('of a run that was made before runs had a to_send.csv', async () => {
    expect(await refused({ withoutToSend: true }, [])).toEqual([
      '3 NO_TO_SEND to_send.csv: make a run with the version that you call now, and name that',
    ]);
  });

  test('of a to_send.csv that somebody has edited', async () => {
    const edit = (folder: string): void => {
      const path = join(folder, 'runs/2023-05-15/to_send.csv');
      writeFileSync(path, readFileSync(path, 'utf8').replace('3500', '9500'));
    };
    expect((await refused({}, [], edit))[0]).toMatch(/^3 DAMAGED_RUN to_send\.csv/);
  });

  test('of a run on which another rests', async () => {
    const follow = (folder: string): void => {
      const { manifestSha256 } = makeRun(join(folder, 'runs'));
      makeRun(join(folder, 'runs'), { name: '2023-05-16', previous: manifestSha256 });
    };
    expect(await refused({}, [], follow)).toEqual(['3 SUPERSEDED_RUN 2023-05-15: name runs/2023-05-16']);
  });

  test('where it cannot tell what was ordered before', async () => {
    const damage = (folder: string): void => {
      put(folder, 'runs/orders.csv', 'payout_id\nP1\n');
      put(folder, 'keeps-orders', '');
    };
    expect((await refused({}, [], damage))[0]).toMatch(/^3 DAMAGED_ORDERS orders\.csv:1: restore it/);
  });

  test('where another file is', async () => {
    const taken = (folder: string): void => void put(folder, 'z.txt', 'another');
    expect(await refused({}, [], taken)).toEqual(['3 FILE_EXISTS z.txt: give another --out']);
  });

  test('in the run folder, which would not verify any more', async () => {
    expect((await refused({}, ['--out', 'runs/2023-05-15/z.txt']))[0]).toMatch(/^2 UNKNOWN_VALUE z\.txt/);
  });

  test('with more than a file can hold', async () => {
    const rows = Array.from({ length: 101 }, (_, index) =>
      BANK_1.replace('P0123456789abcdef', `P${String(index).padStart(16, '0')}`).replace(',3500,', ',9999999999,'),
    );
    expect(await refused({ rows }, [])).toEqual(['3 TOO_MANY_TRANSFERS z.txt: divide the coupons among several runs']);
  });
});

describe('zengin read', () => {
  test('shows a file in clear, but for its accounts, and that it is right', () =>
    inSeries({}, async ({ folder, zengin, out }) => {
      await zengin();
      const { status, stdout } = await regionpay(['zengin', 'read', out], { cwd: folder });
      expect(status).toBe(0);
      expect(stdout).toBe(`type 21, requester 0123456789 ｶｺﾞｼﾏｹﾝ ｶﾝｺｳｶ, transfer date 05-17
  0185 ｶｺﾞｼﾏ 100 ﾁﾕｳｵｳ ordinary *****54
1. 3,500 yen ﾔﾏﾀﾞ ﾊﾅｺ P0123456789abcdef
  0185 ｶｺﾞｼﾏ 100 ﾁﾕｳｵｳ ordinary *****56
2. 100,000 yen ﾐｻｵ ｼﾞﾖ- P00000000000000bb
  0149 ｼｽﾞｵｶ 534 ﾑｻｼｺｽｷﾞ ordinary *****21
in all 2 transfers, 103,500 yen
5 records, nothing between
lengths, characters, order and totals: ok
`);
    }));

  test('tells what is wrong, and ends with 1', () =>
    inSeries({}, async ({ folder, zengin, out }) => {
      await zengin();
      const bytes = readFileSync(out);
      bytes.write('9', 120 + 80);
      const altered = put(folder, 'altered.txt', bytes);
      const { status, stdout } = await regionpay(['zengin', 'read', altered, '--json']);
      expect(status).toBe(1);
      const { faults, records } = JSON.parse(stdout) as {
        faults: readonly { record: number; what: { en: string } }[];
        records: readonly object[];
      };
      expect(faults.map(({ record, what }) => `${record} ${what.en}`)).toEqual([
        '4 the total amount is not that of its data records',
      ]);
      expect(records[1]).toMatchObject({ payoutId: 'P0123456789abcdef', accountNumber: '*****56' });
    }));

  test('tells that there is no such file', async () => {
    const { status, stderr } = await regionpay(['zengin', 'read', 'nowhere.txt']);
    expect(status).toBe(3);
    expect(stderr).toContain('[NO_SUCH_FILE] nowhere.txt');
  });
});
