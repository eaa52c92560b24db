import { Command } from 'commander';
import { describe, expect, test, vi } from 'vitest';
import { configSchema } from '../../../src/cli/options/config-file.ts';
import { fileFlags } from '../../../src/cli/options/inputs.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { rejectedLines } from '../../../src/publish/rejected-lines.ts';
import type { FewKind } from '../../../src/tables/kinds/index.ts';
import { FEW_KINDS, type FewTables } from '../../../src/tables/tables.ts';
import { counted, csv, ROW, readTables } from '../../intake/read-files.ts';

/** A kind that nothing but its declaration and the list of kinds knows. */
vi.mock(import('../../../src/tables/kinds/index.ts'), async (original) => {
  const known = await original();
  const { fewRowFacts } = await import('../../../src/tables/kinds/few-rows.ts');
  const vouchers = {
    id: 'voucherId',
    happenedAt: 'takenAt',
    yen: 'faceYen',
    option: { name: 'paperVouchers', words: { ja: '紙の控え', en: 'vouchers on paper' } },
    evidencePrefix: 'voucher',
    isTyped: true,
    columns: {
      voucherId: { name: 'voucher_id', type: 'identifier', headers: '控えID 控え番号' },
      couponNumber: { name: 'coupon_number', type: 'coupon', headers: 'クーポン番号' },
      takenAt: { name: 'taken_at', type: 'instant', headers: '受取日時' },
      faceYen: { name: 'face_yen', type: 'amount', headers: '額面' },
    },
  } as const;
  const declarations = { ...known.DECLARATIONS, vouchers };
  return {
    ...known,
    FEW_DECLARATIONS: { ...known.FEW_DECLARATIONS, vouchers },
    DECLARATIONS: declarations,
    declarationOf: (kind: keyof typeof declarations) => declarations[kind],
    FEW_ROWS: { ...known.FEW_ROWS, vouchers: fewRowFacts(vouchers) },
  };
});

const VOUCHERS = 'vouchers' as FewKind;
const ROWS = [
  '控え番号,クーポン番号,受取日時,額面',
  'V1,0001,2023-02-24T19:00:00+09:00,500',
  'V2,0001,2023-02-24T19:00:00+09:00,600',
  'V2,0001,2023-02-24T19:00:00+09:00,600',
  'V3,0001,2023-02-24T19:00:00+09:00,700',
  'V3,0001,2023-02-24T19:00:00+09:00,800',
  'V4,0001,2023-02-31T19:00:00+09:00,900',
  'V5,0001,2023-06-01T00:00:00+09:00,1000',
  'V6,9999,2023-02-24T19:00:00+09:00,1100',
  'V7,1,2023-02-24T19:00:00+09:00,1200',
  '007,0001,2023-02-24T19:00:00+09:00,1300',
  '7,0001,2023-02-24T19:00:00+09:00,1300',
];

const read = () =>
  readTables(
    { issuance: csv('issuance', ROW.issuance), [VOUCHERS]: ROWS.join('\n') },
    { asOf: '2023-06-01T00:00:00+09:00' },
  );

describe('a kind that is declared, and known to nothing else,', () => {
  test('has its option, in both languages, and its place in the config file', () => {
    expect(FEW_KINDS).toContain(VOUCHERS);
    const help = (language: 'ja' | 'en') => fileFlags(new Command(), translateTo(language)).helpInformation();
    expect(help('ja')).toMatch(/--paper-vouchers <file\.\.\.> +紙の控え\n/);
    expect(help('en')).toMatch(/--paper-vouchers <file\.\.\.> +vouchers on paper\n/);
    expect(configSchema.parse({ paperVouchers: 'vouchers.csv' })).toEqual({ paperVouchers: ['vouchers.csv'] });
  });

  test('has its rows read, told apart and added up', async () => {
    const { files } = await read();
    expect(counted(files[1])).toEqual({
      accepted: { rows: 4, yen: 500 + 600 + 1100 + 1200 },
      duplicate: { rows: 1, yen: 600 },
      conflicting: { rows: 4, yen: 700 + 800 + 1300 + 1300 },
      after_as_of: { rows: 1, yen: 1000 },
      rejected: { rows: 1, yen: 900 },
    });
    expect(files[1]?.yenRead).toBe(500 + 600 + 600 + 700 + 800 + 900 + 1000 + 1100 + 1200 + 1300 + 1300);
  });

  test('has its coupons held against the issuance', async () => {
    const { files, unmatched, nearlyNamed } = await read();
    // All but the row that cannot be read name one; 9999 and 1 were never issued.
    expect(files[1]?.coupons).toMatchObject({
      named: { rows: 10 },
      unknown: { rows: 2, yen: 1100 + 1200 },
      respelled: 1,
    });
    expect([...unmatched].map(({ line, nearest }) => [line, nearest])).toEqual([
      [9, undefined],
      [10, '0001'],
    ]);
    expect([...nearlyNamed].map(({ kind, rowId, couponNumber }) => [kind, rowId, couponNumber])).toEqual([
      [VOUCHERS, 'V7', '0001'],
    ]);
  });

  test('has what is set aside of it listed, with the reason', async () => {
    const tables = await read();
    expect((tables as unknown as FewTables)[VOUCHERS]).toHaveLength(10);
    expect(rejectedLines(tables).map(({ line, code }) => `${line} ${code}`)).toEqual([
      '5 CONFLICTING',
      '6 CONFLICTING',
      '7 NO_SUCH_DATE',
      '11 TWO_SPELLINGS',
      '12 TWO_SPELLINGS',
    ]);
  });
});
