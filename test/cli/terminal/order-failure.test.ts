import { describe, expect, test } from 'vitest';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { orderFailureOf } from '../../../src/cli/terminal/order-failure.ts';
import { DamagedOrders } from '../../../src/disbursement/orders.ts';
import { Locked } from '../../../src/publish/lock.ts';

const told = (error: unknown): string => {
  const failure = orderFailureOf(error, '/out/z.txt');
  if (!(failure instanceof CommandFailure)) return 'as it is';
  return failure.problems.map(({ code, where }) => `${failure.exitCode} ${code} ${where}`).join();
};

describe('why nothing could be ordered', () => {
  test.each([
    [
      'a damaged list of orders, by its line',
      new DamagedOrders('/series/orders.csv', 7),
      '3 DAMAGED_ORDERS /series/orders.csv:7',
    ],
    ['one that cannot be read at all', new DamagedOrders('/series/orders.csv'), '3 DAMAGED_ORDERS /series/orders.csv'],
    [
      'somebody who orders at the same time',
      new Locked('/series/.orders.csv.lock', 'host pid 1'),
      '4 LOCKED /series/.orders.csv.lock',
    ],
    ['a full disk', Object.assign(new Error(), { code: 'ENOSPC' }), '4 SYSTEM_ENOSPC /out/z.txt'],
    ['a fault of ours', new Error('no transfer'), 'as it is'],
  ])('%s', (_, error, words) => {
    expect(told(error)).toBe(words);
  });
});
