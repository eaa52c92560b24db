import * as z from 'zod';
import { GROUNDS, REVIEW_REASONS, STATUSES } from '../../policy/vocabulary.ts';
import { ROUTES } from '../../rules/channels/index.ts';

/** What `explain --json` prints: the types are those of this schema, which is published as docs/explain.schema.json. */
const bothLanguages = z.strictObject({ ja: z.string(), en: z.string() }).readonly();
const oneOf = <Name extends string>(words: Readonly<Record<Name, unknown>>) =>
  z.enum(Object.keys(words) as [Name, ...Name[]]);

const row = z
  .strictObject({ id: z.string(), where: z.array(z.string()).readonly() })
  .readonly()
  .describe('A row that a finding rests on, and where it stands: transactions.csv:812');

const verdict = z.enum(['approve', 'reject', 'stale', 'needs_second', 'open']);

const question = z
  .strictObject({
    reason: oneOf(REVIEW_REASONS),
    detail: bothLanguages,
    reviewId: z.string(),
    verdict: verdict.describe('What a person has decided of it'),
  })
  .readonly();

const paidRow = z
  .strictObject({ row, couponNumber: z.string(), at: z.string(), amountYen: z.int() })
  .readonly()
  .describe('A payment of the log');

const soldRow = z
  .strictObject({
    row,
    couponNumber: z.string().describe('The coupon that the shop wrote down, or empty'),
    at: z.string(),
    totalYen: z.int(),
    couponYen: z.int(),
  })
  .readonly()
  .describe('A sale as the shop reported it');

/** The first few, and how many there are in all. */
const firstFew = <Schema extends z.ZodType>(of: Schema) =>
  z.strictObject({ shown: z.array(of).readonly(), count: z.int() }).readonly();

const apart = z.number().describe('Seconds from the payment to the sale; below 0 where the sale comes first');

const pairing = z
  .strictObject({
    pairedOfGroup: z.int(),
    pairedInAll: z
      .int()
      .describe('Of all the payments that concern the group: its own, what it gives way to, and its rivals'),
    pairs: firstFew(z.strictObject({ payment: paidRow, sale: soldRow.nullable() }).readonly()),
  })
  .readonly();

const billShape = z.strictObject({ sale: soldRow, payments: z.array(paidRow).readonly() });
const bill = billShape.readonly();

const shop = z
  .strictObject({
    merchantId: z.string(),
    amountYen: z.int(),
    rivalClaims: z
      .array(z.strictObject({ couponNumber: z.string(), bills: z.array(row).readonly() }).readonly())
      .readonly()
      .describe('Claims of others that could stand for the same bills paid without a coupon'),
    covered: z
      .boolean()
      .describe('Whether the shop\u2019s report of the days of these payments is there, and all of it can be used'),
    says: z.array(bothLanguages).readonly().describe('Why every best pairing agrees, or not'),
    payments: z
      .array(
        z
          .strictObject({
            payment: paidRow,
            sales: firstFew(z.strictObject({ sale: soldRow, apartSeconds: apart }).readonly()),
          })
          .readonly(),
      )
      .readonly()
      .describe('Each payment of the group, with the sales that it could be paired with'),
    rivals: firstFew(paidRow).describe('Other payments that could be paired with one of these sales'),
    pairings: z
      .array(pairing)
      .readonly()
      .describe(
        'Best pairings: one with the group paired as often as can be and, if it differs, one with it as seldom',
      ),
    bills: firstFew(billShape.extend({ sole: z.boolean(), sharedWith: firstFew(bill) }).readonly()).describe(
      'Bills that could have been paid with several coupons, one of these payments among them',
    ),
    paidOtherwise: firstFew(soldRow).describe(
      'Where a payment may stay without a sale: bills nearby that were paid without a coupon, with this number on them, or nameless and of this amount',
    ),
  })
  .readonly();

const routeLine = z
  .strictObject({
    route: oneOf(ROUTES),
    standing: z.enum(['taken', 'not possible', 'not needed', 'not sought', 'waits', 'passed over', 'rejected']),
    says: bothLanguages,
    rows: z.array(row).readonly(),
  })
  .readonly();

const decision = z
  .strictObject({
    reviewId: z.string(),
    reason: oneOf(REVIEW_REASONS),
    holds: z.boolean().describe('Nothing is paid while it is open'),
    stakeYen: z.int().nullable(),
    asks: bothLanguages,
    detail: bothLanguages,
    verdict: verdict.describe('What a person has decided of it'),
    decidedAt: z.string().describe('Empty where nothing was decided'),
    decidedBy: z.string().describe('Only with --show-contact'),
    note: z.string().describe('Only with --show-contact'),
    row: row.nullable(),
  })
  .readonly();

export const SUPPLIERS = ['call centre', 'shop', 'office', 'regionPAY'] as const;
const missing = z
  .strictObject({ what: bothLanguages, who: z.enum(SUPPLIERS) })
  .readonly()
  .describe('What is missing, and who could supply it');

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
    settledBy: z.string().nullable().describe('The rule that has settled these payments before this one could'),
    putBack: z.array(row).readonly().describe('The payments that this ground puts back'),
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
    cutYen: z.int().exactOptional().describe('What a cap a person takes of what is due; absent where nothing is'),
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

const paymentMade = z
  .strictObject({
    payoutId: z.string(),
    route: z.union([oneOf(ROUTES), z.literal('')]).describe('Empty where no run of the chain says'),
    amountYen: z.int().describe('Of this coupon'),
    madeAt: z.string().describe('The as-of of the run of the chain that made it; empty where none did'),
    standing: z
      .enum(['made', 'sent', 'received', 'expired', 'failed', 'contradicted'])
      .describe('By the paid row that stands; made: nobody has told yet that it was sent'),
    told: z
      .array(z.strictObject({ at: z.string(), status: z.string(), amountYen: z.int(), row }).readonly())
      .readonly()
      .describe('What paid rows before as-of tell of it, in order'),
  })
  .readonly();

const cellOtherwise = z
  .strictObject({
    file: z.string(),
    column: z.string(),
    published: z.string().describe('Masked as recipient and deliverTo are; empty where the run has no such row'),
    workedOut: z.string().describe('The same, worked out anew; empty where there would be no such row'),
  })
  .readonly();

const explanation = z
  .strictObject({
    couponNumber: z.string(),
    noCase: bothLanguages.nullable().describe('Why there is no case; then nothing is judged'),
    answer: z
      .array(bothLanguages)
      .readonly()
      .describe('What can be read out to the holder: what they get, when and how, what is missing, and why'),
    because: z.array(bothLanguages).readonly().describe('The grounds as the notice names them, and why or why not'),
    status: z.union([oneOf(STATUSES), z.literal('')]).describe('Empty where the coupon is in no output'),
    grounds: z.array(oneOf(GROUNDS)).readonly(),
    amounts: amounts.nullable(),
    validUntil: z.string().describe('A date, or empty'),
    route: z.union([oneOf(ROUTES), z.literal('')]),
    recipient: z.string().describe('Masked unless --show-contact'),
    deliverTo: z.string().describe('Masked unless --show-contact'),
    payout: z
      .strictObject({
        payoutId: z.string(),
        coupons: z.array(z.string()).readonly(),
        amountYen: z.int(),
        notBefore: z.string(),
        receiveBy: z.string().describe('A date, or empty'),
      })
      .readonly()
      .nullable()
      .describe('The payout of this run that it is part of, with all its coupons'),
    payments: z.array(paymentMade).readonly().describe('What was made of it before this run, the earliest first'),
    reasons: z.array(z.string()).readonly(),
    evidence: z.array(row).readonly(),
    issuance: z.array(row).readonly(),
    balance: z.array(movement).readonly(),
    shops: z.array(shop).readonly().describe('Each group of payments of one amount at one shop, beside its sales'),
    rules: z.array(rule).readonly().describe('In order of precedence'),
    routes: z.array(routeLine).readonly().describe('Every way that the money could take, in order'),
    decisions: z.array(decision).readonly().describe('Every question for a person, and the decision if there is one'),
    missing: z.array(missing).readonly(),
    publishedOtherwise: z
      .array(cellOtherwise)
      .readonly()
      .describe('Cells of eligibility.csv and payouts.csv of the run that come out otherwise now; see otherwise'),
  })
  .readonly();

const otherwise = z
  .strictObject({
    because: z
      .enum(['altered', 'program', 'unknown'])
      .describe(
        'Files of the run were altered; or it was made by another program; or neither, by what the run records',
      ),
    altered: z.array(z.string()).readonly().describe('Files that are not as the manifest of the run says'),
    madeBy: z
      .strictObject({ name: z.string(), version: z.string(), revision: z.string() })
      .readonly()
      .describe('The program that made the run'),
  })
  .readonly();

export const explanationsSchema = z
  .strictObject({
    run: z.string().describe('The fingerprint of the run'),
    asOf: z.string(),
    coupons: z.array(explanation).readonly(),
    originals: z.boolean().describe('Worked out from original files, as the run keeps no copy of them'),
    otherwise: otherwise.nullable().describe('Why what is worked out anew is another than what the run published'),
  })
  .readonly();

export type Row = z.infer<typeof row>;
export type PaidRow = z.infer<typeof paidRow>;
export type SoldRow = z.infer<typeof soldRow>;
export type ExplainedBill = z.infer<typeof bill>;
export type ExplainedPairing = z.infer<typeof pairing>;
export type ExplainedMerchant = z.infer<typeof shop>;
export type RouteLine = z.infer<typeof routeLine>;
export type ExplainedDecision = z.infer<typeof decision>;
export type Missing = z.infer<typeof missing>;
export type ExplainedFinding = z.infer<typeof finding>;
export type ExplainedRule = z.infer<typeof rule>;
export type PaymentMade = z.infer<typeof paymentMade>;
export type Explanation = z.infer<typeof explanation>;
/** Why what is worked out anew can be another than what a run has published. */
export type Otherwise = z.infer<typeof otherwise>;
