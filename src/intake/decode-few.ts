import { BULK_DECODERS, type Decode } from './decode.ts';
import { readFewRow } from './few-rows.ts';
import type { InputKind } from './tables.ts';

const claims: Decode = (row, origin, into) => {
  const claim = readFewRow('claims', row);
  if (claim !== undefined) into.claims.push({ ...claim, ...origin, disposition: 'accepted' });
  return 0;
};

const applications: Decode = (row, origin, into) => {
  const application = readFewRow('applications', row);
  if (application !== undefined) into.applications.push({ ...application, ...origin, disposition: 'accepted' });
  return 0;
};

const decisions: Decode = (row, origin, into) => {
  const decision = readFewRow('decisions', row);
  if (decision !== undefined) into.decisions.push({ ...decision, ...origin, disposition: 'accepted' });
  return 0;
};

const paid: Decode = (row, origin, into) => {
  const payment = readFewRow('paid', row);
  if (payment !== undefined) into.paid.push({ ...payment, ...origin, disposition: 'accepted' });
  return payment?.amountYen ?? row.readableAmount(2);
};

export const DECODERS: Readonly<Record<InputKind, Decode>> = {
  ...BULK_DECODERS,
  claims,
  applications,
  decisions,
  paid,
};
