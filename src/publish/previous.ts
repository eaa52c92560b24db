import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../base/instants.ts';
import { compareText } from '../base/text.ts';
import { readInstant } from '../intake/values/dates.ts';
import type { RouteId } from '../policy/vocabulary.ts';
import type { PaidRow } from '../tables/tables.ts';
import { ASKED_FILE, type Asked, askedSoFar, parseAsked, REVIEW_FILE } from './asked.ts';
import { INPUT_DAYS_FILE, type PublishedDay, parseInputDays } from './published-days.ts';
import { publishedRows } from './published-rows.ts';
import { parseUnsent, TO_SEND_FILE, type UnsentPayout } from './unsent-payouts.ts';

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
  /** The fingerprint of what its decisions are bound by. */
  readonly evidenceKey: string | undefined;
  readonly asOf: Instant;
  /** Everything that the chain has paid so far, the previous run's own payouts included. */
  readonly carried: readonly Carried[];
  /** What it had still to send; of a run of an older version, what it made itself. */
  readonly unsent: readonly UnsentPayout[];
  /** Every question that the chain has asked so far, the previous run's own included. */
  readonly asked: readonly Asked[];
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
  constructor(why: NotARun['why']) {
    super(why);
    this.why = why;
  }
}

export const CARRIED_FILE = 'carried.csv';

const REFUSALS: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE']);

/** Whether the system would not let it be read: nothing is said then of what stands there. */
export const isRefusal = (error: unknown): boolean => REFUSALS.has((error as NodeJS.ErrnoException).code);

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
  policy: z.object({ id: z.string() }),
  options: z.object({ evidenceKey: z.string().nullish() }).catch({}),
  /** Runs of the first versions did not tell enough of them. */
  inputs: z.array(inputSchema).catch([]),
});

/** A folder that may not be looked into is not one without a run. @throws what the system refuses */
function hasManifest(folder: string): boolean {
  try {
    return statSync(join(folder, 'manifest.json'), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isRefusal(error)) throw error;
    return false;
  }
}

/** Reads the run before this one. Its files must be what its SHA256SUMS says. @throws NotARun */
export function readPrevious(folder: string): Previous {
  if (!hasManifest(folder)) throw new NotARun('missing');
  try {
    const read = checkedReader(folder);
    const manifest = required(read, 'manifest.json');
    const { fingerprint, asOf, policy, options, inputs } = manifestSchema.parse(JSON.parse(manifest));
    const instant = readInstant(asOf);
    if ('problem' in instant) throw new NotARun('damaged');
    const eligibility = publishedRows(required(read, 'eligibility.csv'));
    const made = eligibility
      .filter((row) => row.payout_id !== '')
      .map((row) => ({
        payoutId: row.payout_id ?? '',
        couponNumber: row.coupon_number ?? '',
        amountYen: Number(row.payable_yen),
        madeAt: asOf,
        route: row.route ?? '',
      }));
    return {
      manifestSha256: sha256Of(manifest),
      fingerprint,
      policyId: policy.id,
      evidenceKey: options.evidenceKey ?? undefined,
      asOf: instant.value,
      carried: sortCarried([...readCarried(read), ...made]),
      unsent: parseUnsent(read(TO_SEND_FILE) ?? required(read, 'payouts.csv'), asOf),
      asked: askedSoFar(readAsked(read), publishedRows(required(read, REVIEW_FILE)), asOf),
      coupons: new Map(
        eligibility.map((row) => [
          row.coupon_number ?? '',
          { status: row.status ?? '', payableYen: row.payable_yen ?? '' },
        ]),
      ),
      inputs: { files: inputs, days: readDays(read) },
    };
  } catch (error) {
    // What the system refuses is not the run\u2019s fault.
    if (error instanceof NotARun || isRefusal(error)) throw error;
    throw new NotARun('damaged');
  }
}

const sha256Of = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Undefined of what the run did not write; what it did write must be there, as it was. */
type CheckedReader = (name: string) => string | undefined;

function checkedReader(folder: string): CheckedReader {
  const sums = new Map(
    readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  return (name) => {
    if (!sums.has(name) && !existsSync(join(folder, name))) return undefined;
    const content = readFileSync(join(folder, name), 'utf8');
    if (sums.get(name) !== sha256Of(content)) throw new NotARun('damaged');
    return content;
  };
}

/** @throws NotARun */
function required(read: CheckedReader, name: string): string {
  const content = read(name);
  if (content === undefined) throw new NotARun('damaged');
  return content;
}

function readCarried(read: CheckedReader): readonly Carried[] {
  const content = read(CARRIED_FILE);
  return content === undefined ? [] : parseCarried(content);
}

function readDays(read: CheckedReader): InputsBefore['days'] {
  const content = read(INPUT_DAYS_FILE);
  return content === undefined ? undefined : parseInputDays(content);
}

/** Runs of earlier versions did not hand it on. */
function readAsked(read: CheckedReader): readonly Asked[] {
  const content = read(ASKED_FILE);
  return content === undefined ? [] : parseAsked(content);
}

/** The rows of a carried.csv. */
export function parseCarried(content: string): readonly Carried[] {
  return publishedRows(content).map((row) => ({
    payoutId: row.payout_id ?? '',
    couponNumber: row.coupon_number ?? '',
    amountYen: Number(row.amount_yen),
    madeAt: row.made_at ?? '',
    route: row.route ?? '',
  }));
}

const sortCarried = (rows: readonly Carried[]): readonly Carried[] =>
  [...rows].sort((a, b) => compareText(a.payoutId, b.payoutId) || compareText(a.couponNumber, b.couponNumber));

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
