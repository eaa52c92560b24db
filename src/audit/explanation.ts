import { z } from 'zod';
import { GROUNDS, REVIEW_REASONS, ROUTES, STATUSES } from '../policy/vocabulary.ts';

/** What `explain --json` prints: the types are those of this schema, which is published as docs/explain.schema.json. */
const bothLanguages = z.strictObject({ ja: z.string(), en: z.string() }).readonly();
const oneOf = <Name extends string>(words: Readonly<Record<Name, unknown>>) =>
  z.enum(Object.keys(words) as [Name, ...Name[]]);

const row = z
  .strictObject({ id: z.string(), where: z.array(z.string()).readonly() })
  .readonly()
  .describe('A row that a finding rests on, and where it stands: transactions.csv:812');

const question = z
  .strictObject({
    reason: oneOf(REVIEW_REASONS),
    detail: bothLanguages,
    reviewId: z.string(),
    verdict: z.enum(['approve', 'reject', 'stale', 'open']).describe('What a person has decided of it'),
  })
  .readonly();

const finding = z
  .strictObject({
    outcome: z.enum(['met', 'not met', 'undetermined']),
    about: z
      .string()
      .nullable()
      .describe('A group of payments, a claim or an application; null for the coupon as a whole'),
    seen: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .readonly()
      .describe('The values that the rule saw'),
    missing: z.array(bothLanguages).readonly().describe('What the data does not tell, and who could'),
    rows: z.array(row).readonly(),
    question: question.nullable(),
  })
  .readonly();

const rule = z
  .strictObject({
    id: z.string(),
    title: bothLanguages,
    clauses: z.array(z.strictObject({ id: z.string(), says: bothLanguages }).readonly()).readonly(),
    reading: bothLanguages,
    findings: z.array(finding).readonly(),
  })
  .readonly();

const amounts = z
  .strictObject({
    faceYen: z.int(),
    validUntil: z.int().describe('Days since 1970-01-01'),
    residualYen: z.int(),
    reinstateYen: z.int(),
    alreadyPaidYen: z.int(),
    payableYen: z.int(),
  })
  .readonly();

const movement = z
  .strictObject({
    at: z.string(),
    kind: z.enum(['payment', 'cancel', 'reinstatement']),
    amountYen: z.int(),
    merchantId: z.string(),
    balanceYen: z.int().describe('After the movement'),
    row,
  })
  .readonly();

const explanation = z
  .strictObject({
    couponNumber: z.string(),
    noCase: bothLanguages.nullable().describe('Why there is no case; then nothing is judged'),
    status: z.union([oneOf(STATUSES), z.literal('')]).describe('Empty where the coupon is in no output'),
    grounds: z.array(oneOf(GROUNDS)).readonly(),
    amounts: amounts.nullable(),
    validUntil: z.string().describe('A date, or empty'),
    route: z.union([oneOf(ROUTES), z.literal('')]),
    recipient: z.string().describe('Masked unless --show-contact'),
    deliverTo: z.string().describe('Masked unless --show-contact'),
    reasons: z.array(z.string()).readonly(),
    evidence: z.array(row).readonly(),
    issuance: z.array(row).readonly(),
    balance: z.array(movement).readonly(),
    rules: z.array(rule).readonly().describe('In order of precedence'),
  })
  .readonly();

export const explanationsSchema = z
  .strictObject({
    run: z.string().describe('The fingerprint of the run'),
    asOf: z.string(),
    coupons: z.array(explanation).readonly(),
  })
  .readonly();

export type Row = z.infer<typeof row>;
export type ExplainedFinding = z.infer<typeof finding>;
export type ExplainedRule = z.infer<typeof rule>;
export type Explanation = z.infer<typeof explanation>;
