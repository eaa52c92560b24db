import { describe, expect, it, test } from 'vitest';
import { supportIn } from '../../src/settlement/outage-payments.ts';
import { apply, cancel, claim, issue, type Night, pay, report, runNight, sale } from './tables.ts';

const AS_OF = '2023-05-10T02:00:00+09:00';

/** What is published of each payment of coupon C1: id, status, repeated, support. */
async function marksOf(night: Omit<Night, 'issuance'>, asOf = AS_OF): Promise<readonly string[]> {
  const issuance = [issue('C1'), issue('C2')];
  const result = await runNight({ issuance, applications: [apply('P1', 'C1')], ...night }, { asOf });
  return result
    .rows('outage_payments.csv')
    .map(({ transaction_id: id, status, repeated, support }) => `${id} ${status} ${repeated} ${support}`);
}

describe('a payment of a listed coupon in the outage', () => {
  test.each<readonly [string, Omit<Night, 'issuance'>, readonly string[]]>([
    ['without a report of its shop', { transactions: [pay('T1', 'C1', '18:00:00')] }, ['T1 completed no ']],
    [
      'with its sale',
      { transactions: [pay('T1', 'C1', '18:00:00')], sales: [sale('S1', '18:01:00', 500)] },
      ['T1 completed no supported'],
    ],
    [
      'that was pressed twice, of which the shop sold once',
      {
        transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '18:00:30')],
        sales: [sale('S1', '18:00:00', 500)],
      },
      ['T1 completed no supported', 'T2 completed yes unsupported'],
    ],
    [
      'that nobody sold anything for',
      { transactions: [pay('T1', 'C1', '18:00:00')], sales: [report()] },
      ['T1 completed no unsupported'],
    ],
    [
      // One nameless sale, and two coupons that paid as much at once: it may be of either.
      'whose sale may be another coupon\u2019s',
      {
        transactions: [pay('T1', 'C1', '18:00:00'), pay('T9', 'C2', '18:00:00')],
        sales: [sale('S1', '18:00:00', 500)],
      },
      ['T1 completed no unclear', 'T9 completed no unclear'],
    ],
    [
      'exactly at the limit after an equal one, and beyond it',
      { transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '18:10:00'), pay('T3', 'C1', '18:20:01')] },
      ['T1 completed no ', 'T2 completed yes ', 'T3 completed no '],
    ],
    [
      'after an equal one that came before the outage',
      { transactions: [pay('T1', 'C1', '17:44:50'), pay('T2', 'C1', '17:45:00')] },
      ['T2 completed yes '],
    ],
    [
      'of the same yen at another shop, or of others at the same',
      {
        transactions: [
          pay('T1', 'C1', '18:00:00'),
          pay('T2', 'C1', '18:00:01', 500, { merchant_id: 'M2' }),
          pay('T3', 'C1', '18:00:02', 501),
        ],
      },
      ['T1 completed no ', 'T2 completed no ', 'T3 completed no '],
    ],
    [
      'that did not come through, was waited for, or was taken back',
      {
        transactions: [
          pay('T1', 'C1', '18:00:00', 500, { status: 'failed' }),
          pay('T2', 'C1', '18:00:01', 500, { status: 'pending' }),
          pay('T3', 'C1', '18:00:02'),
          cancel('T4', 'C1', '18:05:00', 500, 'T3'),
          pay('T5', 'C1', '18:00:04'),
        ],
        sales: [sale('S1', '18:00:00', 500)],
      },
      ['T1 failed no ', 'T2 pending no ', 'T3 cancelled no ', 'T5 completed yes supported'],
    ],
    [
      'whose rows contradict each other',
      { transactions: [pay('T1', 'C1', '18:00:00'), pay('T1', 'C1', '18:00:00', 700)] },
      ['T1 conflicting no ', 'T1 conflicting no '],
    ],
    [
      'at one instant with an equal one: the first by its id repeats none',
      { transactions: [pay('T2', 'C1', '18:00:00'), pay('T1', 'C1', '18:00:00')] },
      ['T1 completed no ', 'T2 completed yes '],
    ],
  ])('%s', async (_, night, marks) => {
    expect(await marksOf(night)).toEqual(marks);
  });

  it('is not told of one that nobody could ask about, nor of one after as-of', async () => {
    const issuance = [issue('C1', { expires_on: '2023-04-30' }), issue('C2')];
    const transactions = [pay('T1', 'C1', '18:00:00'), pay('T2', 'C2', '18:00:00'), pay('T3', 'C2', '20:00:00')];
    const claims = [claim('K1', 'C2', 'other', { received_at: '2023-02-24 19:00' })];
    const result = await runNight({ issuance, transactions, claims }, { asOf: '2023-02-24T19:30:00+09:00' });
    expect(result.rows('outage_payments.csv').map((row) => row.transaction_id)).toEqual(['T2']);
  });
});

it('says nothing of a payment that was in no group', () => expect(supportIn([])(0)).toBeUndefined());
