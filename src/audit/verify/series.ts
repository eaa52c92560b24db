import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { drained } from '../../base/steps.ts';
import { type Text, text } from '../../base/text.ts';
import { foldersIn, isFile, isThere, readText } from '../record/files.ts';
import { hashOfFile } from '../record/run-record.ts';

const SERIES = 'series.json';

const head = z.object({ run: z.string(), asOf: z.string(), manifestSha256: z.string(), fingerprint: z.string() });
/** series.json as an auditor reads it. */
const seriesSchema = z.object({
  heads: z.record(z.string(), head),
  ended: z.record(z.string(), z.array(head)),
});
type Head = z.infer<typeof head>;

/** A run beside the one that is verified, as far as its manifest says what it is. */
const neighbourSchema = z.object({
  asOf: z.string(),
  fingerprint: z.string(),
  policy: z.object({ id: z.string() }),
  previous: z.object({ manifestSha256: z.string() }).nullable(),
});
interface Neighbour extends z.infer<typeof neighbourSchema> {
  readonly name: string;
  readonly manifestSha256: string;
}

/**
 * Holds series.json against the folders beside a run: the head of the policy's chain is there, is as it was recorded, and is
 * what no run goes on from. Nothing where the runs are no series.
 */
export function checkSeries(folder: string, policyId: string): readonly Text[] {
  const path = join(dirname(folder), SERIES);
  if (!isThere(path)) return [];
  const series = readSeriesRecord(path);
  if (series === undefined) return [text(`${SERIES} が読めない`, `${SERIES} cannot be read`)];
  const runs = foldersIn(dirname(folder))
    .flatMap(neighbourAt)
    .filter(({ policy }) => policy.id === policyId);
  const recorded = series.heads[policyId];
  if (recorded === undefined)
    return [text(`${SERIES} に ${policyId} の最新の実行がない`, `${SERIES} names no latest run of ${policyId}`)];
  const ended = series.ended[policyId] ?? [];
  return [
    ...[recorded, ...ended].flatMap((each) => againstFolder(each, runs)),
    ...followersOf(recorded, runs),
    ...others([recorded, ...ended], runs),
  ];
}

function readSeriesRecord(path: string): z.infer<typeof seriesSchema> | undefined {
  // A pipe in its place would be waited for.
  if (!isFile(path)) return undefined;
  try {
    return seriesSchema.parse(JSON.parse(readText(path)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

function neighbourAt(run: string): readonly Neighbour[] {
  const path = join(run, 'manifest.json');
  if (basename(run).startsWith('.') || !isFile(path)) return [];
  try {
    const manifest = neighbourSchema.parse(JSON.parse(readText(path)));
    return [{ ...manifest, name: basename(run), manifestSha256: drained(hashOfFile(path)) }];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}

/** What series.json says of a run, against its folder. */
function againstFolder({ run, asOf, manifestSha256, fingerprint }: Head, runs: readonly Neighbour[]): readonly Text[] {
  const found = runs.find(({ name }) => name === run);
  if (found === undefined)
    return [
      text(
        `${SERIES} にある実行 ${run} のフォルダーがない`,
        `the folder of ${run}, which ${SERIES} names, is not there`,
      ),
    ];
  if (found.manifestSha256 !== manifestSha256)
    return [
      text(
        `${run} の manifest.json が ${SERIES} の記録と違う`,
        `manifest.json of ${run} is not the one that ${SERIES} names`,
      ),
    ];
  if (found.fingerprint !== fingerprint)
    return [text(`${run} の指紋が ${SERIES} の記録と違う`, `${SERIES} has another fingerprint of ${run}`)];
  return found.asOf === asOf
    ? []
    : [text(`${run} の基準時刻が ${SERIES} の記録と違う`, `${SERIES} has another as-of of ${run}`)];
}

const followersOf = ({ run, manifestSha256 }: Head, runs: readonly Neighbour[]): readonly Text[] =>
  runs
    .filter(({ previous }) => previous?.manifestSha256 === manifestSha256)
    .map(({ name }) =>
      text(
        `${SERIES} は ${run} を最新とするが、${name} がそのあとに続いている`,
        `${SERIES} calls ${run} the latest run, but ${name} follows it`,
      ),
    );

/** Runs at the end of a chain of which series.json knows nothing: a fork, or a run that was put there. */
function others(known: readonly Head[], runs: readonly Neighbour[]): readonly Text[] {
  const followed = new Set(runs.map(({ previous }) => previous?.manifestSha256));
  return runs
    .filter((run) => !followed.has(run.manifestSha256) && !known.some((each) => each.run === run.name))
    .filter(({ previous }) => !known.some(({ manifestSha256 }) => manifestSha256 === previous?.manifestSha256))
    .map(({ name }) =>
      text(
        `${name} は ${SERIES} のどの鎖にもつながらない`,
        `${name} stands at the end of a chain that ${SERIES} does not know`,
      ),
    );
}
