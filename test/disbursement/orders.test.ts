import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { appendOrders, DamagedOrders, lockOrders, type Order, readOrders } from '../../src/disbursement/orders.ts';
import { Locked } from '../../src/publish/lock.ts';
import { withFolder } from '../support/program.ts';

const HASH = 'ab'.repeat(32);
const order = (payoutId: string, more: Partial<Order> = {}): Order => ({
  payoutId,
  route: 'bank_transfer',
  amountYen: 1200,
  orderedAt: '2023-05-15',
  file: 'zengin-0515.txt',
  fileSha256: HASH,
  ...more,
});
const HEADER = 'payout_id,route,amount_yen,ordered_at,file,file_sha256';

describe('orders.csv', () => {
  test('is nothing where nothing was ordered', () => {
    withFolder((folder) => expect(drained(readOrders(folder))).toEqual([]));
  });

  test('holds what is noted, oldest first, as a table that anybody reads', () => {
    withFolder((folder) => {
      appendOrders(folder, [order('P2'), order('P1', { file: 'a,b.txt' })]);
      appendOrders(folder, [order('P3', { route: 'app_url', orderedAt: '2023-05-16T02:00:00+09:00' })]);
      expect(drained(readOrders(folder)).map(({ payoutId }) => payoutId)).toEqual(['P2', 'P1', 'P3']);
      expect(drained(readOrders(folder))[1]).toEqual(order('P1', { file: 'a,b.txt' }));
      expect(readFileSync(join(folder, 'orders.csv'), 'utf8')).toBe(
        [
          HEADER,
          `P2,bank_transfer,1200,2023-05-15,zengin-0515.txt,${HASH}`,
          `P1,bank_transfer,1200,2023-05-15,"a,b.txt",${HASH}`,
          `P3,app_url,1200,2023-05-16T02:00:00+09:00,zengin-0515.txt,${HASH}`,
          '',
        ].join('\n'),
      );
      expect(readdirSync(folder)).toEqual(['orders.csv']);
    });
  });

  test.each([
    ['another header', 'payout_id,route\nP1,bank_transfer\n', 1],
    ['an amount as a spreadsheet shows it', `${HEADER}\nP1,bank_transfer,"1,200",2023-05-15,f,${HASH}\n`, 2],
    ['a hash that was cut', `${HEADER}\nP1,bank_transfer,1200,2023-05-15,f,abcd\n`, 2],
    ['a row without its payout', `${HEADER}\nP1,bank_transfer,1,2023-05-15,f,${HASH}\n,b,1,2023-05-15,f,${HASH}\n`, 3],
    ['a row too short', `${HEADER}\nP1,bank_transfer\n`, undefined],
    ['nothing at all', '', 1],
  ])('is refused with %s, and nothing is noted behind it', (_, content, line) => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'orders.csv'), content);
      let told: unknown;
      try {
        appendOrders(folder, [order('P9')]);
      } catch (error) {
        told = error;
      }
      expect(told).toBeInstanceOf(DamagedOrders);
      expect((told as DamagedOrders).line).toBe(line);
      expect((told as DamagedOrders).path).toBe(join(folder, 'orders.csv'));
      expect(readFileSync(join(folder, 'orders.csv'), 'utf8')).toBe(content);
    });
  });

  test('is read as Excel saves it: with a mark in front and CRLF', () => {
    withFolder((folder) => {
      writeFileSync(
        join(folder, 'orders.csv'),
        `\ufeff${HEADER}\r\nP1,bank_transfer,1200,2023-05-15,zengin-0515.txt,${HASH}\r\n`,
      );
      expect(drained(readOrders(folder))).toEqual([order('P1')]);
    });
  });

  test('is as it was once a note is taken back', () => {
    withFolder((folder) => {
      const takeBackFirst = appendOrders(folder, [order('P1')]);
      const takeBackSecond = appendOrders(folder, [order('P2')]);
      takeBackSecond();
      expect(drained(readOrders(folder))).toEqual([order('P1')]);
      takeBackFirst();
      expect(existsSync(join(folder, 'orders.csv'))).toBe(false);
    });
  });

  test('is held by one at a time', () => {
    withFolder((folder) => {
      const lock = lockOrders(folder);
      expect(() => lockOrders(folder)).toThrow(Locked);
      lock.release();
      lockOrders(folder).release();
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});
