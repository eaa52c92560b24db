import { describe, expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { orderProblems } from '../../../src/cli/render/order-problems.ts';
import type { OrderedTransfers } from '../../../src/disbursement/order-transfers.ts';

const REASON = { field: text('受取人名', 'account holder'), what: text('空', 'is empty') };
const of = (outcome: OrderedTransfers['outcome']) =>
  orderProblems(
    {
      outcome,
      fileSha256: undefined,
      prepared: {
        transfers: [],
        unusable: [{ payoutId: 'P1', reasons: [REASON, REASON] }],
        alreadyOrdered: [],
        notYetDue: [],
        lapsed: [],
        notices: [],
      },
    },
    'z.txt',
  ).map(({ code, where, what }) => `${code} ${where}: ${what.en}`);

describe('why nothing was written', () => {
  test('is every reason, by payout and field', () => {
    expect(of('unusable')).toEqual(Array(2).fill('UNUSABLE_TRANSFER P1: account holder: is empty'));
  });

  test.each([
    ['file exists', 'FILE_EXISTS z.txt: another file is there, and a file of transfers is never overwritten'],
    [
      'too many',
      'TOO_MANY_TRANSFERS z.txt: the totals of one file (six digits of transfers, twelve of yen) cannot hold them',
    ],
  ] as const)('%s', (outcome, told) => {
    expect(of(outcome)).toEqual([told]);
  });

  test.each(['written', 'unchanged', 'nothing to send'] as const)('%s is none', (outcome) => {
    expect(of(outcome)).toEqual([]);
  });
});
