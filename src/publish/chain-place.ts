import type { Instant } from '../base/instants.ts';
import { readInstant } from '../intake/values/dates.ts';
import type { Head, Series } from './series-file.ts';

/** A run that lies in a series, by its manifest. */
export interface RunInSeries extends Head {
  readonly policyId: string;
  readonly previousSha256: string | null;
}

/** What is asked of a series: a run of this name, and what it is to follow. */
export interface AskedPlace {
  readonly policyId: string;
  /** The name of its folder. */
  readonly run: string;
  readonly asOf: Instant;
  /** The run that `--previous` names, by its manifest; undefined: whatever the chain has come to. */
  readonly previousSha256: string | undefined;
  /** A chain is begun, whatever there is. */
  readonly first: boolean;
  readonly replace: boolean;
}

/** What a run follows, and what becomes of the chain. */
export interface Place {
  /** The name of the run before it in the series; `elsewhere`: the one that was named; undefined: it begins the chain. */
  readonly previous: { readonly run: string } | 'elsewhere' | undefined;
  /** It is, or becomes, what the next run follows. */
  readonly isHead: boolean;
  /** Heads of chains that nobody goes on with. */
  readonly ended: readonly Head[];
  /** The head was found among the folders: series.json did not name it. */
  readonly adopted: string | undefined;
}

/** Why a run has no place, with the runs that are meant. */
export interface NoPlace {
  readonly why:
    | 'several chains'
    | 'head gone'
    | 'head altered'
    | 'not the head'
    | 'before the head'
    | 'replaces no head'
    | 'cuts the chain'
    | 'previous gone';
  readonly runs: readonly string[];
}

/**
 * Finds a run's place in its chain (4-cli.md, "Night after night"): behind the head; a run that is made again behind the
 * one that it follows already.
 */
export function placeOf(series: Series | undefined, runs: readonly RunInSeries[], asked: AskedPlace): Place | NoPlace {
  const own = runs.filter(({ policyId }) => policyId === asked.policyId);
  const found = headsOf(series, own, asked);
  if ('why' in found && !asked.first) return found;
  const heads = 'why' in found ? [] : found.heads;
  const standing = runs.find(({ run }) => run === asked.run);
  if (standing !== undefined) return placeAgain(standing, runs, heads, asked);
  if (asked.first)
    return { previous: undefined, isHead: true, ended: leftBehind(series, heads, asked), adopted: undefined };
  const [head, ...others] = chosen(heads, asked);
  if (others.length > 0) return { why: 'several chains', runs: heads.map(({ run }) => run) };
  if (head === undefined) {
    if (heads.length > 0) return { why: 'not the head', runs: heads.map(({ run }) => run) };
    const previous = asked.previousSha256 === undefined ? undefined : 'elsewhere';
    return { previous, isHead: true, ended: [], adopted: undefined };
  }
  if (instantOf(head) > asked.asOf) return { why: 'before the head', runs: [head.run] };
  const ended = heads.filter((each) => each !== head).map(headOf);
  return { previous: { run: head.run }, isHead: true, ended, adopted: adoptedAs(series, head) };
}

/** Those of the heads that are meant: all, or the one that was named. */
const chosen = (heads: readonly RunInSeries[], { previousSha256 }: AskedPlace): readonly RunInSeries[] =>
  previousSha256 === undefined ? heads : heads.filter(({ manifestSha256 }) => manifestSha256 === previousSha256);

/** The head, as series.json names it, or a run that follows it; without series.json, runs that no other follows. */
function headsOf(
  series: Series | undefined,
  own: readonly RunInSeries[],
  { policyId }: AskedPlace,
): { readonly heads: readonly RunInSeries[] } | NoPlace {
  const recorded = series?.heads[policyId];
  const ended = new Set((series?.ended[policyId] ?? []).map(({ manifestSha256 }) => manifestSha256));
  const followed = new Set(own.map(({ previousSha256 }) => previousSha256));
  const isTip = ({ manifestSha256 }: RunInSeries): boolean =>
    !followed.has(manifestSha256) && !ended.has(manifestSha256);
  if (recorded === undefined) return { heads: own.filter(isTip) };
  const stands = own.find(({ run }) => run === recorded.run);
  if (stands === undefined) return { why: 'head gone', runs: [recorded.run] };
  const isAsRecorded = stands.manifestSha256 === recorded.manifestSha256 && stands.fingerprint === recorded.fingerprint;
  if (!isAsRecorded) return { why: 'head altered', runs: [recorded.run] };
  return { heads: tipsFrom(stands, own) };
}

/** A crash, or an older version, may have left series.json behind: the runs at the end of those that follow a run. */
function tipsFrom(run: RunInSeries, own: readonly RunInSeries[]): readonly RunInSeries[] {
  const tips: RunInSeries[] = [];
  const seen = new Set<RunInSeries>();
  const open = [run];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const next = own.filter(({ previousSha256 }) => previousSha256 === at?.manifestSha256);
    if (next.length === 0) tips.push(at);
    open.push(...next);
  }
  return tips;
}

/** The run is there already: it is made again as it was made, or replaced where nobody builds on it. */
function placeAgain(
  standing: RunInSeries,
  runs: readonly RunInSeries[],
  heads: readonly RunInSeries[],
  asked: AskedPlace,
): Place | NoPlace {
  const isHead = heads.length === 1 && heads[0] === standing;
  if (asked.replace && !isHead) {
    const followers = runs.filter(({ previousSha256 }) => previousSha256 === standing.manifestSha256);
    return { why: 'replaces no head', runs: (followers.length > 0 ? followers : heads).map(({ run }) => run) };
  }
  const previous = sameBefore(standing, runs, asked);
  return typeof previous === 'object' && 'why' in previous
    ? previous
    : { previous, isHead, ended: [], adopted: undefined };
}

/** What a run follows that is there already: nobody may have it follow another. */
function sameBefore(
  { run, previousSha256 }: RunInSeries,
  runs: readonly RunInSeries[],
  asked: AskedPlace,
): Place['previous'] | NoPlace {
  const isNamed = asked.previousSha256 !== undefined;
  if (previousSha256 === null) return isNamed ? { why: 'cuts the chain', runs: [run] } : undefined;
  if (asked.first) return { why: 'cuts the chain', runs: [run] };
  const before = runs.find(({ manifestSha256 }) => manifestSha256 === previousSha256);
  const isOther = isNamed && asked.previousSha256 !== previousSha256;
  if (before !== undefined) return isOther ? { why: 'not the head', runs: [before.run] } : { run: before.run };
  if (isOther) return { why: 'cuts the chain', runs: [run] };
  return isNamed ? 'elsewhere' : { why: 'previous gone', runs: [run] };
}

/** Heads that a new chain leaves behind: the one that series.json names too, should its folder be gone. */
function leftBehind(
  series: Series | undefined,
  heads: readonly RunInSeries[],
  { policyId }: AskedPlace,
): readonly Head[] {
  const recorded = series?.heads[policyId];
  if (heads.length > 0) return heads.map(headOf);
  return recorded === undefined ? [] : [recorded];
}

const adoptedAs = (series: Series | undefined, head: RunInSeries): string | undefined =>
  series?.heads[head.policyId]?.manifestSha256 === head.manifestSha256 ? undefined : head.run;

export const headOf = ({ run, asOf, manifestSha256, fingerprint }: RunInSeries): Head => ({
  run,
  asOf,
  manifestSha256,
  fingerprint,
});

function instantOf({ asOf }: Head): Instant {
  const instant = readInstant(asOf);
  return 'problem' in instant ? 0 : instant.value;
}
