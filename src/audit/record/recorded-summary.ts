import { join } from 'node:path';
import { sha256 } from '../../publish/hash.ts';
import type { Summary } from '../../publish/summary.ts';
import { isFile, readText } from './files.ts';
import { DamagedRun } from './records.ts';
import type { Manifest } from './run-record.ts';
import { summarySchema } from './summary-schema.ts';

const SUMMARY = 'summary.json';
/** Written with every summary that holds all that is shown of one. */
const SHOWN_WITH = 'summary.txt';

/**
 * The summary that a run was published with, held against its manifest. Undefined of a run by an earlier version, whose
 * summary says less than is shown.
 *
 * @throws DamagedRun where it is not what the manifest says, or not what a run writes
 */
export function recordedSummary(folder: string, { outputs }: Pick<Manifest, 'outputs'>): Summary | undefined {
  if (!outputs.some(({ name }) => name === SHOWN_WITH)) return undefined;
  const path = join(folder, SUMMARY);
  if (!isFile(path)) throw new DamagedRun(path);
  const content = readText(path);
  const isAsWritten = outputs.some((output) => output.name === SUMMARY && output.sha256 === sha256(content));
  if (!isAsWritten) throw new DamagedRun(path);
  return summaryIn(content, path);
}

/** @throws DamagedRun */
function summaryIn(content: string, path: string): Summary {
  try {
    return summarySchema().parse(JSON.parse(content));
  } catch {
    throw new DamagedRun(path);
  }
}
