import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRows } from '../../support/program.ts';
import { manifestHash, payoutId, providerFile, type Sending, sendingRun } from '../../support/sending-run.ts';
import { type Ended, inFolder, put, regionpay, toldAsJson } from '../command.ts';

const SAKURA = providerFile('sakura-gift');
const [ONE, TWO, THREE] = [payoutId(1), payoutId(2), payoutId(3)];
const PHONE: Sending = { id: ONE, to: '09012345678', yen: 2000 };
const MAIL: Sending = { id: TWO, to: 'taro@example.jp', yen: 25_000, route: 'application_url' };
const BANK: Sending = { id: THREE, to: 'タナカ タロウ', yen: 3000, route: 'bank_transfer', receiveBy: '' };

const order = (folder: string, ...words: readonly string[]): Promise<Ended> =>
  regionpay(['gift-order', join(folder, 'runs/n1'), '--provider', SAKURA, '--out', join(folder, 'out'), ...words]);
const codes = (ended: Ended): string[] => toldAsJson(ended).map(({ code, where }) => `${code} ${where}`);
const filesIn = (folder: string): string[] => (existsSync(join(folder, 'out')) ? readdirSync(join(folder, 'out')) : []);
const ordersIn = (folder: string): string[] =>
  existsSync(join(folder, 'runs/orders.csv'))
    ? readRows(join(folder, 'runs/orders.csv')).map(
        ({ payout_id: id, amount_yen: yen, file }) => `${id} ${yen} ${file}`,
      )
    : [];
/** Nothing may go out, and nothing be noted. */
const expectNothing = (folder: string): void => {
  expect(filesIn(folder)).toEqual([]);
  expect(ordersIn(folder)).toEqual([]);
};

const SMS = 'sakura-gift-sms-2023-05-10.csv';
const MAILS = 'sakura-gift-mail-2023-05-10.csv';

describe('gift-order', () => {
  test('writes a file a channel, for its owner alone, and notes what is in it', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE, MAIL, BANK]);
      const ended = await order(folder, '--lang', 'en');
      expect([ended.status, ended.stderr]).toEqual([0, '']);
      expect(filesIn(folder).sort()).toEqual([MAILS, SMS]);
      expect(filesIn(folder).map((name) => statSync(join(folder, 'out', name)).mode & 0o777)).toEqual([0o600, 0o600]);
      expect(ordersIn(folder)).toEqual([`${ONE} 2000 ${SMS}`, `${TWO} 25000 ${MAILS}`]);
      // 2,000 and 25,000 yen; what goes by bank is not a provider's.
      expect(ended.stdout).toContain('ordered on 2023-05-10: 2 payouts, 27,000 yen');
      expect(ended.stdout).not.toMatch(/09012345678|taro/);
    });
  });

  test('tells a program the same, without a contact', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE, MAIL, { id: THREE, to: '08001234567', yen: 900 }]);
      const { stdout, stderr } = await order(folder, '--json', '--skip-unusable');
      expect(JSON.parse(stdout)).toMatchObject({
        ordered: { payouts: 2, yen: 27_000 },
        files: [
          { channel: 'sms', payouts: 1, gifts: 1, yen: 2000 },
          { channel: 'mail', payouts: 1, yen: 25_000 },
        ],
        unusable: [{ payoutId: THREE, amountYen: 900, why: 'phone: free of charge' }],
      });
      expect(stdout + stderr).not.toMatch(/09012345678|08001234567|taro/);
    });
  });

  test('makes the same bytes of the same run', async () => {
    const made: (readonly string[])[] = [];
    for (let time = 0; time < 2; time++)
      await inFolder(async (folder) => {
        sendingRun(join(folder, 'runs/n1'), [PHONE, MAIL]);
        await order(folder);
        made.push(
          [SMS, MAILS]
            .map((name) => readFileSync(join(folder, 'out', name), 'latin1'))
            .concat(readFileSync(join(folder, 'runs/orders.csv'), 'utf8')),
        );
      });
    expect(made[1]).toEqual(made[0]);
  });

  test('takes the name of a file where it is one', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE]);
      expect((await order(folder, '--out', join(folder, 'gifts.csv'))).status).toBe(0);
      expect(ordersIn(folder)).toEqual([`${ONE} 2000 gifts.csv`]);
    });
  });

  test('has nothing to do where nothing waits', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [BANK]);
      const ended = await order(folder, '--lang', 'en');
      expect([ended.status, ended.stdout]).toEqual([0, 'ordered on 2023-05-10: 0 payouts, 0 yen\n']);
      expectNothing(folder);
    });
  });
});

describe('the day of an order', () => {
  const [early, late]: Sending[] = [
    { ...PHONE, notBefore: '2023-05-15' },
    { ...MAIL, receiveBy: '2023-05-14' },
  ];

  test('decides what is due, and is noted', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [early as Sending, late as Sending]);
      const ended = await order(folder, '--order-date', '2023-05-15', '--json');
      expect(JSON.parse(ended.stdout)).toMatchObject({
        ordered: { payouts: 1 },
        leftOut: { 'past receive-by': [TWO] },
      });
      expect(readRows(join(folder, 'runs/orders.csv')).map((row) => row.ordered_at)).toEqual(['2023-05-15']);
    });
  });

  test('is the as-of of the run where none is given', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [early as Sending, late as Sending]);
      const ended = await order(folder, '--json');
      expect(JSON.parse(ended.stdout)).toMatchObject({ ordered: { payouts: 1 }, leftOut: { 'not due': [ONE] } });
      expect(readRows(join(folder, 'runs/orders.csv')).map((row) => row.ordered_at)).toEqual([
        '2023-05-10T02:00:00+09:00',
      ]);
    });
  });

  test.each(['2023-05-09', '2023-02-30', 'soon'])('cannot be %s (BAD_ORDER_DATE)', async (date) => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE]);
      const ended = await order(folder, '--order-date', date, '--json');
      expect([ended.status, codes(ended)]).toEqual([2, [`BAD_ORDER_DATE --order-date ${date}`]]);
      expectNothing(folder);
    });
  });
});

describe('nothing is ordered twice', () => {
  test('all of it (ALREADY_ORDERED) names the files that hold it', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE, MAIL]);
      await order(folder);
      const [files, orders] = [filesIn(folder), ordersIn(folder)];
      const again = await order(folder, '--json');
      expect([again.status, codes(again)]).toEqual([3, [`ALREADY_ORDERED ${SMS}`, `ALREADY_ORDERED ${MAILS}`]]);
      expect([filesIn(folder), ordersIn(folder)]).toEqual([files, orders]);
    });
  });

  test('on the next night only what is new is ordered, though the rest still waits', async () => {
    await inFolder(async (folder) => {
      const first = sendingRun(join(folder, 'runs/n1'), [PHONE]);
      await order(folder);
      const next = { asOf: '2023-05-11T02:00:00+09:00', previous: manifestHash(first) };
      sendingRun(join(folder, 'runs/n2'), [PHONE, MAIL], next);
      const words = [
        'gift-order',
        join(folder, 'runs/n2'),
        '--provider',
        SAKURA,
        '--out',
        join(folder, 'out'),
        '--json',
      ];
      const ended = await regionpay(words);
      expect(JSON.parse(ended.stdout)).toMatchObject({
        ordered: { payouts: 1, yen: 25_000 },
        leftOut: { 'ordered before': [ONE] },
      });
      expect(ordersIn(folder)).toEqual([`${ONE} 2000 ${SMS}`, `${TWO} 25000 sakura-gift-mail-2023-05-11.csv`]);
    });
  });

  // Whoever has lost a file orders it once more: by its name, by payout, or all of it. The provider knows the key.
  test.each([[[]], [[SMS]], [[ONE]]])('unless --again %j says so', async (named) => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE]);
      await order(folder);
      const ended = await order(folder, '--out', join(folder, 'once-more'), '--json', '--again', ...named);
      expect(JSON.parse(ended.stdout)).toMatchObject({ ordered: { payouts: 1, yen: 2000 } });
      const [before, after] = ['out', 'once-more'].map((name) => readFileSync(join(folder, name, SMS), 'latin1'));
      expect(after).toBe(before);
    });
  });

  test('nor what was never ordered by it', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE]);
      const ended = await order(folder, '--json', '--again', 'x.csv');
      expect([ended.status, codes(ended)]).toEqual([2, ['UNKNOWN_VALUE --again x.csv']]);
      expectNothing(folder);
    });
  });
});

describe('what stops an order leaves no file and no note', () => {
  test('payouts that cannot be sent (CANNOT_BE_SENT), each by its id, and their contacts nowhere', async () => {
    await inFolder(async (folder) => {
      const rows = [PHONE, { id: TWO, to: '09001234567', yen: 900 }, { id: THREE, to: 'taro@example', yen: 30 }];
      sendingRun(join(folder, 'runs/n1'), rows);
      const ended = await order(folder, '--json');
      expect([ended.status, codes(ended)]).toEqual([3, [`CANNOT_BE_SENT ${TWO}`, `CANNOT_BE_SENT ${THREE}`]]);
      expect(ended.stderr).not.toMatch(/09001234567|taro/);
      expectNothing(folder);
      // As the advice says: the others can be ordered first, and a number on trust; an address never is.
      expect((await order(folder, '--skip-unusable')).status).toBe(0);
      expect(ordersIn(folder)).toEqual([`${ONE} 2000 ${SMS}`]);
      const trusted = await order(
        folder,
        '--skip-unusable',
        '--trust-numbers',
        '--out',
        join(folder, 'more'),
        '--json',
      );
      expect(JSON.parse(trusted.stdout)).toMatchObject({
        ordered: { payouts: 1, yen: 900 },
        doubtful: [{ payoutId: TWO }],
        unusable: [{ payoutId: THREE }],
      });
    });
  });

  test('more than may be ordered at once (ORDER_TOO_LARGE)', async () => {
    await inFolder(async (folder) => {
      const profile = JSON.parse(readFileSync(SAKURA, 'utf8')) as object;
      const small = put(folder, 'small.json', JSON.stringify({ ...profile, mostYenPerOrder: 26_999 }));
      sendingRun(join(folder, 'runs/n1'), [PHONE, MAIL]);
      const ended = await order(folder, '--provider', small, '--json');
      expect([ended.status, toldAsJson(ended).map(({ code }) => code)]).toEqual([3, ['ORDER_TOO_LARGE']]);
      expect(toldAsJson(ended)[0]?.what.en).toContain('27,000 yen');
      expectNothing(folder);
      // As the advice says: as much as fits, and the rest by the next order.
      await order(folder, '--provider', small, '--up-to-limit');
      await order(folder, '--provider', small, '--up-to-limit');
      expect(ordersIn(folder)).toEqual([`${ONE} 2000 ${SMS}`, `${TWO} 25000 ${MAILS}`]);
    });
  });

  test('another file in its place (FILE_EXISTS)', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE]);
      const path = put(folder, `out/${SMS}`, 'mine');
      const ended = await order(folder, '--json');
      expect([ended.status, toldAsJson(ended).map(({ code }) => code)]).toEqual([3, ['FILE_EXISTS']]);
      expect([readFileSync(path, 'utf8'), ordersIn(folder)]).toEqual(['mine', []]);
    });
  });

  test('several files for one name, a place in the run folder, no place, no provider', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE, MAIL]);
      const one = await order(folder, '--out', join(folder, 'gifts.csv'), '--json');
      expect([one.status, toldAsJson(one).map(({ code }) => code)]).toEqual([2, ['UNKNOWN_VALUE']]);
      const inside = await order(folder, '--out', join(folder, 'runs/n1/out'), '--json');
      expect([inside.status, toldAsJson(inside).map(({ code }) => code)]).toEqual([2, ['UNKNOWN_VALUE']]);
      const bare = await regionpay(['gift-order', join(folder, 'runs/n1'), '--json']);
      expect([bare.status, codes(bare)]).toEqual([2, ['MISSING_OPTION --provider', 'MISSING_OPTION --out']]);
      expectNothing(folder);
    });
  });

  test('orders of before that cannot be read', async () => {
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE]);
      writeFileSync(join(folder, 'runs/orders.csv'), 'payout_id\nP1\n');
      const ended = await order(folder, '--json');
      expect([ended.status, toldAsJson(ended).map(({ code }) => code)]).toEqual([3, ['DAMAGED_ORDERS']]);
      expect(filesIn(folder)).toEqual([]);
    });
  });

  test('a run that a later one rests on, one that was altered, and one of an older version', async () => {
    await inFolder(async (folder) => {
      const first = sendingRun(join(folder, 'runs/n1'), [PHONE]);
      sendingRun(join(folder, 'runs/n2'), [], { previous: manifestHash(first) });
      const told = async () => toldAsJson(await order(folder, '--json')).map(({ code }) => code);
      expect(await told()).toEqual(['SUPERSEDED_RUN']);
    });
    await inFolder(async (folder) => {
      const run = sendingRun(join(folder, 'runs/n1'), [PHONE]);
      const altered = readFileSync(join(run, 'to_send.csv'), 'utf8').replace(',2000,', ',9000,');
      writeFileSync(join(run, 'to_send.csv'), altered);
      expect(toldAsJson(await order(folder, '--json')).map(({ code }) => code)).toEqual(['DAMAGED_RUN']);
    });
    await inFolder(async (folder) => {
      sendingRun(join(folder, 'runs/n1'), [PHONE], { withoutToSend: true });
      expect(toldAsJson(await order(folder, '--json')).map(({ code }) => code)).toEqual(['NO_TO_SEND']);
    });
  });
});
