import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Text, text } from '../../base/text.ts';
import { STATED_ENCODINGS } from '../../intake/bytes/file.ts';
import { recordedProfileSchema } from '../../intake/schema/profile.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { policyFileSchema } from '../../policy/policy-file.ts';
import { entryAt, NoPlainFile, readManifestBytes } from '../../publish/folder-entries.ts';
import { sha256Of } from '../../publish/hash.ts';
import { INPUT_KINDS } from '../../tables/tables.ts';
import { piecesOf } from './files.ts';
import { NO_FILE } from './records.ts';

const rowsAndYen = z.object({ rows: z.number(), yen: z.number() });

const manifestWith = () =>
  z.object({
    schemaVersion: z.literal(1),
    program: z.object({ name: z.string(), version: z.string(), revision: z.string() }),
    ruleSet: z.object({
      sha256: z.string(),
      rules: z.array(
        z.object({ id: z.string(), version: z.int(), clauses: z.array(z.string()), readings: z.array(z.string()) }),
      ),
    }),
    policy: policyFileSchema,
    profile: recordedProfileSchema().nullable(),
    asOf: z.string().refine((written) => !('problem' in readInstant(written))),
    options: z.object({
      countUnclaimed: z.boolean(),
      /** Runs of earlier versions did not know it. */
      requireSecond: z.boolean().optional(),
      encoding: z.enum(STATED_ENCODINGS).nullable(),
      excel: z.boolean(),
      excelLanguage: z.enum(['ja', 'en']).nullish(),
      archive: z.boolean(),
      /** Runs of earlier versions, and runs of no series, have none. */
      evidenceKey: z.string().nullish(),
      /** Runs of earlier versions did not know it, and wrote no to_send.csv. */
      allowPaidRowsGone: z.boolean().optional(),
      /** Runs of earlier versions made no page, and nothing for one. */
      report: z.boolean().optional(),
    }),
    previous: z.object({ manifestSha256: z.string(), fingerprint: z.string() }).nullable(),
    inputs: z.array(
      z.object({
        kind: z.enum(INPUT_KINDS),
        name: z.string(),
        sha256: z.string(),
        gzip: z.boolean(),
        /** Runs of earlier versions did not count them. */
        coupons: z.object({ unknown: rowsAndYen, unknownOther: rowsAndYen.optional() }).nullish(),
        /** Nor did they look at these. */
        firstAt: z.string().nullish(),
      }),
    ),
    outputs: z.array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        rows: z.int().optional(),
        totals: z.record(z.string(), z.number()).optional(),
      }),
    ),
    fingerprint: z.string(),
  });
export type Manifest = z.infer<ReturnType<typeof manifestWith>>;

/** Whether an approval counted only once another person had confirmed it. */
export const needsSecond = ({ options }: Pick<Manifest, 'options'>): boolean => options.requireSecond === true;

let schema: ReturnType<typeof manifestWith> | undefined;
/** manifest.json as an auditor reads it: only what is relied on. */
export function manifestSchema(): ReturnType<typeof manifestWith> {
  schema ??= manifestWith();
  return schema;
}

export type ReadManifest = { readonly manifest: Manifest; readonly text: string } | { readonly unreadable: Text };

/** Reads a run's manifest. @throws what the system says where it may not be read */
export function readManifest(folder: string): ReadManifest {
  try {
    const written = readManifestBytes(folder).toString('utf8');
    const parsed = manifestSchema().safeParse(JSON.parse(written));
    if (parsed.success) return { manifest: parsed.data, text: written };
    const entries = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].join(', ');
    return {
      unreadable: text(
        `manifest.json に次の項目がないか、形が違う: ${entries}`,
        `manifest.json lacks these entries, or has them in another form: ${entries}`,
      ),
    };
  } catch (error) {
    const unreadable = whyUnreadable(folder, error);
    // That it may not be read says nothing of what it is, and a bug nothing of the run.
    if (unreadable === undefined) throw error;
    return { unreadable };
  }
}

/** What stands there in the place of a run, in plain words; undefined for what is not the folder\u2019s fault. */
function whyUnreadable(folder: string, error: unknown): Text | undefined {
  if (error instanceof SyntaxError) return text('manifest.json が JSON でない', 'manifest.json is not JSON');
  if (error instanceof NoPlainFile)
    return entryAt(error.path)?.kind === 'file'
      ? text('manifest.json が大きすぎる', 'manifest.json is larger than any that a run writes')
      : NO_MANIFEST_FILE;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !NO_FILE.has(code)) return undefined;
  if (!existsSync(folder)) return text('そのようなフォルダーはない', 'there is no such folder');
  if (!statSync(folder).isDirectory())
    return text('フォルダーではなくファイルがある', 'a file stands there, no folder');
  return code === 'ENOENT' ? text('manifest.json がない', 'manifest.json is missing') : NO_MANIFEST_FILE;
}

const NO_MANIFEST_FILE = text('manifest.json がファイルでない', 'manifest.json is no file');

/** A folder that has anything by which a run is known. */
export const hasRun = (folder: string): boolean =>
  ['manifest.json', 'SHA256SUMS'].some((name) => existsSync(join(folder, name)));

/** SHA-256 of a file, in steps: an archived input may be larger than what Node reads at once (2 GiB). */
export const hashOfFile = (path: string): Generator<undefined, string> => sha256Of(piecesOf(path));
