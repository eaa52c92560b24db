import { describe, expect, test } from 'vitest';
import { ISSUANCE_SHAPE, SALE_SHAPE, TRANSACTION_SHAPE } from '../../src/intake/columns/growing-table.ts';
import { IdDictionary } from '../../src/intake/columns/id-dictionary.ts';
import { PackedIds } from '../../src/intake/columns/packed-ids.ts';
import { disposeFew } from '../../src/intake/dispositions/dispositions.ts';
import { newTextsOf, TextTranslation } from '../../src/intake/parallel/dictionary-merge.ts';
import { TableBuilder, TextTables } from '../../src/intake/schema/decoders.ts';
import { applicationEvidence, claimEvidence, paidEvidence } from '../../src/ledger/evidence.ts';
import {
  type BulkKindDeclaration,
  type Column,
  contentColumns,
  type FewKindDeclaration,
  fewRowContent,
  shapeOf,
} from '../../src/tables/kinds/column.ts';
import { BULK_DECLARATIONS, DECLARATIONS, FEW_DECLARATIONS } from '../../src/tables/kinds/index.ts';
import type { CouponIndex } from '../../src/tables/pool-index.ts';
import {
  CANCEL,
  CHARGE,
  COMPLETED,
  FAILED,
  FUNDINGS,
  KINDS,
  OWN,
  PAYMENT,
  PENDING,
  REINSTATEMENT,
  TRANSACTION_STATUSES,
} from '../../src/tables/tables.ts';

const BULK: readonly [string, BulkKindDeclaration][] = Object.entries(BULK_DECLARATIONS);
const FEW: readonly [string, FewKindDeclaration][] = Object.entries(FEW_DECLARATIONS);

test('the numbers of kinds, statuses and fundings are those of the declared values', () => {
  expect([CHARGE, PAYMENT, CANCEL, REINSTATEMENT].map((kind) => KINDS[kind])).toEqual([
    'charge',
    'payment',
    'cancel',
    'reinstatement',
  ]);
  expect([COMPLETED, FAILED, PENDING].map((status) => TRANSACTION_STATUSES[status])).toEqual([
    'completed',
    'failed',
    'pending',
  ]);
  expect(FUNDINGS[OWN]).toBe('own');
});

/**
 * Hashes of decisions that people took rest on these orders: a column may be added behind, but none may move, or every
 * decision that was ever taken on such a row would have to be taken again.
 */
describe('what a decision is bound to begins with the same columns in the same order as ever', () => {
  test.each([
    ['issuance', 'medium prefecture faceYen issuedAt expiresOn issuer travelDate account accountStatus phone email'],
    ['transactions', 'coupon occurredAt kind status funding amountYen merchant terminal related'],
    ['sales', 'merchant soldAt totalYen couponYen cashYen otherYen coupon receipt'],
    ['claims', 'receivedAt kind couponNumber expiresOn prefecture merchantId'],
    [
      'applications',
      'appliedAt couponNumber prefecture travelDate name method phone email bankCode branchCode accountType accountNumber accountHolderKana',
    ],
    ['decisions', 'evidenceHash decision decidedBy decidedAt note'],
    ['paid', 'couponNumber amountYen sentAt status'],
  ] as const)('%s', (kind, columns) => {
    const expected = columns.split(' ');
    expect(contentColumns(DECLARATIONS[kind] as BulkKindDeclaration).slice(0, expected.length)).toEqual(expected);
  });
});

describe.each(BULK)('of %s', (kind, declaration) => {
  const shape: Readonly<Record<string, string>> = shapeOf(declaration);

  test('rows are the same by every column that the table has, its id aside', () => {
    expect([declaration.id, ...contentColumns(declaration)].sort()).toEqual(Object.keys(shape).sort());
  });

  test('no column of texts is forgotten where a thread hands over a chunk', () => {
    const textColumns = Object.entries(declaration.columns).filter(([, column]) => 'texts' in column);
    expect(textColumns.length).toBeGreaterThan(1);
    const translation = new TextTranslation(new TableBuilder(new IdDictionary<CouponIndex>()));
    const columns = Object.fromEntries(
      Object.entries(shape).map(([name, storage]) => [
        name,
        storage === 'i32' ? new Int32Array(0) : new Float64Array(0),
      ]),
    );
    translation.take(newTextsOf(new PackedIds(), new TextTables()));
    const chunk = { rows: 0, couponKeys: new Float64Array(0), lines: 0, rowsRead: 0, yenRead: 0, rejectedYen: 0 };
    const translate = (given: typeof columns): void =>
      translation.translate(kind as 'issuance' | 'transactions' | 'sales', {
        ...{ ...chunk, rejects: [], encoding: undefined, absentCells: [], leftOut: [], passedOver: {} },
        columns: given,
      });
    translate(columns);
    for (const [name] of textColumns) {
      const { [name]: _, ...others } = columns;
      expect(() => translate(others as typeof columns)).toThrow(`a chunk of ${kind} came without ${name}`);
    }
  });
});

test('keys, amounts and instants lie in eight bytes, numbers of texts and days in four, choices in one', () => {
  const { account, issuer, faceYen, issuedAt, expiresOn, coupon, medium, prefecture } = ISSUANCE_SHAPE;
  expect([account, faceYen, issuedAt, TRANSACTION_SHAPE.related, SALE_SHAPE.receipt]).toEqual(Array(5).fill('f64'));
  expect([issuer, expiresOn, coupon, TRANSACTION_SHAPE.merchant, SALE_SHAPE.coupon]).toEqual(Array(5).fill('i32'));
  expect([medium, prefecture, TRANSACTION_SHAPE.funding]).toEqual(Array(3).fill('u8'));
});

type Fields = Readonly<Record<string, string | number | undefined>>;

const sample = (column: Column, other = false): string | number => {
  if (column.type === 'choice') return Object.keys(column.values)[other ? 1 : 0] ?? '';
  if (column.type === 'amount' || column.type === 'instant' || column.type === 'date') return other ? 2 : 1;
  return other ? 'b' : 'a';
};

const rowOf = (declaration: FewKindDeclaration, changed?: string): Fields =>
  Object.fromEntries(
    Object.entries(declaration.columns).map(([name, column]) => [name, sample(column, name === changed)]),
  );

describe.each(FEW)('of %s', (_, declaration) => {
  const contentOf = fewRowContent(declaration) as (row: Fields) => string;

  test.each(Object.keys(declaration.columns))('two rows that differ in %s do not say the same', (changed) => {
    expect(contentOf(rowOf(declaration, changed))).not.toBe(contentOf(rowOf(declaration)));
    if (changed === declaration.id) return;
    const rows = [undefined, changed].map((name) => ({
      ...rowOf(declaration, name),
      disposition: 'accepted' as const,
    }));
    const idOf = (row: Fields): string => String(row[declaration.id]);
    const disposed = disposeFew(rows, idOf, contentOf, () => true);
    expect(disposed.map(({ disposition }) => disposition)).toEqual(['conflicting', 'conflicting']);
  });
});

test('a decision binds to what makes two rows the same', () => {
  const evidence = { claims: claimEvidence, applications: applicationEvidence, paid: paidEvidence } as const;
  for (const [kind, of] of Object.entries(evidence)) {
    const declaration: FewKindDeclaration = FEW_DECLARATIONS[kind as keyof typeof evidence];
    const row = rowOf(declaration);
    expect((of as unknown as (row: Fields) => { content: string })(row).content).toBe(
      fewRowContent(declaration)(row as never),
    );
  }
});

test('a column that is to be bound before none is no declaration', () => {
  const declaration = {
    ...FEW_DECLARATIONS.paid,
    columns: {
      ...FEW_DECLARATIONS.paid.columns,
      note: { name: 'note', type: 'verbatim', headers: '備考', boundBefore: 'x' },
    },
  } as const satisfies FewKindDeclaration;
  expect(() => contentColumns(declaration)).toThrow('note is to be bound before x, which is no column');
});
