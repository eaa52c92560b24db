import { join } from 'node:path';
import { formatInstant, type Instant } from '../../base/instants.ts';
import { drained } from '../../base/steps.ts';
import { asVersion2, withCohorts } from '../../policy/as-version-2.ts';
import { type Policy, policyOf } from '../../policy/policy.ts';
import type { PolicyFile } from '../../policy/policy-file.ts';
import { termDifferences, withGoneRoutesOnce } from '../../policy/term-differences.ts';
import { differenceMeaning } from '../../policy/term-meanings.ts';
import { GROUNDS, STATUSES } from '../../policy/vocabulary.ts';
import { ELIGIBILITY } from '../../publish/eligibility.ts';
import { bytesOf } from '../../publish/on-disk.ts';
import { writtenFile } from '../../publish/run-files.ts';
import { type CouponCounts, payoutCounts, type StatusCount } from '../../publish/summary.ts';
import type { SettledInputs } from '../../run/settle-inputs.ts';
import { keep, removeFolder, scratchFolder } from '../record/files.ts';
import { termSteps } from './attribution.ts';
import { comparePassage } from './compare-passage.ts';
import type { NightDifference, PolicyTermDifference, PolicyTotal } from './policy-difference.ts';

/** Terms that two policies state otherwise, each with what it comes to. */
export function policyTermDifferences(before: PolicyFile, after: PolicyFile): readonly PolicyTermDifference[] {
  const [from, to] = inOneVersion(before, after);
  return withGoneRoutesOnce(termDifferences(from.terms, to.terms)).map((difference) => ({
    path: `terms.${difference.term}`,
    before: difference.before ?? null,
    after: difference.after ?? null,
    means: differenceMeaning(difference),
  }));
}

/** Of files of two versions, or with one expiry and with several, only what they say is to differ, not how it is written down. */
function inOneVersion(before: PolicyFile, after: PolicyFile): readonly [PolicyFile, PolicyFile] {
  if (before.schemaVersion === 1 && after.schemaVersion === 1) return [before, after];
  const both = [asVersion2(before), asVersion2(after)] as const;
  return both.some(({ terms }) => terms.cohorts !== undefined) ? [withCohorts(both[0]), withCohorts(both[1])] : both;
}

/** A night, and how it is settled under a policy. */
export interface PolicyNight {
  readonly asOf: Instant;
  /** @param isBetween some of the terms are those of the one policy, and some of the other */
  readonly settle: (policy: Policy, isBetween: boolean) => Promise<Pick<SettledInputs, 'outcome' | 'written'>>;
  /** Where what the night comes to lies meanwhile: of each coupon its row, and nobody\u2019s contact. */
  readonly place: string;
  /** How many coupons are told. */
  readonly limit: number;
}

/**
 * Settles a night under one policy, under that with one more term of the other at a time, and under the other. It goes by
 * the id of the first all the way, by which decisions are bound to questions and payouts are named: of a night under two
 * notices only what these say is to differ.
 */
export async function compareUnderPolicies(
  before: Policy,
  after: Policy,
  night: PolicyNight,
): Promise<NightDifference> {
  const [first, last] = inOneVersion(before.file, after.file);
  const other: PolicyFile = { ...last, id: first.id, title: first.title };
  const what = policyTermDifferences(before.file, after.file).map(
    ({ path, before: was, after: is }) => `${path.replace('terms.', '')}: ${was ?? '–'} → ${is ?? '–'}`,
  );
  const steps = termSteps(first, other, what);
  const folder = scratchFolder(night.place, 'regionpay-policy-diff-');
  try {
    const passage = new SettledPassage(night, folder);
    const was = await passage.add(before, false);
    let file = first;
    let is = was;
    for (const [at, { exchange }] of steps.entries()) {
      file = exchange(file);
      is = await passage.add(policyOf(file), at < steps.length - 1);
    }
    if (steps.length === 0) is = await passage.add(policyOf(other), false);
    const causes = steps.map((step) => ({ cause: 'term' as const, what: step.what }));
    const tally = await comparePassage({ files: passage.files, steps: causes }, [], night.limit);
    return { asOf: formatInstant(night.asOf), ...totalsOf(was, is), ...tally };
  } finally {
    removeFolder(folder);
  }
}

type Totals = Readonly<Record<'routes' | 'grounds' | 'statuses', ReadonlyMap<string, PolicyTotal['before']>>>;

/** What a night came to under one policy after the other, coupon by coupon. */
class SettledPassage {
  readonly files: string[] = [];
  private readonly night: PolicyNight;
  private readonly folder: string;

  constructor(night: PolicyNight, folder: string) {
    this.night = night;
    this.folder = folder;
  }

  async add(policy: Policy, isBetween: boolean): Promise<Totals> {
    const { outcome, written } = await this.night.settle(policy, isBetween);
    const path = join(this.folder, `${this.files.length}.csv`);
    keep(path, bytesOf(drained(writtenFile(ELIGIBILITY, written)).content));
    this.files.push(path);
    return {
      routes: new Map(Object.entries(payoutCounts(outcome).routes)),
      grounds: countsOf(written.counts.grounds, ({ payableYen }) => payableYen),
      statuses: countsOf(written.counts.statuses, ({ residualYen }) => residualYen),
    };
  }
}

const countsOf = (
  counts: CouponCounts['grounds'] | CouponCounts['statuses'],
  yenOf: (count: StatusCount) => number,
): ReadonlyMap<string, PolicyTotal['before']> =>
  new Map([...counts].map(([name, count]) => [name, { count: count.coupons, yen: yenOf(count) }]));

const NOTHING = { count: 0, yen: 0 };

/** Each name that occurs under one of them, in the order of the vocabulary. */
function totalsOf(was: Totals, is: Totals): Pick<NightDifference, keyof Totals> {
  const totals = (part: keyof Totals, order: readonly string[]): readonly PolicyTotal[] =>
    [...new Set([...order, ...was[part].keys(), ...is[part].keys()])].flatMap((name) => {
      const [before, after] = [was[part].get(name), is[part].get(name)];
      if (before === undefined && after === undefined) return [];
      return [{ name, before: before ?? NOTHING, after: after ?? NOTHING }];
    });
  return {
    routes: totals('routes', []),
    grounds: totals('grounds', Object.keys(GROUNDS)),
    statuses: totals('statuses', Object.keys(STATUSES)),
  };
}
