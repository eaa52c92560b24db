import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInputs } from '../intake/intake.ts';
import type { Profile } from '../intake/profile.ts';
import { INPUT_KINDS, type InputKind, type Tables } from '../intake/tables.ts';
import { readInstant } from '../intake/values.ts';
import type { Instant } from '../policy/instants.ts';
import { type Policy, type PolicyFile, policyOf } from '../policy/policy.ts';
import { archiveName, contentHash } from '../publish/archive.ts';
import { sha256 } from '../publish/hash.ts';
import { CARRIED_FILE, type Carried, parseCarried, withCarried } from '../publish/previous.ts';
import { runFiles } from '../publish/run-files.ts';
import { toldOf } from '../publish/told.ts';
import { settle, type WholeOutcome } from '../settlement/settle.ts';
import type { Manifest } from './run-record.ts';

export interface RecordedRun {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What settles a run, and which run each part of it is taken from. */
export interface Parts {
  readonly asOf: string;
  readonly policy: PolicyFile;
  readonly countUnclaimed: boolean;
  /** All inputs but the decisions, with the profile and encoding by which they are read. */
  readonly inputs: RecordedRun;
  readonly decisions: RecordedRun;
  readonly previous: RecordedRun;
}

export const partsOf = (run: RecordedRun): Parts => ({
  asOf: run.manifest.asOf,
  policy: run.manifest.policy,
  countUnclaimed: run.manifest.options.countUnclaimed,
  inputs: run,
  decisions: run,
  previous: run,
});

type Input = Manifest['inputs'][number];
/** Where an input is kept. */
export type Keeper = (input: Input) => string;

/** What a run is settled from. */
export interface Gathered {
  readonly tables: Tables;
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly carried: readonly Carried[] | undefined;
}

/** A run that was executed again from its archive. */
export interface Repeated extends Gathered {
  readonly outcome: WholeOutcome;
}

/** Reads a run's archived inputs (or the originals, in the manifest's order) and settles them anew, with the manifest's policy, profile, as-of and options. */
export async function repeatRun(folder: string, manifest: Manifest, originals?: readonly string[]): Promise<Repeated> {
  const keeper: Keeper = (input) => originals?.[manifest.inputs.indexOf(input)] ?? archivedPath(folder, input);
  const parts = partsOf({ folder, manifest });
  const gathered = await gather(parts, keeper);
  return { ...gathered, outcome: settleParts(parts, gathered, true) };
}

const archivedPath = (folder: string, { sha256: hash, gzip }: Input): string =>
  join(folder, archiveName({ sha256: hash, compressed: gzip }));

/** Reads what a run is settled from. @throws Error if it cannot be read */
export async function gather(parts: Parts, keeper: Keeper, signal?: AbortSignal): Promise<Gathered> {
  const policy = policyOf(parts.policy);
  const asOf = readInstant(parts.asOf);
  if ('problem' in asOf) throw new Error('the manifest\u2019s as-of is no instant');
  const ofKind = (kind: InputKind) =>
    (kind === 'decisions' ? parts.decisions : parts.inputs).manifest.inputs.filter((input) => input.kind === kind);
  const result = await readInputs({
    paths: Object.fromEntries(INPUT_KINDS.map((kind) => [kind, ofKind(kind).map(keeper)])) as Record<
      InputKind,
      string[]
    >,
    nameOf: (kind, index) => ofKind(kind)[index]?.name ?? '',
    profile: profileOf(parts),
    encoding: parts.inputs.manifest.options.encoding ?? undefined,
    terms: policy.terms,
    asOf: asOf.value,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!('tables' in result))
    throw new Error(`the archived inputs cannot be read: ${result.problems.map((each) => each.code).join(', ')}`);
  const carried = carriedOf(parts.previous);
  const { tables } = result;
  return {
    tables: carried === undefined ? tables : { ...tables, paid: withCarried(tables.paid, carried, asOf.value) },
    policy,
    asOf: asOf.value,
    carried,
  };
}

function profileOf({ inputs, decisions }: Parts): Profile | undefined {
  const profile = inputs.manifest.profile ?? undefined;
  if (inputs === decisions) return profile;
  const named = profile ?? decisions.manifest.profile ?? undefined;
  if (named === undefined) return undefined;
  return { ...named, inputs: { ...profile?.inputs, decisions: decisions.manifest.profile?.inputs.decisions } };
}

const carriedOf = ({ folder, manifest }: RecordedRun): readonly Carried[] | undefined =>
  manifest.previous === null ? undefined : parseCarried(readFileSync(join(folder, CARRIED_FILE), 'utf8'));

/** @param keepFindings what every rule found, for an explanation */
export const settleParts = ({ countUnclaimed }: Parts, gathered: Gathered, keepFindings: boolean): WholeOutcome =>
  settle({ ...gathered, countUnclaimed, digest: sha256, keepFindings });

/**
 * Inputs by their content, wherever one of the runs keeps it. What is kept but was altered is not kept.
 */
export async function keeperOf(
  runs: readonly RecordedRun[],
): Promise<{ readonly keeper: Keeper } | { readonly missing: readonly string[] }> {
  const places = new Map<string, string>();
  const missing = new Set<string>();
  for (const input of runs.flatMap(({ manifest }) => manifest.inputs)) {
    if (places.has(contentOf(input))) continue;
    const place = await placeOf(input, runs);
    if (place === undefined) missing.add(input.name);
    else places.set(contentOf(input), place);
  }
  if (missing.size > 0) return { missing: [...missing] };
  return { keeper: (input) => places.get(contentOf(input)) ?? '' };
}

const contentOf = ({ sha256: hash, gzip }: Input): string => `${hash} ${gzip}`;

async function placeOf(input: Input, runs: readonly RecordedRun[]): Promise<string | undefined> {
  for (const { folder } of runs) {
    const path = archivedPath(folder, input);
    if (existsSync(path) && (await contentHash(path, input.gzip).catch(() => '')) === input.sha256) return path;
  }
  return undefined;
}

/** Executes a run again and names the outputs that come out otherwise. */
export async function reExecute(folder: string, manifest: Manifest): Promise<readonly string[]> {
  const repeated = await repeatRun(folder, manifest);
  const { files } = runFiles({
    ...repeated,
    told: toldOf(repeated.outcome),
    profile: manifest.profile ?? undefined,
    countUnclaimed: manifest.options.countUnclaimed,
    encoding: manifest.options.encoding ?? undefined,
    excel: manifest.options.excel,
    program: manifest.program,
    archived: undefined,
    previous: manifest.previous === null ? undefined : { ...manifest.previous, carried: repeated.carried ?? [] },
  });
  const expected = new Map(manifest.outputs.map(({ name, sha256: hash }) => [name, hash]));
  const made = files.filter(({ name }) => name !== 'manifest.json' && name !== 'SHA256SUMS');
  const differing = made.filter((file) => expected.get(file.name) !== file.sha256).map(({ name }) => name);
  const missing = [...expected.keys()].filter((name) => !made.some((file) => file.name === name));
  return [...differing, ...missing];
}
