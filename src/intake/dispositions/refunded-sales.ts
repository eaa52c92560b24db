import type { Instant } from '../../base/instants.ts';
import { ABSENT, ACCEPTED, REFUND, type Reject } from '../../tables/tables.ts';
import type { Builder } from '../schema/decoders.ts';
import { readIdentifier } from '../values/identifiers.ts';

/**
 * A sale and the row that takes all of it back, and names it, come to nothing together. Any other such row is a question: part
 * of a sale given back, one that names none, or one that names what is not there.
 */
export function netRefunds({ sales, rejects, texts: { reports, merchants } }: Builder, asOf: Instant): void {
  const named = rejects.flatMap((reject, index) => {
    const of = reject.refund?.sale === undefined ? '' : reject.refund.of;
    const read = of === '' ? undefined : readIdentifier(of);
    return read === undefined || 'problem' in read ? [] : [{ reject, index, key: reports.find(read.value) }];
  });
  if (named.length === 0) return;
  const rowOf = acceptedRows(sales, new Set(named.map(({ key }) => key)));
  for (const { reject, index, key } of named) {
    const row = rowOf.get(key);
    if (row === undefined || !takesBack(reject, row, sales, merchants, asOf)) continue;
    sales.columns.disposition[row] = REFUND;
    rowOf.delete(key);
    rejects[index] = { ...reject, refund: { ...(reject.refund as NonNullable<Reject['refund']>), isNetted: true } };
  }
}

/** The sales of these ids that stand, by id. */
function acceptedRows({ columns, rows }: Builder['sales'], keys: ReadonlySet<number>): Map<number, number> {
  const found = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const key = columns.report[row] as number;
    if (columns.disposition[row] === ACCEPTED && keys.has(key)) found.set(key, row);
  }
  return found;
}

/** All of it, the way it was paid, at the same shop, and not before it was sold. */
function takesBack(
  { merchantId, refund }: Reject,
  row: number,
  { columns }: Builder['sales'],
  merchants: Builder['texts']['merchants'],
  asOf: Instant,
): boolean {
  const sale = refund?.sale;
  if (sale === undefined || merchantId === undefined || sale.soldAt >= asOf) return false;
  const merchant = merchants.find(merchantId);
  return (
    merchant !== ABSENT &&
    columns.merchant[row] === merchant &&
    columns.couponYen[row] === sale.couponYen &&
    columns.cashYen[row] === sale.cashYen &&
    columns.otherYen[row] === sale.otherYen &&
    (columns.soldAt[row] as number) <= sale.soldAt
  );
}
