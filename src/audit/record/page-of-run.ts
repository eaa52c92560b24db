import { join } from 'node:path';
import type { Step } from '../../base/steps.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { policyOf } from '../../policy/policy.ts';
import { FIGURES_FILE } from '../../publish/figures-file.ts';
import { NoPlainFile, readPlainFile } from '../../publish/folder-entries.ts';
import { sha256Of } from '../../publish/hash.ts';
import { isOfPage, type PageOf } from '../../publish/page.ts';
import { PREVIOUS_SUMMARY_FILE } from '../../publish/previous.ts';
import { figuresSchema } from './figures-schema.ts';
import { DamagedRun } from './records.ts';
import type { Manifest } from './run-record.ts';
import { summarySchema } from './summary-schema.ts';

/**
 * The page of a run, made of its published files as the manifest has them, whether the run made one or not.
 *
 * @throws DamagedRun where one of them is not what the manifest says, or not what a run writes
 */
export function* pageOfRun(folder: string, manifest: Manifest, page: PageOf): Generator<Step, string> {
  const asOf = readInstant(manifest.asOf);
  if ('problem' in asOf) throw new DamagedRun(join(folder, 'manifest.json'));
  const files = new Map<string, Buffer>();
  for (const { name, sha256 } of manifest.outputs) {
    if (!isOfPage(name)) continue;
    const content = yield* contentOf(join(folder, name), sha256);
    requireForm(name, content, join(folder, name));
    files.set(name, content);
  }
  const facts = { previousFingerprint: manifest.previous?.fingerprint ?? null };
  return yield* page(files, policyOf(manifest.policy), asOf.value, facts);
}

/** @throws DamagedRun, and what the system says where it may not be read */
function* contentOf(path: string, hash: string): Generator<undefined, Buffer> {
  try {
    const content = readPlainFile(path);
    yield undefined;
    if ((yield* sha256Of([content])) === hash) return content;
  } catch (error) {
    if (!(error instanceof NoPlainFile) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  throw new DamagedRun(path);
}

const FORMS = {
  'summary.json': summarySchema,
  [PREVIOUS_SUMMARY_FILE]: summarySchema,
  [FIGURES_FILE]: figuresSchema,
} as const;

/** Sums that fit say nothing of who wrote a file: what the page counts on is looked at. @throws DamagedRun */
function requireForm(name: string, content: Buffer, path: string): void {
  if (!Object.hasOwn(FORMS, name)) return;
  const schema = FORMS[name as keyof typeof FORMS]();
  try {
    if (schema.safeParse(JSON.parse(content.toString('utf8'))).success) return;
  } catch {
    // No JSON at all.
  }
  throw new DamagedRun(path);
}
