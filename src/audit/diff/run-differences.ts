import { compareText } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { type Manifest, needsSecond } from '../record/run-record.ts';
import type { RunDifference } from './difference.ts';

/** What differs between the runs themselves: the causes that a coupon's difference can have. */
export function runDifferences(before: Manifest, after: Manifest): readonly RunDifference[] {
  const of = (cause: RunDifference['cause'], whats: readonly string[]) => whats.map((what) => ({ cause, what }));
  return [
    ...of('as-of', before.asOf === after.asOf ? [] : [`${before.asOf} → ${after.asOf}`]),
    ...of('term', before.policy.id === after.policy.id ? [] : [`policy: ${before.policy.id} → ${after.policy.id}`]),
    ...of('term', changed(before.policy.terms, after.policy.terms)),
    ...of('option', changed(settling(before), settling(after))),
    ...of('input', [...differingFiles(before, after, false), ...changed(reading(before), reading(after))]),
    ...of('decision', differingFiles(before, after, true)),
    ...of('previous', changed(previousOf(before), previousOf(after))),
    ...of('rule', differingRules(before, after)),
    ...of('program', changed(shortly(before), shortly(after))),
  ];
}

/** How inputs are read belongs to them: neither means anything without the other. */
const reading = ({ profile, options }: Manifest): object => ({
  encoding: options.encoding ?? undefined,
  profile: profile === null ? undefined : `${profile.id} ${canonicalJson(profile)}`,
});
const settling = (manifest: Manifest): object => ({
  countUnclaimed: manifest.options.countUnclaimed,
  requireSecond: needsSecond(manifest),
});
const previousOf = ({ previous }: Manifest): object => ({ run: previous?.fingerprint.slice(0, SHOWN) });

const shortly = ({ program }: Manifest): object => ({ ...program, revision: shortRevision(program.revision) });

const SHOWN = 16;
const REVISION_SHOWN = 12;
/** A revision in few characters; what was built from changed sources says so still. */
export const shortRevision = (revision: string): string =>
  revision.replace(/^[0-9a-f]{40}/, (hash) => hash.slice(0, REVISION_SHOWN));

function differingFiles(before: Manifest, after: Manifest, decisions: boolean): readonly string[] {
  const of = (manifest: Manifest) => manifest.inputs.filter((input) => (input.kind === 'decisions') === decisions);
  const [old, now] = [of(before), of(after)];
  const lacks = (list: typeof old, input: (typeof old)[number]): boolean =>
    !list.some((other) => other.sha256 === input.sha256 && other.kind === input.kind);
  const [gone, come] = [old.filter((input) => lacks(now, input)), now.filter((input) => lacks(old, input))];
  const names = [...new Set([...gone, ...come].map((input) => `${input.kind}\n${input.name}`))];
  return names.map((each) => {
    const hashIn = (list: typeof old): string =>
      list.find((input) => `${input.kind}\n${input.name}` === each)?.sha256.slice(0, SHOWN) ?? '–';
    return `${each.split('\n')[1]}: ${hashIn(gone)} → ${hashIn(come)}`;
  });
}

function differingRules(before: Manifest, after: Manifest): readonly string[] {
  const rules = ({ ruleSet }: Manifest): object =>
    Object.fromEntries(
      ruleSet.rules.map((rule) => [rule.id, `v${rule.version} ${[...rule.clauses, ...rule.readings].join(' ')}`]),
    );
  const named = changed(rules(before), rules(after));
  const sameTerms = canonicalJson(before.policy.terms) === canonicalJson(after.policy.terms);
  const wording = before.ruleSet.sha256 !== after.ruleSet.sha256 && named.length === 0 && sameTerms;
  return wording ? ['wording of a rule, reading or clause'] : named;
}

function changed(before: object, after: object): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  const valueIn = (record: object, name: string): string => {
    const value = (record as Record<string, unknown>)[name] ?? '–';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return names
    .map((name) => [name, valueIn(before, name), valueIn(after, name)] as const)
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => `${name}: ${was.split(' {')[0]} → ${is.split(' {')[0]}`);
}
