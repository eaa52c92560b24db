import { type Column, contentColumns, type FewKindDeclaration } from './column.ts';

type Field = string | number | undefined;

/** What every row of a kind that is few is asked for, whatever its kind, by how that is declared. */
export interface FewRowFacts {
  readonly idOf: (row: object) => string;
  /** By 2-data.md: the columns of its id, and of the coupon that it names; undefined where its rows name none. */
  readonly idColumn: string;
  readonly couponColumn: string | undefined;
  /** '' where it names none. */
  readonly couponOf: (row: object) => string;
  /** Microseconds. */
  readonly happenedAtOf: (row: object) => number;
  /** Whole yen for the control totals; 0 where nothing is added up. */
  readonly yenOf: (row: object) => number;
  /** What a question is bound to where the row nearly names a coupon, beside the number that it gives. */
  readonly boundFieldsOf: (row: object) => readonly Field[];
}

export function fewRowFacts(kind: FewKindDeclaration): FewRowFacts {
  const { columns, id, happenedAt, yen } = kind;
  const coupon = Object.keys(columns).find((name) => columns[name]?.type === 'coupon');
  const bound = kind.nearlyNamedBy ?? contentColumns(kind).filter((name) => name !== coupon);
  return {
    idColumn: (columns[id] as Column).name,
    couponColumn: coupon === undefined ? undefined : columns[coupon]?.name,
    idOf: (row) => String(fieldOf(row, id)),
    couponOf: (row) => (coupon === undefined ? '' : String(fieldOf(row, coupon))),
    happenedAtOf: (row) => fieldOf(row, happenedAt) as number,
    yenOf: (row) => (yen === undefined ? 0 : (fieldOf(row, yen) as number)),
    boundFieldsOf: (row) => bound.map((name) => fieldOf(row, name)),
  };
}

const fieldOf = (row: object, name: string): Field => (row as Readonly<Record<string, Field>>)[name];
