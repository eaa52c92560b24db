import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { compareText } from '../policy/text.ts';
import type { Manifest } from './run-record.ts';

/** What may make two runs differ. */
export type Cause = 'input' | 'decision' | 'term' | 'rule' | 'as-of' | 'option' | 'previous' | 'program';

export interface RunDifference {
  readonly cause: Cause;
  /** Which input, term, rule… and how it was and is. */
  readonly what: string;
}

/** The columns of eligibility.csv that are compared. */
const COLUMNS = [
  'status',
  'grounds',
  'valid_until',
  'residual_yen',
  'reinstate_yen',
  'already_paid_yen',
  'payable_yen',
  'route',
  'reasons',
] as const;
type Column = (typeof COLUMNS)[number];
const MONEY: readonly Column[] = ['reinstate_yen', 'payable_yen'];

export interface CouponDifference {
  readonly couponNumber: string;
  readonly group: DifferenceGroup;
  readonly changes: Readonly<Partial<Record<Column, { readonly before: string; readonly after: string }>>>;
  readonly netYen: number;
  readonly causes: readonly Cause[];
}

export const GROUPS = ['newly eligible', 'no longer eligible', 'more', 'less', 'moved', 'otherwise'] as const;
export type DifferenceGroup = (typeof GROUPS)[number];

export interface RunComparison {
  readonly runs: readonly RunDifference[];
  /** The first of them, in order of coupon number. */
  readonly coupons: readonly CouponDifference[];
  readonly couponsDiffering: number;
  readonly groups: Readonly<Record<DifferenceGroup, { readonly coupons: number; readonly netYen: number }>>;
  readonly netYen: number;
  /** Some coupon is owed or put back another sum. */
  readonly money: boolean;
}

type Cells = Readonly<Record<string, string>>;

/** Compares two runs coupon by coupon, reading both files once side by side: memory does not grow with them. */
export async function compareRuns(
  before: { folder: string; manifest: Manifest },
  after: { folder: string; manifest: Manifest },
  limit: number,
): Promise<RunComparison> {
  const runs = runDifferences(before.manifest, after.manifest);
  const decided = await differingDecisions(before.folder, after.folder);
  const groups = Object.fromEntries(GROUPS.map((group) => [group, { coupons: 0, netYen: 0 }])) as Record<
    DifferenceGroup,
    { coupons: number; netYen: number }
  >;
  const coupons: CouponDifference[] = [];
  let [differing, money, netYen] = [0, false, 0];
  for await (const [left, right] of sideBySide(
    rowsOf(before.folder, 'eligibility.csv'),
    rowsOf(after.folder, 'eligibility.csv'),
  )) {
    const difference = couponDifference(left, right, runs, decided);
    if (difference === undefined) continue;
    differing++;
    if (coupons.length < limit) coupons.push(difference);
    groups[difference.group].coupons++;
    groups[difference.group].netYen += difference.netYen;
    netYen += difference.netYen;
    money ||= MONEY.some((column) => difference.changes[column] !== undefined);
  }
  return { runs, coupons, couponsDiffering: differing, groups, netYen, money };
}

/** What differs between the runs themselves: the causes that a coupon's difference can have. */
export function runDifferences(before: Manifest, after: Manifest): readonly RunDifference[] {
  const differences: RunDifference[] = [];
  const add = (cause: Cause, what: string) => differences.push({ cause, what });
  for (const [kind, cause] of [
    ['decisions', 'decision'],
    ['', 'input'],
  ] as const) {
    const of = (manifest: Manifest) =>
      manifest.inputs.filter((input) => (input.kind === 'decisions') === (kind === 'decisions'));
    const [old, now] = [of(before), of(after)];
    for (const input of now)
      if (!old.some((other) => other.sha256 === input.sha256 && other.kind === input.kind))
        add(cause, `+ ${input.name}`);
    for (const input of old)
      if (!now.some((other) => other.sha256 === input.sha256 && other.kind === input.kind))
        add(cause, `- ${input.name}`);
  }
  for (const [name, was, is] of entriesThatDiffer(before.policy.terms, after.policy.terms))
    add('term', `${name}: ${was} → ${is}`);
  const rules = (manifest: Manifest) =>
    Object.fromEntries(
      manifest.ruleSet.rules.map((rule) => [
        rule.id,
        `v${rule.version} ${rule.clauses.join(' ')} ${rule.readings.join(' ')}`,
      ]),
    );
  const changedRules = entriesThatDiffer(rules(before), rules(after));
  for (const [name, was, is] of changedRules) add('rule', `${name}: ${was} → ${is}`);
  const sameTerms = JSON.stringify(before.policy.terms) === JSON.stringify(after.policy.terms);
  if (before.ruleSet.sha256 !== after.ruleSet.sha256 && changedRules.length === 0 && sameTerms)
    add('rule', 'wording of a rule, reading or clause');
  if (before.asOf !== after.asOf) add('as-of', `${before.asOf} → ${after.asOf}`);
  for (const [name, was, is] of entriesThatDiffer(before.options, after.options))
    if (name !== 'archive' && name !== 'excel') add('option', `${name}: ${was} → ${is}`);
  if (before.previous?.manifestSha256 !== after.previous?.manifestSha256)
    add('previous', 'another run before this one');
  for (const [name, was, is] of entriesThatDiffer(before.program, after.program))
    add('program', `${name}: ${was} → ${is}`);
  return differences;
}

function entriesThatDiffer(before: object, after: object): readonly (readonly [string, string, string])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  const valueIn = (record: object, name: string): string => String((record as Record<string, unknown>)[name] ?? '–');
  return names
    .map((name) => [name, valueIn(before, name), valueIn(after, name)] as const)
    .filter(([, was, is]) => was !== is);
}

async function* rowsOf(folder: string, file: string): AsyncGenerator<Cells> {
  for await (const row of createReadStream(join(folder, file)).pipe(parse({ columns: true }))) yield row as Cells;
}

/** Merges two sequences that are sorted by coupon number. */
async function* sideBySide(
  left: AsyncGenerator<Cells>,
  right: AsyncGenerator<Cells>,
): AsyncGenerator<readonly [Cells | undefined, Cells | undefined]> {
  let [a, b] = [await left.next(), await right.next()];
  while (a.done !== true || b.done !== true) {
    const order =
      a.done === true
        ? 1
        : b.done === true
          ? -1
          : compareText(a.value.coupon_number ?? '', b.value.coupon_number ?? '');
    yield [order <= 0 ? (a.value as Cells) : undefined, order >= 0 ? (b.value as Cells) : undefined];
    if (order <= 0) a = await left.next();
    if (order >= 0) b = await right.next();
  }
}

function couponDifference(
  before: Cells | undefined,
  after: Cells | undefined,
  runs: readonly RunDifference[],
  decided: ReadonlySet<string>,
): CouponDifference | undefined {
  const changes: Partial<Record<Column, { before: string; after: string }>> = {};
  for (const column of COLUMNS) {
    const [was, is] = [before?.[column] ?? '', after?.[column] ?? ''];
    if (was !== is) changes[column] = { before: was, after: is };
  }
  if (Object.keys(changes).length === 0 && before !== undefined && after !== undefined) return undefined;
  const couponNumber = (after ?? before)?.coupon_number ?? '';
  const netYen = Number(after?.payable_yen ?? 0) - Number(before?.payable_yen ?? 0);
  const causes = [...new Set(runs.map((difference) => difference.cause))].filter(
    (cause) => cause !== 'decision' || decided.has(couponNumber),
  );
  return { couponNumber, group: groupOf(before, after, netYen), changes, netYen, causes };
}

function groupOf(before: Cells | undefined, after: Cells | undefined, netYen: number): DifferenceGroup {
  const [had, has] = [(before?.grounds ?? '') !== '', (after?.grounds ?? '') !== ''];
  if (!had && has) return 'newly eligible';
  if (had && !has) return 'no longer eligible';
  if (netYen !== 0) return netYen > 0 ? 'more' : 'less';
  return before?.route !== after?.route && before !== undefined && after !== undefined ? 'moved' : 'otherwise';
}

/** Coupons on which people's decisions differ between the runs. */
async function differingDecisions(before: string, after: string): Promise<ReadonlySet<string>> {
  const differing = new Set<string>();
  for await (const [left, right] of sideBySide(decisionsOf(before), decisionsOf(after))) {
    if (left?.decisions !== right?.decisions) differing.add((left ?? right)?.coupon_number ?? '');
  }
  return differing;
}

/** One row a coupon of review.csv, with all its decisions. */
async function* decisionsOf(folder: string): AsyncGenerator<Cells> {
  let current: { coupon_number: string; decisions: string } | undefined;
  for await (const row of rowsOf(folder, 'review.csv')) {
    const decision = row.decision === '' ? '' : `${row.reason}=${row.decision} `;
    if (current !== undefined && current.coupon_number === row.coupon_number) current.decisions += decision;
    else {
      if (current !== undefined) yield current;
      current = { coupon_number: row.coupon_number ?? '', decisions: decision };
    }
  }
  if (current !== undefined) yield current;
}
