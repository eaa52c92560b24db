import { describe, expect, it } from 'vitest';
import { LAYOUTS } from '../../../src/intake/schema/layouts.ts';
import { shownByColumn } from '../../../src/intake/schema/shown-values.ts';
import type { Column } from '../../../src/tables/kinds/column.ts';
import { declarationOf } from '../../../src/tables/kinds/index.ts';
import { INPUT_KINDS, type InputKind } from '../../../src/tables/tables.ts';
import { HEADERS, ROW, readTables } from '../read-files.ts';

/** A value for each column that says who somebody is, how to reach them or where their account is, or that anybody can write. */
const MARKER = 'Qzx見本9';
const isPersonal = ({ type, personal }: Column): boolean =>
  personal === 'always' || type === 'verbatim' || type === 'unjudged';
const PERSONAL = INPUT_KINDS.flatMap((kind) =>
  (Object.values(declarationOf(kind).columns) as readonly Column[])
    .filter(isPersonal)
    .map(({ name }) => [kind, name] as const),
);

describe('what is personal is never shown', () => {
  it('and these are the columns', () => {
    expect(PERSONAL.map((each) => each.join('.'))).toEqual([
      'issuance.phone',
      'issuance.email',
      'applications.name',
      'applications.phone',
      'applications.email',
      'applications.bank_code',
      'applications.branch_code',
      'applications.account_type',
      'applications.account_number',
      'applications.account_holder_kana',
      'decisions.decided_by',
      'decisions.note',
    ]);
  });

  it.each(PERSONAL)('%s: %s', async (kind, column) => {
    const names = HEADERS[kind].split(',');
    const row = ROW[kind].split(',').map((cell, at) => (names[at] === column ? MARKER : cell));
    const content = `${HEADERS[kind]},店長の名前\n${row.join(',')},${MARKER}\n`;
    for (const reader of ['bytes', 'csv-parse'] as const) {
      const { files } = await readTables({ [kind]: content }, { reader, understand: { rows: 1 } });
      const understood = files[0]?.understood;
      expect(understood?.columns.find((each) => each.column === column)?.examples).toEqual([
        { line: 2, written: '<aaa字字9>', read: '<aaa字字9>' },
      ]);
      expect(JSON.stringify(files)).not.toMatch(/Qzx|見本/);
    }
  });
});

const shown = (kind: InputKind, column: string, written: string): string => {
  const at = LAYOUTS[kind].columns.findIndex(({ name }) => name === column);
  return shownByColumn(kind)[at]?.(written) ?? '';
};

describe('a number of the system\u2019s own', () => {
  it.each<[string, InputKind, string, string, string]>([
    ['is shown', 'transactions', 'transaction_id', 'T1', 'T1'],
    ['is shown with its zeros', 'issuance', 'coupon_number', '000000000101', '000000000101'],
    ['is not where it is a telephone number', 'issuance', 'account_id', '09012345678', '<99999999999>'],
    ['is not where it is an address', 'issuance', 'account_id', 'a1@example.jp', '<a9@aaaaaaa.aa>'],
    ['is not where it is a name', 'sales', 'merchant_id', '見本商店', '<字字字字>'],
    ['is not where it may be a name in Latin letters', 'sales', 'merchant_id', 'Sato', '<aaaa>'],
    ['is not where it is several words', 'sales', 'merchant_id', 'Shop 1', '<aaaa 9>'],
    ['of an application may be an account', 'applications', 'application_id', '1234567', '<9999999>'],
    ['of a claim is none', 'claims', 'claim_id', '1234567', '1234567'],
  ])('%s (%s %s)', (_, kind, column, written, expected) => {
    expect(shown(kind, column, written)).toBe(expected);
  });

  it('is no amount, unless it is a telephone number', () => {
    expect(shown('sales', 'total_yen', '1,500円')).toBe('1,500円');
    expect(shown('sales', 'total_yen', '09012345678')).toBe('<99999999999>');
  });
});

it('a long value is cut, and one that cannot be read is shown by its shape', async () => {
  const long = `T${'1'.repeat(60)}`;
  const row = ROW.transactions.replace('T1', long).replace('2023-02-24T18:00:00+09:00', '2023年13月1日');
  const { files } = await readTables(
    { transactions: `${HEADERS.transactions}\n${row}\n` },
    { understand: { rows: 1 } },
  );
  expect(files[0]?.understood?.sample[0]?.values).toMatchObject({
    transaction_id: { written: `T${'1'.repeat(39)}…`, read: `T${'1'.repeat(39)}…` },
    occurred_at: { written: '<9999字99字9字>', read: null },
  });
});
