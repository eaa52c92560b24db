import { formatInstant, type Instant } from '../base/instants.ts';
import type { Language } from '../base/text.ts';
import type { Profile } from '../intake/schema/profile.ts';
import { clausesOf, type Policy, readingsOf } from '../policy/policy.ts';
import { wordedBy } from '../policy/wording.ts';
import type { Rule } from '../rules/rule.ts';
import type { InputFile, IssuedCoupons } from '../tables/tables.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './hash.ts';
import type { Previous } from './previous.ts';

export interface ProgramIdentity {
  readonly name: string;
  readonly version: string;
  /** The source revision that was built, or `unknown`. */
  readonly revision: string;
}

/** A file of the run folder, as it is written. */
export interface FileText {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface OutputFile extends FileText {
  readonly sha256: string;
  readonly rows?: number;
  /** Column → its sum. */
  readonly totals?: Readonly<Record<string, number>>;
}

export interface ManifestFacts {
  readonly program: ProgramIdentity;
  readonly policy: Policy;
  readonly profile: Profile | undefined;
  readonly rules: readonly Rule[];
  readonly asOf: Instant;
  readonly countUnclaimed: boolean;
  readonly requireSecond?: boolean;
  readonly encoding: string | undefined;
  /** What evidence is bound to decisions by; undefined: what is not personal in it, by no key. */
  readonly evidenceKey?: { readonly fingerprint: string } | undefined;
  readonly allowPaidRowsGone: boolean;
  readonly excel: boolean;
  /** Of review.xlsx. */
  readonly excelLanguage?: Language;
  /** The page, and what is made for it. */
  readonly report: boolean;
  readonly inputs: readonly InputFile[];
  readonly issued: IssuedCoupons;
  readonly outputs: readonly OutputFile[];
  /** The inputs are kept in the run folder. */
  readonly archived: boolean;
  readonly previous: Pick<Previous, 'manifestSha256' | 'fingerprint'> | undefined;
}

const instantOrNull = (instant: Instant | undefined): string | null =>
  instant === undefined ? null : formatInstant(instant);

/** What the rules in force are: another hash means that a coupon may be judged otherwise. */
export function ruleSetHash(rules: readonly Rule[], policy: Policy): string {
  if (latest?.rules === rules && latest.policy === policy) return latest.hash;
  const hash = sha256(
    canonicalJson({
      rules: rules.map(({ id, version, clauses, readings, reading }) => ({
        id,
        version,
        clauses,
        readings,
        reading: wordedBy(policy.terms, reading),
      })),
      clauses: clausesOf(policy),
      readings: readingsOf(policy),
      terms: policy.file.terms,
    }),
  );
  latest = { rules, policy, hash };
  return hash;
}

/** Whoever makes many runs in one process makes them by the same rules. */
let latest: { readonly rules: readonly Rule[]; readonly policy: Policy; readonly hash: string } | undefined;

/**
 * manifest.json, the proof of a run. It holds no time of writing, no host and no path, so the fingerprint covers all of it.
 */
export function manifestText(facts: ManifestFacts): { readonly content: string; readonly fingerprint: string } {
  const body = {
    schemaVersion: 1,
    program: facts.program,
    ruleSet: {
      sha256: ruleSetHash(facts.rules, facts.policy),
      rules: facts.rules.map(({ id, version, clauses, readings }) => ({ id, version, clauses, readings })),
    },
    policy: facts.policy.file,
    profile: facts.profile ?? null,
    asOf: formatInstant(facts.asOf),
    options: {
      allowPaidRowsGone: facts.allowPaidRowsGone,
      countUnclaimed: facts.countUnclaimed,
      requireSecond: facts.requireSecond === true,
      encoding: facts.encoding ?? null,
      evidenceKey: facts.evidenceKey?.fingerprint ?? null,
      excel: facts.excel,
      excelLanguage: facts.excel ? (facts.excelLanguage ?? null) : null,
      archive: facts.archived,
      report: facts.report,
    },
    previous:
      facts.previous === undefined
        ? null
        : { manifestSha256: facts.previous.manifestSha256, fingerprint: facts.previous.fingerprint },
    inputs: facts.inputs.map((file) => ({
      kind: file.kind,
      name: file.name,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
      encoding: file.encoding,
      gzip: file.compressed,
      rowsRead: file.rowsRead,
      yenRead: file.yenRead,
      dispositions: file.dispositions,
      coupons: file.coupons,
      firstAt: instantOrNull(file.firstAt),
      lastAt: instantOrNull(file.lastAt),
    })),
    issued: facts.issued,
    outputs: facts.outputs.map(({ name, sha256: hash, rows, totals }) => ({
      name,
      sha256: hash,
      ...(rows === undefined ? {} : { rows }),
      ...(totals === undefined ? {} : { totals }),
    })),
  };
  const fingerprint = sha256(canonicalJson(body));
  return { content: canonicalJson({ ...body, fingerprint }), fingerprint };
}
