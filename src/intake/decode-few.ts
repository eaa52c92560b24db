import { BULK_DECODERS, type Decode, type RowOrigin } from './decode.ts';
import { readFewRow } from './few-rows.ts';
import type { InputKind } from './tables.ts';

/** The row was made just now and is nobody else's: it gets its place, for a copy of each would take as long as reading it. */
const placed = <Row extends object>(row: Row, { file, line }: RowOrigin): Row & RowOrigin & Accepted =>
  Object.assign(row, { file, line, disposition: 'accepted' as const });

interface Accepted {
  readonly disposition: 'accepted';
}

const claims: Decode = (row, origin, into) => {
  const claim = readFewRow('claims', row);
  if (claim !== undefined) into.claims.push(placed(claim, origin));
  return 0;
};

const applications: Decode = (row, origin, into) => {
  const application = readFewRow('applications', row);
  if (application !== undefined) into.applications.push(placed(application, origin));
  return 0;
};

const decisions: Decode = (row, origin, into) => {
  const decision = readFewRow('decisions', row);
  if (decision !== undefined) into.decisions.push(placed(decision, origin));
  return 0;
};

/** One of ours, whatever a bank made of its case. */
const payoutIdOf = (id: string): string => (/^p[\da-f]{16}$/i.test(id) ? `P${id.slice(1).toLowerCase()}` : id);

const paid: Decode = (row, origin, into) => {
  const payment = readFewRow('paid', row);
  if (payment !== undefined) into.paid.push(placed({ ...payment, payoutId: payoutIdOf(payment.payoutId) }, origin));
  return payment?.amountYen ?? row.readableAmount(2);
};

export const DECODERS: Readonly<Record<InputKind, Decode>> = {
  ...BULK_DECODERS,
  claims,
  applications,
  decisions,
  paid,
};
