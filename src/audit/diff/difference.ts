import * as z from 'zod';
import { COMPARED_COLUMNS } from '../../publish/eligibility.ts';

/** What `diff --json` prints: the types are those of this schema, which is published as docs/diff.schema.json. */
const bothLanguages = z.strictObject({ ja: z.string(), en: z.string() }).readonly();

/** What may make two runs differ, in the order in which it is exchanged when runs are executed in between. */
export const CAUSES = ['as-of', 'term', 'option', 'input', 'decision', 'previous', 'rule', 'program'] as const;
const cause = z.enum(CAUSES);
export type Cause = z.infer<typeof cause>;

const runDifference = z
  .strictObject({ cause, what: z.string() })
  .readonly()
  .describe('Which input, term, rule and so on, and how it was and is');
export type RunDifference = z.infer<typeof runDifference>;

const changes = z
  .partialRecord(z.enum(COMPARED_COLUMNS), z.strictObject({ before: z.string(), after: z.string() }).readonly())
  .readonly()
  .describe('Columns of eligibility.csv; empty where the coupon is not in it');
export type Changes = z.infer<typeof changes>;

const yen = {
  netYen: z.int().describe('payable_yen after, less before'),
  netReinstateYen: z.int().describe('reinstate_yen after, less before'),
  netKeptYen: z.int().describe('residual_yen that a ground keeps usable, or that is held, after, less before'),
};

export const RELATIONS = ['own', 'same shop and day', 'claim at the same shop', 'same account'] as const;
const differingRow = z
  .strictObject({
    id: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    relation: z.enum(RELATIONS).describe('To the coupon; others are told only where no row of its own differs'),
    before: z.array(z.string()).readonly().describe('Where it stands: transactions.csv:812'),
    after: z.array(z.string()).readonly(),
  })
  .readonly();
export type DifferingRow = z.infer<typeof differingRow>;

const step = z
  .strictObject({
    cause,
    what: z.array(z.string()).readonly(),
    ...yen,
    changes,
    rows: z.array(differingRow).readonly().describe('Input rows, for the cause input'),
  })
  .readonly();
export type Step = z.infer<typeof step>;

/** Sums after, less those before. */
export type Net = Readonly<Record<keyof typeof yen, number>>;

export const GROUPS = ['newly eligible', 'no longer eligible', 'paid', 'more', 'less', 'moved', 'otherwise'] as const;
export type DifferenceGroup = (typeof GROUPS)[number];

const couponDifference = z
  .strictObject({
    couponNumber: z.string(),
    group: z.enum(GROUPS).describe('paid: what was payable counts as paid now'),
    money: z.boolean().describe('What --fail-on money looks at: another sum is paid, put back or kept'),
    ...yen,
    changes,
    because: z.array(step).readonly().describe('The yen of the steps add up to those of the coupon'),
    couldBe: z.array(cause).readonly().describe('What the difference could come from, where that cannot be told apart'),
  })
  .readonly();
export type CouponDifference = z.infer<typeof couponDifference>;

const counted = { coupons: z.int(), ...yen };
const attribution = z
  .strictObject({
    how: z
      .enum(['nothing differs', 'one cause', 'executed', 'not told apart'])
      .describe('executed: runs in between were executed, each with one more thing as in the later run'),
    why: bothLanguages.nullable().describe('Why causes could not be told apart'),
    steps: z.array(z.strictObject({ cause, what: z.array(z.string()).readonly(), ...counted }).readonly()).readonly(),
  })
  .readonly();
export type Attribution = z.infer<typeof attribution>;

const move = z
  .strictObject({
    before: z.string().describe('The status before; empty where the coupon was not listed'),
    after: z.string(),
    ...counted,
  })
  .readonly();
export type Move = z.infer<typeof move>;

const rowDifference = z
  .strictObject({
    change: z.enum(['added', 'removed', 'changed']),
    key: z.record(z.string(), z.string()).readonly().describe('What tells the row from others'),
    changes: z
      .record(z.string(), z.strictObject({ before: z.string(), after: z.string() }).readonly())
      .readonly()
      .describe('Columns of the file; empty where the row is not in it'),
    hidden: z
      .array(z.string())
      .readonly()
      .describe('Columns with personal data that differ in a changed row: what stands in them is not told'),
  })
  .readonly();
export type RowDifference = z.infer<typeof rowDifference>;

const tableDifference = z
  .strictObject({
    name: z.string().describe('A file of the run folder'),
    writtenBy: z
      .enum(['both', 'before', 'after'])
      .describe('One run alone: another version of the program has no such file'),
    added: z.int(),
    removed: z.int(),
    changed: z.int(),
    yen: z
      .record(
        z.string(),
        z
          .strictObject({ moreYen: z.int(), lessYen: z.int() })
          .readonly()
          .describe('By how much cells grew, and shrank'),
      )
      .readonly()
      .describe('By column'),
    rows: z.array(rowDifference).readonly().describe('The first of them; see --limit'),
  })
  .readonly();
export type TableDifference = z.infer<typeof tableDifference>;

const run = z.strictObject({ fingerprint: z.string(), asOf: z.string() }).readonly();

export const comparisonSchema = z
  .strictObject({
    before: run,
    after: run,
    runs: z.array(runDifference).readonly().describe('What differs between the runs themselves'),
    attribution,
    couponsDiffering: z.int(),
    money: z.boolean(),
    ...yen,
    groups: z.strictObject(
      Object.fromEntries(GROUPS.map((group) => [group, z.strictObject(counted).readonly()])) as Record<
        DifferenceGroup,
        z.ZodReadonly<z.ZodObject<typeof counted>>
      >,
    ),
    moves: z
      .array(move)
      .readonly()
      .describe('From which status to which: every coupon that comes out otherwise, also where its status is the same'),
    coupons: z.array(couponDifference).readonly().describe('The first of them, by number; see --limit'),
    tables: z
      .array(tableDifference)
      .readonly()
      .describe('Every file beside eligibility.csv that was compared, also where nothing in it differs'),
  })
  .readonly();
export type RunComparison = z.infer<typeof comparisonSchema>;

/** Whether a file is not the same in both runs, as far as it is compared. */
export const tableDiffers = ({ writtenBy, added, removed, changed }: TableDifference): boolean =>
  writtenBy !== 'both' || added + removed + changed > 0;

/** Whether anything of what two runs came to differs. */
export const isDifferent = ({ couponsDiffering, tables }: RunComparison): boolean =>
  couponsDiffering > 0 || tables.some(tableDiffers);
