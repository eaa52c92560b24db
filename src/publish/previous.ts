import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Instant } from '../base/instants.ts';
import { sorted } from '../base/steps.ts';
import { compareText, type Text, text } from '../base/text.ts';
import { readInstant } from '../intake/values/dates.ts';
import type { TermsAsWritten } from '../policy/term-differences.ts';
import type { RouteId } from '../policy/vocabulary.ts';
import type { PaidRow } from '../tables/tables.ts';
import { ASKED_FILE, type Asked, askedSoFar, parseAsked, REVIEW_FILE } from './asked.ts';
import { NoPlainFile } from './folder-entries.ts';
import { sha256 } from './hash.ts';
import { pinProblems } from './pinned.ts';
import { INPUT_DAYS_FILE, type PublishedDay, parseInputDays } from './published-days.ts';
import { type Cells, madeOf, publishedRows, wholeYen } from './published-rows.ts';
import { parseUnsent, TO_SEND_FILE, type UnsentPayout } from './unsent-payouts.ts';
import { type WholeRun, wholeRunAt, wholeRunProblems } from './whole-run.ts';

/** A payout that an earlier run of the chain made, for one of its coupons. A row of carried.csv. */
export interface Carried {
  readonly payoutId: string;
  readonly couponNumber: string;
  readonly amountYen: number;
  /** The as-of of the run that made it. */
  readonly madeAt: string;
  /** Empty where a run of an older version carried it, and did not say. */
  readonly route: RouteId;
}

/** What a run needs to know of the one before it. */
export interface Previous {
  readonly manifestSha256: string;
  readonly fingerprint: string;
  readonly policyId: string;
  /** Those that it was made under, as its policy states them. */
  readonly terms?: TermsAsWritten | undefined;
  /** The fingerprint of what its decisions are bound by. */
  readonly evidenceKey: string | undefined;
  readonly asOf: Instant;
  /** Everything that the chain has paid so far, the previous run's own payouts included. */
  readonly carried: readonly Carried[];
  /** What it had still to send; of a run of an older version, what it made itself. */
  readonly unsent: readonly UnsentPayout[];
  /** Every question that the chain has asked so far, the previous run's own included. */
  readonly asked: readonly Asked[];
  /** Its summary.json, where it has one. */
  readonly summary?: string | undefined;
  /** What that run said was payable, and the status, by coupon. */
  readonly coupons: ReadonlyMap<string, { readonly status: string; readonly payableYen: string }>;
  readonly inputs: InputsBefore;
}

/** The inputs of the run before, as far as it says. */
export interface InputsBefore {
  readonly files: readonly FileBefore[];
  /** Undefined of a run that an older version made. */
  readonly days: readonly PublishedDay[] | undefined;
}

export type FileBefore = z.infer<typeof inputSchema>;

/** The folder is no run that can be continued. */
export class NotARun extends Error {
  readonly why: 'missing' | 'damaged';
  /** Of a damaged one which file differs, and from what. */
  readonly problems: readonly Text[];
  constructor(why: NotARun['why'], problems: readonly Text[] = []) {
    super(why);
    this.why = why;
    this.problems = problems;
  }
}

export const CARRIED_FILE = 'carried.csv';
/** A copy of the summary of the run before: what the page holds its own against. */
export const PREVIOUS_SUMMARY_FILE = 'previous_summary.json';

/** What the system says of a place where there is no such file: it says that of the folder. */
const ABSENCES: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENXIO']);

/** Whether the system would not let it be read: nothing is said then of what stands there. */
export function isRefusal(error: unknown): boolean {
  const { code, errno, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return errno !== undefined && syscall !== undefined && !ABSENCES.has(code);
}

const counted = z.object({ rows: z.number() });
const inputSchema = z.object({
  kind: z.string(),
  name: z.string(),
  rowsRead: z.number(),
  dispositions: z.object({
    accepted: counted,
    out_of_scope: counted,
    after_as_of: counted,
    conflicting: counted,
    rejected: counted,
  }),
});
const manifestSchema = z.object({
  fingerprint: z.string(),
  asOf: z.string(),
  policy: z.object({ id: z.string(), terms: z.record(z.string(), z.unknown()).optional() }),
  options: z.object({ evidenceKey: z.string().nullish() }).catch({}),
  /** Runs of the first versions did not tell enough of them. */
  inputs: z.array(inputSchema).catch([]),
});

const numbers = (...names: readonly string[]) =>
  z.looseObject(Object.fromEntries(names.map((name) => [name, z.number()])));
const yen = numbers('yen');
/** What a page holds its own night against. */
const comparedSchema = z.looseObject({
  sending: z.looseObject({ toSend: z.looseObject({ now: yen, later: yen }) }),
  statuses: z.record(z.string(), numbers('coupons', 'residualYen', 'reinstateYen', 'payableYen')),
  review: z.record(
    z.string(),
    numbers('open', 'stale', 'needsSecond', 'stakeYen').and(z.looseObject({ holds: z.boolean() })),
  ),
});

/** As it was written: the next run copies it. @throws where it is not what a page can be held against */
function* comparable(bytes: Iterable<Uint8Array>): Generator<undefined, string> {
  const summary = Buffer.concat([...bytes]).toString('utf8');
  yield undefined;
  comparedSchema.parse(JSON.parse(summary));
  return summary;
}

/** A folder that may not be looked into is not one without a run. @throws what the system refuses */
function hasManifest(folder: string): boolean {
  try {
    return statSync(join(folder, 'manifest.json'), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isRefusal(error)) throw error;
    return false;
  }
}

/**
 * Reads the run before this one, in steps: all of its folder as its manifest and SHA256SUMS say, and the manifest as the
 * runs beside it say. Every file is read once.
 *
 * @throws NotARun, or what the system refuses
 */
export function* readPrevious(folder: string): Generator<undefined, Previous> {
  if (!hasManifest(folder)) throw new NotARun('missing');
  try {
    const run = wholeRunAt(folder);
    const written = run.names.has(MANIFEST) ? run.textOf(MANIFEST) : '';
    const bytes = new Map<string, readonly Uint8Array[]>();
    for (const name of READ_OF_IT) if (run.names.has(name)) bytes.set(name, yield* run.bytesOf(name));
    const problems = [...(yield* wholeRunProblems(run)), ...pinProblems(folder, written)];
    if (problems.length > 0) throw new NotARun('damaged', problems);
    return yield* previousOf(written, (name) => bytes.get(name), run);
  } catch (error) {
    // What the system refuses is not the run\u2019s fault.
    if (error instanceof NotARun || isRefusal(error)) throw error;
    if (error instanceof NoPlainFile) throw new NotARun('damaged', [unreadable(error.path.slice(folder.length + 1))]);
    throw new NotARun('damaged');
  }
}

const MANIFEST = 'manifest.json';
const ELIGIBILITY = 'eligibility.csv';
const PAYOUTS = 'payouts.csv';
const SUMMARY = 'summary.json';
/** Beside the manifest; the others are hashed only. */
const READ_OF_IT: readonly string[] = [
  ELIGIBILITY,
  PAYOUTS,
  CARRIED_FILE,
  TO_SEND_FILE,
  ASKED_FILE,
  REVIEW_FILE,
  INPUT_DAYS_FILE,
  SUMMARY,
];

const unreadable = (name: string): Text => text(`${name} が読めない`, `${name} cannot be read`);

/** Undefined of what the run did not write. */
type Written = (name: string) => readonly Uint8Array[] | undefined;

/** @throws NotARun where a table is not what a run writes */
function* previousOf(
  written: string,
  read: Written,
  { names }: Pick<WholeRun, 'names'>,
): Generator<undefined, Previous> {
  const { fingerprint, asOf, policy, options, inputs } = manifestIn(written);
  const instant = readInstant(asOf);
  if ('problem' in instant) throw new NotARun('damaged', [unreadable(MANIFEST)]);
  function* optional<Rows>(name: string, parse: Parse<Rows>): Generator<undefined, Rows | undefined> {
    return read(name) === undefined ? undefined : yield* parsed(name, read(name), parse);
  }
  const unsentFile = names.has(TO_SEND_FILE) ? TO_SEND_FILE : PAYOUTS;
  const { made, coupons } = yield* parsed(ELIGIBILITY, read(ELIGIBILITY), (bytes) => eligibilityIn(bytes, asOf));
  const askedBefore = (yield* optional(ASKED_FILE, parseAsked)) ?? [];
  const asked = yield* parsed(REVIEW_FILE, read(REVIEW_FILE), (bytes) =>
    askedSoFar(askedBefore, publishedRows(bytes, ['review_id']), asOf),
  );
  const carried = (yield* optional(CARRIED_FILE, parseCarried)) ?? [];
  return {
    manifestSha256: sha256(written),
    fingerprint,
    policyId: policy.id,
    terms: policy.terms,
    evidenceKey: options.evidenceKey ?? undefined,
    asOf: instant.value,
    carried: yield* sorted([...carried, ...made], byPayout),
    unsent: yield* parsed(unsentFile, read(unsentFile), (bytes) => parseUnsent(bytes, asOf)),
    asked,
    summary: yield* optional(SUMMARY, comparable),
    coupons,
    inputs: { files: inputs, days: yield* optional(INPUT_DAYS_FILE, parseInputDays) },
  };
}

/** @throws NotARun */
function manifestIn(written: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(written));
  } catch {
    throw new NotARun('damaged', [unreadable(MANIFEST)]);
  }
}

/** In steps. */
type Parse<Rows> = (bytes: Iterable<Uint8Array>) => Generator<undefined, Rows>;

/** @throws NotARun where it is not there, or is no such file */
function* parsed<Rows>(
  name: string,
  bytes: readonly Uint8Array[] | undefined,
  parse: Parse<Rows>,
): Generator<undefined, Rows> {
  try {
    if (bytes !== undefined) return yield* parse(bytes);
  } catch {
    // That it is as its manifest says does not make it what a run writes.
  }
  throw new NotARun('damaged', [unreadable(name)]);
}

interface EligibilityBefore extends Pick<Previous, 'coupons'> {
  /** What the run has paid itself. */
  readonly made: readonly Carried[];
}

/** @throws Error where a row is not what a run writes */
function* eligibilityIn(bytes: Iterable<Uint8Array>, asOf: string): Generator<undefined, EligibilityBefore> {
  const made: Carried[] = [];
  const coupons = new Map<string, { readonly status: string; readonly payableYen: string }>();
  for (const row of publishedRows(bytes, ['coupon_number', 'status', 'payable_yen', 'route', 'payout_id'])) {
    if (row === undefined) {
      yield undefined;
      continue;
    }
    if (row.payout_id !== '') made.push(carriedOf(row, asOf));
    coupons.set(row.coupon_number ?? '', { status: row.status ?? '', payableYen: row.payable_yen ?? '' });
  }
  return { made, coupons };
}

const carriedOf = (row: Cells, asOf: string): Carried => ({
  payoutId: row.payout_id ?? '',
  couponNumber: row.coupon_number ?? '',
  amountYen: wholeYen(row.payable_yen),
  madeAt: asOf,
  route: row.route ?? '',
});

/** The rows of a carried.csv, in steps. @throws Error where one is not what a run writes */
export const parseCarried = (bytes: Iterable<Uint8Array>): Generator<undefined, readonly Carried[]> =>
  madeOf(publishedRows(bytes), (row) => ({
    payoutId: row.payout_id ?? '',
    couponNumber: row.coupon_number ?? '',
    amountYen: wholeYen(row.amount_yen),
    madeAt: instantText(row.made_at),
    route: row.route ?? '',
  }));

/** @throws Error */
function instantText(cell: string | undefined): string {
  if (cell === undefined || 'problem' in readInstant(cell)) throw new Error('no instant');
  return cell;
}

const byPayout = (a: Carried, b: Carried): number =>
  compareText(a.payoutId, b.payoutId) || compareText(a.couponNumber, b.couponNumber);

/** No input file: the row comes from the run before. */
const FROM_CHAIN = -1;
export const isFromChain = ({ file }: Pick<PaidRow, 'file'>): boolean => file === FROM_CHAIN;

/**
 * Adds what earlier runs paid to the paid rows. `--paid` speaks last: where it knows the payout, its status stands. Where
 * it names another amount, both count as contradictory and hold the coupon.
 */
export function withCarried(paid: readonly PaidRow[], carried: readonly Carried[], asOf: Instant): readonly PaidRow[] {
  const known = new Map<string, PaidRow[]>();
  for (const row of paid) {
    if (row.sentAt >= asOf || row.disposition === 'rejected') continue;
    const key = `${row.payoutId}\x1f${row.couponNumber}`;
    known.set(key, [...(known.get(key) ?? []), row]);
  }
  const contradicted = new Set<PaidRow>();
  const added: PaidRow[] = [];
  for (const each of carried) {
    const rows = known.get(`${each.payoutId}\x1f${each.couponNumber}`) ?? [];
    const differs = rows.some((row) => row.amountYen !== each.amountYen);
    if (rows.length > 0 && !differs) continue;
    if (differs) for (const row of rows) contradicted.add(row);
    added.push(paidRowOf(each, differs));
  }
  return [
    ...paid.map((row) =>
      contradicted.has(row) ? { ...row, disposition: 'conflicting' as const, contradictsRun: true } : row,
    ),
    ...added,
  ];
}

function paidRowOf(carried: Carried, contradicted: boolean): PaidRow {
  const madeAt = readInstant(carried.madeAt);
  if ('problem' in madeAt) throw new NotARun('damaged');
  return {
    payoutId: carried.payoutId,
    couponNumber: carried.couponNumber,
    amountYen: carried.amountYen,
    sentAt: madeAt.value,
    status: 'sent',
    disposition: contradicted ? 'conflicting' : 'accepted',
    file: FROM_CHAIN,
    line: 0,
  };
}
