import { numbersOf } from '../../tables/kinds/column.ts';
import { FEW_DECLARATIONS, type FewKind } from '../../tables/kinds/index.ts';
import { FEW_KINDS, type InputKind } from '../../tables/tables.ts';
import { BULK_DECODERS, type Decode, type RowOrigin } from './decoders.ts';
import { readFewRow } from './small-rows.ts';

/** The row was made just now and is nobody else's: it gets its place, for a copy of each would take as long as reading it. */
const placed = <Row extends object>(row: Row, { file, line }: RowOrigin): Row & RowOrigin & Accepted =>
  Object.assign(row, { file, line, disposition: 'accepted' as const });

interface Accepted {
  readonly disposition: 'accepted';
}

/** Rows of which the control totals add up nothing. */
const withoutYen =
  (kind: Exclude<FewKind, 'paid'>): Decode =>
  (row, origin, into) => {
    const fields = readFewRow(kind, row);
    if (fields !== undefined) (into.few[kind] as (typeof fields & RowOrigin & Accepted)[]).push(placed(fields, origin));
    return 0;
  };

const FEW_DECODERS = Object.fromEntries(
  FEW_KINDS.flatMap((kind) => (kind === 'paid' ? [] : [[kind, withoutYen(kind)]])),
) as Record<Exclude<FewKind, 'paid'>, Decode>;

/** One of ours, whatever a bank made of its case. */
const payoutIdOf = (id: string): string => (/^p[\da-f]{16}$/i.test(id) ? `P${id.slice(1).toLowerCase()}` : id);

const AMOUNT = numbersOf(FEW_DECLARATIONS.paid).amountYen;

const paid: Decode = (row, origin, into) => {
  const payment = readFewRow('paid', row);
  if (payment !== undefined) into.few.paid.push(placed({ ...payment, payoutId: payoutIdOf(payment.payoutId) }, origin));
  return payment?.amountYen ?? row.readableAmount(AMOUNT);
};

export const DECODERS: Readonly<Record<InputKind, Decode>> = {
  ...BULK_DECODERS,
  ...FEW_DECODERS,
  paid,
};
