import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IntakeRequest, readInputs } from '../intake/intake.ts';
import { INPUT_KINDS, type InputKind, type Tables } from '../intake/tables.ts';
import { readInstant } from '../intake/values.ts';
import type { Instant } from '../policy/instants.ts';
import { type Policy, policyOf } from '../policy/policy.ts';
import { archiveName } from '../publish/archive.ts';
import { sha256 } from '../publish/hash.ts';
import { CARRIED_FILE, type Carried, parseCarried, withCarried } from '../publish/previous.ts';
import { runFiles } from '../publish/run-files.ts';
import { type Outcome, settle } from '../settlement/settle.ts';
import type { Manifest } from './run-record.ts';

/** A run that was executed again from its archive. */
export interface Repeated {
  readonly tables: Tables;
  readonly outcome: Outcome;
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly carried: readonly Carried[] | undefined;
}

/** Reads a run's archived inputs (or the originals, in the manifest's order) and settles them anew, with the manifest's policy, profile, as-of and options. */
export async function repeatRun(folder: string, manifest: Manifest, originals?: readonly string[]): Promise<Repeated> {
  const policy = policyOf(manifest.policy);
  const asOf = readInstant(manifest.asOf);
  if ('problem' in asOf) throw new Error('the manifest\u2019s as-of is no instant');
  const result = await readInputs(requestOf(folder, manifest, policy, asOf.value, originals));
  if (!('tables' in result))
    throw new Error(`the archived inputs cannot be read: ${result.problems.map((each) => each.code).join(', ')}`);
  const carried =
    manifest.previous === null ? undefined : parseCarried(readFileSync(join(folder, CARRIED_FILE), 'utf8'));
  const tables =
    carried === undefined
      ? result.tables
      : { ...result.tables, paid: withCarried(result.tables.paid, carried, asOf.value) };
  const outcome = settle({
    tables,
    policy,
    asOf: asOf.value,
    countUnclaimed: manifest.options.countUnclaimed,
    digest: sha256,
    keepFindings: true,
  });
  return { tables, outcome, policy, asOf: asOf.value, carried };
}

function requestOf(
  folder: string,
  manifest: Manifest,
  policy: Policy,
  asOf: Instant,
  originals: readonly string[] | undefined,
): IntakeRequest {
  const ofKind = (kind: InputKind) => manifest.inputs.filter((input) => input.kind === kind);
  const pathsOf = (kind: InputKind) =>
    ofKind(kind).map(
      (input) =>
        originals?.[manifest.inputs.indexOf(input)] ??
        join(folder, archiveName({ sha256: input.sha256, compressed: input.gzip })),
    );
  return {
    paths: Object.fromEntries(INPUT_KINDS.map((kind) => [kind, pathsOf(kind)])) as Record<InputKind, string[]>,
    nameOf: (kind, index) => ofKind(kind)[index]?.name ?? '',
    profile: manifest.profile ?? undefined,
    encoding: manifest.options.encoding ?? undefined,
    terms: policy.terms,
    asOf,
  };
}

/** Executes a run again and names the outputs that come out otherwise. */
export async function reExecute(folder: string, manifest: Manifest): Promise<readonly string[]> {
  const repeated = await repeatRun(folder, manifest);
  const { files } = runFiles({
    ...repeated,
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
