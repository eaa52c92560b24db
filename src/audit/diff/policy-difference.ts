import * as z from 'zod';
import { comparisonSchema } from './difference.ts';

/** What `policy diff --json` prints: the types are those of this schema, which is published as docs/policy-diff.schema.json. */
const bothLanguages = z.strictObject({ ja: z.string(), en: z.string() }).readonly();
const policy = z.strictObject({ id: z.string(), title: bothLanguages }).readonly();
const value = z.union([z.string(), z.number()]).nullable().describe('null where the policy states none');

const termDifference = z
  .strictObject({
    path: z.string().describe('Where it stands in a policy file: terms.claimsClose'),
    before: value,
    after: value,
    means: bothLanguages.describe('What it comes to, in a sentence'),
  })
  .readonly();
export type PolicyTermDifference = z.infer<typeof termDifference>;

const sum = z.strictObject({ count: z.int(), yen: z.int() }).readonly();
const total = z.strictObject({ name: z.string(), before: sum, after: sum }).readonly();
export type PolicyTotal = z.infer<typeof total>;

const { attribution, ...compared } = comparisonSchema.unwrap().shape;
const nightDifference = z
  .strictObject({
    asOf: z.string(),
    routes: z.array(total).readonly().describe('Payouts, by the route that they take'),
    grounds: z
      .array(total)
      .readonly()
      .describe('Coupons and what is to be paid for them, by ground; one with two grounds counts in both'),
    statuses: z.array(total).readonly().describe('Coupons and what is left on them, by status'),
    steps: attribution.unwrap().shape.steps.describe('What each term moves, one exchanged after the other'),
    couponsDiffering: compared.couponsDiffering,
    money: compared.money,
    netYen: compared.netYen,
    netReinstateYen: compared.netReinstateYen,
    netKeptYen: compared.netKeptYen,
    groups: compared.groups,
    moves: compared.moves,
    coupons: compared.coupons,
  })
  .readonly();
export type NightDifference = z.infer<typeof nightDifference>;

export const policyComparisonSchema = z
  .strictObject({
    before: policy,
    after: policy,
    terms: z.array(termDifference).readonly(),
    night: nightDifference.nullable().describe('A night settled under each; null where no inputs were given'),
  })
  .readonly();
export type PolicyComparison = z.infer<typeof policyComparisonSchema>;
