import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeWindows31j } from '../../../src/base/windows-31j.ts';
import { ROOT, readRows } from '../../support/program.ts';
import { payoutId, providerFile, sendingRun } from '../../support/sending-run.ts';
import { type Ended, INPUTS, inFolder, put, regionpay, toldAsJson } from '../command.ts';

const SAKURA = providerFile('sakura-gift');
const [ONE, TWO] = [payoutId(1), payoutId(2)];
const HEADER = '管理番号,携帯電話番号,金額,状態,送信日時,受取日時';
const result = (...lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

const read = (folder: string, file: string, ...words: readonly string[]): Promise<Ended> =>
  regionpay(['deliveries', file, '--provider', SAKURA, '--out', join(folder, 'paid.csv'), ...words]);
const codes = (ended: Ended): string[] => toldAsJson(ended).map(({ code, where }) => `${code} ${where}`);
const paid = (folder: string): string => readFileSync(join(folder, 'paid.csv'), 'utf8');

/** A series in which both were ordered: 2,000 yen as one gift, 25,000 as three. */
async function ordered(folder: string): Promise<string> {
  sendingRun(join(folder, 'runs/n1'), [
    { id: ONE, to: '09012345678', yen: 2000 },
    { id: TWO, to: '08012345678', yen: 25_000 },
  ]);
  const words = ['gift-order', join(folder, 'runs/n1'), '--provider', SAKURA, '--out', join(folder, 'out')];
  expect((await regionpay(words)).status).toBe(0);
  return join(folder, 'runs');
}
const gifts = (state: string, ...more: readonly string[]): string[] =>
  [10_000, 10_000, 5000].map((yen, at) => `${TWO}-${at + 1}-3,,${yen},${more[at] ?? state},2023/05/11 09:00,`);

describe('deliveries', () => {
  test('turns what a provider says into paid rows, a payout a row, held against the orders', async () => {
    await inFolder(async (folder) => {
      const series = await ordered(folder);
      const lines = [`${ONE},090-1234-5678,2000,送信済,2023/05/10 12:00,`, ...gifts('受取済')];
      const file = put(folder, 'r.csv', encodeWindows31j(result(...lines)));
      const ended = await read(folder, file, '--series', series, '--lang', 'ja');
      expect([ended.status, ended.stderr]).toEqual([0, '']);
      expect(paid(folder)).toBe(
        [
          'payout_id,amount_yen,sent_at,status',
          `${ONE},2000,2023-05-10T12:00:00+09:00,sent`,
          `${TWO},25000,2023-05-11T09:00:00+09:00,received`,
          '',
        ].join('\n'),
      );
      expect(statSync(join(folder, 'paid.csv')).mode & 0o777).toBe(0o600);
      expect(ended.stdout).toContain('受取済: 1 件 25,000円');
      expect(ended.stdout).not.toContain('1234');
    });
  });

  test('asks of what was sent in part, with exit 1, and has no row for it', async () => {
    await inFolder(async (folder) => {
      const series = await ordered(folder);
      const file = put(folder, 'r.csv', result(...gifts('送信済', '送信済', '不達')));
      const ended = await read(folder, file, '--series', series, '--json');
      expect(ended.status).toBe(1);
      expect(JSON.parse(ended.stdout)).toMatchObject({
        questions: [{ payoutId: TWO, why: 'gifts differ', where: 'r.csv:2, r.csv:3, r.csv:4' }],
        unanswered: [ONE],
      });
      expect(paid(folder)).toBe('payout_id,amount_yen,sent_at,status\n');
    });
  });

  test('reads several results as one, and what still waits is no row', async () => {
    await inFolder(async (folder) => {
      const first = put(folder, 'a.csv', result(`${ONE},,2000,送信済,2023/05/10 12:00,`));
      const second = put(
        folder,
        'b.csv',
        result(`${ONE},,2000,受取済,2023/05/10 12:00,2023/05/12 08:00`, `${TWO},,500,受付済,,`),
      );
      const ended = await read(folder, first, second, '--json');
      expect(JSON.parse(ended.stdout)).toMatchObject({ received: { payouts: 1, yen: 2000 }, waiting: [TWO] });
      expect(paid(folder)).toContain(`${ONE},2000,2023-05-12T08:00:00+09:00,received\n`);
    });
  });

  test('writes the same file again, and another one only where it may', async () => {
    await inFolder(async (folder) => {
      const early = put(folder, 'a.csv', result(`${ONE},,2000,送信済,2023/05/10 12:00,`));
      const late = put(folder, 'b.csv', result(`${ONE},,2000,不達,2023/05/10 12:00,`));
      expect([(await read(folder, early)).status, (await read(folder, early)).status]).toEqual([0, 0]);
      const refused = await read(folder, late, '--json');
      expect([refused.status, toldAsJson(refused).map(({ code }) => code)]).toEqual([3, ['FILE_EXISTS']]);
      expect(paid(folder)).toContain(',sent\n');
      expect((await read(folder, late, '--replace')).status).toBe(0);
      expect(paid(folder)).toContain(',failed\n');
    });
  });

  test('needs a provider, a place, and orders where a series is named', async () => {
    await inFolder(async (folder) => {
      const bare = await regionpay(['deliveries', 'r.csv', '--series', folder, '--json']);
      expect([bare.status, codes(bare)]).toEqual([
        2,
        ['MISSING_OPTION --provider', 'MISSING_OPTION --out', `UNKNOWN_VALUE --series ${folder}`],
      ]);
      const missing = await read(folder, join(folder, 'none.csv'), '--json');
      expect([missing.status, codes(missing)]).toEqual([3, [`NO_SUCH_FILE ${join(folder, 'none.csv')}`]]);
    });
  });
});

const ERRORS = join(ROOT, 'fixtures/errors');

describe('a result that cannot be true is refused, and nothing is written', () => {
  test.each([
    [
      'BAD_DELIVERY',
      ['BAD_DELIVERY result.csv:2:状態', 'BAD_DELIVERY result.csv:3:送信日時', 'BAD_DELIVERY result.csv:4:金額'],
    ],
    ['UNKNOWN_DELIVERY', ['UNKNOWN_DELIVERY result.csv:3:管理番号']],
    ['DELIVERY_CONTRADICTS', ['DELIVERY_CONTRADICTS result.csv:3']],
  ])('%s', async (code, told) => {
    await inFolder(async (folder) => {
      const ended = await read(folder, join(ERRORS, code, 'result.csv'), '--json');
      expect([ended.status, codes(ended)]).toEqual([3, told]);
      expect(existsSync(join(folder, 'paid.csv'))).toBe(false);
      expect(ended.stderr).not.toContain('09012345678');
    });
  });

  test.each([
    ['DELIVERY_AMOUNT', ['DELIVERY_AMOUNT result.csv:2']],
    ['UNKNOWN_DELIVERY of what was never ordered', ['UNKNOWN_DELIVERY result.csv:3']],
  ])('%s, by what was ordered', async (name, told) => {
    await inFolder(async (folder) => {
      const series = await ordered(folder);
      const file = name.startsWith('DELIVERY_AMOUNT')
        ? join(ERRORS, 'DELIVERY_AMOUNT/result.csv')
        : put(
            folder,
            'result.csv',
            result(`${ONE},,2000,送信済,2023/05/10 12:00,`, `${payoutId(9)},,1,送信済,2023/05/10 12:00,`),
          );
      const ended = await read(folder, file, '--series', series, '--json');
      expect([ended.status, codes(ended)]).toEqual([3, told]);
      expect(existsSync(join(folder, 'paid.csv'))).toBe(false);
    });
  });
});

describe('paid rows of deliveries', () => {
  const NIGHT = (folder: string, name: string, ...words: readonly string[]) =>
    regionpay(['run', ...INPUTS, '--out', join(folder, name), '--json', '--log-level', 'silent', ...words]);

  /** A payout of the worked night that goes out by URL. */
  const byUrl = (folder: string) => {
    const row = readRows(join(folder, 'n1/payouts.csv')).find(({ route }) => route === 'app_url');
    if (row === undefined) throw new Error('the worked night pays nobody by URL');
    return { id: row.payout_id ?? '', yen: row.amount_yen ?? '' };
  };

  // 2-data.md: rows of one payout and amount that differ in sent_at or status are one payment's history; the latest stands.
  test('are taken by the next night, a later reading beside an earlier one', async () => {
    await inFolder(async (folder) => {
      expect((await NIGHT(folder, 'n1')).status).toBe(0);
      const { id, yen } = byUrl(folder);
      const line = (state: string, at: string) => result(`${id},,${yen},${state},2023/05/09 12:00,${at}`);
      const [early, late] = [
        put(folder, 'a.csv', line('送信済', '')),
        put(folder, 'b.csv', line('受取済', '2023/05/09 18:00')),
      ];
      await read(folder, early);
      writeFileSync(join(folder, 'paid-1.csv'), paid(folder));
      await read(folder, late, '--replace');
      const both = ['--previous', join(folder, 'n1'), '--as-of', '2023-05-11T02:00:00+09:00'];
      const next = await NIGHT(
        folder,
        'n2',
        ...both,
        '--paid',
        join(folder, 'paid-1.csv'),
        '--paid',
        join(folder, 'paid.csv'),
      );
      expect([next.status, next.stderr]).toEqual([0, '']);
      const summary = JSON.parse(readFileSync(join(folder, 'n2/summary.json'), 'utf8')) as {
        readonly files: readonly {
          readonly kind: string;
          readonly dispositions: Record<string, { rows: number } | number>;
        }[];
      };
      const told = summary.files.filter(({ kind }) => kind === 'paid').map(({ dispositions }) => dispositions);
      expect(JSON.stringify(told)).toMatch(/duplicate/);
      expect(readRows(join(folder, 'n2/payouts.csv')).filter((row) => row.payout_id === id)).toEqual([]);
      expect(readRows(join(folder, 'n2/rejects.csv')).filter(({ file }) => file?.startsWith('paid'))).toEqual([]);
    });
  });

  test('of what failed have it made anew, under another id', async () => {
    await inFolder(async (folder) => {
      await NIGHT(folder, 'n1');
      const { id, yen } = byUrl(folder);
      await read(folder, put(folder, 'a.csv', result(`${id},,${yen},不達,2023/05/10 12:00,`)));
      const words = [
        '--previous',
        join(folder, 'n1'),
        '--as-of',
        '2023-05-11T02:00:00+09:00',
        '--paid',
        join(folder, 'paid.csv'),
      ];
      expect((await NIGHT(folder, 'n2', ...words)).status).toBe(0);
      const anew = readRows(join(folder, 'n2/payouts.csv'));
      expect(anew.map(({ amount_yen: each }) => each)).toEqual([yen]);
      expect(anew[0]?.payout_id).not.toBe(id);
    });
  });
});
