import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../base/instants.ts';
import type { Language } from '../../base/text.ts';
import type { Profile } from '../../intake/schema/profile.ts';
import { readInstant } from '../../intake/values/dates.ts';
import type { IdForm } from '../../ledger/decisions.ts';
import { type Policy, policyOf } from '../../policy/policy.ts';
import type { PolicyFile } from '../../policy/policy-file.ts';
import { archivedName, contentHash } from '../../publish/archive.ts';
import { ASKED_FILE, type Asked, parseAsked } from '../../publish/asked.ts';
import { type EvidenceKey, findEvidenceKey } from '../../publish/evidence-key.ts';
import { keptPieces } from '../../publish/folder-entries.ts';
import { sha256Of } from '../../publish/hash.ts';
import type { PayoutPart } from '../../publish/known-payout.ts';
import type { PageOf } from '../../publish/page.ts';
import { PAID_PAYOUTS_FILE, parsePaidPayouts } from '../../publish/paid-payouts.ts';
import { CARRIED_FILE, type Carried, PREVIOUS_SUMMARY_FILE, parseCarried } from '../../publish/previous.ts';
import { workbookOf } from '../../publish/review-workbook.ts';
import { runFiles, type SummaryText } from '../../publish/run-files.ts';
import { payoutsGone } from '../../publish/to-send.ts';
import { parseUnsent, TO_SEND_FILE, type UnsentPayout } from '../../publish/unsent-payouts.ts';
import { type EarlierPayouts, paidBefore } from '../../run/earlier-payouts.ts';
import { type Resources, type RunInputs, readRunInputs, type Unreadable } from '../../run/read-run-inputs.ts';
import type { SettledInputs } from '../../run/settle-inputs.ts';
import { type SettledRun, settleRun } from '../../run/settle-run.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { INPUT_KINDS, type InputFile, type InputKind, type Tables } from '../../tables/tables.ts';
import { piecesOf } from './files.ts';
import { DamagedRun } from './records.ts';
import { type Manifest, needsSecond } from './run-record.ts';

/** Conditions under which a run cannot be executed: what it would read, or what would come of it, cannot be. */
export class NotExecutable extends Error {}

/** Decisions are bound by a key that is not there. */
export class EvidenceKeyGone extends NotExecutable {
  /** As the manifest names it. */
  readonly fingerprint: string;
  constructor(fingerprint: string) {
    super(`the key ${fingerprint} is not there`);
    this.fingerprint = fingerprint;
  }
}

export interface RecordedRun {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What settles a run, and which run each part of it is taken from. */
export interface Parts {
  readonly asOf: string;
  readonly policy: PolicyFile;
  readonly countUnclaimed: boolean;
  readonly requireSecond: boolean;
  /** All inputs but the decisions, with the profile and encoding by which they are read. */
  readonly inputs: RecordedRun;
  readonly decisions: RecordedRun;
  readonly previous: RecordedRun;
}

export const partsOf = (run: RecordedRun): Parts => ({
  asOf: run.manifest.asOf,
  policy: run.manifest.policy,
  countUnclaimed: run.manifest.options.countUnclaimed,
  requireSecond: needsSecond(run.manifest),
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
  readonly evidenceKey: EvidenceKey | undefined;
  readonly idForm: IdForm;
}

/** Reads a run's inputs from where they lie, in the manifest's order, with the manifest's policy, profile and as-of. */
export function gatherRun(
  folder: string,
  manifest: Manifest,
  resources: Resources,
  paths: readonly string[],
): Promise<Gathered> {
  const keeper: Keeper = (input) => paths[manifest.inputs.indexOf(input)] ?? '';
  return gather(partsOf({ folder, manifest }), keeper, resources);
}

export const archivedPath = (folder: string, input: Input): string => join(folder, archivedName(input));

/** Reads what a run is settled from, all of it into memory. @throws Error if it cannot be read */
export async function gather(parts: Parts, keeper: Keeper, { memory: _, ...resources }: Resources): Promise<Gathered> {
  const evidenceKey = evidenceKeyOf(parts.decisions, resources);
  const inputs = runInputsOf(parts, keeper);
  const { tables } = executable(await readRunInputs(inputs, resources));
  const { policy, asOf } = inputs;
  const { made, carried } = await wholeInTurns(earlierPayoutsOf(parts), () => mayEnd(resources.signal));
  return {
    tables: paidBefore(tables, { made, carried }, asOf).complete(tables),
    policy,
    asOf,
    carried,
    evidenceKey,
    idForm: idFormOf(parts.decisions),
  };
}

/** The inputs as the runs recorded them, wherever they are kept. */
function runInputsOf(parts: Parts, keeper: Keeper): RunInputs {
  const asOf = readInstant(parts.asOf);
  if ('problem' in asOf) throw new Error('the manifest\u2019s as-of is no instant');
  const ofKind = (kind: InputKind) =>
    (kind === 'decisions' ? parts.decisions : parts.inputs).manifest.inputs.filter((input) => input.kind === kind);
  return {
    paths: Object.fromEntries(INPUT_KINDS.map((kind) => [kind, ofKind(kind).map(keeper)])) as Record<
      InputKind,
      string[]
    >,
    nameOf: (kind, index) => ofKind(kind)[index]?.name ?? '',
    profile: profileOf(parts),
    encoding: parts.inputs.manifest.options.encoding ?? undefined,
    policy: policyOf(parts.policy),
    asOf: asOf.value,
  };
}

/** Runs that say nothing of a key were made while ids still rested on contacts. */
const idFormOf = ({ manifest }: RecordedRun): IdForm =>
  manifest.options.evidenceKey === undefined ? 'with contacts' : 'without contacts';

/** What the run's decisions are bound by. @throws EvidenceKeyGone */
function evidenceKeyOf(
  { folder, manifest }: RecordedRun,
  { evidenceKeyFile }: Pick<Resources, 'evidenceKeyFile'>,
): EvidenceKey | undefined {
  const fingerprint = manifest.options.evidenceKey ?? undefined;
  if (fingerprint === undefined) return undefined;
  const key = findEvidenceKey(folder, fingerprint, evidenceKeyFile);
  if (key === undefined) throw new EvidenceKeyGone(fingerprint);
  return key;
}

/** @throws DamagedRun */
function* earlierPayoutsOf(parts: Parts): Generator<undefined, EarlierPayouts> {
  return { made: yield* paidPayoutsOf(parts.inputs), carried: yield* carriedOf(parts.previous) };
}

/** @throws NotExecutable */
function executable<Read extends object>(read: Read | Unreadable): Read {
  if (!('problems' in read)) return read;
  throw new NotExecutable(`the archived inputs cannot be read: ${read.problems.map((each) => each.code).join(', ')}`);
}

function profileOf({ inputs, decisions }: Parts): Profile | undefined {
  const profile = inputs.manifest.profile ?? undefined;
  if (inputs === decisions) return profile;
  const named = profile ?? decisions.manifest.profile ?? undefined;
  if (named === undefined) return undefined;
  return { ...named, inputs: { ...profile?.inputs, decisions: decisions.manifest.profile?.inputs.decisions } };
}

/** @throws DamagedRun */
function* carriedOf(run: RecordedRun): Generator<undefined, readonly Carried[] | undefined> {
  return run.manifest.previous === null ? undefined : yield* parsedOutput(run, CARRIED_FILE, parseCarried);
}

/** What earlier runs had still to send, and this one too: rows that are its own are carried by nobody. @throws DamagedRun */
function* unsentOf(run: RecordedRun): Generator<undefined, readonly UnsentPayout[]> {
  return wrote(run, TO_SEND_FILE) ? yield* parsedOutput(run, TO_SEND_FILE, (bytes) => parseUnsent(bytes, '')) : [];
}

const wrote = ({ manifest }: RecordedRun, output: string): boolean =>
  manifest.outputs.some(({ name }) => name === output);
/** What earlier runs of the chain asked; nothing, where a run of an earlier version did not say. @throws DamagedRun */
function* askedOf(run: RecordedRun): Generator<undefined, readonly Asked[]> {
  return wrote(run, ASKED_FILE) ? yield* parsedOutput(run, ASKED_FILE, parseAsked) : [];
}

/** The summary of the run before, as the run copied it. @throws DamagedRun */
function* previousSummaryOf(run: RecordedRun): Generator<undefined, string | undefined> {
  return wrote(run, PREVIOUS_SUMMARY_FILE) ? yield* parsedOutput(run, PREVIOUS_SUMMARY_FILE, textOf) : undefined;
}

function* textOf(bytes: Iterable<Uint8Array>): Generator<undefined, string> {
  yield undefined;
  return Buffer.concat([...bytes]).toString('utf8');
}

/** Of payouts that the run\u2019s paid rows speak of as a whole. @throws DamagedRun */
function* paidPayoutsOf(run: RecordedRun): Generator<undefined, readonly PayoutPart[]> {
  return wrote(run, PAID_PAYOUTS_FILE) ? yield* parsedOutput(run, PAID_PAYOUTS_FILE, parsePaidPayouts) : [];
}

/** A file of the run as it wrote it, in steps. @throws DamagedRun */
function* parsedOutput<Rows>(
  { folder, manifest }: RecordedRun,
  output: string,
  parse: (bytes: Iterable<Uint8Array>) => Generator<undefined, Rows>,
): Generator<undefined, Rows> {
  const path = join(folder, output);
  try {
    const bytes = yield* keptPieces(piecesOf(path));
    const recorded = manifest.outputs.find(({ name }) => name === output)?.sha256;
    if (recorded === undefined || recorded === (yield* sha256Of(bytes))) return yield* parse(bytes);
  } catch {
    // What cannot be read is not what the run wrote either.
  }
  throw new DamagedRun(path);
}

/** What the run was handed by the one before it, beside what that had paid. @throws DamagedRun */
function* handedTo(run: RecordedRun) {
  const unsent = yield* unsentOf(run);
  const isFirst = run.manifest.previous === null;
  return {
    unsent,
    asked: isFirst ? [] : yield* askedOf(run),
    summary: isFirst ? undefined : yield* previousSummaryOf(run),
  };
}

/** A run that was executed again. */
export interface Executed extends Pick<Gathered, 'policy' | 'asOf' | 'carried' | 'evidenceKey'> {
  readonly settled: SettledInputs & Pick<SettledRun, 'unmatchedPaid'>;
  readonly paidPayouts: readonly PayoutPart[];
}

/**
 * Reads what a run is settled from, and settles it in as much memory as there may be.
 *
 * @param everyRule asks every rule of every case, whatever can be settled from sums
 * @param reviewSheet the language of the questions as a spreadsheet, where they are asked for
 * @throws Error if it cannot be read
 */
export async function execute(
  parts: Parts,
  keeper: Keeper,
  resources: Resources,
  everyRule: boolean,
  reviewSheet?: Language,
): Promise<Executed> {
  const evidenceKey = evidenceKeyOf(parts.decisions, resources);
  const inputs = runInputsOf(parts, keeper);
  const earlier = await wholeInTurns(earlierPayoutsOf(parts), () => mayEnd(resources.signal));
  const { countUnclaimed, requireSecond } = parts;
  const request = {
    ...inputs,
    ...earlier,
    countUnclaimed,
    requireSecond,
    everyRule,
    evidenceKey,
    idForm: idFormOf(parts.decisions),
  };
  const settled = executable(await settleRun(request, resources, { reviewSheet }));
  const { policy, asOf } = inputs;
  return { settled, policy, asOf, carried: earlier.carried, evidenceKey, paidPayouts: earlier.made };
}

/**
 * Inputs by their content, wherever one of the runs keeps it. What is kept but was altered is not kept.
 */
export async function keeperOf(
  runs: readonly RecordedRun[],
  { signal }: Resources,
): Promise<{ readonly keeper: Keeper } | { readonly missing: readonly string[] }> {
  const places = new Map<string, string>();
  const missing = new Set<string>();
  for (const input of runs.flatMap(({ manifest }) => manifest.inputs)) {
    if (places.has(contentOf(input))) continue;
    const place = await placeOf(input, runs, signal);
    if (place === undefined) missing.add(input.name);
    else places.set(contentOf(input), place);
  }
  if (missing.size > 0) return { missing: [...missing] };
  return { keeper: (input) => places.get(contentOf(input)) ?? '' };
}

const contentOf = ({ sha256: hash, gzip }: Input): string => `${hash} ${gzip}`;

/** Whether a file holds the content of an input. @throws what the signal was aborted with */
export async function isKept(
  path: string,
  { sha256: wanted, gzip }: Pick<Input, 'sha256' | 'gzip'>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!existsSync(path)) return false;
  const hash = await contentHash(path, gzip, signal).catch(() => '');
  signal?.throwIfAborted();
  return hash === wanted;
}

async function placeOf(
  input: Input,
  runs: readonly RecordedRun[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  for (const { folder } of runs) {
    const path = archivedPath(folder, input);
    if (await isKept(path, input, signal)) return path;
  }
  return undefined;
}

/** How a run comes out when it is executed again. */
export interface Again {
  /** Outputs that the run recorded, and that come out otherwise or not at all. */
  readonly differing: readonly string[];
  /** Outputs that only come out now. */
  readonly unrecorded: readonly string[];
  /** What manifest.json would say, but for the fingerprint. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** How the program words a run, and by what means it is executed. */
export interface HowMade {
  readonly summaryText: SummaryText;
  readonly page?: PageOf | undefined;
  readonly resources?: Resources | undefined;
}

/**
 * Executes a run again, asking every rule of every case.
 *
 * @param inputs where each lies, and its bytes as it was given
 */
export async function reExecute(
  folder: string,
  manifest: Manifest,
  { pathOf, sizeOf }: { readonly pathOf: Keeper; readonly sizeOf: (input: Input) => number },
  { summaryText, page, resources = {} }: HowMade,
): Promise<Again> {
  const language = manifest.options.excelLanguage ?? undefined;
  const { settled, policy, asOf, carried, evidenceKey, paidPayouts } = await execute(
    partsOf({ folder, manifest }),
    pathOf,
    resources,
    true,
    language,
  );
  const { unsent, asked, summary } = await wholeInTurns(handedTo({ folder, manifest }), () => mayEnd(resources.signal));
  const allowPaidRowsGone = manifest.options.allowPaidRowsGone === true;
  const workbook = language === undefined ? undefined : await workbookOf(settled.written, language);
  const steps = runFiles({
    ...settled,
    tables: { ...settled.tables, files: asGiven(settled.tables.files, manifest, sizeOf) },
    policy,
    asOf,
    profile: manifest.profile ?? undefined,
    countUnclaimed: manifest.options.countUnclaimed,
    requireSecond: needsSecond(manifest),
    encoding: manifest.options.encoding ?? undefined,
    evidenceKey,
    allowPaidRowsGone,
    excel: manifest.options.excel,
    ...(language === undefined ? {} : { excelLanguage: language }),
    workbook,
    program: manifest.program,
    archived: manifest.options.archive ? [] : undefined,
    previous:
      manifest.previous === null
        ? undefined
        : {
            ...manifest.previous,
            carried: carried ?? [],
            unsent,
            asked,
            summary,
          },
    paidPayouts,
    summaryText,
    report: manifest.options.report === true,
    page,
  });
  const { files } = await wholeInTurns(steps, () => mayEnd(resources.signal));
  const expected = new Map(manifest.outputs.map(({ name, sha256: hash }) => [name, hash]));
  const made = files.filter(({ name }) => name !== MANIFEST && name !== 'SHA256SUMS');
  const recorded = made.filter(({ name }) => expected.has(name));
  const otherwise = recorded.filter((file) => expected.get(file.name) !== file.sha256).map(({ name }) => name);
  const missing = [...expected.keys()].filter((name) => !made.some((file) => file.name === name));
  // A run that has lost sight of a payout would have been refused: its row was taken out.
  const isShort = !allowPaidRowsGone && payoutsGone({ carried, unsent, paid: settled.tables.paid }).length > 0;
  const short = isShort && wrote({ folder, manifest }, TO_SEND_FILE) ? [TO_SEND_FILE] : [];
  return {
    differing: [...new Set([...otherwise, ...missing, ...short])],
    unrecorded: made.filter(({ name }) => !expected.has(name)).map(({ name }) => name),
    manifest: bodyOf(String(files.find(({ name }) => name === MANIFEST)?.content)),
  };
}

const MANIFEST = 'manifest.json';

function bodyOf(written: string): Again['manifest'] {
  const { fingerprint: _, ...body } = JSON.parse(written) as Record<string, unknown>;
  return body;
}

/** Inputs as the run was given them: what came uncompressed is kept compressed. */
function asGiven(
  files: readonly InputFile[],
  { inputs }: Manifest,
  sizeOf: (input: Input) => number,
): readonly InputFile[] {
  const waiting = [...inputs];
  return files.map((file) => {
    const place = waiting.findIndex(({ kind, name }) => kind === file.kind && name === file.name);
    const [input] = place < 0 ? [] : waiting.splice(place, 1);
    if (input === undefined || input.gzip) return file;
    return { ...file, sha256: input.sha256, compressed: false, sizeBytes: sizeOf(input) };
  });
}
