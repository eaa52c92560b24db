import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkReportSchema } from '../../../src/cli/commands/check-report.ts';
import { type Ended, INPUTS, inFolder, inputsWith, put, regionpay } from '../command.ts';

const ISSUANCE = `coupon_number,medium,prefecture,face_yen,issued_at,expires_on
000000000101,paper,46,2000,2023-02-20 10:00,2023-03-31
000000000102,paper,46,2000,2023-02-20 10:00,2023-03-31
`;
const SALES = `report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen
S1,M1,2023-02-24 12:00,1500,1500,0
`;
const LOG_HEADER = '取引番号,日付,時刻,支払方法,クーポン番号,金額,店番号,備考,状態';
const LOG_ROWS = [
  'T1,2023/2/24,12:00,クーポン,000000000101,"1,500",M1,見本花子,完了',
  'T2,2023/2/24,12:05,クーポン,000000000102,500,M1,,完了',
  'T3,2023/2/24,12:06,現金,,800,M1,,完了',
  'T4,2023/2/24,12:08,クーポン,000000000102,400,M1,,失敗',
  'T5,2023/2/24,12:20,クーポン,000000000102,-500,M1,T2,完了',
];
const PROFILE = {
  schemaVersion: 2,
  id: 'own',
  inputs: {
    transactions: {
      columns: {
        transaction_id: '取引番号',
        coupon_number: 'クーポン番号',
        occurred_at: { join: ['日付', '時刻'], with: ' ' },
        kind: { constant: 'payment' },
        status: { constant: 'completed' },
        amount_yen: '金額',
        merchant_id: '店番号',
      },
      rows: { only: { 支払方法: ['クーポン'] }, leaveOut: { 状態: ['失敗', '取消'] } },
      refunds: { negative: true, of: '備考' },
    },
  },
};

/** The options of a source\u2019s log, whose total of 1,500 yen is right, and of 9,999 yen is not. */
const withLog = <T>(use: (options: readonly string[], folder: string) => Promise<T>, totalYen = 1500): Promise<T> =>
  inFolder((folder) => {
    const log = [LOG_HEADER, ...LOG_ROWS, `合計,,,,,"${totalYen}",,,`, ''].join('\n');
    return use(
      [
        ...['--issuance', put(folder, 'issuance.csv', ISSUANCE)],
        ...['--transactions', put(folder, 'log.csv', `\ufeff${log}`)],
        ...['--merchant-reports', put(folder, 'sales.csv', SALES)],
        ...['--profile', put(folder, 'profile.json', JSON.stringify(PROFILE))],
        ...['--as-of', '2023-05-10', '--allow-missing-days'],
      ],
      folder,
    );
  });

const check = (options: readonly string[], ...more: readonly string[]): Promise<Ended> =>
  regionpay(['check', ...options, '--log-level', 'silent', ...more]);
const lastLine = ({ stdout }: Ended): string => stdout.trimEnd().split('\n').at(-1) ?? '';

/** What is told of one file: the line of its name, and those that belong to it. */
function sectionOf({ stdout }: Ended, file: string): readonly string[] {
  const lines = stdout.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`  ${file}: `));
  const others = lines.slice(from + 1);
  return [
    lines[from] ?? '',
    ...others.slice(
      0,
      others.findIndex((line) => !line.startsWith('    ')),
    ),
  ];
}

describe('check tells how a file was understood', () => {
  it('in Japanese', async () => {
    const ended = await withLog((options) => check(options, '--lang', 'ja'));
    expect(sectionOf(ended, 'log.csv')).toEqual([
      // 1,500 + 500, and 500 taken back.
      '  log.csv: utf-8, BOM あり, カンマ区切り, 見出しは 1 行目, 合計 2,500円',
      '    transaction_id  取引番号             T1',
      '    coupon_number   クーポン番号         000000000101',
      '    occurred_at     日付 + 時刻          2023/2/24 12:00 → 2023-02-24 12:00',
      '    kind            いつも「payment」    payment',
      '    status          いつも「completed」  completed',
      '    amount_yen      金額                 1,500 → 1500',
      '    merchant_id     店番号               M1',
      '    ファイルにない列: terminal_id、related_transaction_id、funding',
      '    日付の読み方: occurred_at: 既定の書き方',
      '    profile が外した行: 支払方法 = クーポン でない: 1、状態 = 失敗: 1、状態 = 取消: 0',
      '    合計の照合: 1 か所のうち合わないもの 0',
    ]);
    expect(ended.status).toBe(0);
  });

  it('in full, in English, with what follows where a column is missing', async () => {
    const ended = await withLog((options) => check(options, '--lang', 'en', '--columns'), 9999);
    const section = sectionOf(ended, 'log.csv');
    expect(section).toEqual(
      expect.arrayContaining([
        '    amount_yen              金額                1,500 → 1500',
        '    terminal_id             not in the file     (Nothing is judged otherwise.)',
        '    funding                 not in the file     (It counts as coupon.)',
        '                                                2023/2/24 12:05 → 2023-02-24 12:05',
        '                                                [the usual forms, JST]',
        '    totals held against the rows: 1, of which 1 differ',
        '      the total on line 7, 9,999 yen, is not what the rows above come to in amount_yen: 1,500 yen',
      ]),
    );
    expect(sectionOf(ended, 'sales.csv')).toContain(
      '    coupon_number  not in the file  (The sale is matched with the log by shop, time and yen.)',
    );
  });

  it('with rows, by column', async () => {
    const { stdout } = await withLog((options) => check(options, '--lang', 'en', '--sample', '2'));
    expect(stdout).toContain(
      [
        '  log.csv:2',
        '    transaction_id  T1',
        '    coupon_number   000000000101',
        '    occurred_at     2023/2/24 12:00 → 2023-02-24 12:00',
        '    kind            payment',
        '    status          completed',
        '    amount_yen      1,500 → 1500',
        '    merchant_id     M1',
        '  log.csv:6',
      ].join('\n'),
    );
    expect(stdout).not.toContain('見本花子');
  });

  it('once where files are made alike', async () => {
    const { stdout } = await inFolder((folder) => {
      const [a, b] = ['a.csv', 'b.csv'].map((name) => put(folder, name, SALES.replace('S1', name)));
      return check(inputsWith('--merchant-reports', a ?? '', b ?? ''), '--lang', 'en');
    });
    expect(stdout.match(/^ +total_yen /gm)).toHaveLength(1);
    expect(stdout).toContain('\n    columns as in a.csv\n');
  });
});

describe('check ends with one sentence of what would be lost', () => {
  it('in Japanese and in English', async () => {
    const [ja, en] = await withLog((options) =>
      Promise.all([check(options, '--lang', 'ja'), check(options, '--lang', 'en')]),
    );
    expect(lastLine(ja as Ended)).toBe(
      'このまま run すると失われるもの: profile が外す行 2 行、ファイルにない列 9 列の中身(クーポンの発行データの account_id: アプリにチャージしていないものとして扱う、クーポンの発行データの phone: email に送る、クーポンの発行データの email: phone に送る、取引記録の related_transaction_id: cancel(取消)では必須で、なければその行を使わない、店の売上報告の coupon_number: 店・時刻・金額から取引記録と突き合わせる、ほか 4 列)。',
    );
    expect(lastLine(en as Ended)).toMatch(/^If this were run as it is, this would be lost: 2 rows that the profile /);
  });

  it('or that nothing would', async () => {
    const sales = readFileSync(INPUTS[INPUTS.indexOf('--merchant-reports') + 1] ?? '', 'utf8');
    const [header, ...rows] = sales.trimEnd().split('\n');
    const whole = [`${header},voided`, ...rows.map((row) => `${row},no`), ''].join('\n');
    const ended = await inFolder((folder) =>
      check(inputsWith('--merchant-reports', put(folder, 'sales.csv', whole)), '--lang', 'en'),
    );
    expect(lastLine(ended)).toBe('If this were run as it is, nothing of the inputs would be lost.');
  });
});

describe('check --json', () => {
  const reportOf = ({ stdout }: Ended) => checkReportSchema.parse(JSON.parse(stdout));

  it('is of its schema, with all that is told', async () => {
    const report = reportOf(await withLog((options) => check(options, '--json', '--sample', '1'), 9999));
    const [, log] = report.files;
    expect(log?.understood.leftOut).toEqual([
      { rule: 'only', header: '支払方法', values: ['クーポン'], rows: 1 },
      { rule: 'leaveOut', header: '状態', values: ['失敗'], rows: 1 },
      { rule: 'leaveOut', header: '状態', values: ['取消'], rows: 0 },
    ]);
    expect(log?.understood.sample.map(({ line }) => line)).toEqual([2]);
    expect(log?.statedTotals).toEqual({
      compared: 1,
      differing: [{ line: 7, column: 'amount_yen', statedYen: 9999, summedYen: 1500 }],
    });
    expect(report.losses).toMatchObject({ leftOutRows: 2, differingTotals: 1, unreadable: { rows: 0, yen: 0 } });
  });

  it('is of its schema for files with faults, too', async () => {
    const rows = ['S2,M1,2023-02-24 12:00,1500,1000,0', 'S3,M1,x,10,10,0', 'S4,M1,2023-02-24 12:00,9,0,9'];
    const ended = await inFolder((folder) =>
      check(inputsWith('--merchant-reports', put(folder, 'sales.csv', `${SALES}${rows.join('\n')}`)), '--json'),
    );
    const report = reportOf(ended);
    expect(ended.status).toBe(3);
    expect(report.rejects.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'SALE_TOTAL sales.csv:3',
      'BAD_INSTANT sales.csv:4:sold_at',
    ]);
    // The total of the one that is no sum can be read, and that of the one without its hour.
    expect(report.losses.unreadable).toEqual({ rows: 2, yen: 1510 });
  });
});

it.each(['0', 'x', '1001', '-1'])('--sample %s is no number of rows', async (rows) => {
  const { status, stderr } = await regionpay(['check', ...INPUTS, `--sample=${rows}`, '--lang', 'en']);
  expect([status, stderr]).toEqual([2, expect.stringContaining(`[UNKNOWN_VALUE] --sample ${rows}`)]);
});

describe('run tells of totals that differ', () => {
  const run = (totalYen: number) =>
    withLog(async (options, folder) => {
      const out = join(folder, 'run');
      const ended = await regionpay(['run', ...options, '--out', out, '--lang', 'en', '--log-format', 'json']);
      const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
        files: { name: string; statedTotals?: unknown }[];
      };
      return { ended, files: summary.files, text: readFileSync(join(out, 'summary.txt'), 'utf8') };
    }, totalYen);

  it('in the summary, in summary.json and in a line of the log', async () => {
    const { ended, files, text } = await run(9999);
    expect(ended.stdout).toContain(
      `■ To be checked\n  ${'log.csv'.padEnd(28)}the total on line 7, 9,999 yen, is not what the rows above come to in amount_yen: 1,500 yen\n`,
    );
    expect(text).toContain('7 行目の合計 9,999円が、上の行の amount_yen の和 1,500円と合わない');
    expect(files.map(({ statedTotals }) => statedTotals)).toEqual([
      undefined,
      { compared: 1, differing: [{ line: 7, column: 'amount_yen', statedYen: 9999, summedYen: 1500 }] },
      undefined,
    ]);
    const lines = ended.stderr.trim().split('\n');
    const told = lines.map(
      (line) => JSON.parse(line) as { level: number; msg: string; file?: string; totals?: number },
    );
    expect(told.filter(({ level }) => level === 40)).toMatchObject([
      { msg: 'totals differ', file: 'log.csv', totals: 1 },
    ]);
  });

  it('and says nothing of those that do not', async () => {
    const { ended, files } = await run(1500);
    expect(ended.stdout).not.toContain('To be checked');
    expect(files.map((file) => 'statedTotals' in file)).toEqual([false, false, false]);
  });
});

it('run and check name refunds among the rows read', async () => {
  const sales =
    'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,of\nS1,M1,2023-02-24 12:00,1500,1500,0,\nS2,M1,2023-02-24 12:30,-1500,-1500,0,S1\n';
  const own = { columns: { total_yen: 'total_yen' }, refunds: { negative: true, of: 'of' } };
  const profile = { schemaVersion: 2, id: 'own', inputs: { sales: own } };
  const told = await inFolder((folder) =>
    Promise.all(
      ['ja', 'en'].map((language) =>
        check(
          [
            ...inputsWith('--merchant-reports', put(folder, 'sales.csv', sales)),
            ...['--profile', put(folder, 'profile.json', JSON.stringify(profile))],
          ],
          ...['--lang', language],
        ),
      ),
    ),
  );
  expect(told.map(({ stdout }) => /^ {2}sales\.csv +2 {2}\((.*)\)$/m.exec(stdout)?.[1])).toEqual([
    '返金 2',
    'refunds 2',
  ]);
});
