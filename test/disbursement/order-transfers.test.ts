import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import { type OrderedTransfers, orderTransfers, type TransferRequest } from '../../src/disbursement/order-transfers.ts';
import { readOrders } from '../../src/disbursement/orders.ts';
import type { ToSend } from '../../src/disbursement/to-send.ts';
import { readZengin } from '../../src/disbursement/zengin/read.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { withFolder } from '../support/program.ts';
import { PAYER } from './zengin/transfer-files.ts';

const payout = (last: string, more: Partial<ToSend> = {}): ToSend => ({
  payoutId: `P000000000000000${last}`,
  route: 'bank_transfer',
  recipient: `bank:0001-002-1-000000${last}`,
  deliverTo: 'ヤマダ ハナコ',
  amountYen: 1000,
  couponCount: 1,
  coupons: ['000000000102'],
  notBefore: dayNumber(2023, 5, 15),
  receiveBy: undefined,
  madeAt: '2023-05-10T02:00:00+09:00',
  ...more,
});
const UNUSABLE = payout('9', { deliverTo: '山田' });

/** Orders in a folder of its own. */
const inSeries = (
  use: (order: (rows: readonly ToSend[], more?: Partial<TransferRequest>) => OrderedTransfers, folder: string) => void,
): void =>
  withFolder((folder) =>
    use(
      (rows, more = {}) =>
        drained(
          orderTransfers({
            seriesFolder: folder,
            rows,
            policyId: 'made-up',
            transferDate: dayNumber(2023, 5, 17),
            payer: PAYER,
            directory: {},
            lineEnd: 'none',
            out: join(folder, 'z.txt'),
            again: false,
            skipUnusable: false,
            ...more,
          }),
        ),
      folder,
    ),
  );
const idsIn = (path: string): readonly string[] =>
  readZengin(readFileSync(path)).records.flatMap(({ values }) =>
    values.edi === undefined ? [] : [values.edi.at(-1) ?? ''],
  );
const ordered = (folder: string): readonly string[] =>
  drained(readOrders(folder)).map(({ payoutId, file }) => `${payoutId.at(-1)} ${file}`);

describe('an order', () => {
  test('is written and noted, with the hash of its file', () => {
    inSeries((order, folder) => {
      const { outcome, fileSha256 } = order([payout('1'), payout('2')]);
      expect(outcome).toBe('written');
      expect(idsIn(join(folder, 'z.txt'))).toEqual(['1', '2']);
      expect(fileSha256).toBe(sha256(readFileSync(join(folder, 'z.txt'))));
      expect(drained(readOrders(folder))[0]).toEqual({
        payoutId: 'P0000000000000001',
        route: 'bank_transfer',
        amountYen: 1000,
        orderedAt: '2023-05-17',
        file: 'z.txt',
        fileSha256,
      });
      expect(readdirSync(folder).sort()).toEqual(['orders.csv', 'z.txt']);
    });
  });

  test('given once more is the same, and noted once', () => {
    inSeries((order, folder) => {
      const first = order([payout('1')]);
      expect(order([payout('1')])).toMatchObject({ outcome: 'unchanged', fileSha256: first.fileSha256 });
      expect(ordered(folder)).toEqual(['1 z.txt']);
    });
  });

  test('that was noted, and cut off before its file was there, is written when it is given again', () => {
    inSeries((order, folder) => {
      const { fileSha256 } = order([payout('1')]);
      rmSync(join(folder, 'z.txt'));
      expect(order([payout('1')]).outcome).toBe('unchanged');
      expect(sha256(readFileSync(join(folder, 'z.txt')))).toBe(fileSha256);
      expect(ordered(folder)).toEqual(['1 z.txt']);
    });
  });

  test('never takes what another has taken', () => {
    inSeries((order, folder) => {
      order([payout('1')]);
      const out = join(folder, 'y.txt');
      const next = order([payout('1'), payout('2')], { out, transferDate: dayNumber(2023, 5, 18) });
      expect(next.prepared.alreadyOrdered.map(({ file }) => file)).toEqual(['z.txt']);
      expect(idsIn(out)).toEqual(['2']);
      expect(order([payout('1'), payout('2')], { out: join(folder, 'x.txt') }).outcome).toBe('nothing to send');
      expect(existsSync(join(folder, 'x.txt'))).toBe(false);
      expect(ordered(folder)).toEqual(['1 z.txt', '2 y.txt']);
    });
  });

  test('takes it where it is asked to, and says so twice', () => {
    inSeries((order, folder) => {
      order([payout('1')]);
      expect(order([payout('1')], { again: true, out: join(folder, 'y.txt') }).outcome).toBe('written');
      expect(ordered(folder)).toEqual(['1 z.txt', '1 y.txt']);
    });
  });
});

describe('nothing is written and nothing noted', () => {
  test.each([
    ['what cannot be written is among it', [payout('1'), UNUSABLE], 'unusable'],
    ['nothing is due', [payout('1', { notBefore: dayNumber(2023, 6, 1) })], 'nothing to send'],
    [
      'it does not fit into one file',
      Array.from({ length: 101 }, (_, index) =>
        payout('0', {
          payoutId: `P${String(index).padStart(16, '0')}`,
          recipient: 'bank:0001-002-1-0000001',
          amountYen: 9_999_999_999,
        }),
      ),
      'too many',
    ],
  ] as const)('where %s', (_, rows, outcome) => {
    inSeries((order, folder) => {
      expect(order(rows).outcome).toBe(outcome);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test('where another file is there', () => {
    inSeries((order, folder) => {
      writeFileSync(join(folder, 'z.txt'), 'another');
      expect(order([payout('1')]).outcome).toBe('file exists');
      expect(readdirSync(folder)).toEqual(['z.txt']);
      expect(readFileSync(join(folder, 'z.txt'), 'utf8')).toBe('another');
    });
  });

  test('where the file of the same order was changed since', () => {
    inSeries((order, folder) => {
      order([payout('1')]);
      writeFileSync(join(folder, 'z.txt'), 'edited');
      expect(order([payout('1')]).outcome).toBe('file exists');
      expect(ordered(folder)).toEqual(['1 z.txt']);
    });
  });

  test('where more is due now than the file of the same name has', () => {
    inSeries((order, folder) => {
      order([payout('1')]);
      expect(order([payout('1'), payout('2')]).outcome).toBe('file exists');
      expect(ordered(folder)).toEqual(['1 z.txt']);
    });
  });

  test('where the file cannot be put there', () => {
    inSeries((order, folder) => {
      expect(() => order([payout('1')], { out: join(folder, 'no', 'z.txt') })).toThrow('ENOENT');
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

test('what cannot be written is left out where it is asked for, and stays to be sent', () => {
  inSeries((order, folder) => {
    const { outcome, prepared } = order([payout('1'), UNUSABLE], { skipUnusable: true });
    expect(outcome).toBe('written');
    expect(prepared.unusable.map(({ payoutId }) => payoutId)).toEqual([UNUSABLE.payoutId]);
    expect(ordered(folder)).toEqual(['1 z.txt']);
  });
});
