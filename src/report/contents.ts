import type { Instant } from '../base/instants.ts';
import type { Policy } from '../policy/policy.ts';
import type { Figures } from '../publish/figures-file.ts';
import type { PageFacts } from '../publish/page.ts';
import type { Summary } from '../publish/summary.ts';
import { NO_TABLE, type PublishedTable, tableOf } from './published-table.ts';

/** Everything a page is made of. None of the files has anybody's contacts. */
export interface Contents {
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly previousFingerprint: string | null;
  readonly summary: Summary;
  /** Of the night before, where there was one that kept it. */
  readonly previous: Summary | undefined;
  /** Undefined of a run that was made without figures. */
  readonly figures: Figures | undefined;
  /** eligibility.csv */
  readonly coupons: PublishedTable;
  readonly review: PublishedTable;
  readonly merchantDays: PublishedTable;
  /** paid_template.csv: what is to be sent, without whom to. */
  readonly toSend: PublishedTable;
  /** outage_payments.csv; undefined of a run that was made without. */
  readonly payments: PublishedTable | undefined;
}

/** @param published the files of a run by their names, of which only those that are named here are read */
export function* contentsOf(
  published: ReadonlyMap<string, Uint8Array>,
  policy: Policy,
  asOf: Instant,
  { previousFingerprint }: PageFacts,
): Generator<undefined, Contents> {
  const json = <T>(name: string): T | undefined => {
    const bytes = published.get(name);
    if (bytes === undefined) return undefined;
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as T;
  };
  const table = function* (name: string): Generator<undefined, PublishedTable | undefined> {
    yield undefined;
    const bytes = published.get(name);
    return bytes === undefined ? undefined : yield* tableOf(bytes);
  };
  const summary = json<Summary>('summary.json');
  if (summary === undefined) throw new Error('a page is made of a summary, among others');
  return {
    policy,
    asOf,
    previousFingerprint,
    summary,
    previous: json<Summary>('previous_summary.json'),
    figures: json<Figures>('figures.json'),
    coupons: (yield* table('eligibility.csv')) ?? NO_TABLE,
    review: (yield* table('review.csv')) ?? NO_TABLE,
    merchantDays: (yield* table('merchant_days.csv')) ?? NO_TABLE,
    toSend: (yield* table('paid_template.csv')) ?? NO_TABLE,
    payments: yield* table('outage_payments.csv'),
  };
}
