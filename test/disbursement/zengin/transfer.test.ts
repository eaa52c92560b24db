import { expect, test } from 'vitest';
import { ediOf, payoutIdOf } from '../../../src/disbursement/zengin/transfer.ts';

test('a payout id stands in a file in large letters, and comes back as it was', () => {
  expect(ediOf('P0123456789abcdef')).toBe('P0123456789ABCDEF');
  expect(payoutIdOf('P0123456789ABCDEF')).toBe('P0123456789abcdef');
});

test.each([
  '',
  'P0123',
  'Q0123456789abcdef',
  'P0123456789ABCDEF',
  'P0123456789abcdefa',
])('%s is no payout id', (written) => expect(ediOf(written)).toBeUndefined());

test.each(['', '00000000000000000000', 'P0123456789abcdef', 'INV-2023'])('%s is of another program', (edi) =>
  expect(payoutIdOf(edi)).toBeUndefined());
