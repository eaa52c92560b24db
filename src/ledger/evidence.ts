import { shownId } from '../policy/personal-data.ts';
import {
  type BulkColumn,
  type BulkKindDeclaration,
  type ColumnArrays,
  contentColumns,
  contentOf,
  type FewKindDeclaration,
  type FieldsOf,
  fewRowContent,
  fewRowOpenContent,
  openFieldOf,
  valuesOf,
} from '../tables/kinds/column.ts';
import { BULK_DECLARATIONS, FEW_DECLARATIONS } from '../tables/kinds/index.ts';
import {
  ABSENT,
  type ApplicationRow,
  type ClaimRow,
  type PaidRow,
  type Tables,
  type TextLookup,
} from '../tables/tables.ts';
import type { Evidence, Happening } from './case.ts';

/** Lists inside a field are separated by one space, so an id must not hold any. */
const evidenceId = (prefix: string, id: string): string => `${prefix}:${id.replace(/\s/g, '%20')}`;
type Fields = readonly (string | number | undefined)[];
export const evidenceOf = (prefix: string, id: string, ...fields: Fields): Evidence => ({
  id: evidenceId(prefix, id),
  content: contentOf(id, fields),
});

/** Of a row whose id somebody typed: how to reach anybody stays in the content, which is never shown. */
export const typedEvidence = (prefix: string, id: string, ...fields: Fields): Evidence => ({
  id: evidenceId(prefix, shownId(id)),
  content: contentOf(id, fields),
  openContent: contentOf(shownId(id), fields),
});

/** Most evidence is never shown: a row's id and content are put together where somebody asks for them. */
class RowOfTable implements Evidence {
  private readonly rows: EvidenceRows;
  private readonly row: number;
  private plainId: string | undefined;
  private name: string | undefined;

  constructor(rows: EvidenceRows, row: number) {
    this.rows = rows;
    this.row = row;
  }

  get id(): string {
    this.name ??= evidenceId(this.rows.prefix, this.idAsGiven);
    return this.name;
  }

  get content(): string {
    return contentOf(this.idAsGiven, this.rows.fieldsOf(this.row));
  }

  get openContent(): string | undefined {
    const { openFieldsOf } = this.rows;
    return openFieldsOf === undefined ? undefined : contentOf(this.idAsGiven, openFieldsOf(this.row));
  }

  get happening(): Happening | undefined {
    return this.rows.happeningOf?.(this.row);
  }

  private get idAsGiven(): string {
    this.plainId ??= this.rows.idOf(this.row);
    return this.plainId;
  }
}

interface EvidenceRows {
  readonly prefix: string;
  idOf(row: number): string;
  fieldsOf(row: number): Fields;
  /** Of rows that hold something personal. */
  openFieldsOf?: ((row: number) => Fields) | undefined;
  happeningOf?: (row: number) => Happening;
}

/** The evidence of bulk rows, by row number. */
export interface RowEvidence {
  issuance(row: number): Evidence;
  transaction(row: number): Evidence;
  sale(row: number): Evidence;
}

export function rowEvidence(tables: Tables): RowEvidence {
  const issued = rowsOf(BULK_DECLARATIONS.issuance, tables.issuance, tables);
  const { merchant, occurredAt, amountYen } = tables.transactions;
  const logged: EvidenceRows = {
    ...rowsOf(BULK_DECLARATIONS.transactions, tables.transactions, tables),
    happeningOf: (row) => ({
      merchantId: textIn(tables.merchants, merchant[row]),
      occurredAt: occurredAt[row],
      amountYen: amountYen[row],
    }),
  };
  const sold = rowsOf(BULK_DECLARATIONS.sales, tables.sales, tables);
  return {
    issuance: (row) => new RowOfTable(issued, row),
    transaction: (row) => new RowOfTable(logged, row),
    sale: (row) => new RowOfTable(sold, row),
  };
}

/** A table's rows by what their kind declares: what is bound to is the same as what makes two of them the same row. */
function rowsOf<D extends BulkKindDeclaration>(kind: D, table: ColumnArrays<D>, tables: Tables): EvidenceRows {
  const arrays = table as unknown as Readonly<Record<string, Int32Array>>;
  const fieldOf = (name: string): ((row: number) => string | number | undefined) => {
    const [column, array] = [kind.columns[name] as BulkColumn, arrays[name] as Int32Array];
    if (column.type === 'choice') {
      const values = valuesOf(column);
      return (row) => values[array[row] ?? 0];
    }
    const pool = column.type === 'coupon' ? tables.coupons : 'texts' in column ? tables[column.texts] : undefined;
    return pool === undefined ? (row) => array[row] : (row) => textIn(pool, array[row]);
  };
  const id = fieldOf(kind.id);
  const names = contentColumns(kind);
  const fields = names.map(fieldOf);
  const columns = names.map((name) => kind.columns[name] as BulkColumn);
  const isOpen = columns.every(({ personal }) => personal === undefined);
  return {
    prefix: kind.evidencePrefix,
    idOf: (row) => String(id(row) ?? ''),
    fieldsOf: (row) => fields.map((field) => field(row)),
    openFieldsOf: isOpen
      ? undefined
      : (row) => fields.map((field, at) => openFieldOf(columns[at] as BulkColumn, field(row))),
  };
}

const textIn = (pool: TextLookup, index: number | undefined): string =>
  index === undefined || index === ABSENT ? '' : pool.textOf(index);

/** The evidence of rows that are few, by what their kind declares. */
function fewEvidence<D extends FewKindDeclaration>(kind: D): (row: FieldsOf<D>) => Evidence {
  const fewContent = fewRowContent(kind);
  const openContent = fewRowOpenContent(kind);
  const { evidencePrefix, isTyped } = kind;
  return (row) => {
    const id = String((row as Readonly<Record<string, unknown>>)[kind.id]);
    const content = fewContent(row);
    if (isTyped !== true) return { id: evidenceId(evidencePrefix, id), content };
    return { id: evidenceId(evidencePrefix, shownId(id)), content, openContent: openContent(row) };
  };
}

const evidenceOfClaim = fewEvidence(FEW_DECLARATIONS.claims);
export const claimEvidence = (row: ClaimRow): Evidence => ({
  ...evidenceOfClaim(row),
  happening: { merchantId: row.merchantId, occurredAt: undefined, amountYen: undefined },
});
export const applicationEvidence: (row: ApplicationRow) => Evidence = fewEvidence(FEW_DECLARATIONS.applications);
export const paidEvidence: (row: PaidRow) => Evidence = fewEvidence(FEW_DECLARATIONS.paid);
