import { z } from 'zod';
import { LAYOUTS } from './layouts.ts';
import type { RowReader } from './row-reader.ts';
import type { ApplicationRow, ClaimRow, DecisionRow, InputKind, PaidRow } from './tables.ts';

/**
 * The rows that are few, as zod sees them once their fields have been read. An absent field is undefined. The bulk rows
 * have no schema: at 10^7 rows an object a row is what the columns are there to avoid.
 */
const required = z.string().min(1);
const optional = z.string().default('');
const instant = z.int();
const day = z.int();

const claim = z
  .object({
    claim_id: required,
    received_at: instant,
    kind: z.enum(['double_charge', 'cash_and_deducted', 'other']),
    coupon_number: required,
    expires_on: day,
    prefecture: required,
    merchant_id: required,
  })
  .transform(
    (row): Content<ClaimRow> => ({
      claimId: row.claim_id,
      receivedAt: row.received_at,
      kind: row.kind,
      couponNumber: row.coupon_number,
      expiresOn: row.expires_on,
      prefecture: row.prefecture,
      merchantId: row.merchant_id,
    }),
  );

const application = z
  .object({
    application_id: required,
    applied_at: instant,
    coupon_number: required,
    prefecture: required,
    travel_date: day.optional(),
    name: required,
    method: z.enum(['points', 'bank_transfer']),
    phone: optional,
    email: optional,
    bank_code: optional,
    branch_code: optional,
    account_type: optional,
    account_number: optional,
    account_holder_kana: optional,
  })
  .transform(
    (row): Content<ApplicationRow> => ({
      applicationId: row.application_id,
      appliedAt: row.applied_at,
      couponNumber: row.coupon_number,
      prefecture: row.prefecture,
      travelDate: row.travel_date,
      name: row.name,
      method: row.method,
      phone: row.phone,
      email: row.email,
      bankCode: row.bank_code,
      branchCode: row.branch_code,
      accountType: row.account_type,
      accountNumber: row.account_number,
      accountHolderKana: row.account_holder_kana,
    }),
  );

const decision = z
  .object({
    review_id: required,
    evidence_hash: required,
    decision: z.enum(['approve', 'reject']),
    decided_by: required,
    decided_at: instant,
    note: optional,
  })
  .transform(
    (row): Content<DecisionRow> => ({
      reviewId: row.review_id,
      evidenceHash: row.evidence_hash,
      decision: row.decision,
      decidedBy: row.decided_by,
      decidedAt: row.decided_at,
      note: row.note,
    }),
  );

const paid = z
  .object({
    payout_id: required,
    coupon_number: optional,
    amount_yen: z.int().min(0),
    sent_at: instant,
    status: z.enum(['sent', 'received', 'expired', 'failed']),
  })
  .transform(
    (row): Content<PaidRow> => ({
      payoutId: row.payout_id,
      couponNumber: row.coupon_number,
      amountYen: row.amount_yen,
      sentAt: row.sent_at,
      status: row.status,
    }),
  );

type Content<Row> = Omit<Row, 'disposition' | 'file' | 'line'>;

export const FEW_ROW_SCHEMAS = { claims: claim, applications: application, decisions: decision, paid } as const;
export type FewKind = keyof typeof FEW_ROW_SCHEMAS;

/** Reads a record by its schema. Undefined where it is to be rejected; the reader then holds the problems. */
export function readFewRow<Kind extends FewKind>(
  kind: Kind,
  row: RowReader,
): z.output<(typeof FEW_ROW_SCHEMAS)[Kind]> | undefined {
  const fields: Record<string, ReturnType<RowReader['valueOf']>> = {};
  LAYOUTS[kind].columns.forEach(({ name }, index) => {
    fields[name] = row.valueOf(index);
  });
  const before = row.problems.length;
  const result = FEW_ROW_SCHEMAS[kind].safeParse(fields);
  for (const issue of result.error?.issues ?? []) {
    const column = String(issue.path[0] ?? '');
    const isUnreadable = row.problems.slice(0, before).some((problem) => problem.column === column);
    if (!isUnreadable)
      row.fail(columnNumber(kind, column), fields[column] === undefined ? 'MISSING_VALUE' : 'BAD_VALUE');
  }
  return row.problems.length > 0 ? undefined : (result.data as z.output<(typeof FEW_ROW_SCHEMAS)[Kind]>);
}

const columnNumber = (kind: InputKind, name: string): number =>
  LAYOUTS[kind].columns.findIndex((column) => column.name === name);
