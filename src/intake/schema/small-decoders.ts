import type { FewKindDeclaration } from '../../tables/kinds/column.ts';
import { FEW_DECLARATIONS, FEW_ROWS, type FewKind } from '../../tables/kinds/index.ts';
import { FEW_KINDS, type InputKind, type PassedOver } from '../../tables/tables.ts';
import { BULK_DECODERS, type Decode, type RowOrigin } from './decoders.ts';
import type { RowReader } from './row-reader.ts';
import { readFewRow } from './small-rows.ts';
import { unsentPayout } from './unfilled-paid-rows.ts';
import { unsignedDecision } from './unsigned-decisions.ts';

/** The row was made just now and is nobody else's: it gets its place, for a copy of each would take as long as reading it. */
const placed = <Row extends object>(row: Row, { file, line }: RowOrigin): Row & RowOrigin & Accepted =>
  Object.assign(row, { file, line, disposition: 'accepted' as const });

interface Accepted {
  readonly disposition: 'accepted';
}

/** A payout's id is one of ours, whatever a bank made of its case. */
const payoutIdOf = (id: string): string => (/^p[\da-f]{16}$/i.test(id) ? `P${id.slice(1).toLowerCase()}` : id);

type Fields = Record<string, string | number | undefined>;

/** What is put right of a row once it is read. */
const REVISED: Partial<Readonly<Record<FewKind, (fields: Fields) => void>>> = {
  paid: (fields) => {
    fields.payoutId = payoutIdOf(String(fields.payoutId));
  },
};

/** What a row is that says nothing, seen before it is read. */
const PASSED_OVER: Partial<Readonly<Record<FewKind, (row: RowReader) => PassedOver | undefined>>> = {
  paid: unsentPayout,
  decisions: unsignedDecision,
};

/** Reads rows of a kind as it is declared. */
function decoderOf(kind: FewKind): Decode {
  const declaration: FewKindDeclaration = FEW_DECLARATIONS[kind];
  const { yenOf } = FEW_ROWS[kind];
  const yenColumn =
    declaration.yen === undefined ? undefined : Object.keys(declaration.columns).indexOf(declaration.yen);
  const declaredId = Object.keys(declaration.columns).indexOf(declaration.id);
  const revise = REVISED[kind];
  const passedOver = PASSED_OVER[kind];
  return (row, origin, into) => {
    const passed = passedOver?.(row);
    if (passed !== undefined) {
      row.passOver(passed);
      if (passed === 'answered') into.answered.push(row.raw(declaredId).trim());
      return 0;
    }
    const fields = readFewRow(kind, row);
    if (fields === undefined) return yenColumn === undefined ? 0 : row.readableAmount(yenColumn);
    revise?.(fields as Fields);
    (into.few[kind] as (typeof fields & RowOrigin & Accepted)[]).push(placed(fields, origin));
    return yenOf(fields);
  };
}

export const DECODERS: Readonly<Record<InputKind, Decode>> = {
  ...BULK_DECODERS,
  ...(Object.fromEntries(FEW_KINDS.map((kind) => [kind, decoderOf(kind)])) as Record<FewKind, Decode>),
};
