import { describe, expect, it } from 'vitest';
import { LAYOUTS } from '../../../src/intake/schema/layouts.ts';
import { undoing } from '../../../src/intake/schema/undone-rows.ts';
import type { InputKind } from '../../../src/tables/tables.ts';

function undone(kind: InputKind, refund: { of: string; id?: string }, ownId = 'T1') {
  const layout = LAYOUTS[kind];
  const found = undoing(layout, { of: refund.of, id: refund.id }, (column) => (column === 0 ? ownId : ''));
  const named = found.texts.map(([column, text]) => `${layout.columns[column]?.name}=${text}`);
  return { ...found, texts: named, column: layout.columns[found.column]?.name };
}

describe('in a log', () => {
  it('a row that names a payment is a completed cancel of it', () => {
    expect(undone('transactions', { of: 'T0' })).toMatchObject({
      isOpen: false,
      texts: ['transaction_id=T1', 'kind=cancel', 'status=completed', 'related_transaction_id=T0'],
    });
  });

  it('a row with the number of the payment gets one of its own', () => {
    expect(undone('transactions', { of: 'T1' }).texts).toContain('transaction_id=T1-R');
  });

  it('a row with an id by the profile has that', () => {
    expect(undone('transactions', { of: 'T1', id: 'T1/20230224' }).texts).toContain('transaction_id=T1/20230224');
  });

  it('a row that names none is open, and stays what it is', () => {
    expect(undone('transactions', { of: '' })).toMatchObject({
      isOpen: true,
      texts: ['transaction_id=T1'],
      column: 'amount_yen',
    });
  });
});

it('in a shop\u2019s journal there is no cancel: a row is open, whatever it names', () => {
  expect(undone('sales', { of: 'S0' }, 'S1')).toMatchObject({
    isOpen: true,
    texts: ['report_id=S1'],
    column: 'total_yen',
  });
});
