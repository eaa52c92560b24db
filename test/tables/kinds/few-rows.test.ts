import { describe, expect, test } from 'vitest';
import type { FewKindDeclaration } from '../../../src/tables/kinds/column.ts';
import { fewRowFacts } from '../../../src/tables/kinds/few-rows.ts';

const VOUCHERS = {
  id: 'voucherId',
  happenedAt: 'takenAt',
  option: { name: 'vouchers', words: { ja: '控え', en: 'vouchers' } },
  evidencePrefix: 'voucher',
  columns: {
    voucherId: { name: 'voucher_id', type: 'identifier', headers: '控えID' },
    couponNumber: { name: 'coupon_number', type: 'coupon', headers: 'クーポン番号' },
    takenAt: { name: 'taken_at', type: 'instant', headers: '受取日時' },
    faceYen: { name: 'face_yen', type: 'amount', headers: '額面' },
  },
} as const satisfies FewKindDeclaration;

const row = { voucherId: 'V1', couponNumber: '0001', takenAt: 17, faceYen: 500, file: 0, line: 2 };

describe('what a row of any kind that is few is asked for', () => {
  test('is found by what its kind declares', () => {
    const facts = fewRowFacts(VOUCHERS);
    expect(facts.idColumn).toBe('voucher_id');
    expect(facts.couponColumn).toBe('coupon_number');
    expect([facts.idOf(row), facts.couponOf(row), facts.happenedAtOf(row)]).toEqual(['V1', '0001', 17]);
  });

  test('adds up no yen unless the kind says which', () => {
    expect(fewRowFacts(VOUCHERS).yenOf(row)).toBe(0);
    expect(fewRowFacts({ ...VOUCHERS, yen: 'faceYen' }).yenOf(row)).toBe(500);
  });

  test('binds a question to all that the row says beside its id and number, unless the kind says to what', () => {
    expect(fewRowFacts(VOUCHERS).boundFieldsOf(row)).toEqual([17, 500]);
    expect(fewRowFacts({ ...VOUCHERS, nearlyNamedBy: ['faceYen'] }).boundFieldsOf(row)).toEqual([500]);
  });

  test('names no coupon where no column holds one', () => {
    const { voucherId, takenAt } = VOUCHERS.columns;
    const facts = fewRowFacts({ ...VOUCHERS, columns: { voucherId, takenAt } });
    expect(facts.couponColumn).toBeUndefined();
    expect(facts.couponOf(row)).toBe('');
  });
});
